"""Words of problems and flags, in Vietnamese and English side by side. `{name}` is filled from the problem."""

from __future__ import annotations

NEAREST = {"vi": "Gần nhất: {nearest}?", "en": "Nearest: {nearest}?"}

# kind → language → (what is wrong, what is allowed or what to do)
PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    # --- files, sheets and headings
    "empty_file": {
        "vi": ("Tệp trống, không có dòng nào", "Bỏ tệp này khỏi thư mục, hoặc điền dữ liệu"),
        "en": ("The file is empty", "Take the file out of the folder, or fill it in"),
    },
    "header_only": {
        "vi": (
            "Bảng {table} chỉ có dòng tiêu đề, không có dòng dữ liệu",
            "Điền dữ liệu dưới dòng tiêu đề, hoặc bỏ bảng này",
        ),
        "en": ("The table {table} has a header and no rows", "Fill in rows below the header, or leave the table out"),
    },
    "broken_workbook": {
        "vi": ("Không đọc được tệp Excel này: {why}", "Mở bằng Excel hoặc LibreOffice rồi lưu lại dạng .xlsx"),
        "en": ("The workbook cannot be read: {why}", "Open it in Excel or LibreOffice and save it again as .xlsx"),
    },
    "encrypted_workbook": {
        "vi": ("Tệp Excel được đặt mật khẩu", "Bỏ mật khẩu rồi lưu lại dạng .xlsx"),
        "en": ("The workbook is protected by a password", "Remove the password and save it again as .xlsx"),
    },
    "broken_parquet": {
        "vi": ("Không đọc được tệp Parquet này: {why}", "Xuất lại tệp từ nơi đã tạo ra nó"),
        "en": ("The Parquet file cannot be read: {why}", "Write the file again where it came from"),
    },
    "broken_csv": {
        "vi": (
            "Không đọc được tệp CSV này: {why}",
            "Kiểm tra dấu ngoặc kép mở mà không đóng, rồi lưu lại dạng CSV UTF-8",
        ),
        "en": (
            "The CSV file cannot be read: {why}",
            "Look for a quote that opens and never closes; save it as CSV UTF-8",
        ),
    },
    "unreadable_file": {
        "vi": ("Không mở được tệp: {why}", "Kiểm tra quyền đọc tệp"),
        "en": ("The file cannot be opened: {why}", "Check the permissions of the file"),
    },
    "file_too_large": {
        "vi": ("Tệp lớn {size} MB, vượt giới hạn {limit} MB", "Chia nhỏ tệp, hoặc đặt CCHC_MAX_MB lớn hơn"),
        "en": (
            "The file has {size} MB, more than the limit of {limit} MB",
            "Split the file, or set a larger CCHC_MAX_MB",
        ),
    },
    "sheet_too_large": {
        "vi": ("Trang tính trải tới ô {value}, quá rộng để đọc", "Xóa các ô thừa xa bảng dữ liệu rồi lưu lại"),
        "en": (
            "The sheet reaches to cell {value}, too far to be read",
            "Delete stray cells far from the table and save again",
        ),
    },
    "wrong_encoding": {
        "vi": ("Tệp không ở bảng mã UTF-8", "Lưu lại dạng “CSV UTF-8”"),
        "en": ("The file is not in UTF-8", "Save it again as “CSV UTF-8”"),
    },
    "not_a_data_file": {
        "vi": ("Loại tệp này không nhập được", "Nhập được: .csv, .tsv, .xlsx, .xlsm, .parquet"),
        "en": ("This kind of file cannot be imported", "What can: .csv, .tsv, .xlsx, .xlsm, .parquet"),
    },
    "nothing_found": {
        "vi": ("Không tìm thấy bảng nào để nhập", "Thư mục cần có tệp .csv, .xlsx hoặc .parquet"),
        "en": ("There is no table to import", "The folder should hold .csv, .xlsx or .parquet files"),
    },
    "unknown_table": {
        "vi": ("Không nhận ra bảng nào qua các cột: {columns}", "Gần nhất là bảng {table}; còn thiếu cột: {missing}"),
        "en": ("No table has these columns: {columns}", "Nearest is the table {table}; missing columns: {missing}"),
    },
    "missing_column": {
        "vi": ("Bảng {table} thiếu cột {column} (“{heading}”)", "Thêm cột “{heading}” hoặc “{column}”"),
        "en": ("The table {table} lacks the column {column} (“{heading}”)", "Add a column “{column}” or “{heading}”"),
    },
    "duplicate_column": {
        "vi": ("Hai cột cùng tên: “{value}”", "Bỏ hoặc đổi tên một trong hai cột"),
        "en": ("Two columns have one name: “{value}”", "Remove or rename one of them"),
    },
    "too_many_cells": {
        "vi": (
            "Dòng có {cells} ô trong khi tiêu đề có {headings} cột",
            "Số có dấu phẩy như 0,5 phải đặt trong ngoặc kép khi cột cách nhau bằng dấu phẩy",
        ),
        "en": (
            "The row has {cells} cells, the header {headings}",
            "Put a number such as 0,5 in quotes where commas separate the columns",
        ),
    },
    "error_cell": {
        "vi": ("Ô mang lỗi của Excel: {value}", "Sửa công thức, hoặc gõ giá trị vào ô"),
        "en": ("The cell holds an Excel error: {value}", "Mend the formula, or type the value"),
    },
    "formula_without_value": {
        "vi": ("Ô có công thức nhưng không có kết quả đã lưu", "Mở tệp bằng Excel rồi lưu lại, hoặc gõ giá trị vào ô"),
        "en": ("The cell has a formula and no stored result", "Open and save the file in Excel, or type the value"),
    },
    # --- cells
    "empty_key": {
        "vi": ("Ô “{column}” trống; cột này xác định dòng", "Điền giá trị, hoặc xóa cả dòng"),
        "en": ("“{column}” is empty; it identifies the row", "Fill it in, or delete the row"),
    },
    "empty_period": {
        "vi": ("Không biết dòng này thuộc kỳ nào", "Điền cột kỳ, hoặc nhập với --period"),
        "en": ("The period of the row is not given", "Fill in the period, or import with --period"),
    },
    "empty_cell": {
        "vi": ("Ô “{column}” không được để trống", "Điền giá trị"),
        "en": ("“{column}” must not be empty", "Fill it in"),
    },
    "not_a_number": {
        "vi": ("“{value}” không phải là số", "Một số, ví dụ 0,5 hoặc 0.5"),
        "en": ("“{value}” is no number", "A number, such as 0.5 or 0,5"),
    },
    "not_an_integer": {
        "vi": ("“{value}” không phải là số nguyên", "Một số nguyên, ví dụ 12"),
        "en": ("“{value}” is no whole number", "A whole number, such as 12"),
    },
    "not_a_date": {
        "vi": ("“{value}” không phải là ngày", "Ví dụ 2020-12-22 hoặc 22/12/2020"),
        "en": ("“{value}” is no date", "For instance 2020-12-22 or 22/12/2020"),
    },
    "not_a_boolean": {
        "vi": ("“{value}” không phải là có hoặc không", "1, 0, true, false, x, có, không; trống là không"),
        "en": ("“{value}” is neither yes nor no", "1, 0, true, false, x, có, không; empty is no"),
    },
    "not_allowed": {
        "vi": ("“{value}” không phải là giá trị được dùng ở đây", "Được dùng: {allowed}"),
        "en": ("“{value}” is no value for this column", "Allowed: {allowed}"),
    },
    "out_of_range": {
        "vi": ("{value} nằm ngoài khoảng cho phép", "Cho phép: {allowed}"),
        "en": ("{value} is out of range", "Allowed: {allowed}"),
    },
    "other_period": {
        "vi": ("Kỳ {value} khác với kỳ {period} của lần nhập", "Nhập riêng theo kỳ, hoặc bỏ --period"),
        "en": (
            "Period {value} is not the period {period} of this import",
            "Import each period apart, or drop --period",
        ),
    },
    "ambiguous_code": {
        "vi": (
            "Mã đã bị Excel đổi thành số {value}, ứng với nhiều mã: {codes}",
            "Định dạng cột là văn bản rồi gõ lại mã",
        ),
        "en": (
            "Excel turned the code into the number {value}, which is several codes: {codes}",
            "Format the column as text and type the code again",
        ),
    },
    "code_turned_into_date": {
        "vi": (
            "Mã đã bị Excel đổi thành ngày {value}; các mã đọc được như vậy: {codes}",
            "Định dạng cột là văn bản rồi gõ lại mã",
        ),
        "en": (
            "Excel turned the code into the date {value}; codes that read so: {codes}",
            "Format the column as text and type the code again",
        ),
    },
    # --- what refers to something else
    "unknown_period": {
        "vi": ("Chưa có kỳ {value}", "Các kỳ đã có: {known}. Nhập bảng kỳ đánh giá trước hoặc cùng lúc"),
        "en": ("There is no period {value}", "Known periods: {known}. Import the periods before or together"),
    },
    "unknown_unit": {
        "vi": ("Không có đơn vị “{value}” trong kỳ {period}", "Nhập bảng đơn vị của kỳ này, hoặc sửa mã"),
        "en": ("There is no unit “{value}” in period {period}", "Import the units of the period, or correct the code"),
    },
    "unknown_unit_group": {
        "vi": ("Không có khối “{value}”", "Các khối đã có: {known}"),
        "en": ("There is no unit group “{value}”", "Known unit groups: {known}"),
    },
    "unknown_criterion": {
        "vi": ("Bộ tiêu chí của khối {unit_group}, kỳ {period} không có mã “{value}”", "Nhập bộ tiêu chí, hoặc sửa mã"),
        "en": (
            "The rubric of unit group {unit_group}, period {period} has no code “{value}”",
            "Import the rubric, or correct the code",
        ),
    },
    "unknown_group": {
        "vi": ("Không có nhóm đối tượng “{value}”", "Các nhóm của khối {unit_group}: {known}"),
        "en": ("There is no respondent group “{value}”", "Groups of unit group {unit_group}: {known}"),
    },
    "wrong_group_for_unit": {
        "vi": ("Nhóm đối tượng “{value}” không thuộc khối {unit_group}", "Các nhóm của khối này: {known}"),
        "en": ("Respondent group “{value}” does not belong to unit group {unit_group}", "Its groups: {known}"),
    },
    "unknown_question": {
        "vi": ("Không có câu hỏi “{value}”", "Mỗi cột khác của bảng phiếu là mã một câu hỏi; sửa mã hoặc bỏ cột"),
        "en": (
            "There is no question “{value}”",
            "Every other column of ballots is a question code; correct or remove it",
        ),
    },
    "question_not_asked": {
        "vi": (
            "Câu hỏi {question} không hỏi nhóm {respondent_group} của khối {unit_group}",
            "Xóa câu trả lời, hoặc sửa nhóm đối tượng của phiếu",
        ),
        "en": (
            "Question {question} is not asked of group {respondent_group}, unit group {unit_group}",
            "Delete the answer, or correct the group of the ballot",
        ),
    },
    "unknown_scale": {
        "vi": ("Không có thang đo “{value}”", "Các thang đo đã có: {known}"),
        "en": ("There is no scale “{value}”", "Known scales: {known}"),
    },
    "unknown_option": {
        "vi": ("“{value}” không phải là phương án của câu hỏi {question}", "Các phương án: {allowed}"),
        "en": ("“{value}” is no option of question {question}", "Options: {allowed}"),
    },
    "unit_disagrees": {
        "vi": ("Tên đơn vị “{value}” không phải là tên của mã {unit_code}", "Sửa tên hoặc mã ở đầu biểu"),
        "en": (
            "The unit's name “{value}” is not that of code {unit_code}",
            "Correct the name or the code above the form",
        ),
    },
    # --- rows
    "duplicate_key": {
        "vi": ("Trùng khóa với {first}: {key}", "Giữ một dòng"),
        "en": ("Same key as {first}: {key}", "Keep one of the rows"),
    },
    "ballot_rows_disagree": {
        "vi": (
            "Các dòng của phiếu {ballot_id} không khớp nhau: {first} ghi “{other}”",
            "Một phiếu thuộc một đơn vị, một nhóm, một người, một ngày",
        ),
        "en": (
            "Rows of ballot {ballot_id} disagree: {first} says “{other}”",
            "A ballot has one unit, group, person and day",
        ),
    },
    "points_and_not_applicable": {
        "vi": ("Vừa có điểm {value} vừa đánh dấu không áp dụng", "Để trống điểm, hoặc bỏ dấu không áp dụng"),
        "en": ("Points {value} and not applicable at once", "Empty the points, or unset not applicable"),
    },
    "points_on_heading": {
        "vi": ("{criterion_code} là mục có mục con; điểm chỉ ghi ở mục cuối", "Ghi điểm ở: {known}"),
        "en": ("{criterion_code} is a heading; only leaves carry points", "Leaves below it: {known}"),
    },
    "points_on_surveyed_leaf": {
        "vi": (
            "{criterion_code} chấm bằng điều tra xã hội học, không tự chấm hay thẩm định",
            "Xóa dòng này; hội đồng chỉ có thể ghi “không áp dụng”",
        ),
        "en": (
            "{criterion_code} is assessed by survey, not scored",
            "Delete the row; the council may only set not applicable",
        ),
    },
    # --- definitions
    "orphan_parent": {
        "vi": ("Mục cha “{value}” của {criterion_code} không có trong bộ tiêu chí", "Thêm mục cha, hoặc sửa mã"),
        "en": ("The parent “{value}” of {criterion_code} is not in the rubric", "Add the parent, or correct the code"),
    },
    "parent_cycle": {
        "vi": ("Quan hệ cha con đi vòng: {cycle}", "Sửa mã tiêu chí cha"),
        "en": ("The parents go in a circle: {cycle}", "Correct the parent code"),
    },
    "leaf_without_points": {
        "vi": ("Mục {criterion_code} không có mục con mà thiếu điểm tối đa", "Điền điểm tối đa"),
        "en": ("The leaf {criterion_code} has no maximum points", "Fill in max_points"),
    },
    "leaf_without_assessor": {
        "vi": ("Mục {criterion_code} không có mục con mà thiếu cách đánh giá", "Điền: appraisal hoặc survey"),
        "en": ("The leaf {criterion_code} does not say how it is assessed", "Fill in appraisal or survey"),
    },
    "leaf_without_method": {
        "vi": ("Mục điều tra {criterion_code} thiếu cách tính", "Điền: mean hoặc satisfied_share"),
        "en": ("The surveyed leaf {criterion_code} has no survey_method", "Fill in mean or satisfied_share"),
    },
    "heading_with_points": {
        "vi": ("Mục {criterion_code} có mục con nên không có điểm tối đa riêng", "Để trống ô này"),
        "en": ("The heading {criterion_code} has no maximum points of its own", "Empty the cell"),
    },
    "heading_with_assessor": {
        "vi": ("Mục {criterion_code} có mục con nên không có cách đánh giá riêng", "Để trống ô này"),
        "en": ("The heading {criterion_code} is not assessed itself", "Empty the cell"),
    },
    "unit_without_group": {
        "vi": ("Đơn vị {unit_code} không thuộc khối nào", "Các khối đã có: {known}"),
        "en": ("Unit {unit_code} is in no unit group", "Known unit groups: {known}"),
    },
    "unit_in_two_groups": {
        "vi": (
            "Đơn vị {unit_code} thuộc hai khối trong kỳ {period}: {groups}",
            "Một đơn vị thuộc một khối trong mỗi kỳ",
        ),
        "en": (
            "Unit {unit_code} is in two unit groups in period {period}: {groups}",
            "A unit has one group in a period",
        ),
    },
    "definition_in_use": {
        "vi": (
            "{rows} dòng đã nhập của bảng {table} sẽ không còn hợp lệ ({reason}): {where}",
            "Giữ định nghĩa này, hoặc nhập lại cùng lúc các số liệu đó",
        ),
        "en": (
            "{rows} rows of {table} imported before would lose their definition ({reason}): {where}",
            "Keep the definition, or import those facts anew together with it",
        ),
    },
}

