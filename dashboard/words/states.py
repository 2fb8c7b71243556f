"""What a page says when there is nothing to draw, or not everything: each state in words of its own."""

TEXTS = {
    "state.loading": ("Đang tải…", "Loading…"),
    "state.empty.title": ("Chưa có số liệu", "No data yet"),
    "state.empty.text": (
        "Năm {period} chưa có số liệu cho phần này.",
        "There are no data for this part of {period} yet.",
    ),
    "state.filtered_empty.title": ("Không có dòng nào khớp bộ lọc", "No row matches the filter"),
    "state.filtered_empty.text": (
        "Số liệu vẫn đủ; chỉ bộ lọc đang che.",
        "The data are complete; only the filter hides them.",
    ),
    "state.filtered_empty.action": ("Bỏ bộ lọc", "Clear the filter"),
    "state.provisional.title": ("Số liệu tạm tính", "Provisional data"),
    "state.provisional.text": (
        "Chưa đủ điểm của mọi tiêu chí; chỉ số tạm tính và chưa có hạng.",
        "Some criteria have no points yet; the index is provisional and there is no rank.",
    ),
    "state.suppressed.title": ("Không công bố vì quá ít phiếu", "Withheld: too few ballots"),
    "state.suppressed.text": (
        "Dưới {n} phiếu hợp lệ: kết quả được giữ kín để không lộ người trả lời; điểm vẫn được tính.",
        "Fewer than {n} valid ballots: withheld so that nobody can be recognised; the score still counts.",
    ),
    "state.kept_back": ("kín", "withheld"),
    "state.kept_back.text": (
        "Giữ kín để không suy ra nhóm khác; điểm vẫn được tính.",
        "Withheld so that no other group can be worked out; the score still counts.",
    ),
    "state.not_comparable.title": ("Không so sánh được", "Not comparable"),
    "state.not_comparable.text": (
        "Bộ tiêu chí đã thay đổi, hoặc hai khối khác nhau: hai số không cùng thước đo.",
        "The rubric changed, or the blocks differ: the two numbers do not share a scale.",
    ),
    "state.superseded.title": ("Bản số liệu cũ", "Superseded version"),
    "state.superseded.text": ("Đã có bản mới hơn thay bản này.", "A newer version has replaced this one."),
    "state.no_permission.title": ("Bạn chưa được xem phần này", "You may not see this part"),
    "state.no_permission.text": (
        "Phần này chỉ mở cho người có thẩm quyền trước khi công bố.",
        "Before publication this part is open to authorised people only.",
    ),
    "state.error.title": ("Trang gặp lỗi", "The page failed"),
    "state.error.text": (
        "Không dựng được trang này. Số liệu không bị ảnh hưởng. Thử tải lại; nếu vẫn lỗi, gửi mã {ticket} cho người "
        "quản trị.",
        "This page could not be drawn. The data are unharmed. Load it again; if it still fails, send code {ticket} "
        "to the administrator.",
    ),
    "state.error.action": ("Tải lại", "Load again"),
    "state.callback.text": (
        "Thao tác vừa rồi không thực hiện được (mã {ticket}). Thử lại hoặc tải lại trang.",
        "That did not work (code {ticket}). Try again or reload the page.",
    ),
    # paths that lead nowhere
    "lost.page.title": ("Không có trang này", "There is no such page"),
    "lost.page.text": ("Không có trang nào ở địa chỉ “{value}”.", "There is no page at “{value}”."),
    "lost.block.title": ("Không có khối này", "There is no such block"),
    "lost.block.text": (
        "Năm {period} không có khối “{value}”. Chọn một khối bên dưới.",
        "{period} has no block “{value}”. Choose one below.",
    ),
    "lost.unit.title": ("Không có đơn vị này", "There is no such unit"),
    "lost.unit.text": (
        "Không có đơn vị mã “{value}”. Tìm theo tên ở ô tìm phía trên, hoặc chọn trong bảng xếp hạng.",
        "There is no unit with the code “{value}”. Search by name above, or choose one from a ranking.",
    ),
    "lost.unit_period.title": ("Đơn vị không có trong năm này", "This unit is not in this year"),
    "lost.unit_period.text": (
        "Đơn vị mã “{value}” không được đánh giá trong năm {period}. Chọn năm khác ở đầu trang.",
        "The unit with the code “{value}” was not assessed in {period}. Choose another year above.",
    ),
    "lost.item.title": ("Không có tiêu chí này", "There is no such criterion"),
    "lost.item.text": (
        "Bộ tiêu chí năm {period} của {block} không có mã “{value}”.",
        "The {period} rubric of {block} has no code “{value}”.",
    ),
    "lost.number.title": ("Không có số này", "There is no such number"),
    "lost.number.text": (
        "Không tìm thấy số “{value}”. Địa chỉ của một số gồm năm, đơn vị, tiêu chí và loại số, cách nhau bằng dấu "
        "chấm.",
        "There is no number “{value}”. Its address is year, unit, criterion and measure, separated by full stops.",
    ),
    "lost.home": ("Về trang đầu", "Go to the first page"),
    # a store that cannot be read
    "store.missing.title": ("Chưa có kho số liệu", "There is no data store yet"),
    "store.missing.text": (
        "Thư mục dữ liệu chưa có bản số liệu nào. Chạy “make run” để nạp bộ tiêu chí và mùa trình diễn, hoặc “cchc "
        "import” "
        "với các tệp của một kỳ.",
        "The data folder holds no dataset. Run “make run” to load the rubric and the demonstration season, or "
        "“cchc import” with the files of a season.",
    ),
    "store.outdated.title": ("Kho số liệu của phiên bản khác", "A data store of another version"),
    "store.outdated.text": (
        "Kho số liệu do một phiên bản khác của chương trình dựng. Chạy “cchc build” để dựng lại từ các lần nhập; dữ "
        "liệu đã nhập không bị mất.",
        "The data store was built by another version of the program. Run “cchc build” to rebuild it from the imports; "
        "nothing imported is lost.",
    ),
    "store.broken.title": ("Không đọc được kho số liệu", "The data store cannot be read"),
    "store.broken.text": (
        "Tệp số liệu bị hỏng hoặc thiếu. Chạy “cchc build” để dựng lại từ các lần nhập; dữ liệu đã nhập không bị mất.",
        "The data file is damaged or incomplete. Run “cchc build” to rebuild it from the imports; nothing imported "
        "is lost.",
    ),
    "store.empty.title": ("Kho số liệu còn trống", "The data store is empty"),
    "store.empty.text": (
        "Chưa có kỳ đánh giá nào. Nhập bảng định nghĩa và số liệu bằng “cchc import”, hoặc chạy “cchc demo”.",
        "There is no season yet. Import the definition tables and data with “cchc import”, or run “cchc demo”.",
    ),
}
