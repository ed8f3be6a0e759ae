"""Refusals of arrangements of units (mergers, splits, changes, endings)."""

MESSAGES: dict[str, tuple[str, str]] = {
    "unit_event.unknown_event": (
        "Không có lần sắp xếp này. Hãy mở lại trang “Sắp xếp đơn vị” rồi chọn lại.",
        "There is no such arrangement. Reopen the page “Arrangements of units” and choose again.",
    ),
    "unit_event.no_units": (
        "Chưa chọn đơn vị nào. Hãy tìm rồi đánh dấu các đơn vị được sắp xếp.",
        "No unit is chosen. Look for the units and tick those that are arranged.",
    ),
    "unit_event.twice": (
        "Một đơn vị được chọn hai lần. Hãy bỏ bớt một lần.",
        "A unit is chosen twice. Take one of the two away.",
    ),
    "unit_event.one_unit": (
        "Chia, tách hoặc đổi tên mỗi lần chỉ ghi cho một đơn vị. Hãy bỏ bớt các đơn vị khác và ghi riêng.",
        "A split or a change is entered for one unit at a time. Take the others away and enter them apart.",
    ),
    "unit_event.one_receiver": (
        "Hãy cho biết các đơn vị này thành đơn vị mới hay sáp nhập vào đơn vị nào.",
        "Say whether these units become a new one, or into which unit they merge.",
    ),
    "unit_event.merge_of_one": (
        "Chỉ có một đơn vị được chọn nên không có gì để hợp nhất. Hãy chọn thêm đơn vị, hoặc ghi là “Đổi tên, mã, loại, cấp trên”.",
        "Only one unit is chosen, so there is nothing to merge. Choose another one, or enter a change of name, code, kind or parent.",
    ),
    "unit_event.parts_missing": (
        "Chia, tách cần ít nhất hai đơn vị sau sắp xếp (một, nếu đơn vị cũ vẫn hoạt động). Hãy thêm đơn vị mới hoặc chọn đơn vị nhận.",
        "A split needs two units afterwards (one, when the old unit goes on). Add a new unit or choose one that receives.",
    ),
    "unit_event.nothing_changes": (
        "Tên, mã, loại và cấp trên đều như cũ. Hãy điền phần thay đổi.",
        "Name, code, kind and parent are as before. Fill in what changes.",
    ),
    "unit_event.unknown": (
        "Có đơn vị không thuộc danh sách của tỉnh. Hãy tìm và chọn lại.",
        "A unit is not in the province's register. Look for it and choose again.",
    ),
    "unit_event.not_begun": (
        "{unit} mới có từ {day}, chưa có vào ngày trước ngày sắp xếp. Hãy kiểm tra lại ngày hiệu lực.",
        "{unit} begins on {day} and does not exist on the eve of the arrangement. Check the day in force.",
    ),
    "unit_event.ended": (
        "{unit} đã được ghi kết thúc, ngày cuối là {day}. Hãy chọn đơn vị tiếp nhận nó, hoặc hủy lần sắp xếp trước nếu ghi nhầm.",
        "{unit} is recorded as ended, its last day being {day}. Choose the unit that took it over, or withdraw the earlier arrangement if it was a mistake.",
    ),
    "unit_event.later_event": (
        "{unit} đã có lần sắp xếp ngày {day}. Các lần sắp xếp ghi theo thứ tự thời gian: nếu lần đó ghi nhầm thì hủy trước, nếu không hãy kiểm tra lại ngày.",
        "{unit} already has an arrangement on {day}. Arrangements are entered in order of time: withdraw that one first if it was a mistake, else check the day.",
    ),
    "unit_event.into_itself": (
        "Đơn vị nhận không thể đồng thời là đơn vị bị sáp nhập hay chia tách. Hãy chọn lại.",
        "A unit cannot be merged into itself. Choose again.",
    ),
    "unit_event.name_missing": (
        "Đơn vị mới cần có mã và tên. Hãy điền mục còn trống.",
        "A new unit needs its code and its name. Fill in what is empty.",
    ),
    "unit_event.name_long": (
        "Tên đơn vị không quá {name} ký tự, mã không quá {value}. Hãy rút gọn.",
        "The name of a unit has at most {name} characters, its code {value}. Shorten it.",
    ),
    "unit_event.kind_missing": (
        "Đơn vị mới cần có loại (xã, phường, sở…). Hãy chọn loại.",
        "A new unit needs its kind (commune, ward, agency…). Choose it.",
    ),
    "unit_event.code_twice": (
        "Mã {value} được ghi cho hai đơn vị cùng lúc. Hãy sửa một trong hai.",
        "Code {value} is given to two units at once. Correct one of the two.",
    ),
    "unit_event.code_taken": (
        "Vào ngày sắp xếp, mã {value} đang là của {unit}. Mã cũ chỉ dùng lại được khi đơn vị mang mã đó đã kết thúc. Hãy sửa mã.",
        "On that day code {value} belongs to {unit}. A code can be used again only once the unit that bears it has ended. Correct the code.",
    ),
    "unit_event.code_later": (
        "Mã {value} đã được ghi cho {unit} từ {day}. Hãy sửa mã, hoặc hủy lần sắp xếp sau rồi ghi theo thứ tự.",
        "Code {value} is given to {unit} from {day} on. Correct the code, or withdraw the later arrangement and enter them in order.",
    ),
    "unit_event.parent_gone": (
        "Cấp trên chọn cho {unit} không còn hoạt động vào ngày sắp xếp. Hãy chọn cấp trên khác.",
        "The parent chosen for {unit} is not in force on that day. Choose another one.",
    ),
    "unit_event.under_itself": (
        "{unit} không thể là cấp trên của chính mình. Hãy chọn cấp trên khác.",
        "{unit} cannot lie under itself. Choose another parent.",
    ),
    "unit_event.units_below": (
        "Đơn vị này còn {count} đơn vị trực thuộc. Hãy ghi sắp xếp cho các đơn vị trực thuộc trước, rồi mới chia tách.",
        "This unit still has {count} units below it. Arrange those first, then split it.",
    ),
    "unit_event.facts_after": (
        "{unit} kết thúc từ ngày {day} nhưng đã có {count} dữ liệu ghi từ ngày đó trở đi ({what}). Hãy sửa hoặc hủy các dữ liệu đó trước, hoặc kiểm tra lại ngày.",
        "{unit} ends on {day}, yet {count} records lie on that day or later ({what_en}). Correct or void those first, or check the day.",
    ),
    "unit_event.day_to_come": (
        "Ngày {day} chưa đến nên chưa đóng được tồn tại theo lần sắp xếp này. Hãy chọn “để nguyên” và xử lý sau ngày đó.",
        "{day} is still to come, so nonconformities cannot be closed with it. Choose “leave as they are” and handle them after that day.",
    ),
    "unit_event.several_receivers": (
        "Có nhiều đơn vị nhận nên không tự chuyển được cuộc kiểm tra đã lên kế hoạch. Hãy chọn “để nguyên” hoặc “hủy”, rồi lập lại kế hoạch.",
        "There are several receivers, so planned inspections cannot be moved by themselves. Leave or cancel them, then plan anew.",
    ),
    "unit_event.checklist_unfit": (
        "Phiếu kiểm tra của cuộc {audit} không dùng cho {unit}. Hãy chọn “để nguyên” hoặc “hủy” cho các cuộc đã lên kế hoạch.",
        "The checklist of {audit} does not fit {unit}. Leave or cancel the planned inspections.",
    ),
    "unit_event.rested_on": (
        "{unit} đã có dữ liệu dựa vào lần sắp xếp này ({what}: {count}) nên chưa hủy, chưa sửa được. Hãy sửa hoặc hủy các dữ liệu đó trước; văn bản và ghi chú thì vẫn sửa được.",
        "{unit} has records that rest on this arrangement ({what_en}: {count}), so it cannot be withdrawn or corrected yet. Correct or void those first; document and note can still be corrected.",
    ),
    "unit_event.code_used_since": (
        "Mã {value} nay đã thuộc về {unit} nên không lấy lại được đơn vị cũ. Hãy hủy lần sắp xếp của đơn vị đó trước.",
        "Code {value} now belongs to {unit}, so the old unit cannot come back. Withdraw that unit's arrangement first.",
    ),
}
