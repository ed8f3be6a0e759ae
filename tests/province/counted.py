"""What the sheets of the workbook and the tables of the Word document have to say, counted by hand from `sheets`. One
line a row; cells are parted by "|", empty ones at the end are left out."""

SUMMARY = """
Sở, ban, ngành | 3 | 0 | 3 | 3 | 3/3 | 100 | 3 | 3 | 3/3 | 100
trong đó: chi cục | 1 | 0 | 1 | 1 | 1/1 | 100 | 1 | 1 | 1/1 | 100
Cấp huyện | 1 | 0 | 1 | 1 | 1/1 | 100 | 1 | 1 | 1/1 | 100
Cấp xã | 8 | 1 | 7 | 3 | 3/7 | 42.9 | 1 | 1 | 1/1 | 100
Tổng cộng | 12 | 1 | 11 | 7 | 7/11 | – | 5 | 5 | 5/5 | –

Sở, ban, ngành | 2 | 1 | 1/2 | 50 | 0
trong đó: chi cục | 0 | 0 | – | – | 0
Cấp huyện | 1 | 0 | 0/1 | 0 | 0
Cấp xã | 4 | 2 | 2/4 | 50 | 1
Tổng cộng | 7 | 3 | 3/7 | – | 1

Sở, ban, ngành | 1 | 1 | 1 | 0 | 3 | 2 | 2/3 | 66.7 | 0
trong đó: chi cục | 0 | 1 | 0 | 0 | 1 | 1 | 1/1 | 100 | 0
Cấp huyện | 0 | 0 | 0 | 1 | 1 | 0 | 0/1 | 0 | 0
Cấp xã | 1 | 1 | 1 | 0 | 3 | 2 | 2/3 | 66.7 | 4
Tổng cộng | 2 | 2 | 2 | 1 | 7 | 4 | 4/7 | – | 4

Sở, ban, ngành | 1 | 1 | 1 | 0 | 0 | 0 | 0
trong đó: chi cục | 0 | 0 | 0 | 0 | 0 | 0 | 0
Cấp huyện | 1 | 1 | 0 | 0 | 1 | 0 | 0
Cấp xã | 3 | 5 | 0 | 1 | 0 | 1 | 1
Tổng cộng | 5 | 7 | 1 | 1 | 1 | 1 | 1
"""
STATUSES = """
1 | Đã chuyển đổi | 1 | 0 | 0 | 2 | 3
2 | Xây dựng, áp dụng mới | 1 | 1 | 0 | 1 | 2
3 | Đang chuyển đổi | 1 | 0 | 0 | 0 | 1
4 | Chưa chuyển đổi | 0 | 0 | 1 | 0 | 1
5 | Đã ngừng áp dụng | 0 | 0 | 0 | 1 | 1
6 | Tiếp nhận từ đơn vị cũ, chưa công bố lại | 0 | 0 | 0 | 1 | 1
7 | Đang xây dựng | 0 | 0 | 0 | 1 | 1
8 | Chưa triển khai | 0 | 0 | 0 | 1 | 1
9 | Không thuộc đối tượng áp dụng | 0 | 0 | 0 | 1 | 1
 | Tổng cộng | 3 | 1 | 1 | 8 | 12

1 | Chi cục Thủy sản |  |  |  |  |  |  |  | x | 10 | Xây dựng, áp dụng mới
2 | Sở Khoa học | x | x | x | x | x | x | x | x | 100 | Đã chuyển đổi
3 | Sở Tư pháp | x | x |  |  |  |  |  |  | 20 | Đang chuyển đổi
1 | Huyện Đông |  |  |  |  |  |  |  |  | 0 | Chưa chuyển đổi
1 | Thị trấn Dũng | x |  | x |  |  |  |  | x | 35 | Đã chuyển đổi
2 | Xã An | x | x | x | x |  |  |  | x | 65 | Đã chuyển đổi
3 | Xã Bình |  |  |  |  |  |  |  | x | 10 | Xây dựng, áp dụng mới
4 | Xã Em Gia |  |  |  |  |  |  |  |  | 0 | Tiếp nhận từ đơn vị cũ, chưa công bố lại
5 | Xã Lam | x |  |  |  |  |  |  |  | 10 | Đang xây dựng
6 | Xã Nam |  |  |  |  |  |  |  |  | 0 | Đã ngừng áp dụng
"""
DECLARED = """
1 | Đang có hiệu lực | 7
2 | Công bố trong kỳ | 2
3 | Công bố lại trong kỳ | 2
4 | Chấm dứt hiệu lực công bố trong kỳ | 1

1 | Chi cục Thủy sản | Công bố | TCVN ISO 9001:2015 | 02/09/2019 |  |  |  |  | x
2 | Sở Khoa học | Công bố | TCVN ISO 9001:2015 | 01/06/2020 |  | 54 | 54 | 54/54 | x
3 | Sở Tư pháp | Công bố | TCVN ISO 9001:2008 | 05/02/2010 |  |  |  |  | x
4 | Huyện Đông | Công bố | TCVN ISO 9001:2008 | 06/03/2012 |  |  |  |  | x
5 | Thị trấn Dũng | Công bố lại | TCVN ISO 9001:2015 | 03/08/2020 |  | 110 | 118 | 110/118 | x
6 | Xã An | Công bố lại | TCVN ISO 9001:2015 | 10/02/2020 |  | 120 | 120 | 120/120 | x
7 | Xã Bình | Công bố | TCVN ISO 9001:2015 | 20/05/2020 | 8/QĐ-UBND ngày 20/5/2020 | 100 | 125 | 100/125 | x
8 | Xã Nam | Chấm dứt hiệu lực công bố | TCVN ISO 9001:2008 | 09/09/2020
"""
INDEX = """
Sở, ban, ngành | 3 | 3 | 3/3 | 100
Cấp huyện | 1 | 1 | 1/1 | 100
Tổng cộng | 4 | 4 | 4/4 | 100

Cấp xã | 3 | 7 | 3/7 | 42.9
Tổng cộng | 3 | 7 | 3/7 | 42.9

Sở, ban, ngành | 1 | 1 | 1 | 0 | 2 | 3 | 2/3 | 66.7
Cấp huyện | 0 | 0 | 0 | 1 | 0 | 1 | 0/1 | 0
Cấp xã | 1 | 1 | 1 | 0 | 2 | 3 | 2/3 | 66.7
Tổng cộng | 2 | 2 | 2 | 1 | 4 | 7 | 4/7 | 57.1
"""
CLAUSES = """
A | Tuân thủ quy định (phần A) | 3 | 0 | 0 | 1 | 0 | 4 | 75

7 | Hỗ trợ
7.2 | Năng lực | 3 | 0 | 2 | 0 | 0 | 5 | 80
8 | Thực hiện
8.5 | Sản xuất và cung cấp dịch vụ | 2 | 0 | 1 | 2 | 0 | 5 | 50
9 | Đánh giá kết quả thực hiện
9.2 | Đánh giá nội bộ | 1 | 1 | 2 | 0 | 1 | 5 | 75
 | Cộng phần B | 6 | 1 | 5 | 2 | 1 | 15

8.5 | Sản xuất và cung cấp dịch vụ | 1 | 2 | 3 | 5 | 3/5 | 60 | 50
9.2 | Đánh giá nội bộ | 2 | 0 | 2 | 4 | 2/4 | 50 | 75
7.2 | Năng lực | 2 | 0 | 2 | 5 | 2/5 | 40 | 80
"""
BANDS = """
1 | Tốt | 1 | 0 | 0 | 0 | 1
2 | Khá | 0 | 0 | 0 | 1 | 1
3 | Trung bình | 0 | 0 | 1 | 0 | 1
4 | Yếu | 0 | 0 | 0 | 1 | 1
5 | Chưa đủ căn cứ | 0 | 0 | 0 | 1 | 1
 | Tổng cộng | 1 | 0 | 1 | 3 | 5

1 | Sở Khoa học | 100 | Tốt | 0 | 0 | KT-1 | 05/10/2020
1 | Huyện Đông | 62.5 | Trung bình | 1 | 1 | KT-3 | 07/10/2020
1 | Xã Bình | 100 | Chưa đủ căn cứ | 0 | 0 | KT-4 | 08/10/2020
2 | Xã An | 81.3 | Khá | 2 | 0 | KT-2 | 06/10/2020
3 | Xã Nam | 18.8 | Yếu | 2 | 2 | KT-5 | 09/10/2020
"""
FINDINGS = """
 | Toàn tỉnh | 3 | 8 | 5 | 6 | 2 | 1

1 | Huyện Đông | KT-3 | B-8.5-01 | nặng | 07/10/2020 | 10/11/2020 |  | Đang mở, quá hạn | thiếu sổ
2 | Huyện Đông | KT-3 | B-9.2-01 | nhẹ | 07/10/2020 |  |  | Đang mở, chưa có thời hạn | thiếu sổ
3 | Thị trấn Dũng | KT-11 | B-7.2-01 | nhẹ | 11/11/2019 | 31/01/2020 | 14/02/2020 | Đã đóng: đã kiểm chứng | thiếu sổ
4 | Xã An | KT-2 | B-7.2-01 | nhẹ | 06/10/2020 | 31/12/2020 |  | Đang mở, trong hạn | thiếu sổ
5 | Xã An | KT-2 | B-8.5-01 | nhẹ | 06/10/2020 | 31/12/2020 | 10/11/2020 | Đã đóng: đã kiểm chứng | thiếu sổ
6 | Xã Em | KT-13 | B-8.5-01 | nhẹ | 12/10/2019 | 30/06/2020 |  | Đang mở, quá hạn | thiếu sổ
7 | Xã Hòa | KT-12 | B-8.5-01 | nhẹ | 10/10/2019 | 31/01/2020 | 01/03/2020 | Đã đóng: chuyển đơn vị kế thừa | thiếu sổ
8 | Xã Nam | KT-5 | A-01 | nặng | 09/10/2020 | 15/12/2020 | 03/11/2020 | Đã đóng: đã kiểm chứng | thiếu sổ
9 | Xã Nam | KT-5 | B-7.2-01 | nhẹ | 09/10/2020 | 15/12/2020 |  | Đang mở, trong hạn | thiếu sổ
10 | Xã Nam | KT-5 | B-8.5-01 | nặng | 09/10/2020 | 15/12/2020 | 03/11/2020 | Đã đóng: đã kiểm chứng | thiếu sổ
11 | Xã Nam | KT-5 | B-9.2-01 | nhẹ | 09/10/2020 | 15/12/2020 |  | Đang mở, trong hạn | thiếu sổ
"""
TASKS = """
1 | VI. Hiện đại hóa | Ban hành kế hoạch | 28/02/2020 | 03/02/2020 | Đã ban hành | X
2 | VI. Hiện đại hóa | Tập huấn | 30/06/2020 | 29/06/2020 | 02 lớp |  | X
3 | VI. Hiện đại hóa | Chuyển đổi | 30/09/2020 | 15/10/2020 | 03 đơn vị |  |  | X
4 | VI. Hiện đại hóa | Báo cáo năm | 15/12/2020 |  |  |  |  |  |  | Đang thực hiện, hạn 15/12/2020
5 | VI. Hiện đại hóa | Kiểm tra | 31/10/2020 |  | 07 lượt |  |  |  | X
 | Tổng cộng |  |  |  |  | 1 | 1 | 1 | 1

1 | Hoàn thành tốt | 1
2 | Hoàn thành | 1
3 | Hoàn thành chậm | 1
4 | Chưa hoàn thành | 1
5 | Đang thực hiện | 1
"""
PLAN = """
1 | Kế hoạch kiểm tra năm 2020 | Không chia nhóm | 7 | 5 | 0 | 1 | 1
 | Tổng cộng |  | 7 | 5 | 0 | 1 | 1

1 | Huyện Đông | Không chia nhóm | 07/10/2020 | 07/10/2020 | Đã thực hiện | H01 | Cấp huyện
2 | Sở Khoa học | Không chia nhóm | 05/10/2020 | 05/10/2020 | Đã thực hiện | SKH | Sở, ban, ngành
3 | Sở Tư pháp | Không chia nhóm | 20/10/2020 |  | Chưa thực hiện | STP | Sở, ban, ngành | Chưa nêu lý do
4 | Xã An | Không chia nhóm | 06/10/2020 | 06/10/2020 | Đã thực hiện | 101 | Cấp xã
5 | Xã Bình | Không chia nhóm | 08/10/2020 | 08/10/2020 | Đã thực hiện | 102 | Cấp xã
6 | Xã Khe | Không chia nhóm | 30/11/2020 |  | Chưa đến ngày | 108 | Cấp xã
7 | Xã Nam | Không chia nhóm | 09/10/2020 | 09/10/2020 | Đã thực hiện | 111 | Cấp xã
"""
# Đông fails and is overdue; An took in Hòa and Em Gia began, both have to declare; Em Gia, CCT, STP and Lam (building)
# were never audited. Dũng was in 2019, Khe need not apply, Minh is exempt.
NEXT = """
1 | Chưa thực hiện đúng việc duy trì, cải tiến | 0 | 1 | 0 | 1
2 | Có tồn tại quá hạn khắc phục | 0 | 1 | 0 | 1
3 | Cần công bố lại | 0 | 0 | 2 | 2
4 | Mới tiếp nhận đơn vị khác | 0 | 0 | 2 | 2
5 | Chưa được kiểm tra toàn diện tại trụ sở | 2 | 0 | 2 | 4
 | Số đơn vị đề xuất | 2 | 1 | 3 | 6

1 | Huyện Đông | Cấp huyện | 07/10/2020 | 1 | H01 | Chưa thực hiện đúng việc duy trì, cải tiến; có tồn tại quá hạn khắc phục
2 | Xã An | Cấp xã | 06/10/2020 |  | 101 | Cần công bố lại; mới tiếp nhận đơn vị khác
3 | Xã Em Gia | Cấp xã |  |  | 105 | Cần công bố lại; mới tiếp nhận đơn vị khác; chưa được kiểm tra toàn diện tại trụ sở
4 | Chi cục Thủy sản | Sở, ban, ngành |  |  | CCT | Chưa được kiểm tra toàn diện tại trụ sở
5 | Sở Tư pháp | Sở, ban, ngành |  |  | STP | Chưa được kiểm tra toàn diện tại trụ sở
6 | Xã Lam | Cấp xã |  |  | 109 | Chưa được kiểm tra toàn diện tại trụ sở
"""  # noqa: E501
UNITS = """
CCT | Chi cục Thủy sản | Bắt buộc | TCVN ISO 9001:2015 | 02/09/2019 | Xây dựng, áp dụng mới | 10 | Đúng, theo báo cáo |  |  |  | Sở, ban, ngành |  | x |  |  |  | 0
SKH | Sở Khoa học | Bắt buộc | TCVN ISO 9001:2015 | 01/06/2020 | Đã chuyển đổi | 100 | Đúng, đã kiểm chứng | 100 | Tốt | 54/54 | Sở, ban, ngành | KT-1 | x | x |  | 05/10/2020 | 1
STP | Sở Tư pháp | Bắt buộc | TCVN ISO 9001:2008 | 05/02/2010 | Đang chuyển đổi | 20 | Chưa đến hạn |  |  | 30/40 | Sở, ban, ngành |  | x | x |  |  | 0
H01 | Huyện Đông | Bắt buộc | TCVN ISO 9001:2008 | 06/03/2012 | Chưa chuyển đổi | 0 | Chưa thực hiện đúng | 62.5 | Trung bình | 90/100 | Cấp huyện | KT-3 | x | x |  | 07/10/2020 | 1
204 | Thị trấn Dũng | Khuyến khích | TCVN ISO 9001:2015 | 03/08/2020 | Đã chuyển đổi | 35 | Đúng, theo báo cáo |  |  | 110/118 | Cấp xã |  | x | x |  |  | 1
101 | Xã An | Khuyến khích | TCVN ISO 9001:2015 | 10/02/2020 | Đã chuyển đổi | 65 | Đúng, đã kiểm chứng | 81.3 | Khá | 120/120 | Cấp xã | KT-2 | x | x | x | 06/10/2020 | 2
102 | Xã Bình | Theo lộ trình của tỉnh | TCVN ISO 9001:2015 | 20/05/2020 | Xây dựng, áp dụng mới | 10 | Không xét | 100 | Chưa đủ căn cứ |  | Cấp xã | KT-4 | x |  |  | 08/10/2020 | 1
105 | Xã Em Gia | Khuyến khích |  |  | Tiếp nhận từ đơn vị cũ, chưa công bố lại | 0 | Không xét |  |  |  | Cấp xã |  |  | x | x |  | 0
108 | Xã Khe | Khuyến khích |  |  | Chưa triển khai | 0 | Không xét |  |  |  | Cấp xã |  |  |  |  |  | 0
109 | Xã Lam | Khuyến khích |  |  | Đang xây dựng | 10 | Không xét |  |  |  | Cấp xã |  |  |  |  |  | 0
110 | Xã Minh | – | – | – | Không thuộc đối tượng áp dụng | – | – | – | – | 10/10 | Cấp xã |  |  |  |  |  | 0
111 | Xã Nam | Khuyến khích |  |  | Đã ngừng áp dụng | 0 | Chưa đến hạn | 18.8 | Yếu |  | Cấp xã | KT-5 |  | x |  | 09/10/2020 | 1
"""  # noqa: E501
TTHC = """
1 | Sở, ban, ngành | 2 | 1 | 84 | 94 | 84/94 | 89.4 | 75 | 87.5
2 | Cấp huyện | 1 | 0 | 90 | 100 | 90/100 | 90 | 90 | 90
3 | Cấp xã | 2 | 1 | – | – | – | – | 93.2 | 96.6
"""
WORD = """
Sở, ban, ngành | 3 | 0 | 3/3 | 100% | 3/3 | 100%
trong đó: chi cục | 1 | 0 | 1/1 | 100% | 1/1 | 100%
Cấp huyện | 1 | 0 | 1/1 | 100% | 1/1 | 100%
Cấp xã | 8 | 1 | 3/7 | 42,9% | 1/1 | 100%
Tổng cộng | 12 | 1 | 7/11 | – | 5/5 | –

Sở, ban, ngành | 2 | 1 | 50,0% | 0
trong đó: chi cục | 0 | 0 | – | 0
Cấp huyện | 1 | 0 | 0% | 0
Cấp xã | 4 | 2 | 50,0% | 1
Tổng cộng | 7 | 3 | – | 1

Sở, ban, ngành | 3 | 1 | 1 | 1 | 0 | 2/3 | 66,7%
trong đó: chi cục | 1 | 0 | 1 | 0 | 0 | 1/1 | 100%
Cấp huyện | 1 | 0 | 0 | 0 | 1 | 0/1 | 0%
Cấp xã | 3 | 1 | 1 | 1 | 0 | 2/3 | 66,7%
Tổng cộng | 7 | 2 | 2 | 2 | 1 | 4/7 | –

Cấp xã: số đơn vị | 10 | 8 | 8
Cấp xã: đã công bố | 5/9 (55,6%) | 3/7 (42,9%) | 3/7 (42,9%)
Đơn vị được kiểm tra | 3 | 1 | 5
Lượt kiểm tra | 3 | – | 7
Tồn tại, hạn chế còn lại cuối kỳ | 3 | – | 6

Sở, ban, ngành và UBND cấp huyện đã công bố | 4/4 | 100%
UBND cấp xã đã công bố | 3/7 | 42,9%
Cơ quan, đơn vị thực hiện đúng việc duy trì, cải tiến | 4/7 | 57,1%

Kế hoạch kiểm tra năm 2020 | 7 | 5 | 2

Sở Khoa học |  | TCVN ISO 9001:2015 | 01/6/2020 | 100% | Đúng, đã kiểm chứng | 05/10/2020 | 54/54
Sở Tư pháp |  | TCVN ISO 9001:2008 | 05/02/2010 | 20,0% | Chưa đến hạn |  | 30/40
Thị trấn Dũng | Huyện Đông | TCVN ISO 9001:2015 | 03/8/2020 | 35,0% | Đúng, theo báo cáo |  | 110/118
Xã An | Huyện Đông | TCVN ISO 9001:2015 | 10/02/2020 | 65,0% | Đúng, đã kiểm chứng | 06/10/2020 | 120/120
Xã Nam | Huyện Đông |  |  | 0% | Chưa đến hạn | 09/10/2020

Xã Em | 105 | Chưa chuyển đổi | 01/3/2020
Xã Gia | 106 | Chưa triển khai | 01/3/2020
Xã Hòa | 107 | Chưa chuyển đổi | 01/3/2020

7.2 | Năng lực | 5 | 3 | 0 | 2 | 60,0% | 80,0
8.5 | Sản xuất và cung cấp dịch vụ | 5 | 2 | 0 | 3 | 40,0% | 50,0
9.2 | Đánh giá nội bộ | 4 | 1 | 1 | 2 | 25,0% | 75,0

B-8.5-01 | thiếu sổ | 07/10/2020 | 10/11/2020 |  | Đang mở, quá hạn
Xã Bình | Công bố | TCVN ISO 9001:2015 | 20/5/2020 | 8/QĐ-UBND ngày 20/5/2020 | 100/125
VI. Hiện đại hóa | Ban hành kế hoạch | Đã ban hành | X
"""
"""What the tables of the Word document say, without their running numbers, each line somewhere in them."""
