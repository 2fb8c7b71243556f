"""Trends: published results of earlier years, and apart from them the years computed from the store."""

TEXTS = {
    "trends.title": ("Xu hướng, {block}", "Trends, {block}"),
    "trends.lead": (
        "Kết quả đã công bố là số thật theo quyết định của Thành phố; kết quả tính từ kho số liệu đứng riêng bên dưới.",
        "Published results are real, from decisions of the city; results computed from the store stand apart below.",
    ),
    "trends.lead_made_up": (
        "Kết quả đã công bố là số thật theo quyết định của Thành phố; mùa giả lập trong kho đứng riêng bên dưới, không "
        "vẽ chung.",
        "Published results are real, from decisions of the city; the made-up season of the store stands apart below "
        "and is never drawn with them.",
    ),
    # published
    "trends.published": ("Kết quả đã công bố", "Published results"),
    "trends.published_none": (
        "Chưa có kết quả đã công bố của {block}",
        "There are no published results of {block}",
    ),
    "trends.most_often": (
        "{names} đứng đầu khối nhiều lần nhất: {k} trong {n} năm biết đơn vị đứng đầu ({years})",
        "{names} came first most often: in {k} of {n} years whose first is known ({years})",
    ),
    "trends.most_often_tied": (
        "{names} cùng đứng đầu khối nhiều lần nhất: mỗi đơn vị {k} trong {n} năm biết đơn vị đứng đầu",
        "{names} came first most often: each in {k} of {n} years whose first is known",
    ),
    "trends.first_unknown": (
        "Kết quả đã công bố của {n} năm",
        ("Published results of {n} year", "Published results of {n} years"),
    ),
    "trends.subtitle": (
        "Chỉ số CCHC đã công bố {first}–{last}, {block}, {n} đơn vị có ít nhất một giá trị; thang 100 điểm",
        "PAR Index as published {first}–{last}, {block}, {n} units with a value in some year; scale of 100 points",
    ),
    "trends.note_missing": (
        "Nguồn công khai chỉ nêu một số đơn vị mỗi năm; đường đứt ở năm đơn vị không được nêu giá trị.",
        "Public sources name only some units a year; a line breaks where a unit's value was not given.",
    ),
    "trends.note_broken": (
        "Bộ tiêu chí thay đổi từ năm {years}: đường đứt ở đó, hai bên không so sánh được.",
        "The rubric changed from {years}: lines break there and the two sides do not compare.",
    ),
    "trends.note_unknown": (
        "Kho số liệu chưa có bộ tiêu chí của {years}, nên không biết thang điểm có đổi trong các năm đó hay không.",
        "The store holds no rubric of {years}, so whether the scale changed in those years is not known.",
    ),
    "trends.alt": (
        "Biểu đồ đường chỉ số đã công bố của {n} đơn vị; nêu tên {names}.",
        ("Published index of {n} unit; named: {names}.", "Lines of the published index of {n} units; named: {names}."),
    ),
    "trends.nobody_named": ("không đơn vị nào", "none"),
    "trends.choose": ("Đơn vị nêu tên trong hình", "Units named in the chart"),
    "trends.full": ("Nêu tên nhiều nhất {n} đơn vị.", "At most {n} units are named."),
    "trends.source": ("Nguồn: {sources}", "Source: {sources}"),
    "trends.matrix": ("Chỉ số đã công bố của từng đơn vị qua các năm", "Published index of every unit by year"),
    "trends.years_table": (
        "Từng năm: chỉ số, hạng, quyết định và nguồn",
        "Year by year: index, rank, decision, source",
    ),
    "trends.rows": (
        "{n} kết quả đã công bố trong {years} năm, {full} có cả chỉ số và hạng",
        (
            "{n} published result in {years} years, {full} with both index and rank",
            "{n} published results in {years} years, {full} with both index and rank",
        ),
    ),
    "trends.rows_subtitle": (
        "Kết quả đã công bố {first}–{last}, {block}; mới nhất trước, trong mỗi năm theo hạng",
        "Results as published {first}–{last}, {block}; newest first, each year by rank",
    ),
    "trends.filter": ("Lọc theo tên, năm, nguồn", "Filter by name, year, source"),
    "trends.year": ("Năm", "Year"),
    "trends.decision": ("Quyết định", "Decision"),
    "trends.source_head": ("Nguồn", "Source"),
    "trends.remark": ("Ghi chú", "Note"),
    # contradictions
    "trends.odd": (
        "{n} giá trị đã công bố không khớp với hạng của nó",
        ("{n} published value does not fit its rank", "{n} published values do not fit their rank"),
    ),
    "trends.odd_none": (
        "Giá trị và hạng đã công bố khớp nhau; {n} dòng có ghi chú",
        (
            "Published values and ranks agree; {n} row has a note",
            "Published values and ranks agree; {n} rows have a note",
        ),
    ),
    "trends.odd_subtitle": (
        "Số được giữ đúng như nguồn đã in, không sửa; {block}",
        "Numbers stay as the source printed them; {block}",
    ),
    "trends.odd_check": ("Đối chiếu", "Check"),
    "trends.odd_between": (
        "hạng {rank} ghi {value}, giữa {above} và {below}",
        "rank {rank} reads {value}, between {above} and {below}",
    ),
    "trends.odd_under": ("hạng {rank} ghi {value}, sau {above}", "rank {rank} reads {value}, after {above}"),
    "trends.odd_over": ("hạng {rank} ghi {value}, trước {below}", "rank {rank} reads {value}, before {below}"),
    "trends.place": ("{value} (hạng {rank})", "{value} (rank {rank})"),
    "trends.fits": ("khớp", "fits"),
    "trends.no_rank": ("không có hạng để đối chiếu", "no rank to check against"),
    "trends.no_value": ("không có giá trị để đối chiếu", "no value to check against"),
    # the store
    "trends.computed": (
        "Tính từ kho số liệu: {previous} đến {period}",
        "Computed from the store: {previous} to {period}",
    ),
    "trends.computed_one": ("Tính từ kho số liệu: năm {period}", "Computed from the store: {period}"),
    "trends.made_up": ("Số liệu giả lập", "Made-up data"),
    "trends.first_year": (
        "Kho số liệu chưa có năm nào trước {period} để so sánh.",
        "The store holds no year before {period} to compare with.",
    ),
    "trends.rubric_changed": (
        "Bộ tiêu chí đã thay đổi so với năm {previous}, nên không so sánh điểm.",
        "The rubric changed since {previous}, so points are not compared.",
    ),
    "trends.none_compared": (
        "Chưa đơn vị nào đủ điểm cả hai năm để so sánh với năm {previous}.",
        "No unit has complete scores in both years to compare with {previous}.",
    ),
    "trends.moved": (
        "{up} đơn vị tăng, {down} giảm, {level} không đổi; trung vị mức thay đổi {points}",
        "{up} up, {down} down, {level} unchanged; median change {points}",
    ),
    "trends.moved_subtitle": (
        "Chỉ số năm {previous} và {period}, {block}, n = {n}; thang 100 điểm",
        "Index of {previous} and {period}, {block}, n = {n}; scale of 100 points",
    ),
    "trends.moved_note": (
        "Nêu tên các đơn vị tăng nhiều nhất; đủ mọi đơn vị trong bảng, sắp theo thay đổi.",
        "The units that rose most are named; the table holds every unit, sorted by change.",
    ),
    "trends.slope_alt": (
        "Biểu đồ dốc {n} đơn vị từ {previous} đến {period}.",
        ("Slope of {n} unit from {previous} to {period}.", "Slopes of {n} units from {previous} to {period}."),
    ),
    "trends.change": ("Thay đổi (điểm)", "Change (points)"),
    "trends.ranks": ("Hạng {year}", "Rank {year}"),
    "trends.index": ("Chỉ số {year}", "Index {year}"),
    "trends.field_most": (
        "{names} thay đổi nhiều nhất: {points}",
        "{names} changed most: {points}",
    ),
    "trends.field_most_tied": (
        "{names} thay đổi nhiều nhất: {points}",
        "{names} changed most: {points}",
    ),
    "trends.field_most_many": (
        "{n} lĩnh vực cùng thay đổi nhiều nhất: {points}",
        "{n} domains changed most: {points}",
    ),
    "trends.field_none": ("Không lĩnh vực nào thay đổi", "No domain changed"),
    "trends.fields_subtitle": (
        "Trung vị tỷ lệ đạt theo lĩnh vực (%), {block}, đơn vị đủ điểm của lĩnh vực cả hai năm",
        "Median attainment by domain (%), {block}, units with complete scores in the domain in both years",
    ),
    "trends.change_pp": ("Thay đổi (đ.%)", "Change (pp)"),
    "trends.units": ("Số đơn vị", "Units"),
    "trends.movers": ("{names} tăng nhiều nhất: {points}", "{names} rose most: {points}"),
    "trends.movers_tied": ("{names} tăng nhiều nhất: {points}", "{names} rose most: {points}"),
    "trends.movers_many": ("{n} đơn vị cùng tăng nhiều nhất: {points}", "{n} units rose most, by the same: {points}"),
    "trends.movers_none": ("Không đơn vị nào tăng điểm", "No unit scored higher"),
    "trends.movers_subtitle": (
        "Thay đổi chỉ số từ {previous} đến {period}, {block}; {k} đơn vị tăng nhiều nhất",
        "Change of the index from {previous} to {period}, {block}; the {k} that rose most",
    ),
}
