"""What leaves the pages: menus, files, their notes, and what is said when something is missing."""

TEXTS = {
    "export.made_up": ("SỐ LIỆU GIẢ LẬP – KHÔNG PHẢI KẾT QUẢ", "MADE-UP DATA – NOT RESULTS"),
    "export.illustrative": ("BỘ TIÊU CHÍ MINH HỌA", "ILLUSTRATIVE RUBRIC"),
    "export.provisional": ("TẠM TÍNH – CHƯA CÔNG BỐ", "PROVISIONAL – NOT PUBLISHED"),
    "export.source": (
        "Nguồn: Sở Nội vụ TP Hà Nội, Chỉ số CCHC năm {period} (chưa có quyết định công bố).",
        "Source: Hanoi Department of Home Affairs, PAR Index {period} (no decision published yet).",
    ),
    "export.dataset": (
        "Bản số liệu {generation}, mã {hash}, ngày {date}.",
        "Dataset {generation}, hash {hash}, of {date}.",
    ),
    # the menu of an exhibit
    "export.picture": ("Hình", "Picture"),
    "export.data": ("Số liệu", "Data"),
    "export.a4": ("PNG, khổ A4", "PNG, A4"),
    "export.1920x1080": ("PNG, trang chiếu", "PNG, slide"),
    "export.1200x1200": ("PNG, vuông", "PNG, square"),
    "export.svg": ("SVG, khổ A4", "SVG, A4"),
    "export.pdf": ("PDF, khổ A4", "PDF, A4"),
    "export.xlsx": ("Excel (XLSX)", "Excel (XLSX)"),
    "export.csv": ("CSV", "CSV"),
    "export.drawing": ("Đang vẽ hình…", "Drawing the picture…"),
    "export.drawn": ("Đã tải hình về", "Picture downloaded"),
    "export.failed": ("Không vẽ được hình, hãy thử lại", "The picture could not be drawn, try again"),
    # workbooks
    "export.sheet.data": ("Số liệu", "Data"),
    "export.sheet.notes": ("Ghi chú", "Notes"),
    "export.sheet.terms": ("Thuật ngữ", "Terms"),
    "export.sheet.source": ("Nguồn", "Source"),
    "export.title": ("Tiêu đề", "Title"),
    "export.subtitle": ("Nội dung", "Content"),
    "export.note.empty": (
        "Ô trống: không có giá trị. Số giữ nguyên mọi chữ số; chỉ cách hiển thị làm tròn như trên trang.",
        "An empty cell: no value. Numbers keep every digit; only their display is rounded as on the page.",
    ),
    "export.source_head": ("Nguồn", "Source"),
    "export.hash": ("Mã băm bộ số liệu (SHA-256)", "Hash of the dataset (SHA-256)"),
    "export.part.from": ("từ", "from"),
    "export.part.to": ("đến", "to"),
    "export.part.before": ("trước", "before"),
    "export.part.after": ("sau", "after"),
    "export.part.n": ("n", "n"),
    "export.part.maximum": ("tối đa", "maximum"),
    # documents
    "export.profile_pdf": ("Hồ sơ PDF", "Profile as PDF"),
    "export.summary": ("Tóm tắt Chỉ số CCHC năm", "PAR Index in brief,"),
    "export.summary_pdf": ("Tóm tắt một trang (PDF)", "One-page summary (PDF)"),
    "export.profile": ("Hồ sơ kết quả của một đơn vị", "Results of one unit"),
    # where there is no file
    "export.no_file": ("Không có tệp này", "There is no such file"),
    "export.unknown": ("Đuôi tệp phải là một trong: {endings}.", "The file must end in one of: {endings}."),
    "export.unknown_page": ("Không có trang này.", "There is no such page."),
    "export.unknown_chart": (
        "Trang không có hình “{name}”. Có: {known}.",
        "The page has no chart “{name}”. It has: {known}.",
    ),
    "export.unknown_size": (
        "Không có khổ “{value}”. Chọn một trong: {sizes}.",
        "There is no size “{value}”. Choose one of: {sizes}.",
    ),
    "export.unknown_period": (
        "Không có năm “{value}”. Có: {known}.",
        "There is no year “{value}”. There are: {known}.",
    ),
    "export.unknown_table": ("Không có bảng này. Có: {known}.", "There is no such table. There are: {known}."),
    "export.no_data": ("Hình này không có bảng số liệu.", "This chart has no table of data."),
    "export.no_picture": ("Bảng này không có hình.", "This table has no picture."),
    "export.no_browser": (
        "Máy chủ chưa có Chromium nên chưa vẽ được PDF. Quản trị viên cài bằng lệnh: apt-get install chromium. "
        "PNG và SVG vẫn tải được từ menu “Tải về” của hình.",
        "The server has no Chromium, which draws PDF. An administrator installs it with: apt-get install chromium. "
        "PNG and SVG can still be taken from the menu “Download” of the chart.",
    ),
}
