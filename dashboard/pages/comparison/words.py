"""Words of the comparison of two to five units of one block."""

TEXTS = {
    "compare.title": ("So sánh đơn vị", "Compare units"),
    "compare.lead_none": (
        "Chọn hai đến năm đơn vị của {block}. Hai khối có bộ tiêu chí riêng nên không so với nhau.",
        "Choose two to five units of {block}. The blocks have rubrics of their own and are never compared.",
    ),
    "compare.lead_one": (
        "Đã chọn {name}; chọn thêm ít nhất một đơn vị của {block}.",
        "{name} is chosen; choose at least one more unit of {block}.",
    ),
    "compare.lead": (
        "{n} đơn vị của {block}, năm {period}: {names}.",
        "{n} units of {block}, {period}: {names}.",
    ),
    "compare.choose": ("Đơn vị so sánh", "Units compared"),
    "compare.full": (
        "Đã đủ {n} đơn vị; bỏ bớt để thêm đơn vị khác.",
        "{n} units is the limit; remove one to add another.",
    ),
    "compare.similar": ("So với bốn đơn vị gần {name} nhất", "Compare with the four units nearest to {name}"),
    "compare.top": ("So ba đơn vị dẫn đầu khối", "Compare the first three of the block"),
    "compare.empty": ("Chưa có gì để so sánh", "Nothing to compare yet"),
    "compare.no_scores": ("Năm {period} chưa có điểm để so sánh.", "There are no scores to compare in {period}."),
    # numbers
    "compare.numbers": ("Kết quả", "Results"),
    "compare.numbers_caption": (
        "Chỉ số và hạng của các đơn vị so sánh, năm {period}",
        "Index and rank of the units compared, {period}",
    ),
    "compare.by_sampling": ("Do chọn mẫu ĐTXHH", "Due to survey sampling"),
    "compare.official": ("Chính thức", "Official"),
    "compare.index_interval": ("Khoảng chỉ số 95%", "Index, 95% interval"),
    # pairs
    "compare.pairs": ("Từng cặp", "Pair by pair"),
    "compare.pairs_headline": (
        "{different}/{n} cặp khác biệt vượt sai số chọn mẫu",
        (
            "{different} of {n} pair differs by more than sampling error",
            "{different} of {n} pairs differ by more than sampling error",
        ),
    ),
    "compare.pairs_unknown": (
        "Hiệu của từng cặp, chưa có thông tin sai số chọn mẫu",
        "Differences pair by pair, without sampling error",
    ),
    "compare.pairs_note": (
        "Kiểm định hiệu của từng cặp ở mức 95%, không phải chỗ chồng lấn của hai khoảng; chỉ phần điều tra "
        "xã hội học có sai số chọn mẫu. Hạng chính thức không thay đổi.",
        "Each difference is tested at 95%, not the overlap of two intervals; only the survey part has "
        "sampling error. The official ranks stay as they are.",
    ),
    "compare.pairs_no_sampling": (
        "Chưa có thông tin về sai số chọn mẫu của các đơn vị này: chỉ ghi hiệu chính xác.",
        "There is no information on the sampling error of these units: only exact differences are given.",
    ),
    # fields
    "compare.fields": ("Theo lĩnh vực", "By domain"),
    "compare.fields_most": (
        "Khác nhau nhiều nhất ở {fields}: {gap}",
        "They differ most in {fields}: {gap}",
    ),
    "compare.fields_same": ("Các đơn vị đạt như nhau ở mọi lĩnh vực", "The units reach the same in every domain"),
    "compare.fields_open": ("Chưa đủ điểm để so theo lĩnh vực", "Not enough points yet to compare by domain"),
    "compare.fields_subtitle": (
        "Tỷ lệ đạt theo lĩnh vực (%), {block}, năm {period}, {n} đơn vị; một trục chung, không bắt đầu từ 0",
        "Attainment by domain (%), {block}, {period}, {n} units; one axis, not from 0",
    ),
    "compare.apart": ("Cách nhau", "Apart"),
    # items
    "compare.items": ("Từng tiêu chí", "Every criterion"),
    "compare.items_lead": (
        "Điểm của từng đơn vị. Chênh lệch là {one} trừ {two}.",
        "Points of each unit. The difference is {one} less {two}.",
    ),
    "compare.items_lead_many": (
        "Điểm của từng đơn vị. Chênh lệch là khoảng từ mức thấp đến mức cao trong các đơn vị này.",
        "Points of each unit. The difference runs from the low to the high end of these units.",
    ),
    "compare.items_of": (
        "Tiêu chí của lĩnh vực {code} {name}: điểm các đơn vị so sánh, năm {period}",
        "Criteria of domain {code} {name}: points of the units compared, {period}",
    ),
    "compare.difference": ("Chênh lệch", "Difference"),
    "compare.widest": ("Năm tiêu chí chênh lệch nhiều nhất", "Five criteria with the widest difference"),
    "compare.widest_note": (
        "Điểm cao nhất trừ điểm thấp nhất, trong các tiêu chí mọi đơn vị đều có điểm.",
        "The highest less the lowest points, among criteria on which every unit has points.",
    ),
    "compare.widest_none": ("Không tiêu chí nào chênh lệch.", "No criterion differs."),
    "compare.widest_of": (
        "{points} điểm trên {maximum}: {high} cao nhất",
        "{points} of {maximum} points: {high} highest",
    ),
}
