"""The ranking of a block: its sentences, columns and controls."""

TEXTS = {
    "ranking.title": ("Xếp hạng {block} năm {period}", "Ranking of {block}, {period}"),
    # the lead
    "ranking.up_some": (
        "{up}/{n} đơn vị tăng điểm so với năm {period}.",
        ("{up} of {n} unit scored higher than in {period}.", "{up} of {n} units scored higher than in {period}."),
    ),
    "ranking.up_all": (
        "Cả {n} đơn vị tăng điểm so với năm {period}.",
        ("The one unit scored higher than in {period}.", "All {n} units scored higher than in {period}."),
    ),
    "ranking.up_none": (
        "Không đơn vị nào trong {n} đơn vị tăng điểm so với năm {period}.",
        ("The one unit did not score higher than in {period}.", "None of {n} units scored higher than in {period}."),
    ),
    "ranking.up_compared": (
        "{up}/{n} đơn vị so sánh được tăng điểm so với năm {period}.",
        (
            "{up} of {n} comparable unit scored higher than in {period}.",
            "{up} of {n} comparable units scored higher than in {period}.",
        ),
    ),
    "ranking.first_year": ("Chưa có năm trước để so sánh.", "There is no earlier year to compare with."),
    "ranking.other_rubric": (
        "Bộ tiêu chí đã thay đổi so với năm {period} nên không so sánh điểm.",
        "The rubric changed since {period}, so scores are not compared.",
    ),
    "ranking.none_compared": (
        "Chưa đơn vị nào có điểm đủ cả hai năm để so sánh với năm {period}.",
        "No unit has complete scores in both years to compare with {period}.",
    ),
    "ranking.from_first_leaders": (
        "{n} đơn vị dẫn đầu có khoảng hạng bắt đầu từ 1.",
        "The rank intervals of the {n} leading units begin at 1.",
    ),
    "ranking.from_first_some": (
        "{n} đơn vị có khoảng hạng bắt đầu từ 1.",
        "The rank intervals of {n} units begin at 1.",
    ),
    "ranking.from_first_one": (
        "Chỉ {name} có khoảng hạng bắt đầu từ 1.",
        "Only the rank interval of {name} begins at 1.",
    ),
    # the finding above the list
    "ranking.best": (
        "{names} đạt điểm cao nhất {of}: {value}",
        "{names} has the highest index {of}: {value}",
    ),
    "ranking.best_tied": (
        "{names} cùng đạt điểm cao nhất {of}: {value}",
        "{names} share the highest index {of}: {value}",
    ),
    "ranking.best_many": (
        "{n} đơn vị cùng đạt điểm cao nhất {of}: {value}",
        "{n} units share the highest index {of}: {value}",
    ),
    "ranking.best_field": (
        "{names} đạt tỷ lệ cao nhất {of} ở lĩnh vực {field}: {value}",
        "{names} has the highest attainment {of} in {field}: {value}",
    ),
    "ranking.best_field_tied": (
        "{names} cùng đạt tỷ lệ cao nhất {of} ở lĩnh vực {field}: {value}",
        "{names} share the highest attainment {of} in {field}: {value}",
    ),
    "ranking.best_field_many": (
        "{n} đơn vị cùng đạt tỷ lệ cao nhất {of} ở lĩnh vực {field}: {value}",
        "{n} units share the highest attainment {of} in {field}: {value}",
    ),
    "ranking.in_block": ("khối", "of the block"),
    "ranking.in_kind": ("trong {n} đơn vị loại {kind}", "among the {n} units of the kind “{kind}”"),
    "ranking.nobody": ("Chưa đơn vị nào đủ điểm để xếp hạng", "No unit has complete scores yet, so nobody is ranked"),
    # the finding above the map
    "ranking.leaders_some": (
        "{k} trong {n} đơn vị dẫn đầu thuộc nhóm {kind}",
        "{k} of the {n} leading units are of the kind “{kind}”",
    ),
    "ranking.leaders_all": (
        "Cả {n} đơn vị dẫn đầu thuộc nhóm {kind}",
        "All {n} leading units are of the kind “{kind}”",
    ),
    "ranking.leader": ("Đơn vị dẫn đầu thuộc nhóm {kind}", "The leading unit is of the kind “{kind}”"),
    "ranking.higher_median": (
        "Theo trung vị, nhóm {kind} cao hơn {gap}",
        "By the median, “{kind}” stands {gap} higher",
    ),
    "ranking.same_median": ("Trung vị hai nhóm bằng nhau", "Both kinds have the same median"),
    # what the figures are about
    "ranking.subtitle": (
        "Chỉ số CCHC {period}, {block}, n = {n}; thang 100 điểm; {order}",
        "PAR Index {period}, {block}, n = {n}; scale of 100 points; {order}",
    ),
    "ranking.subtitle_field": (
        "Tỷ lệ đạt lĩnh vực {field} năm {period}, {block}, n = {n}; phần trăm điểm tối đa; {order}",
        "Attainment in {field}, {period}, {block}, n = {n}; per cent of the maximum; {order}",
    ),
    "ranking.shown": ("{n} (đang hiện {shown})", "{n} ({shown} shown)"),
    "ranking.by": ("sắp theo {column}", "sorted by {column}"),
    "ranking.by_reversed": ("sắp theo {column}, ngược lại", "sorted by {column}, reversed"),
    "ranking.on_map": ("đặt theo vị trí", "placed by position"),
    # controls
    "ranking.filter": ("Lọc đơn vị", "Filter units"),
    "ranking.kinds": ("Loại đơn vị", "Kind of unit"),
    "ranking.all": ("Tất cả {n}", "All {n}"),
    "ranking.kind.urban": ("Quận, thị xã", "Urban"),
    "ranking.kind.rural": ("Huyện", "Rural"),
    "ranking.kind.department": ("Sở", "Departments"),
    "ranking.kind.equivalent": ("Cơ quan tương đương", "Equivalents"),
    "ranking.kind_in.urban": ("quận, thị xã", "urban"),
    "ranking.kind_in.rural": ("huyện", "rural"),
    "ranking.kind_in.department": ("sở", "departments"),
    "ranking.kind_in.equivalent": ("cơ quan tương đương", "equivalents"),
    "ranking.intervals": ("Khoảng hạng", "Rank intervals"),
    "ranking.chosen": ("Đã chọn {n}/{most}", "{n}/{most} chosen"),
    "ranking.compare": ("So sánh", "Compare"),
    "ranking.compare_hint": ("Chọn ít nhất hai đơn vị để so sánh", "Choose at least two units to compare"),
    "ranking.choose": ("Chọn {name} để so sánh", "Choose {name} for comparison"),
    "ranking.views": ("Cách xem", "View"),
    "ranking.view.luoi": ("Bảng", "Table"),
    "ranking.view.bieu-do": ("Biểu đồ", "Chart"),
    "ranking.view.o": ("Bản đồ ô", "Tile map"),
    "ranking.show": ("Hiện", "Show"),
    "ranking.index_overall": ("Chỉ số chung", "Overall index"),
    "ranking.order": ("Sắp theo", "Sort by"),
    # columns
    "ranking.group.official": ("Chính thức", "Official"),
    "ranking.group.sampling": ("Do chọn mẫu ĐTXHH", "From survey sampling"),
    "ranking.group.provisional": ("Tạm tính", "Provisional"),
    "ranking.group.states": ("Điểm theo trạng thái", "Points by state"),
    "ranking.group.parts": ("Điểm thành phần", "Components"),
    "ranking.group.fields": ("Tỷ lệ đạt theo lĩnh vực, %", "Attainment by domain, %"),
    "ranking.column.chon": ("Chọn để so sánh", "Choose for comparison"),
    "ranking.column.hang": ("Hạng", "Rank"),
    "ranking.column.don-vi": ("Đơn vị", "Unit"),
    "ranking.column.chi-so": ("Chỉ số", "Index"),
    "ranking.column.thay-doi": ("So với năm trước", "Change"),
    "ranking.column.thay-doi-nam": ("So với {period}", "From {period}"),
    "ranking.column.khoang-hang": ("Khoảng hạng", "Rank interval"),
    "ranking.column.khoang": ("Chỉ số và khoảng 95%", "Index and 95% interval"),
    "ranking.column.tham-dinh": ("Thẩm định", "Appraisal"),
    "ranking.column.dtxhh": ("ĐTXHH", "Survey"),
    "ranking.column.cho": ("Tự đánh giá (chờ)", "Claimed (pending)"),
    "ranking.column.thieu": ("Chưa có điểm, tối đa", "No points yet, maximum"),
    "ranking.column.co": ("Cờ", "Flags"),
    "ranking.order.don-vi": ("tên đơn vị", "name"),
    "ranking.order.chi-so": ("chỉ số", "index"),
    "ranking.order.thay-doi": ("thay đổi", "change"),
    "ranking.order.khoang-hang": ("khoảng hạng", "rank interval"),
    "ranking.order.tham-dinh": ("điểm thẩm định", "appraised points"),
    "ranking.order.dtxhh": ("điểm ĐTXHH", "survey points"),
    "ranking.order.co": ("cờ", "flags"),
    "ranking.order_field": ("lĩnh vực {code}", "domain {code}"),
    "ranking.sort_by": ("Sắp theo {column}", "Sort by {column}"),
    # cells
    "ranking.no_change_year": ("chưa có năm trước", "no earlier year"),
    "ranking.no_change_rubric": ("bộ tiêu chí đã thay đổi", "the rubric changed"),
    "ranking.no_change_unit": ("năm {period} đơn vị chưa có kết quả", "no result of the unit in {period}"),
    "ranking.no_change_incomplete": ("chưa đủ điểm", "incomplete scores"),
    "ranking.not_applied": ("không áp dụng cho đơn vị", "does not apply to the unit"),
    "ranking.interval_words": ("{index}, khoảng 95% {low}–{high}", "{index}, 95% interval {low}–{high}"),
    "ranking.median_row": ("Trung vị khối", "Block median"),
    "ranking.mean_row": ("Trung bình khối", "Block mean"),
    "ranking.flag.info": ("{n} lưu ý: thông tin", ("{n} flag: for information", "{n} flags: for information")),
    "ranking.flag.look": ("{n} lưu ý: cần xem", ("{n} flag: to look at", "{n} flags: to look at")),
    "ranking.flag.block": ("{n} lưu ý: phải xử lý", ("{n} flag: to be settled", "{n} flags: to be settled")),
    "ranking.no_flag": ("không có cờ", "no flag"),
    "ranking.range_words": ("khoảng hạng {ranks}", "rank interval {ranks}"),
    "ranking.your_unit": ("Đơn vị của bạn", "Your unit"),
    # key, notes
    "ranking.key.index": ("Chỉ số", "Index"),
    "ranking.key.interval": ("Khoảng 95%", "95% interval"),
    "ranking.key.median": ("Trung vị {value}", "Median {value}"),
    "ranking.key.heat": ("Tỷ lệ đạt (%)", "Attainment (%)"),
    "ranking.note.interval": (
        "Khoảng hạng: các thứ hạng hợp lý (95%) do chọn mẫu ĐTXHH, không thay hạng chính thức.",
        "Rank interval: the ranks that survey sampling leaves possible (95%); it does not replace the official rank.",
    ),
    "ranking.note.tie": ("Dấu = là đồng hạng.", "The sign = marks a tie."),
    "ranking.note.maxima": (
        "Điểm tối đa của đơn vị có mục không áp dụng thì thấp hơn; vì vậy trung vị và trung bình của hai phần "
        "tính theo phần trăm điểm tối đa.",
        "Where items do not apply to a unit its maximum is lower; median and mean of the two components are therefore "
        "in per cent of the maximum.",
    ),
    "ranking.note.flags": ("Cờ:", "Flags:"),
    "ranking.note.info": ("thông tin", "for information"),
    "ranking.note.look": ("cần xem", "to look at"),
    "ranking.note.block": ("phải xử lý", "to be settled"),
    "ranking.note.provisional": (
        "Đơn vị chưa đủ điểm đứng cuối theo tên, chưa có hạng và chỉ số; điểm đứng riêng theo trạng thái, trên điểm "
        "tối đa của các tiêu chí đó.",
        "Units with incomplete scores stand last, by name, without rank and index; their points stand apart by state, "
        "over the maximum of the criteria in it.",
    ),
    "ranking.note.tiles": (
        "Mỗi ô một đơn vị, đặt gần đúng vị trí; diện tích ô bằng nhau. Số lớn là {measure}, số nhỏ là hạng.",
        "Each tile is a unit, placed about where it lies; tiles are of equal size. The large number is the {measure}, "
        "the small one the rank.",
    ),
    "ranking.measure_index": ("chỉ số", "index"),
    "ranking.measure_field": ("tỷ lệ đạt", "attainment"),
    "ranking.legend": ("Số đơn vị theo mức", "Units by class"),
    "ranking.legend.index": ("Chỉ số (điểm)", "Index (points)"),
    "ranking.legend.field": ("Tỷ lệ đạt (%)", "Attainment (%)"),
    "ranking.legend.units": ("Số đơn vị", "Units"),
    "ranking.from": ("từ {low}", "{low} and over"),
    "ranking.between": ("{low}–{high}", "{low}–{high}"),
    "ranking.under": ("dưới {high}", "under {high}"),
    "ranking.without": ("chưa có số", "no value"),
    "ranking.kind_medians": ("Trung vị theo loại đơn vị", "Medians by kind of unit"),
    "ranking.table": ("Xếp hạng {block} năm {period}", "Ranking of {block}, {period}"),
    "ranking.list": ("Danh sách xếp hạng", "Ranked list"),
    "ranking.chart_alt": (
        "Biểu đồ chấm {n} đơn vị, từ {high} xuống {low}; trung vị {median}.",
        ("Dot plot of {n} unit at {high}.", "Dot plot of {n} units from {high} down to {low}; median {median}."),
    ),
    "ranking.map_alt": (
        "Bản đồ ô {n} đơn vị, từ {high} xuống {low}; trung vị {median}.",
        ("Tile map of {n} unit at {high}.", "Tile map of {n} units from {high} down to {low}; median {median}."),
    ),
}
