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
    # the menu of a frame
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
        "Ô trống: không có giá trị. Số được làm tròn như trên trang; số đầy đủ ở các bảng kết quả (dữ liệu mở).",
        "An empty cell: no value. Numbers are rounded as on the page; the result tables (open data) hold them in full.",
    ),
    "export.source_head": ("Nguồn", "Source"),
    "export.hash": ("Mã băm bộ số liệu (SHA-256)", "Hash of the dataset (SHA-256)"),
}