# kind → language → word
FLAGS: dict[str, dict[str, str]] = {
    "late_submission": {"vi": "Nộp muộn", "en": "Late submission"},
    "no_evidence": {"vi": "Không có tài liệu kiểm chứng", "en": "No evidence"},
    "raised_without_reason": {
        "vi": "Thẩm định cao hơn tự đánh giá, không nêu lý do",
        "en": "Appraised above self, no reason",
    },
    "cut_without_reason": {"vi": "Giảm điểm, không nêu lý do", "en": "Cut without a reason"},
    "large_change": {"vi": "Điều chỉnh quá nửa điểm tối đa", "en": "Change over half of the maximum"},
    "small_cell": {"vi": "Nhóm dưới số phiếu tối thiểu", "en": "Group under the minimum cell"},
    "plan_disagrees": {
        "vi": "Số phiếu theo kế hoạch và thu về không khớp",
        "en": "Planned and returned ballots disagree",
    },
    "more_ballots_than_people": {"vi": "Nhiều phiếu hơn số người", "en": "More ballots than people"},
    "identical_ballots": {"vi": "Các phiếu giống hệt nhau", "en": "Identical ballots"},
    "straight_lining": {"vi": "Phiếu chọn một phương án cho mọi câu", "en": "Straight-lining"},
    "own_appraiser": {"vi": "Cơ quan thẩm định là chính đơn vị được chấm", "en": "The appraiser is the scored unit"},
    "decision_replaced": {
        "vi": "Lần nhập sau thay quyết định của cơ quan thẩm định khác",
        "en": "A later import replaced another appraiser's decision",
    },
    "published_contradiction": {
        "vi": "Chỉ số đã công bố mâu thuẫn với hạng",
        "en": "A published value contradicts its rank",
    },
}
