"""What the sheets say that compare two years, counted by hand from `sheets` (see `counted`)."""

# On 31/12/2019 there were ten communes: An, Bình, Dũng, Em, Gia, Hòa, Khe, Lam, Minh, Nam. An, Dũng, Em, Hòa and Nam
# had declared; nobody was obliged; the day to convert was not yet. Kept: SKH of SKH and STP, Dũng of the five. Audited:
# Dũng, Hòa, Em. The year after: as the sheet "Tổng hợp" says; An and Em Gia have to declare again.
OWN = """
Sở, ban, ngành | 3 |  |  | 3
Cấp huyện | 1 |  |  | 1
Cấp xã | 10 |  |  | 8
Tổng cộng | 14 |  |  | 12
Sở, ban, ngành | 0 |  |  | 0
Cấp huyện | 0 |  |  | 0
Cấp xã | 1 |  |  | 1
Tổng cộng | 1 |  |  | 1
Sở, ban, ngành | 3 | 3 | 100 | 3 | 3 | 100 | –
Cấp huyện | 1 | 1 | 100 | 1 | 1 | 100 | –
Cấp xã | 5 | 9 | 55.6 | 3 | 7 | 42.9 | –
Tổng cộng | 9 | 13 | – | 7 | 11 | – | –
Sở, ban, ngành | 3 | 3 | 100 | 3 | 3 | 100 | –
Cấp huyện | 1 | 1 | 100 | 1 | 1 | 100 | –
Cấp xã | 0 | 0 | – | 1 | 1 | 100 | –
Tổng cộng | 4 | 4 | – | 5 | 5 | – | –
Sở, ban, ngành | 0 | 2 | 0 | 1 | 2 | 50 | –
Cấp huyện | 0 | 1 | 0 | 0 | 1 | 0 | –
Cấp xã | 0 | 5 | 0 | 2 | 4 | 50 | –
Tổng cộng | 0 | 8 | – | 3 | 7 | – | –
Sở, ban, ngành | 1 | 2 | 50 | 2 | 3 | 66.7 | –
Cấp huyện | 0 | 1 | 0 | 0 | 1 | 0 | –
Cấp xã | 1 | 5 | 20 | 2 | 3 | 66.7 | –
Tổng cộng | 2 | 8 | – | 4 | 7 | – | –
Sở, ban, ngành | 0 | 3 | 0 | 1 | 3 | 33.3 | –
Cấp huyện | 0 | 1 | 0 | 1 | 1 | 100 | –
Cấp xã | 3 | 9 | 33.3 | 3 | 7 | 42.9 | –
Tổng cộng | 3 | 13 | – | 5 | 11 | – | –
Sở, ban, ngành | 0 |  |  | 0
Cấp huyện | 0 |  |  | 0
Cấp xã | 0 |  |  | 2
Tổng cộng | 0 |  |  | 2
"""
# In today's units the eight communes of 2020 are counted in both years: An lies on the land of An and Hòa, Em Gia on
# that of Em and Gia. Declared in 2019: the land of An, Dũng and Nam, of seven; in Em Gia only Em had. To convert: Dũng,
# An, Em Gia and Nam; kept up of these: Dũng. Audited: Dũng; of An's land Hòa alone was, of Em Gia's Em alone.
# What is earned over the year has no rise or fall: the days are 31/12 and 18/11.
COMPARED = """
Sở, ban, ngành | 3 |  |  | 3
Cấp huyện | 1 |  |  | 1
Cấp xã | 8 |  |  | 8
Tổng cộng | 12 |  |  | 12
Sở, ban, ngành | 0 |  |  | 0
Cấp huyện | 0 |  |  | 0
Cấp xã | 1 |  |  | 1
Tổng cộng | 1 |  |  | 1
Sở, ban, ngành | 3 | 3 | 100 | 3 | 3 | 100 | 0
Cấp huyện | 1 | 1 | 100 | 1 | 1 | 100 | 0
Cấp xã | 3 | 7 | 42.9 | 3 | 7 | 42.9 | 0
Tổng cộng | 7 | 11 | – | 7 | 11 | – | –
Sở, ban, ngành | 3 | 3 | 100 | 3 | 3 | 100 | 0
Cấp huyện | 1 | 1 | 100 | 1 | 1 | 100 | 0
Cấp xã | 0 | 0 | – | 1 | 1 | 100 | –
Tổng cộng | 4 | 4 | – | 5 | 5 | – | –
Sở, ban, ngành | 0 | 2 | 0 | 1 | 2 | 50 | 50
Cấp huyện | 0 | 1 | 0 | 0 | 1 | 0 | 0
Cấp xã | 0 | 4 | 0 | 2 | 4 | 50 | 50
Tổng cộng | 0 | 7 | – | 3 | 7 | – | –
Sở, ban, ngành | 1 | 2 | 50 | 2 | 3 | 66.7 | –
Cấp huyện | 0 | 1 | 0 | 0 | 1 | 0 | –
Cấp xã | 1 | 4 | 25 | 2 | 3 | 66.7 | –
Tổng cộng | 2 | 7 | – | 4 | 7 | – | –
Sở, ban, ngành | 0 | 3 | 0 | 1 | 3 | 33.3 | –
Cấp huyện | 0 | 1 | 0 | 1 | 1 | 100 | –
Cấp xã | 1 | 7 | 14.3 | 3 | 7 | 42.9 | –
Tổng cộng | 1 | 11 | – | 5 | 11 | – | –
Sở, ban, ngành | 0 |  |  | 0
Cấp huyện | 0 |  |  | 0
Cấp xã | 0 |  |  | 2
Tổng cộng | 0 |  |  | 2
"""
# Per former territory the fourteen units of 2019 are counted in both years: Hòa stands as An, Em and Gia as Em Gia.
# Declared today: the land of An, Bình, Dũng and Hòa, of nine. To convert: An, Dũng, Em, Gia, Hòa and Nam; An, Dũng and
# Hòa did. Kept up: An, Dũng and Hòa of these and Nam. Audited: An, Bình, Hòa, Nam. To declare again: An, Em, Gia, Hòa.
FORMER = """
Sở, ban, ngành | 3 |  |  | 3
Cấp huyện | 1 |  |  | 1
Cấp xã | 10 |  |  | 10
Tổng cộng | 14 |  |  | 14
Sở, ban, ngành | 0 |  |  | 0
Cấp huyện | 0 |  |  | 0
Cấp xã | 1 |  |  | 1
Tổng cộng | 1 |  |  | 1
Sở, ban, ngành | 3 | 3 | 100 | 3 | 3 | 100 | 0
Cấp huyện | 1 | 1 | 100 | 1 | 1 | 100 | 0
Cấp xã | 5 | 9 | 55.6 | 4 | 9 | 44.4 | -11.2
Tổng cộng | 9 | 13 | – | 8 | 13 | – | –
Sở, ban, ngành | 3 | 3 | 100 | 3 | 3 | 100 | 0
Cấp huyện | 1 | 1 | 100 | 1 | 1 | 100 | 0
Cấp xã | 0 | 0 | – | 1 | 1 | 100 | –
Tổng cộng | 4 | 4 | – | 5 | 5 | – | –
Sở, ban, ngành | 0 | 2 | 0 | 1 | 2 | 50 | 50
Cấp huyện | 0 | 1 | 0 | 0 | 1 | 0 | 0
Cấp xã | 0 | 5 | 0 | 3 | 6 | 50 | 50
Tổng cộng | 0 | 8 | – | 4 | 9 | – | –
Sở, ban, ngành | 1 | 2 | 50 | 2 | 3 | 66.7 | –
Cấp huyện | 0 | 1 | 0 | 0 | 1 | 0 | –
Cấp xã | 1 | 5 | 20 | 3 | 4 | 75 | –
Tổng cộng | 2 | 8 | – | 5 | 8 | – | –
Sở, ban, ngành | 0 | 3 | 0 | 1 | 3 | 33.3 | –
Cấp huyện | 0 | 1 | 0 | 1 | 1 | 100 | –
Cấp xã | 3 | 9 | 33.3 | 4 | 9 | 44.4 | –
Tổng cộng | 3 | 13 | – | 6 | 13 | – | –
Sở, ban, ngành | 0 |  |  | 0
Cấp huyện | 0 |  |  | 0
Cấp xã | 0 |  |  | 4
Tổng cộng | 0 |  |  | 4
"""
LANDS = """
1 | CCT | Chi cục Thủy sản |  | Xây dựng, áp dụng mới | Xây dựng, áp dụng mới
2 | SKH | Sở Khoa học |  | Chưa chuyển đổi | Đã chuyển đổi
3 | STP | Sở Tư pháp |  | Chưa chuyển đổi | Đang chuyển đổi
4 | H01 | Huyện Đông |  | Chưa chuyển đổi | Chưa chuyển đổi
5 | 101 | Xã An |  | Chưa chuyển đổi | Đã chuyển đổi
6 | 102 | Xã Bình |  | Chưa triển khai | Xây dựng, áp dụng mới
7 | 104 | Xã Dũng | Thị trấn Dũng | Chưa chuyển đổi | Đã chuyển đổi
8 | 105 | Xã Em | Xã Em Gia | Chưa chuyển đổi | Tiếp nhận từ đơn vị cũ, chưa công bố lại
9 | 106 | Xã Gia | Xã Em Gia | Chưa triển khai | Tiếp nhận từ đơn vị cũ, chưa công bố lại
10 | 107 | Xã Hòa | Xã An | Chưa chuyển đổi | Đã chuyển đổi
11 | 108 | Xã Khe |  | Chưa triển khai | Chưa triển khai
12 | 109 | Xã Lam |  | Chưa triển khai | Đang xây dựng
13 | 110 | Xã Minh |  | Không thuộc đối tượng áp dụng | Không thuộc đối tượng áp dụng
14 | 111 | Xã Nam |  | Chưa chuyển đổi | Đã ngừng áp dụng
"""
TERRITORIES = """
1 | CCT | Chi cục Thủy sản |  | Xây dựng, áp dụng mới | Xây dựng, áp dụng mới |
2 | SKH | Sở Khoa học |  | Chưa chuyển đổi | Đã chuyển đổi |
3 | STP | Sở Tư pháp |  | Chưa chuyển đổi | Đang chuyển đổi |
4 | H01 | Huyện Đông |  | Chưa chuyển đổi | Chưa chuyển đổi |
5 | 204 | Thị trấn Dũng | Xã Dũng | Chưa chuyển đổi | Đã chuyển đổi |
6 | 101 | Xã An | Xã An, Xã Hòa | Chưa chuyển đổi | Đã chuyển đổi |
7 | 102 | Xã Bình |  | Chưa triển khai | Xây dựng, áp dụng mới |
8 | 105 | Xã Em Gia | Xã Em, Xã Gia | Xã Em: chưa chuyển đổi; Xã Gia: chưa triển khai | Tiếp nhận từ đơn vị cũ, chưa công bố lại |
9 | 108 | Xã Khe |  | Chưa triển khai | Chưa triển khai |
10 | 109 | Xã Lam |  | Chưa triển khai | Đang xây dựng |
11 | 110 | Xã Minh |  | Không thuộc đối tượng áp dụng | Không thuộc đối tượng áp dụng |
12 | 111 | Xã Nam |  | Chưa chuyển đổi | Đã ngừng áp dụng |
"""  # noqa: E501
