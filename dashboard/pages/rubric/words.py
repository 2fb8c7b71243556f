"""The rubric as a tree, and the page of one item."""

TEXTS = {
    # what the rubric holds
    "criteria.title": ("Bộ tiêu chí {block} năm {period}", "Rubric of {block}, {period}"),
    "criteria.fields": ("{n} lĩnh vực", ("{n} domain", "{n} domains")),
    "criteria.leaves": ("{n} tiêu chí chấm điểm", ("{n} scored criterion", "{n} scored criteria")),
    "criteria.points_both": (
        "{appraised} điểm do Hội đồng thẩm định, {survey} điểm do điều tra xã hội học",
        "{appraised} points from appraisal by the council, {survey} from the survey",
    ),
    "criteria.points_appraisal": (
        "{appraised} điểm, đều do Hội đồng thẩm định",
        "{appraised} points, all from appraisal by the council",
    ),
    "criteria.points_survey": (
        "{survey} điểm, đều do điều tra xã hội học",
        "{survey} points, all from the survey",
    ),
    # findings
    "criteria.lowest": (
        "{names} đạt thấp nhất: trung vị {share} điểm tối đa",
        "{names} has the lowest attainment: a median of {share} of the maximum",
    ),
    "criteria.lowest_apart": (
        "Đạt thấp nhất theo trung vị: {median} ({median_share}); theo trung bình: {mean} ({mean_share})",
        "Lowest attainment by the median: {median} ({median_share}); by the mean: {mean} ({mean_share})",
    ),
    "criteria.items": ("{n} mục", ("{n} item", "{n} items")),
    "criteria.lowest_tied": (
        "{names} cùng đạt thấp nhất: trung vị {share} điểm tối đa",
        "{names} share the lowest attainment: a median of {share} of the maximum",
    ),
    "criteria.lowest_many": (
        "{n} mục cùng đạt thấp nhất: trung vị {share} điểm tối đa",
        (
            "{n} item has the lowest attainment: a median of {share} of the maximum",
            "{n} items share the lowest attainment: a median of {share} of the maximum",
        ),
    ),
    "criteria.even": (
        "Cả {n} mục đạt như nhau: trung vị {share} điểm tối đa",
        (
            "The {n} item reaches a median of {share} of the maximum",
            "All {n} items reach a median of {share} of the maximum",
        ),
    ),
    "criteria.only": ("{name}: trung vị {share} điểm tối đa", "{name}: a median of {share} of the maximum"),
    "criteria.nothing": ("Chưa mục nào có điểm", "No item has points yet"),
    "criteria.no_scores": ("Chưa đơn vị nào có điểm", "No unit has points yet"),
    "criteria.full_some": (
        "{k}/{n} đơn vị đạt điểm tối đa",
        ("{k} of {n} unit reached the maximum", "{k} of {n} units reached the maximum"),
    ),
    "criteria.full_all": (
        "Cả {n} đơn vị đạt điểm tối đa",
        ("The one unit reached the maximum", "All {n} units reached the maximum"),
    ),
    "criteria.full_none": (
        "Không đơn vị nào trong {n} đơn vị đạt điểm tối đa",
        ("The one unit did not reach the maximum", "None of {n} units reached the maximum"),
    ),
    "criteria.highest": (
        "{names} đạt cao nhất: {share}; trung vị {median}",
        "{names} has the highest attainment: {share}; the median is {median}",
    ),
    "criteria.highest_tied": (
        "{names} cùng đạt cao nhất: {share}; trung vị {median}",
        "{names} share the highest attainment: {share}; the median is {median}",
    ),
    "criteria.highest_many": (
        "{n} đơn vị cùng đạt cao nhất: {share}; trung vị {median}",
        (
            "{n} unit has the highest attainment: {share}; the median is {median}",
            "{n} units share the highest attainment: {share}; the median is {median}",
        ),
    ),
    "criteria.highest_all": (
        "Cả {n} đơn vị cùng đạt {share}",
        ("The one unit reached {share}", "All {n} units reached {share}"),
    ),
    "criteria.middle": (
        "Trung vị đạt {median} điểm tối đa, trung bình {mean}; từ {low} đến {high}.",
        "The median is {median} of the maximum, the mean {mean}; units range from {low} to {high}.",
    ),
    "criteria.middle_one": ("Đơn vị duy nhất đạt {mean} điểm tối đa.", "The one unit reached {mean} of the maximum."),
    "criteria.open": (
        "{n} đơn vị chưa đủ điểm, chưa tính vào đây.",
        ("{n} unit lacks points and is not counted yet.", "{n} units lack points and are not counted yet."),
    ),
    "criteria.away": (
        "Không áp dụng cho {n} đơn vị.",
        ("It does not apply to {n} unit.", "It does not apply to {n} units."),
    ),
    "criteria.points_range": (
        "Từ {low} đến {high} điểm, trung bình {mean} điểm",
        "From {low} to {high} points, {mean} on average",
    ),
    "criteria.points_same": ("Các đơn vị cùng đạt {mean} điểm", "Every unit has {mean} points"),
    "criteria.not_appraised": ("Chưa có điểm thẩm định", "Nothing has been appraised yet"),
    "criteria.kept": (
        "Hội đồng giữ nguyên điểm tự đánh giá của {n} đơn vị",
        ("The council kept the self-assessment of {n} unit", "The council kept the self-assessments of {n} units"),
    ),
    "criteria.changed": (
        "{k}/{n} đơn vị được điều chỉnh, trung bình {mean} điểm",
        (
            "{k} of {n} unit was adjusted, {mean} points on average",
            "{k} of {n} units were adjusted, {mean} points on average",
        ),
    ),
    # the tree
    "criteria.subtitle": (
        "Tỷ lệ đạt (% điểm tối đa), {block}, năm {period}, n = {n}; mỗi chấm một đơn vị; trục {low}–{high}%",
        "Attainment (% of the maximum), {block}, {period}, n = {n}; a dot is a unit; axis {low}–{high}%",
    ),
    "criteria.caption": ("Bộ tiêu chí {block} năm {period}", "Rubric of {block}, {period}"),
    "criteria.key_unit": ("Một đơn vị", "A unit"),
    "criteria.name": ("Lĩnh vực, tiêu chí", "Domain, criterion"),
    "criteria.source": ("Nguồn", "Source"),
    "criteria.median": ("Trung vị (%)", "Median (%)"),
    "criteria.mean": ("Trung bình", "Mean"),
    "criteria.units_apart": ("Phân bố các đơn vị", "Spread of units"),
    "criteria.full": ("Đạt đủ", "Full"),
    "criteria.units_full": ("Số đơn vị đạt đủ", "Units with full points"),
    "criteria.strip": (
        "{n} đơn vị, từ {low} đến {high}, trung vị {median}",
        ("{n} unit, from {low} to {high}, median {median}", "{n} units, from {low} to {high}, median {median}"),
    ),
    "criteria.strip_none": ("chưa có điểm", "no points yet"),
    "criteria.open_row": ("Mở {code}", "Expand {code}"),
    "criteria.close_row": ("Thu gọn {code}", "Collapse {code}"),
    "criteria.note_full": (
        "Đạt đủ: số đơn vị đạt điểm tối đa. Trung bình: mỗi đơn vị tính như nhau.",
        "Full: units that reached the maximum. Mean: every unit counts once.",
    ),
    "criteria.note_printed": (
        "{n} mã in trong kế hoạch khác mã chuẩn; cách in được ghi ở trang tiêu chí.",
        (
            "{n} code is printed otherwise in the plan; the page of the criterion says how.",
            "{n} codes are printed otherwise in the plan; the pages of the criteria say how.",
        ),
    ),
    "criteria.note_open": (
        "Đơn vị chưa đủ điểm ở một mục thì chưa tính vào mục đó.",
        "A unit that lacks points in an item is not counted there yet.",
    ),
    "criteria.levels": ("Mức mở", "Levels shown"),
    "criteria.level.1": ("Lĩnh vực", "Domains"),
    "criteria.level.all": ("Tất cả", "All"),
    "criteria.level": ("{n} cấp", ("{n} level", "{n} levels")),
    "criteria.fields_shown": ("Lĩnh vực", "Domain"),
    "criteria.all_fields": ("Tất cả", "All"),
    "criteria.order": ("Sắp theo", "Sort by"),
    "criteria.order.ma": ("mã tiêu chí", "code"),
    "criteria.order.dat": ("tỷ lệ đạt, thấp trước", "attainment, low first"),
    "criteria.order.toi-da": ("điểm tối đa, cao trước", "maximum, high first"),
    "criteria.order.dieu-chinh": ("mức điều chỉnh, giảm trước", "adjustment, cuts first"),
    "criteria.lowest_unit": ("Từ", "From"),
    "criteria.highest_unit": ("Đến", "To"),
    "criteria.units": ("Đơn vị", "Units"),
    "criteria.mean_gap": ("Điều chỉnh TB", "Mean adjustment"),
    # what an item is
    "criteria.close": ("Đóng {code}", "Close {code}"),
    "criteria.shown": ("Đang xem {code} {name}", "Showing {code} {name}"),
    "criteria.max": ("Điểm tối đa", "Maximum"),
    "criteria.points": ("{value} điểm", "{value} points"),
    "criteria.point": ("{value} điểm", "{value} point"),
    "criteria.points_of_both": (
        "{value} điểm ({appraised} thẩm định, {survey} khảo sát)",
        "{value} points ({appraised} appraised, {survey} surveyed)",
    ),
    "criteria.points_source": ("Nguồn điểm", "Source of points"),
    "criteria.appraiser": ("Cơ quan thẩm định", "Appraising body"),
    "criteria.appraiser_unknown": ("Chưa phân công", "Not assigned"),
    "criteria.questions": ("Câu hỏi khảo sát", "Survey questions"),
    "criteria.asked": ("Có, hỏi {groups}", "Yes, asked of {groups}"),
    "criteria.groups": ("{n} nhóm đối tượng", ("{n} respondent group", "{n} respondent groups")),
    "criteria.not_asked": ("Không có", "None"),
    "criteria.leaves_below": ("Tiêu chí bên dưới", "Criteria below"),
    "criteria.distribution": (
        "Số đơn vị theo điểm; trung bình {mean}/{maximum}",
        "Units by points; mean {mean}/{maximum}",
    ),
    "criteria.distribution_share": (
        "Số đơn vị theo tỷ lệ đạt; trung bình {mean}",
        "Units by attainment; mean {mean}",
    ),
    "criteria.dumbbell_subtitle": (
        "Trung bình {n} đơn vị (điểm)",
        ("Mean of {n} unit (points)", "Mean of {n} units (points)"),
    ),
    "criteria.dumbbell_note": (
        "Vòng rỗng: tự đánh giá. Chấm đặc: thẩm định.",
        "Ring: self-assessment. Dot: appraisal.",
    ),
    "criteria.dumbbell": (
        "Tự đánh giá {own}, thẩm định {appraised} trên {maximum} điểm",
        "Self-assessment {own}, appraisal {appraised} of {maximum} points",
    ),
    "criteria.reasons": ("Lý do điều chỉnh", "Reasons for adjustments"),
    "criteria.reason": ("Lý do", "Reason"),
    "criteria.no_reason": ("Không ghi lý do", "No reason given"),
    "criteria.mean_change": ("Trung bình", "Mean"),
    "criteria.scoring": ("Cách chấm", "How it is scored"),
    "criteria.scoring_appraised": (
        "Đơn vị tự đánh giá từ 0 đến {maximum} điểm kèm tài liệu kiểm chứng; "
        "điểm tính là điểm thẩm định ở vòng sau cùng.",
        "The unit gives itself 0 to {maximum} points with evidence; "
        "what counts is the appraised score of the last round.",
    ),
    "criteria.scoring_mean": (
        "Điểm = {maximum} × trung bình có trọng số, giữa các nhóm đối tượng, của giá trị các câu trả lời hợp lệ.",
        "Points = {maximum} × the weighted mean, over respondent groups, of the values of valid answers.",
    ),
    "criteria.scoring_share": (
        "Điểm = {maximum} × tỷ lệ câu trả lời hài lòng trong các câu trả lời hợp lệ, "
        "trung bình có trọng số giữa các nhóm đối tượng.",
        "Points = {maximum} × the share of satisfied answers among valid ones, "
        "as a weighted mean over respondent groups.",
    ),
    "criteria.scoring_heading": (
        "Điểm = tổng điểm của {n} tiêu chí bên dưới áp dụng cho đơn vị.",
        (
            "Points = the points of the {n} criterion below, where it applies to the unit.",
            "Points = the sum over the {n} criteria below that apply to the unit.",
        ),
    ),
    "criteria.illustrative": (
        "Tiêu chí minh họa, không phải quy định chính thức.",
        "An illustrative criterion, not an official rule.",
    ),
    "criteria.plan_source": ("Nguồn của tiêu chí: {source}.", "Where the criterion is from: {source}."),
    "criteria.method_illustrative": (
        "Cách tính điểm khảo sát là minh họa.",
        "How the survey turns into points is illustrative.",
    ),
    "criteria.printed.as": ("Kế hoạch in mã này là {text}.", "The plan prints this code as {text}."),
    "criteria.printed.maximum": ("Kế hoạch in điểm tối đa là {text}.", "The plan prints a maximum of {text}."),
    "criteria.printed.under": (
        "Kế hoạch in tiêu chí này trong mục {text}.",
        "The plan prints this criterion under the heading {text}.",
    ),
    "criteria.printed.so": ("Tên được giữ đúng như kế hoạch in.", "The name stands as the plan prints it."),
    "criteria.unofficial": (
        "Tên tiếng Anh là bản dịch không chính thức.",
        "The English name is an unofficial translation.",
    ),
    "criteria.to_item": ("Mở trang tiêu chí {code}", "Open the page of criterion {code}"),
    # the page of an item
    "item.previous": ("Tiêu chí trước: {code}", "Previous: {code}"),
    "item.next": ("Tiêu chí sau: {code}", "Next: {code}"),
    "item.in_tree": ("Xem trong cây tiêu chí", "Show in the tree"),
    "item.mean_note": ("trung bình {share}, {mean}/{maximum} điểm", "mean {share}, {mean}/{maximum} points"),
    "item.mean_share": ("trung bình {share}", "mean {share}"),
    "item.median": ("Tỷ lệ đạt (trung vị)", "Median attainment"),
    "item.range_note": ("từ {low} đến {high}", "from {low} to {high}"),
    "item.full_note": ("đơn vị đạt điểm tối đa", "units with the maximum"),
    "item.change": ("Điều chỉnh trung bình", "Mean adjustment"),
    "item.change_note": ("{k}/{n} đơn vị được điều chỉnh", "{k} of {n} units adjusted"),
    "item.nav.units": ("Các đơn vị", "Units"),
    "item.nav.adjustments": ("Điều chỉnh", "Adjustments"),
    "item.nav.survey": ("Câu hỏi khảo sát", "Survey questions"),
    "item.nav.below": ("Tiêu chí bên dưới", "Criteria below"),
    "item.nav.list": ("Bảng đơn vị", "Table of units"),
    "item.subtitle": (
        "Tỷ lệ đạt (% điểm tối đa) của {item}, {block}, năm {period}, n = {n}; trục {low}–{high}%",
        "Attainment (% of the maximum) in {item}, {block}, {period}, n = {n}; axis {low}–{high}%",
    ),
    "item.definition": ("Tiêu chí này", "This criterion"),
    "item.belongs": ("Thuộc", "Belongs to"),
    "item.weight": ("Phần của chỉ số", "Share of the index"),
    "item.units_title": ("Điểm của từng đơn vị", "Points of every unit"),
    "item.units_caption": (
        "Điểm của từng đơn vị ở {item}, {block}, năm {period}",
        "Points of every unit in {item}, {block}, {period}",
    ),
    "item.changes_title": ("Hội đồng điều chỉnh", "Adjustments by the council"),
    "item.changed_units": ("Đơn vị được điều chỉnh", "Units adjusted"),
    "item.units_lead": (
        "Xếp theo {order}. Mỗi con số dẫn tới nguồn gốc của nó.",
        "Sorted by {order}. Every number leads to where it comes from.",
    ),
    "item.order.ten": ("tên đơn vị", "name"),
    "item.order.diem": ("tỷ lệ đạt", "attainment"),
    "item.order.dieu-chinh": ("mức điều chỉnh", "adjustment"),
    "item.filter": ("Lọc đơn vị", "Filter units"),
    "item.self_to": ("Tự đánh giá → thẩm định", "Self → appraised"),
    "item.state_reason": ("Tình trạng, lý do", "State, reason"),
    "item.state.pending": ("Chờ thẩm định", "Awaits appraisal"),
    "item.state.missing": ("Chưa có điểm", "No points"),
    "item.state.not_applicable": ("Không áp dụng", "Not applicable"),
    "item.open_leaves": ("{n} tiêu chí chưa có điểm", ("{n} criterion without points", "{n} criteria without points")),
    "item.claimed": ("Đơn vị đề nghị không áp dụng", "The unit claims it does not apply"),
    "item.decided": ("{by}, vòng {round}, {date}", "{by}, round {round}, {date}"),
    "item.minute": ("biên bản {minute}", "minute {minute}"),
    "item.value_of": ("Mức hài lòng theo nhóm", "Value by group"),
    "item.answers_subtitle": (
        "{question}; {block}, năm {period}, n = {n} trả lời hợp lệ về các đơn vị công bố được; "
        "100% không tính “không ý kiến”",
        "{question}; {block}, {period}, n = {n} valid answers about units that may be shown; 100% without “no opinion”",
    ),
    "item.hidden": (
        "{group}: không gồm {n} đơn vị có dưới {cell} phiếu hợp lệ hoặc phải giữ kín theo.",
        (
            "{group}: without {n} unit that has fewer than {cell} valid ballots or is withheld with one.",
            "{group}: without {n} units that have fewer than {cell} valid ballots or are withheld with one.",
        ),
    ),
    "item.wording": ("Nội dung câu hỏi theo nhóm đối tượng", "Wording by respondent group"),
    "item.wording_headline": (
        "{questions} cho {groups}",
        "{questions} asked of {groups}",
    ),
    "item.count_questions": ("{n} câu hỏi", ("{n} question", "{n} questions")),
    "item.question": ("Câu hỏi", "Question"),
    "item.options": ("Phương án trả lời (giá trị)", "Options (value)"),
    "item.no_value": ("không tính", "not counted"),
    "item.units_shown": ("Đơn vị có kết quả", "Units with a value"),
    "item.group_median": ("Trung vị (%)", "Median (%)"),
    "item.group_range": ("Từ – đến (%)", "From – to (%)"),
    "item.no_questions": (
        "Chưa có câu hỏi nào cho tiêu chí này, nên chưa đơn vị nào có điểm.",
        "No question serves this criterion yet, so no unit has points.",
    ),
    "item.one_group": (
        "Chỉ một nhóm được tính: điểm chính thức cho biết giá trị của nhóm đó.",
        "One group alone counts: the official points reveal its value.",
    ),
    "item.below_title": ("Các tiêu chí bên dưới", "The criteria below"),
    "item.alt": (
        "Biểu đồ chấm {n} đơn vị, từ {high} xuống {low}; trung vị {median}.",
        ("Dot plot of {n} unit at {high}.", "Dot plot of {n} units from {high} down to {low}; median {median}."),
    ),
}
