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
    "too_many_values": {
        "vi": ("Tệp có quá nhiều ô để đọc (giới hạn {limit} ô)", "Chia nhỏ tệp, hoặc xóa các dòng và cột thừa"),
        "en": (
            "The file has too many cells to be read (limit: {limit})",
            "Split the file, or delete needless rows and columns",
        ),
    },
    "too_much_text": {
        "vi": ("Nội dung tệp khi giải nén vượt {limit} MB", "Chia nhỏ tệp"),
        "en": ("Unpacked, the file holds more than {limit} MB of text", "Split the file"),
    },
    "too_much_memory": {
        "vi": ("Đọc tệp này cần quá nhiều bộ nhớ", "Chia nhỏ tệp, hoặc xuất lại từ nơi đã tạo ra nó"),
        "en": ("Reading the file takes too much memory", "Split the file, or write it again where it came from"),
    },
    "wrong_container": {
        "vi": (
            "Tên tệp ghi {value} nhưng bên trong là {container}",
            "Mở bằng chương trình đúng rồi lưu lại dạng .csv hoặc .xlsx",
        ),
        "en": (
            "The name says {value}, but the file is {container}",
            "Open it with its own program and save it as .csv or .xlsx",
        ),
    },
    "one_column": {
        "vi": (
            "Chỉ thấy một cột: cả dòng nằm trong một ô (“{value}”)",
            "Bảng {table}: bỏ ngoặc kép bao cả dòng, và ngăn các cột bằng dấu phẩy, chấm phẩy hoặc tab",
        ),
        "en": (
            "There is one column only: the whole line stands in one cell (“{value}”)",
            "Table {table}: take away quotes around whole lines; separate the columns by comma, semicolon or tab",
        ),
    },
    "text_after_quote": {
        "vi": (
            "Sau ngoặc kép đóng còn chữ, hoặc ngoặc kép mở không đứng đầu ô: “{value}”; không rõ ô này hết ở đâu",
            'Viết ngoặc kép bên trong ô thành hai (""), hoặc bỏ đi, rồi lưu lại dạng CSV UTF-8',
        ),
        "en": (
            "Text follows a closing quote, or a quote opens inside a cell: “{value}”; where the cell ends is unknown",
            'Write a quote inside a cell twice (""), or take it away, and save again as CSV UTF-8',
        ),
    },
    "record_in_quotes": {
        "vi": (
            "Ô trong ngoặc kép nuốt mất dòng khác: “{inner}”",
            "Đóng ngoặc kép ngay cuối ô này; mỗi dòng của bảng phải đứng ngoài ngoặc kép",
        ),
        "en": (
            "A quoted cell holds another row: “{inner}”",
            "Close the quote at the end of this cell; every row of the table stands outside quotes",
        ),
    },
    "torn_number": {
        "vi": (
            "“{value}” có lẽ là một số bị dấu phẩy tách làm hai ô: cột “{words}” chỉ có chữ số {digits}",
            'Đặt số trong ngoặc kép ("0,5") hoặc viết 0.5; nếu {digits} thuộc cột “{words}”, đặt nó trong ngoặc kép',
        ),
        "en": (
            "“{value}” seems to be one number torn in two by its comma: the column “{words}” holds only {digits}",
            'Put the number in quotes ("0,5") or write 0.5; if {digits} does belong in “{words}”, put that in quotes',
        ),
    },
    "cut_off": {
        "vi": (
            "Tệp bị cắt cụt: dòng cuối chỉ có {cells} ô trong {headings} cột và không có dấu xuống dòng",
            "Xuất hoặc chép lại tệp; nếu dòng này đã đủ, thêm một dấu xuống dòng ở cuối",
        ),
        "en": (
            "The file is cut off: its last row has {cells} of {headings} cells and no end of line",
            "Write or copy the file again; if the row is whole, end it with a line break",
        ),
    },
    "hidden_sheet": {
        "vi": (
            "Trang tính này bị ẩn, nên không đọc, và tệp không còn bảng nào khác",
            "Cho hiện trang tính rồi lưu lại",
        ),
        "en": ("The sheet is hidden and so left out, and the file has no other table", "Show the sheet and save again"),
    },
    "shows_other": {
        "vi": (
            "Ô lưu {value} nhưng hiển thị khác đi (định dạng số của ô)",
            "Đổi định dạng ô về Chung (General) và kiểm tra lại số",
        ),
        "en": (
            "The cell stores {value} and shows something else (its number format)",
            "Set the format to General and look at the number",
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
    "percent": {
        "vi": ("“{value}” là phần trăm, không phải là điểm hay chỉ số", "Gõ số không có dấu %, ví dụ 86,93"),
        "en": ("“{value}” is a percentage, no number of points or index", "Type the number without %, such as 86.93"),
    },
    "ambiguous_number": {
        "vi": ("“{value}” có thể là hàng nghìn hoặc số thập phân", "Viết liền, không có dấu: 12000 hoặc 12"),
        "en": ("“{value}” may be thousands or a decimal", "Write it without a separator: 12000 or 12"),
    },
    "id_as_number": {
        "vi": (
            "Mã đã bị đổi thành số {value} và mất các chữ số cuối",
            "Định dạng cột là văn bản rồi xuất lại từ nơi có mã đầy đủ",
        ),
        "en": (
            "The id was turned into the number {value} and lost its last digits",
            "Format the column as text and export it again where the ids are whole",
        ),
    },
    "code_characters": {
        "vi": (
            "Mã “{value}” có ký tự không dùng được trong mã: {allowed}",
            "Dùng chữ, số, dấu chấm, gạch nối, gạch dưới và dấu cách",
        ),
        "en": (
            "The code “{value}” has characters that no code may have: {allowed}",
            "Use letters, digits, dots, hyphens, underscores and spaces",
        ),
    },
    "other_maximum": {
        "vi": (
            "Biểu in điểm tối đa {value} cho {criterion_code}, bộ tiêu chí ghi {expected}",
            "Biểu này theo bộ tiêu chí khác; xuất biểu mới (cchc forms) rồi chép điểm sang",
        ),
        "en": (
            "The form prints {value} as the maximum of {criterion_code}, the rubric says {expected}",
            "The form is of another rubric; write a new one (cchc forms) and copy the points",
        ),
    },
    "form_lacks_rows": {
        "vi": (
            "Biểu thiếu {n} dòng của bộ tiêu chí: {codes}",
            "Xuất biểu mới (cchc forms) rồi chép điểm sang; không xóa dòng trong biểu",
        ),
        "en": (
            "The form lacks {n} rows of the rubric: {codes}",
            "Write a new form (cchc forms) and copy the points; delete no row of it",
        ),
    },
    "mixed_periods": {
        "vi": (
            "Lần nhập này có hai kỳ: {rows} dòng ghi kỳ {value}, {of_period} dòng ghi kỳ {period}",
            "Mỗi lần nhập chỉ một kỳ: sửa cột kỳ, hoặc nhập riêng từng kỳ (--period, --each)",
        ),
        "en": (
            "Two periods in one import: {rows} rows name {value}, {of_period} rows name {period}",
            "One import, one period: correct the period, or import each period apart (--period, --each)",
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
    "moves_other_period": {
        "vi": (
            "Lần nhập này làm đổi kết quả của kỳ {value}, trong khi tệp chỉ thuộc kỳ {known}",
            "Kiểm tra lại số lần nhập nêu ở --replace; nhập riêng những gì thuộc kỳ {value}",
        ),
        "en": (
            "The import would move results of period {value}; its files belong to {known}",
            "Look at the import that --replace names; import apart what belongs to {value}",
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

# kind → language → (what to look at, what was done): things in a file that do not stop an import
NOTES: dict[str, dict[str, tuple[str, str]]] = {
    "hidden_rows": {
        "vi": ("{n} dòng đang bị ẩn: {rows}", "Các dòng này vẫn được nhập; bỏ lọc hoặc cho hiện để xem"),
        "en": ("{n} rows are hidden: {rows}", "They are imported all the same; clear the filter to see them"),
    },
    "hidden_column": {
        "vi": ("Cột “{value}” đang bị ẩn", "Cột này vẫn được nhập"),
        "en": ("The column “{value}” is hidden", "It is imported all the same"),
    },
    "heading_left_out": {
        "vi": (
            "Cột “{value}” thuộc bảng {table}, không được đọc ở đây",
            "Trang này được đọc là bảng {read}; để bảng {table} riêng",
        ),
        "en": (
            "The column “{value}” belongs to the table {table} and is not read here",
            "The sheet was read as {read}; give {table} apart",
        ),
    },
    "other_name": {
        "vi": (
            "Biểu ghi tên {criterion_code} là “{value}”",
            "Bộ tiêu chí ghi: “{expected}”. Kiểm tra biểu có đúng bộ tiêu chí không",
        ),
        "en": (
            "The form calls {criterion_code} “{value}”",
            "The rubric says: “{expected}”. See whether the form is of this rubric",
        ),
    },
}

# container → language → what a file really is, by its first bytes
CONTAINERS: dict[str, dict[str, str]] = {
    "gzip": {"vi": "tệp nén gzip", "en": "a gzip archive"},
    "zip": {"vi": "tệp nén ZIP", "en": "a ZIP archive"},
    "7z": {"vi": "tệp nén 7-Zip", "en": "a 7-Zip archive"},
    "rar": {"vi": "tệp nén RAR", "en": "a RAR archive"},
    "bzip2": {"vi": "tệp nén bzip2", "en": "a bzip2 archive"},
    "xz": {"vi": "tệp nén xz", "en": "an xz archive"},
    "zstd": {"vi": "tệp nén zstd", "en": "a zstd archive"},
    "xlsx": {"vi": "sổ tính Excel (.xlsx)", "en": "an Excel workbook (.xlsx)"},
    "xls": {
        "vi": "sổ tính Excel cũ (.xls) hoặc có mật khẩu",
        "en": "an old Excel workbook (.xls) or one with a password",
    },
    "ods": {"vi": "tệp OpenDocument (.ods, .odt)", "en": "an OpenDocument file (.ods, .odt)"},
    "docx": {"vi": "văn bản Word (.docx)", "en": "a Word document (.docx)"},
    "parquet": {"vi": "tệp Parquet", "en": "a Parquet file"},
    "arrow": {"vi": "tệp Arrow (Feather)", "en": "an Arrow (Feather) file"},
    "sqlite": {"vi": "cơ sở dữ liệu SQLite", "en": "an SQLite database"},
    "pdf": {"vi": "tệp PDF", "en": "a PDF file"},
    "rtf": {"vi": "văn bản RTF", "en": "an RTF document"},
    "picture": {"vi": "hình ảnh", "en": "a picture"},
    "html": {"vi": "trang web (HTML)", "en": "a web page (HTML)"},
    "xml": {"vi": "tệp XML", "en": "an XML file"},
    "json": {"vi": "tệp JSON", "en": "a JSON file"},
    "csv": {"vi": "văn bản CSV", "en": "CSV text"},
}

LOOKALIKES = {
    "vi": "Có ký tự trông giống nhưng là ký tự khác: {letters}",
    "en": "Some letters look alike and are others: {letters}",
}

# kind → language → why facts imported before would no longer count
REASONS: dict[str, dict[str, str]] = {
    "unknown_period": {"vi": "không còn kỳ này", "en": "the period is gone"},
    "unknown_unit": {"vi": "không còn đơn vị này", "en": "the unit is gone"},
    "unknown_criterion": {"vi": "không còn mã tiêu chí này", "en": "the code is gone"},
    "points_on_heading": {"vi": "tiêu chí thành mục có mục con", "en": "the item becomes a heading"},
    "points_on_surveyed_leaf": {"vi": "tiêu chí chuyển sang điều tra xã hội học", "en": "the item becomes surveyed"},
    "points_and_not_applicable": {"vi": "vừa có điểm vừa không áp dụng", "en": "points and not applicable at once"},
    "out_of_range": {"vi": "điểm vượt điểm tối đa mới", "en": "points above the new maximum"},
    "unknown_group": {"vi": "không còn nhóm đối tượng này", "en": "the respondent group is gone"},
    "wrong_group_for_unit": {"vi": "nhóm đối tượng không còn thuộc khối", "en": "the group leaves the unit group"},
    "unknown_question": {"vi": "không còn câu hỏi này", "en": "the question is gone"},
    "question_not_asked": {
        "vi": "câu hỏi không còn hỏi nhóm này",
        "en": "the question is no longer asked of the group",
    },
    "unknown_option": {"vi": "không còn phương án này", "en": "the option is gone"},
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
    "person_in_several_groups": {
        "vi": "Một mã người trả lời đứng ở nhiều nhóm đối tượng",
        "en": "One respondent id stands in several groups",
    },
    "ids_alike": {
        "vi": "Các mã chỉ khác nhau ở số 0 đứng đầu",
        "en": "Ids that differ by leading zeros alone",
    },
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

# column of a result table → language → what it holds
COLUMNS: dict[str, dict[str, str]] = {
    "period": {"vi": "năm đánh giá", "en": "year assessed"},
    "unit_group": {"vi": "khối: department (sở), district (quận, huyện, thị xã)", "en": "block: department, district"},
    "unit_code": {"vi": "mã đơn vị", "en": "code of the unit"},
    "unit_name": {"vi": "tên đơn vị", "en": "name of the unit"},
    "criterion_code": {"vi": "mã tiêu chí; trống là tổng", "en": "code of the item; empty for the total"},
    "assessed_by": {
        "vi": "nguồn điểm của tiêu chí: appraisal (thẩm định), survey (điều tra)",
        "en": "what scores the item: appraisal, survey",
    },
    "self_points": {"vi": "điểm tự đánh giá", "en": "points of the self-assessment"},
    "appraised_points": {"vi": "điểm thẩm định", "en": "points of the appraisal"},
    "survey_points": {"vi": "điểm điều tra xã hội học", "en": "points of the survey"},
    "points": {
        "vi": "điểm, bằng thẩm định cộng điều tra; trống khi còn tiêu chí chưa có điểm",
        "en": "points, appraisal plus survey; empty while an item has none",
    },
    "max_points": {"vi": "điểm tối đa áp dụng cho đơn vị", "en": "applicable maximum of the unit"},
    "appraised_max": {"vi": "điểm tối đa phần thẩm định", "en": "maximum of the appraised part"},
    "survey_max": {"vi": "điểm tối đa phần điều tra", "en": "maximum of the surveyed part"},
    "self_index": {"vi": "chỉ số theo điểm tự đánh giá, 0–100", "en": "index by the self-assessment, 0–100"},
    "appraised_index": {"vi": "chỉ số phần thẩm định, 0–100", "en": "index of the appraised part, 0–100"},
    "index_value": {"vi": "Chỉ số CCHC, 0–100, làm tròn", "en": "PAR Index, 0–100, rounded"},
    "index_low": {
        "vi": "cận dưới khoảng 95% của chỉ số do chọn mẫu",
        "en": "lower end of the 95% interval of the index from sampling",
    },
    "index_high": {
        "vi": "cận trên khoảng 95% của chỉ số do chọn mẫu",
        "en": "upper end of the 95% interval of the index from sampling",
    },
    "rank": {"vi": "hạng trong khối; cùng điểm cùng hạng", "en": "rank in the block; equal values share a place"},
    "rank_low": {"vi": "hạng tốt nhất trong khoảng 95%", "en": "best rank of the 95% interval"},
    "rank_high": {"vi": "hạng thấp nhất trong khoảng 95%", "en": "lowest rank of the 95% interval"},
    "status": {"vi": "complete (đủ điểm), incomplete (chưa đủ)", "en": "complete or incomplete"},
    "attainment": {"vi": "tỷ lệ đạt, điểm chia điểm tối đa, 0–1", "en": "attainment, points over maximum, 0–1"},
    "gap": {"vi": "điểm thẩm định trừ điểm tự đánh giá", "en": "appraised less self-assessed points"},
    "state": {
        "vi": "appraised (đã thẩm định), surveyed (đã điều tra), pending (chờ), missing (thiếu),"
        " not_applicable (không xét)",
        "en": "appraised, surveyed, pending, missing, not_applicable",
    },
    "respondent_group": {"vi": "nhóm đối tượng điều tra", "en": "respondent group"},
    "n_ballots": {"vi": "số phiếu; trống khi không công bố", "en": "ballots; empty where not published"},
    "n_valid": {"vi": "số phiếu hợp lệ; trống khi không công bố", "en": "valid ballots; empty where not published"},
    "value": {"vi": "giá trị trung bình của các câu trả lời, 0–1", "en": "mean value of the answers, 0–1"},
    "ci_low": {"vi": "cận dưới khoảng 95% của giá trị", "en": "lower end of the 95% interval of the value"},
    "ci_high": {"vi": "cận trên khoảng 95% của giá trị", "en": "upper end of the 95% interval of the value"},
    "suppressed": {
        "vi": "true khi giữ kín: quá ít phiếu, hoặc để không suy ra nhóm khác",
        "en": "true where kept back: too few ballots, or so that no other group can be worked out",
    },
    "question_code": {"vi": "mã câu hỏi", "en": "code of the question"},
    "option": {"vi": "mã phương án trả lời", "en": "code of the answer"},
    "n": {"vi": "số phiếu chọn phương án", "en": "ballots with this answer"},
    "flag": {"vi": "mã lưu ý", "en": "code of the flag"},
    "severity": {"vi": "info (thông tin), look (cần xem), block (chặn)", "en": "info, look, block"},
    "detail": {"vi": "chi tiết của lưu ý", "en": "detail of the flag"},
    "file": {"vi": "tệp nguồn; không nêu tệp phiếu", "en": "source file; never that of ballots"},
    "row": {
        "vi": "dòng trong tệp nguồn; không nêu dòng của phiếu",
        "en": "row of the source file; never that of a ballot",
    },
    "probability": {"vi": "xác suất đứng ở hạng này khi lấy mẫu lại", "en": "probability of this rank when resampled"},
    "withheld": {
        "vi": "true khi không công bố giá trị của mọi nhóm ở tiêu chí này, để không suy ra nhóm được giữ kín",
        "en": "true where no group value of this item is published, so that no group kept back can be worked out",
    },
    "data_version": {
        "vi": "phiên bản hoặc mã băm SHA-256 của bộ số liệu",
        "en": "version of the data, or their SHA-256",
    },
    "made_up": {"vi": "true khi số liệu của kỳ là giả lập", "en": "true where the data of the period are made up"},
}

# key → language → what the command line says
COMMANDS: dict[str, dict[str, str]] = {
    # --- help
    "help_cchc": {
        "vi": "Chỉ số CCHC: nhập, kiểm tra, tính điểm và công bố số liệu của một kỳ đánh giá.",
        "en": "PAR INDEX: import, check, score and publish the data of a season.",
    },
    "help_import": {"vi": "Kiểm tra và nhập tệp, thư mục", "en": "Check and import files and folders"},
    "help_check": {
        "vi": "Đơn vị chưa nộp, mục còn chờ hoặc thiếu, cờ chất lượng, tổng không khớp",
        "en": "Units that have not submitted, pending and missing leaves, flags, sums that fail",
    },
    "gate_complete": {
        "vi": "Mọi đơn vị có đủ điểm ở mọi tiêu chí áp dụng",
        "en": "Every unit has points on every applicable criterion",
    },
    "gate_range": {
        "vi": "Điểm nằm trong khoảng từ 0 đến điểm tối đa",
        "en": "Points lie from 0 to the maximum",
    },
    "gate_reasons": {
        "vi": "Mọi điều chỉnh có lý do và cơ quan thẩm định",
        "en": "Every change has a reason and an appraiser",
    },
    "gate_sums": {
        "vi": "Tiêu chí thành phần, tiêu chí, lĩnh vực và tổng cộng khớp nhau",
        "en": "Leaves, criteria, domains and the total add up",
    },
    "gate_maxima": {
        "vi": "Điểm tối đa đúng bộ tiêu chí đang dùng",
        "en": "Maxima are those of the rubric in force",
    },
    "gate_means": {
        "vi": "Trung bình khối khớp trung bình các đơn vị và hai phần điểm",
        "en": "Block means agree with those of units and of both parts",
    },
    "gate_survey_points": {
        "vi": "Điểm khảo sát tính lại từ phiếu ra đúng như đã lưu",
        "en": "Survey points reproduce from the ballots",
    },
    "gate_ballots": {
        "vi": "Phiếu hợp lệ ≤ thu về ≤ phát ra",
        "en": "Valid ballots ≤ returned ≤ issued",
    },
    "gate_minimum_cell": {
        "vi": "Mỗi nhóm của mỗi đơn vị có đủ số phiếu tối thiểu",
        "en": "Every group of every unit has the minimum of ballots",
    },
    "gate_ranks": {
        "vi": "Chỉ số và hạng tính lại ra đúng như đã lưu",
        "en": "Indexes and ranks reproduce",
    },
    "gate_comparison": {
        "vi": "Chỉ so với năm trước ở nơi so được",
        "en": "Compared with the year before only where comparable",
    },
    "gate_titles": {
        "vi": "Mọi con số trong tiêu đề đúng với số liệu",
        "en": "Every number in a title equals the data",
    },
    "gate_flags": {
        "vi": "Không còn cờ chặn",
        "en": "No blocking flag is open",
    },
    "gate_disclosure": {
        "vi": "Số công bố không để lộ ô phải giữ kín",
        "en": "What is published gives no suppressed cell away",
    },
    "gate_printed": {
        "vi": "Chỉ số và hạng mà nguồn chính thức in ra không mâu thuẫn nhau",
        "en": "Printed indexes and printed ranks do not contradict",
    },
    "gate_own_appraisal": {
        "vi": "Không cơ quan nào tự thẩm định mình",
        "en": "No agency appraised itself",
    },
    "gate_rehearsal": {
        "vi": "Đã diễn tập trên bản sao",
        "en": "Rehearsed on a copy",
    },
    "gate_passed": {"vi": "✓ Đạt       {gate} [{id}]", "en": "✓ passed     {gate} [{id}]"},
    "gate_failed": {"vi": "✗ Chưa đạt  {gate} [{id}]", "en": "✗ failed     {gate} [{id}]"},
    "gate_unchecked": {"vi": "– Chưa kiểm {gate} [{id}]", "en": "– unchecked  {gate} [{id}]"},
    "gate_found": {"vi": "    mong đợi {expected}, thấy {found}:", "en": "    expected {expected}, found {found}:"},
    "gates_open": {
        "vi": "Chưa ký được: {n} điều kiện chặn chưa đạt hoặc chưa kiểm.",
        "en": "Not to be signed yet: {n} blocking gates have failed or are unchecked.",
    },
    "gates_passed": {
        "vi": "Ký được: mọi điều kiện chặn của kỳ {period} đã đạt.",
        "en": "To be signed: every blocking gate of {period} has passed.",
    },
    "help_gates": {
        "vi": "Các điều kiện trước khi khóa và công bố: mong đợi gì, thấy gì, vướng ở dòng nào",
        "en": "The gates before lock and publication: what was expected, what was found, on which rows",
    },
    "help_imports": {"vi": "Lịch sử các lần nhập", "en": "History of the imports"},
    "help_retract": {"vi": "Rút lại một lần nhập", "en": "Take an import back"},
    "help_recover": {
        "vi": "Lập lại sổ các lần nhập đã mất hoặc hỏng từ các thư mục nhập; chỉ xem nếu không có --yes",
        "en": "Rebuild a lost or broken ledger from the folders of the imports; shows only, without --yes",
    },
    "help_yes": {"vi": "ghi sổ đã lập lại", "en": "write the ledger that was rebuilt"},
    "help_build": {"vi": "Dựng lại kho số liệu từ các lần nhập", "en": "Rebuild the store from the imports"},
    "help_charts": {
        "vi": "ghi mọi hình của một kỳ: PNG ba khổ, SVG, PDF, số liệu CSV, bảng mã băm",
        "en": "write every chart of a period: PNG in three sizes, SVG, PDF, data as CSV, a manifest of hashes",
    },
    "help_results": {"vi": "Ghi các bảng kết quả của một kỳ", "en": "Write the result tables of a period"},
    "help_forms": {"vi": "Ghi biểu mẫu tự chấm điểm, mỗi đơn vị một tệp", "en": "Write the official forms, one a unit"},
    "help_demo": {
        "vi": "Tạo một mùa đánh giá giả lập trên bộ tiêu chí và đơn vị thật",
        "en": "Make up a season over the real rubric and units",
    },
    "help_defaults": {
        "vi": "Nạp bảng định nghĩa kèm theo và mùa giả lập, nếu chưa có lần nhập nào",
        "en": "Load the enclosed definition tables and the made-up season where nothing was imported yet",
    },
    "help_serve": {"vi": "Chạy trang số liệu", "en": "Serve the dashboard"},
    "help_data": {
        "vi": "thư mục dữ liệu (mặc định: biến môi trường CCHC_DATA, nếu không có thì data)",
        "en": "data folder (default: the environment variable CCHC_DATA, else data)",
    },
    "help_quiet": {"vi": "không in gì ngoài lỗi", "en": "print nothing but errors"},
    "help_json": {"vi": "in kết quả dạng JSON", "en": "print the outcome as JSON"},
    "help_lang": {"vi": "ngôn ngữ: vi hoặc en", "en": "language: vi or en"},
    "help_period": {"vi": "kỳ đánh giá, ví dụ 2020", "en": "period of assessment, such as 2020"},
    "help_dry_run": {"vi": "chỉ kiểm tra, không nhập", "en": "check, import nothing"},
    "help_each": {
        "vi": "xét từng tệp riêng: nhập tệp đạt, liệt kê tệp chưa đạt",
        "en": "judge every file alone: import the good ones, list the others",
    },
    "help_replace": {"vi": "rút lại lần nhập ID trong cùng một bước", "en": "retract import ID in the same step"},
    "help_problems": {"vi": "ghi danh sách lỗi ra tệp CSV", "en": "write the list of problems as CSV"},
    "help_by": {"vi": "người nhập", "en": "who imports"},
    "help_note": {"vi": "ghi chú", "en": "note"},
    "help_verify": {"vi": "tính lại mã SHA-256 của các tệp đã giữ", "en": "hash the kept files again"},
    "help_reason": {"vi": "lý do", "en": "reason"},
    "help_out": {"vi": "thư mục để ghi", "en": "folder to write into"},
    "help_unit_group": {"vi": "một khối (mã unit_group); mặc định: mọi khối", "en": "one unit group; default: all"},
    "help_format": {"vi": "định dạng", "en": "format"},
    "help_council": {"vi": "bản của Hội đồng thẩm định", "en": "the council's copy"},
    "help_seed": {"vi": "số gốc ngẫu nhiên", "en": "random seed"},
    "help_stage": {"vi": "mùa đã xong hay đang thẩm định", "en": "a complete season or one being appraised"},
    "help_host": {"vi": "địa chỉ, chỉ nhận địa chỉ của chính máy này", "en": "address; loopback only"},
    "help_port": {"vi": "cổng", "en": "port"},
    "help_workers": {"vi": "số tiến trình", "en": "number of processes"},
    # --- progress
    "stage_waiting": {"vi": "Chờ một lần nhập khác xong…", "en": "Waiting for another import to end…"},
    "stage_reading": {"vi": "Đọc tệp…", "en": "Reading files…"},
    "stage_checking": {"vi": "Kiểm tra…", "en": "Checking…"},
    "stage_keeping": {"vi": "Lưu tệp gốc và các dòng đã đọc…", "en": "Keeping the files and their rows…"},
    "stage_laying": {"vi": "Xếp các dòng có hiệu lực…", "en": "Laying the rows that count…"},
    "stage_counting": {"vi": "Đếm phiếu…", "en": "Counting ballots…"},
    "stage_scoring": {"vi": "Tính điểm…", "en": "Scoring…"},
    "stage_sampling": {"vi": "Tính khoảng bất định…", "en": "Computing intervals…"},
    "stage_flagging": {"vi": "Tìm các điểm cần xem lại…", "en": "Looking for what needs a look…"},
    "stage_writing": {"vi": "Ghi tệp…", "en": "Writing files…"},
    "stage_charts": {"vi": "Vẽ hình {n}/{of}: {name}", "en": "Drawing chart {n} of {of}: {name}"},
    "stage_demo": {"vi": "Tạo mùa giả lập…", "en": "Making up a season…"},
    # --- import
    "path_missing": {"vi": "Không có đường dẫn {path}.", "en": "There is no {path}."},
    "skipped": {"vi": "Bỏ qua {place}: {why}", "en": "Skipped {place}: {why}"},
    "skip_hidden": {"vi": "tệp ẩn hoặc tệp tạm", "en": "a hidden or temporary file"},
    "skip_link": {"vi": "liên kết, không phải tệp", "en": "a link, no file"},
    "skip_other_kind": {"vi": "loại tệp khác", "en": "another kind of file"},
    "skip_no_table": {"vi": "trang tính không phải là bảng nào", "en": "the sheet is no table"},
    "skip_hidden_sheet": {"vi": "trang tính bị ẩn", "en": "the sheet is hidden"},
    "notes": {"vi": "Cần xem lại, không cản việc nhập:", "en": "To look at; it does not stop the import:"},
    "skip_read_before": {"vi": "tệp đã được nêu trước đó", "en": "the file was given before"},
    "problems_same": {"vi": "{n} lỗi như vậy: {where}", "en": "{n} problems of this kind: {where}"},
    "problems_rows": {"vi": "{file} dòng {rows}", "en": "{file} rows {rows}"},
    "problems_files": {"vi": "{said} và {n} tệp khác", "en": "{said} and {n} more files"},
    "problems_more": {"vi": "… và {n} lỗi nữa trong tệp này", "en": "… and {n} more problems in this file"},
    "at_sheet": {"vi": "trang {sheet}", "en": "sheet {sheet}"},
    "at_row": {"vi": "dòng {row}", "en": "row {row}"},
    "at_column": {"vi": "cột {column}", "en": "column {column}"},
    "import_entry": {"vi": "Lần nhập {id}: {files} tệp; {tables}", "en": "Import {id}: {files} files; {tables}"},
    "import_replaced": {"vi": "  thay các dòng trước: {tables}", "en": "  replaces earlier rows: {tables}"},
    "retracted_too": {
        "vi": "Đã rút các lần nhập bị thay: {ids}. Số liệu giả lập và số liệu thật không đứng chung một kỳ.",
        "en": "Taken back in the same step: {ids}. Made-up and real facts never stand in one period.",
    },
    "again": {"vi": "Có hiệu lực trở lại: lần nhập {ids}.", "en": "Counts again: import {ids}."},
    "effect_withdrawn": {
        "vi": "KỲ {period}: RÚT MÙA SỐ LIỆU GIẢ LẬP ({tables}).",
        "en": "PERIOD {period}: THE MADE-UP SEASON IS WITHDRAWN ({tables}).",
    },
    "effect_units": {
        "vi": "Kỳ {period}: đơn vị có chỉ số: {units_before} → {units_after}; {indexes_moved} chỉ số và"
        " {ranks_moved} hạng thay đổi.",
        "en": "Period {period}: units with an index: {units_before} → {units_after}; {indexes_moved} indexes and"
        " {ranks_moved} ranks move.",
    },
    "effect_none": {
        "vi": "Kỳ {period}: không kết quả nào thay đổi.",
        "en": "Period {period}: no result moves.",
    },
    "effect_largest": {"vi": "  Nhiều nhất: {units}", "en": "  The most: {units}"},
    "effect_leaves": {"vi": "  Tiêu chí thành phần: {leaves}", "en": "  Leaves: {leaves}"},
    "state_appraised": {"vi": "đã thẩm định", "en": "appraised"},
    "state_surveyed": {"vi": "đã điều tra", "en": "surveyed"},
    "state_pending": {"vi": "chờ thẩm định", "en": "pending"},
    "state_missing": {"vi": "thiếu điểm", "en": "missing"},
    "state_not_applicable": {"vi": "không áp dụng", "en": "not applicable"},
    "refused_files": {"vi": "Tệp không được nhập: {files}", "en": "Files not imported: {files}"},
    "outcome_imported": {"vi": "Đã nhập.", "en": "Imported."},
    "outcome_refused": {
        "vi": "Không nhập: {n} lỗi. Không có gì thay đổi.",
        "en": "Refused: {n} problems. Nothing has changed.",
    },
    "outcome_unchanged": {
        "vi": "Không có dòng nào thay đổi so với số liệu đang có; lần nhập này không được giữ.",
        "en": "No row that counts would change; this import is not kept.",
    },
    "outcome_checked": {"vi": "Đạt. Đây là chạy thử, chưa nhập gì.", "en": "Good. A dry run: nothing was imported."},
    "outcome_retracted": {"vi": "Đã rút lần nhập {ids}.", "en": "Import {ids} was taken back."},
    "unknown_import": {
        "vi": "Không có lần nhập {id} đang có hiệu lực. Đang có: {active}.",
        "en": "There is no active import {id}. Active: {active}.",
    },
    "real_facts_there": {
        "vi": "Kỳ {periods} đã có số liệu thật; không thêm số liệu giả lập. Dùng một thư mục dữ liệu khác (--data).",
        "en": "Period {periods} holds real facts; made-up ones are not added. Use another data folder (--data).",
    },
    "bad_max_mb": {
        "vi": "CCHC_MAX_MB phải là số lớn hơn 0, không phải “{value}”.",
        "en": "CCHC_MAX_MB must be a number above 0, not “{value}”.",
    },
    "definitions_refused": {
        "vi": "Bảng định nghĩa kèm theo không qua được kiểm tra.",
        "en": "The enclosed definition tables did not pass the checks.",
    },
    "note_definitions": {
        "vi": "Bảng định nghĩa kèm theo, kết quả đã công bố",
        "en": "Enclosed definition tables, published results",
    },
    "note_demo": {
        "vi": "Số liệu giả lập, số gốc {seed}, {stage}",
        "en": "Made-up figures, seed {seed}, {stage}",
    },
    "defaults_there": {"vi": "Thư mục dữ liệu đã có lần nhập.", "en": "The data folder holds imports already."},
    "renewed": {
        "vi": "Đã dựng lại kho số liệu từ các lần nhập: thế hệ {generation}.",
        "en": "The store was rebuilt from the imports: generation {generation}.",
    },
    # --- history, build, results
    "ledger_line": {
        "vi": "{id}. {at} {by}: {files} ({tables}){made_up}{retracted}",
        "en": "{id}. {at} {by}: {files} ({tables}){made_up}{retracted}",
    },
    "made_up_mark": {"vi": " [SỐ LIỆU GIẢ LẬP]", "en": " [MADE-UP FIGURES]"},
    "retracted_mark": {"vi": " [đã rút {at}: {reason}]", "en": " [taken back {at}: {reason}]"},
    "no_imports": {"vi": "Chưa có lần nhập nào.", "en": "Nothing was imported yet."},
    "verify_ok": {"vi": "{n} tệp đã giữ đều nguyên vẹn.", "en": "All {n} kept files are as they were."},
    "verify_missing": {"vi": "Lần nhập {id}: thiếu {file}", "en": "Import {id}: {file} is missing"},
    "verify_changed": {"vi": "Lần nhập {id}: {file} đã bị thay đổi", "en": "Import {id}: {file} was changed"},
    "nothing_to_build": {
        "vi": "Thư mục {data} chưa có lần nhập nào. Hãy chạy cchc import hoặc cchc demo.",
        "en": "{data} holds no import. Run cchc import or cchc demo.",
    },
    "built": {"vi": "Đã dựng bản {generation}.", "en": "Generation {generation} is built."},
    "unknown_period_asked": {
        "vi": "Không có bộ tiêu chí của kỳ {period}. Đang có: {known}.",
        "en": "There is no rubric for period {period}. Known: {known}.",
    },
    "written": {"vi": "{path}: {n} dòng", "en": "{path}: {n} rows"},
    "charts_written": {
        "vi": "Đã ghi {n} hình, {files} tệp vào {out}; mã SHA-256 trong {manifest}.",
        "en": "{n} charts, {files} files written into {out}; their SHA-256 in {manifest}.",
    },
    "unknown_unit_group": {
        "vi": "Không có khối {value}. Đang có: {known}.",
        "en": "There is no unit group {value}. Known: {known}.",
    },
    "no_charts": {"vi": "Kỳ {period} chưa có hình nào để xuất.", "en": "Period {period} has no chart to write."},
    "no_browser": {
        "vi": "Máy này chưa có Chromium để vẽ hình. Cài bằng lệnh: apt-get install chromium "
        "(hoặc đặt BROWSER_PATH là đường dẫn đến Chromium).",
        "en": "There is no Chromium on this machine to draw with. Install it with: apt-get install chromium "
        "(or set BROWSER_PATH to the path of one).",
    },
    "cannot_draw": {"vi": "Chromium không vẽ được hình: {why}", "en": "Chromium could not draw: {why}"},
    "forms_written": {"vi": "Đã ghi {n} biểu mẫu vào {out}.", "en": "{n} forms written into {out}."},
    "sum_not_submitted": {"vi": "Chưa nộp tự đánh giá ({n}): {units}", "en": "Have not submitted ({n}): {units}"},
    "sum_pending": {"vi": "Mục chờ thẩm định ({n}), ở: {units}", "en": "Leaves pending ({n}), with: {units}"},
    "sum_missing": {"vi": "Mục thiếu điểm ({n}): {units}", "en": "Leaves missing ({n}): {units}"},
    "sum_nobody": {"vi": "chưa giao cơ quan nào", "en": "no agency named"},
    "sum_sums_more": {"vi": "… và {n} tổng khác không khớp", "en": "… and {n} more sums fail"},
    "sum_flags": {"vi": "Cờ cần xem lại ({n}):", "en": "Flags to look at ({n}):"},
    "sum_flag": {"vi": "  {n} × {flag}{blocks}", "en": "  {n} × {flag}{blocks}"},
    "sum_blocks": {"vi": " – CHẶN", "en": " – BLOCKS"},
    "sum_more": {"vi": "{shown} và {n} nơi khác", "en": "{shown} and {n} more"},
    "sum_nothing": {"vi": "Không còn gì phải làm.", "en": "Nothing is left to do."},
    "sum_every_row": {
        "vi": "Từng dòng: cchc check --period {period} --out danh-sach.xlsx",
        "en": "Every row: cchc check --period {period} --out list.xlsx",
    },
    "sum_revealed": {
        "vi": "Ô giữ kín mà điểm chính thức vẫn cho biết giá trị ({n}): {cells}",
        "en": "Cells kept back whose value the official points give away ({n}): {cells}",
    },
    "list_not_submitted": {"vi": "Chưa nộp tự đánh giá", "en": "Has not submitted"},
    "list_pending": {"vi": "Chờ thẩm định", "en": "Pending"},
    "list_missing": {"vi": "Thiếu điểm", "en": "Missing"},
    "list_sums": {"vi": "Tổng không khớp", "en": "Sum fails"},
    "help_check_out": {
        "vi": "tệp .csv hoặc .xlsx để ghi từng dòng",
        "en": "a .csv or .xlsx file for every row",
    },
    "bad_list_ending": {
        "vi": "Tệp danh sách phải có đuôi .csv hoặc .xlsx, không phải {path}.",
        "en": "The list is written as .csv or .xlsx, not {path}.",
    },
    "check_sum": {
        "vi": "Tổng không khớp: {unit_code} {criterion_code}, {what}: cần {expected}, có {found}",
        "en": "Sum fails: {unit_code} {criterion_code}, {what}: expected {expected}, found {found}",
    },
    "check_counts": {
        "vi": "{not_submitted} đơn vị chưa nộp, {pending} mục chờ thẩm định, {missing} mục thiếu điểm, {flags} cờ,"
        " {sums} tổng không khớp.",
        "en": "{not_submitted} units have not submitted, {pending} leaves pending, {missing} missing, {flags} flags,"
        " {sums} sums fail.",
    },
    # --- serve and errors
    "loopback_only": {
        "vi": "Chưa có quy tắc truy cập, vì vậy chỉ phục vụ trên chính máy này (127.0.0.1), không phải {host}.",
        "en": "There are no access rules yet, so only this machine is served (127.0.0.1), not {host}.",
    },
    "serving": {
        "vi": "Trang số liệu: http://{host}:{port} (Ctrl+C để dừng)",
        "en": "Dashboard: http://{host}:{port} (Ctrl+C to stop)",
    },
    "store_missing": {
        "vi": "Chưa có kho số liệu ở {path}. Hãy chạy cchc import hoặc cchc demo; nếu đã nhập rồi, chạy cchc build.",
        "en": "There is no store at {path}. Run cchc import or cchc demo; where files were imported, run cchc build.",
    },
    "store_broken": {
        "vi": "Không đọc được {path}. Hãy chạy cchc build để dựng lại từ các lần nhập; nếu là ledger.json, chạy"
        " cchc recover.",
        "en": "{path} cannot be read. Run cchc build to rebuild it from the imports; cchc recover for ledger.json.",
    },
    "store_outdated": {
        "vi": "{path} do một phiên bản khác của chương trình dựng. Hãy chạy cchc build để dựng lại từ các lần nhập.",
        "en": "{path} was built by another version of the program. Run cchc build to rebuild it from the imports.",
    },
    "ledger_lost": {
        "vi": "Sổ các lần nhập (ledger.json) không khớp với những gì đã lưu: {path}. Không có gì bị xóa hay thay đổi."
        " Hãy chạy cchc recover để xem và lập lại sổ.",
        "en": "The ledger (ledger.json) does not follow what is kept: {path}. Nothing was deleted or changed."
        " Run cchc recover to see and rebuild it.",
    },
    "kept_missing": {
        "vi": "Thiếu tệp đã lưu {path}. Không có gì thay đổi. Hãy lấy lại tệp từ bản sao lưu; nếu không có, chạy"
        " cchc recover.",
        "en": "The kept file {path} is missing. Nothing has changed. Take it from a backup; where there is none, run"
        " cchc recover.",
    },
    "kept_changed": {
        "vi": "Tệp đã lưu {path} không còn như khi nhập. Không có gì thay đổi. Hãy lấy lại tệp từ bản sao lưu; nếu"
        " không có, chạy cchc recover.",
        "en": "The kept file {path} is not what was imported. Nothing has changed. Take it from a backup; where there"
        " is none, run cchc recover.",
    },
    "disk_full": {
        "vi": "Ổ đĩa đã đầy. Không có gì thay đổi. Hãy giải phóng chỗ trống rồi chạy lại.",
        "en": "The disk is full. Nothing has changed. Free some space and run the command again.",
    },
    "nothing_to_recover": {
        "vi": "Không tìm thấy gì để lập lại sổ ở {path}.",
        "en": "There is nothing at {path} to recover a ledger from.",
    },
    "recover_differing": {
        "vi": "Lần nhập {id} không còn hiệu lực vì thiếu hoặc đổi: {files}",
        "en": "Import {id} no longer counts; missing or changed: {files}",
    },
    "recover_unknown": {
        "vi": "Không đọc được gì về thư mục {path}; để nguyên. Chuyển nó ra ngoài imports/ rồi nhập lại các tệp gốc.",
        "en": "Nothing can be read about {path}; it is left alone. Move it out of imports/ and import its originals.",
    },
    "recover_unchanged": {
        "vi": "Sổ các lần nhập đang đúng; không cần lập lại.",
        "en": "The ledger is as it should be.",
    },
    "recover_found": {
        "vi": "Sổ lập lại được như trên. Chạy cchc recover --yes để ghi.",
        "en": "This is the ledger that can be rebuilt. Run cchc recover --yes to write it.",
    },
    "recover_recovered": {
        "vi": "Đã lập lại sổ và kho số liệu: bản {generation}.",
        "en": "Ledger and store are rebuilt: generation {generation}.",
    },
    "store_newer": {
        "vi": "{path} do một phiên bản mới hơn của chương trình ghi. Hãy dùng phiên bản đó.",
        "en": "{path} was written by a newer version of the program. Use that version.",
    },
    "no_permission": {"vi": "Không có quyền ghi hoặc đọc {path}.", "en": "No permission for {path}."},
    "not_utf8": {
        "vi": "Tên không đọc được vì không ở bảng mã UTF-8: {name}. Hãy đổi tên rồi chạy lại.",
        "en": "The name is not in UTF-8: {name}. Rename it and run the command again.",
    },
    "system_error": {"vi": "Máy báo lỗi: {why}", "en": "The machine reports an error: {why}"},
    "interrupted": {"vi": "Đã dừng theo yêu cầu.", "en": "Stopped as asked."},
}


def say(key: str, lang: str, **values: object) -> str:
    """The words of the command line for `key`, filled with `values`; the words of a flag for `flag_…`."""
    if key.startswith("flag_"):
        return FLAGS[key.removeprefix("flag_")][lang]
    return COMMANDS[key][lang].format(**values)
