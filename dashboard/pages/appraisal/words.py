"""The page of self-assessment against appraisal."""

TEXTS = {
    "appraisal.title": ("Tự đánh giá và thẩm định, {block}", "Self-assessment and appraisal, {block}"),
    "appraisal.all": ("Tất cả", "All"),
    "appraisal.field": ("Lĩnh vực", "Domain"),
    "appraisal.item": ("Tiêu chí", "Criterion"),
    "appraisal.unit": ("Đơn vị", "Unit"),
    "appraisal.nobody": ("Chưa phân công", "Nobody yet"),
    "appraisal.not_here": (
        "Hội đồng không chấm mục nào ở “{item}”: điểm lấy từ điều tra xã hội học.",
        "The council assesses nothing under “{item}”: its points come from the survey.",
    ),
    "appraisal.whole_block": ("Xem cả khối", "Show the whole block"),
    # the lead
    "appraisal.none": ("Chưa mục nào được thẩm định.", "Nothing has been appraised yet."),
    "appraisal.kept": (
        "Hội đồng giữ nguyên {share} trong {n} mục có cả điểm tự đánh giá và điểm thẩm định ({of} mục đã xong).",
        (
            "The council kept {share} of the {n} score with both self and appraised points ({of} done).",
            "The council kept {share} of the {n} scores with both self and appraised points ({of} done).",
        ),
    ),
    "appraisal.kept_all": (
        "Hội đồng giữ nguyên điểm tự đánh giá của cả {n} mục có cả hai điểm.",
        (
            "The council kept the one score with both self and appraised points.",
            "The council kept all {n} scores with both self and appraised points.",
        ),
    ),
    "appraisal.most": (
        "{parts} chiếm {share} số điểm giảm, nhiều nhất.",
        "{parts} accounts for {share} of the points cut, more than any other.",
    ),
    "appraisal.most_tied": (
        "{parts} cùng giảm nhiều nhất, mỗi phần {share} số điểm giảm.",
        "{parts} were cut the most, {share} of the points cut each.",
    ),
    "appraisal.many_parts": ("{n} phần", "{n} parts"),
    "appraisal.many_items": ("{n} tiêu chí", "{n} criteria"),
    "appraisal.many_appraisers": ("{n} cơ quan", "{n} appraisers"),
    "appraisal.still_only.pending": (
        "Còn {n} mục chờ thẩm định.",
        ("{n} score awaits appraisal.", "{n} scores await appraisal."),
    ),
    "appraisal.still_only.missing": (
        "Còn {n} mục chưa có điểm tự đánh giá.",
        ("{n} score lacks a self-assessment.", "{n} scores lack a self-assessment."),
    ),
    "appraisal.still": ("Còn {n} mục: {open}.", ("{n} score is left: {open}.", "{n} scores are left: {open}.")),
    "appraisal.still.pending": ("{n} chờ thẩm định", ("{n} awaits appraisal", "{n} await appraisal")),
    "appraisal.still.missing": (
        "{n} chưa có điểm tự đánh giá",
        ("{n} lacks a self-assessment", "{n} lack a self-assessment"),
    ),
    # the four numbers
    "appraisal.number.done": ("Mục đã thẩm định", "Scores appraised"),
    "appraisal.number.changed": ("Mục được điều chỉnh", "Scores adjusted"),
    "appraisal.number.mean": ("Điều chỉnh trung bình", "Mean adjustment"),
    "appraisal.number.sum": ("Điều chỉnh", "Adjustment"),
    "appraisal.number.conflicts": ("Xung đột vai trò", "Conflicts of role"),
    "appraisal.left": ("còn {n} mục", ("{n} left", "{n} left")),
    "appraisal.left_due": ("còn {n} mục, hạn {date}", ("{n} left, due {date}", "{n} left, due {date}")),
    "appraisal.finished": ("đã xong", "finished"),
    "appraisal.finished_on": ("đã xong ngày {date}", "finished on {date}"),
    "appraisal.cuts_raises": ("{cuts} giảm, {raises} tăng", "{cuts} cut, {raises} raised"),
    "appraisal.a_unit": ("điểm một đơn vị, trên {maximum}", "points a unit, of {maximum}"),
    "appraisal.a_unit_open": ("điểm một đơn vị, tạm tính", "points a unit, provisional"),
    "appraisal.of_points": ("điểm, trên {maximum}", "points, of {maximum}"),
    "appraisal.conflict_note": (
        "mục do chính đơn vị được chấm thẩm định",
        ("score appraised by the scored unit", "scores appraised by the scored unit"),
    ),
    "appraisal.conflict_ahead": (
        "{n} mục chờ có đầu mối là chính đơn vị được chấm",
        ("{n} pending is led by the scored unit", "{n} pending are led by the scored unit"),
    ),
    # units × parts
    "appraisal.heat.cut": (
        "{parts} giảm nhiều nhất: trung bình {points} điểm",
        "{parts} was cut the most: {points} points on average",
    ),
    "appraisal.heat.raised": (
        "{parts} thay đổi nhiều nhất: trung bình {points} điểm",
        "{parts} changed the most: {points} points on average",
    ),
    "appraisal.heat.cut_tied": (
        "{parts} cùng giảm nhiều nhất: trung bình {points} điểm",
        "{parts} were cut the most: {points} points on average",
    ),
    "appraisal.heat.raised_tied": (
        "{parts} cùng thay đổi nhiều nhất: trung bình {points} điểm",
        "{parts} changed the most: {points} points on average",
    ),
    "appraisal.heat.same": ("Không phần nào thay đổi tính trung bình", "No part changed on average"),
    "appraisal.heat.none": ("Chưa có mức điều chỉnh", "No adjustment yet"),
    "appraisal.heat.subtitle": (
        "Mức điều chỉnh = thẩm định − tự đánh giá (điểm), {block}, n = {n}, năm {period}; {order}",
        "Adjustment = appraised − self (points), {block}, n = {n}, {period}; {order}",
    ),
    "appraisal.order.tong": ("sắp theo tổng", "sorted by total"),
    "appraisal.order.don-vi": ("sắp theo tên", "sorted by name"),
    "appraisal.order.part": ("sắp theo {part}", "sorted by {part}"),
    "appraisal.order.reversed": ("{order}, ngược lại", "{order}, reversed"),
    "appraisal.key.from": ("từ {value}", "{value} and below"),
    "appraisal.key.cut": ("dưới 0", "below 0"),
    "appraisal.key.zero": ("0", "0"),
    "appraisal.key.raise": ("trên 0", "above 0"),
    "appraisal.key.conflict": ("Đơn vị tự thẩm định", "Appraised by itself"),
    "appraisal.key.open": ("Còn mục chưa chấm", "Not all appraised"),
    "appraisal.cell.open": ("còn {n} mục chưa chấm", ("{n} score to appraise", "{n} scores to appraise")),
    "appraisal.cell.out": ("không áp dụng", "not applicable"),
    "appraisal.heat.note_open": (
        "Ô gạch góc: tổng của những mục đã chấm; trung bình tính trên các đơn vị đã có mục được chấm.",
        "Cells with a marked corner add up what is appraised so far; means are over units with something appraised.",
    ),
    "appraisal.mean_row": ("Trung bình", "Mean"),
    "appraisal.by_unit": ("Mức điều chỉnh theo đơn vị, {block}", "Adjustment by unit, {block}"),
    "appraisal.column.done": ("Đã chấm", "Appraised"),
    "appraisal.column.pending": ("Chờ chấm", "Pending"),
    "appraisal.column.missing": ("Chưa có điểm", "No points"),
    "appraisal.column.cuts": ("Giảm", "Cut"),
    "appraisal.column.raises": ("Tăng", "Raised"),
    "appraisal.column.own": ("Tự đánh giá", "Self"),
    "appraisal.column.council": ("Thẩm định", "Appraised"),
    "appraisal.column.gap": ("Điều chỉnh", "Adjustment"),
    "appraisal.column.share": ("% tối đa", "% of max."),
    "appraisal.column.conflicts": ("Tự thẩm định", "By itself"),
    # self → appraised by part
    "appraisal.dumbbell.most": (
        "{parts} lệch nhiều nhất: {gap} điểm phần trăm",
        "{parts} moved the most: {gap} percentage points",
    ),
    "appraisal.dumbbell.most_tied": (
        "{parts} cùng lệch nhiều nhất: {gap} điểm phần trăm",
        "{parts} moved the most: {gap} percentage points",
    ),
    "appraisal.dumbbell.same": ("Tự đánh giá và thẩm định bằng nhau", "Self-assessment and appraisal agree"),
    "appraisal.dumbbell.subtitle": (
        "Trung bình % điểm tối đa phần thẩm định, {block}, n = {n}, năm {period}; số bên phải: chênh lệch (đ.%)",
        "Mean per cent of the appraised maximum, {block}, n = {n}, {period}; on the right the difference (pp)",
    ),
    "appraisal.column.gap_pp": ("Chênh lệch", "Difference"),
    # by appraiser
    "appraisal.strips.most": (
        "{parts} điều chỉnh mạnh nhất: trung bình {share} điểm tối đa",
        "{parts} adjusted the most: {share} of the maximum on average",
    ),
    "appraisal.strips.most_tied": (
        "{parts} cùng điều chỉnh mạnh nhất: trung bình {share} điểm tối đa",
        "{parts} adjusted the most: {share} of the maximum on average",
    ),
    "appraisal.strips.only": (
        "{parts} điều chỉnh trung bình {share} điểm tối đa",
        "{parts} adjusted by {share} of the maximum on average",
    ),
    "appraisal.strips.same": ("Không cơ quan nào điều chỉnh tính trung bình", "No appraiser adjusted on average"),
    "appraisal.strips.subtitle": (
        "Mức điều chỉnh theo cơ quan thẩm định, % điểm tối đa do cơ quan đó chấm; mỗi chấm một đơn vị, {block}, "
        "n = {n}, năm {period}",
        "Adjustment by appraiser, per cent of the maximum it decided; a dot is a unit, {block}, n = {n}, {period}",
    ),
    "appraisal.strips.caveat": (
        "Khác biệt giữa các cơ quan gồm cả khác biệt giữa các tiêu chí; chưa đủ để kết luận về mức độ chặt chẽ.",
        "Differences between appraisers mix with differences between the criteria they appraise; they do not show who "
        "is stricter.",
    ),
    "appraisal.column.appraiser": ("Cơ quan thẩm định", "Appraiser"),
    "appraisal.column.units": ("Đơn vị", "Units"),
    "appraisal.column.unchanged": ("Không đổi", "Unchanged"),
    "appraisal.column.items": ("Mục", "Scores"),
    "appraisal.column.mean_share": ("Trung bình, % tối đa", "Mean, % of max."),
    "appraisal.column.lowest": ("Từ", "From"),
    "appraisal.column.highest": ("Đến", "To"),
    # same item, same reason
    "appraisal.unequal.some": (
        "Cùng lý do, mức trừ khác nhau ở {n} tiêu chí",
        ("Same reason, different cuts in {n} criterion", "Same reason, different cuts in {n} criteria"),
    ),
    "appraisal.unequal.none": ("Không có mức trừ khác nhau cho cùng một lý do", "No different cuts for one reason"),
    "appraisal.unequal.subtitle": (
        "Cùng tiêu chí, cùng lý do, khác mức trừ (điểm), {block}, năm {period}; lệch nhiều đứng trước",
        "Same criterion and reason, different cuts (points), {block}, {period}; wide apart first",
    ),
    "appraisal.unequal.note": (
        "Mức trừ còn tùy điểm tự đánh giá và mức độ hoàn thành; danh sách để rà soát, chưa phải sai sót.",
        "A cut also depends on what the unit gave itself and on how much was done; this is a list to review.",
    ),
    "appraisal.unequal.ends": ("{ends}; {n} mức ở {units}", "{ends}; {n} cuts in {units}"),
    "appraisal.unequal.more": (
        "{shown} trên {n} trường hợp; đủ trong Bảng.",
        "{shown} of {n} cases; all are in the table.",
    ),
    "appraisal.column.reason": ("Lý do", "Reason"),
    "appraisal.column.cut": ("Mức trừ", "Cut"),
    # same reason, different appraisers
    "appraisal.reasons.some": (
        "Cùng lý do “{reason}”, mức trừ trung bình từ {low} ({one}) đến {high} ({two}) điểm tối đa",
        "For “{reason}” the mean cut ranges from {low} ({one}) to {high} ({two}) of the maximum",
    ),
    "appraisal.reasons.none": (
        "Chưa lý do nào có từ hai cơ quan dùng ít nhất {few} lần để so sánh",
        "No reason was used {few} times or more by two appraisers, so none is compared",
    ),
    "appraisal.reasons.subtitle": (
        "Mức trừ trung bình, % điểm tối đa của mục; trong ngoặc: số mục; {block}, năm {period}",
        "Mean cut, per cent of the maximum of the criterion; in brackets the number of scores; {block}, {period}",
    ),
    "appraisal.reasons.few": (
        "Chữ nhạt: dưới {few} mục, không dùng để so sánh.",
        "In grey: fewer than {few} scores, not compared.",
    ),
    # by item
    "appraisal.items.most": (
        "{parts} lệch nhiều nhất: trung bình {share} điểm tối đa",
        "{parts} diverges the most: {share} of the maximum on average",
    ),
    "appraisal.items.most_tied": (
        "{parts} cùng lệch nhiều nhất: trung bình {share} điểm tối đa",
        "{parts} diverge the most: {share} of the maximum on average",
    ),
    "appraisal.items.same": ("Không tiêu chí nào lệch tính trung bình", "No criterion diverges on average"),
    "appraisal.items.subtitle": (
        "Tiêu chí thẩm định, trung bình các đơn vị đã chấm, {block}, năm {period}; {shown}/{n} tiêu chí, {order}",
        "Appraised criteria, means over the units appraised, {block}, {period}; {shown} of {n} criteria, {order}",
    ),
    "appraisal.items.order.ty-le": ("lệch nhiều đứng trước", "wide apart first"),
    "appraisal.items.order.tieu-chi": ("theo bộ tiêu chí", "in the order of the rubric"),
    "appraisal.items.order.diem": ("theo điểm điều chỉnh", "by points"),
    "appraisal.items.order.giam": ("theo số mục giảm", "by number of cuts"),
    "appraisal.items.order.tang": ("theo số mục tăng", "by number of raises"),
    "appraisal.column.criterion": ("Tiêu chí", "Criterion"),
    "appraisal.column.mean_points": ("TB (điểm)", "Mean (points)"),
    "appraisal.column.range": ("Từ – đến", "Range"),
    "appraisal.dumbbell_label": (
        "tự đánh giá {own}, thẩm định {council} điểm tối đa",
        "self {own}, appraised {council} of the maximum",
    ),
    "appraisal.more": ("Xem {n} dòng còn lại", ("Show {n} more row", "Show {n} more rows")),
    # single decisions
    "appraisal.decisions": ("Quyết định thẩm định", "Decisions"),
    "appraisal.decisions.some": (
        "{n} mục được điều chỉnh: {cuts} giảm, {raises} tăng",
        ("{n} score adjusted: {cuts} cut, {raises} raised", "{n} scores adjusted: {cuts} cut, {raises} raised"),
    ),
    "appraisal.decisions.none": ("Không mục nào được điều chỉnh", "No score was adjusted"),
    "appraisal.decisions.subtitle": (
        "{what}, năm {period}; {shown} mục được điều chỉnh, còn chờ hoặc có xung đột; giảm nhiều đứng trước",
        "{what}, {period}; {shown} scores adjusted, open or in conflict; large cuts first",
    ),
    "appraisal.decisions.subtitle_all": (
        "{what}, năm {period}; {shown} mục, giảm nhiều đứng trước",
        "{what}, {period}; {shown} scores, large cuts first",
    ),
    "appraisal.column.points": ("Điểm", "Points"),
    "appraisal.column.why": ("Lý do, người quyết định", "Reason, who decided"),
    "appraisal.state.pending": ("Chờ thẩm định", "Awaits appraisal"),
    "appraisal.state.missing": ("Chưa có điểm tự đánh giá", "No self-assessment"),
    "appraisal.state.not_applicable": ("Không áp dụng", "Not applicable"),
    "appraisal.state.appraised": ("Đã thẩm định", "Appraised"),
    "appraisal.claimed": ("Đơn vị đề nghị không áp dụng", "The unit claims: not applicable"),
    "appraisal.no_reason": ("Không nêu lý do", "No reason given"),
    "appraisal.kept_as_is": ("Giữ nguyên điểm tự đánh giá", "Kept as self-assessed"),
    "appraisal.led_by": ("Đầu mối: {name}", "Led by {name}"),
    "appraisal.round": ("vòng {n}", "round {n}"),
    "appraisal.by_itself": ("đơn vị tự thẩm định", "appraised by itself"),
    "appraisal.one": ("{unit}: {item}", "{unit}: {item}"),
    "appraisal.history": ("Các bản ghi của quyết định này", "Records of this decision"),
    "appraisal.kind.self": ("Tự đánh giá", "Self-assessment"),
    "appraisal.kind.appraised": ("Thẩm định, vòng {n}", "Appraisal, round {n}"),
    "appraisal.kind.replaced": ("{kind}, đã thay", "{kind}, replaced"),
    "appraisal.minute": ("Biên bản", "Minute"),
    "appraisal.date": ("Ngày", "Date"),
    "appraisal.file": ("Tệp, dòng", "File, row"),
    "appraisal.explanation": ("Giải trình", "Explanation"),
    "appraisal.evidence": ("Tài liệu kiểm chứng", "Evidence"),
    "appraisal.decision": ("Quyết định", "Decision"),
    "appraisal.see": ("Xem", "See"),
    "appraisal.one.kept": ("{by} giữ nguyên {own} điểm.", "{by} kept {own} points."),
    "appraisal.one.cut": ("{by} giảm từ {own} còn {council} điểm.", "{by} cut {own} points to {council}."),
    "appraisal.one.raised": ("{by} tăng từ {own} lên {council} điểm.", "{by} raised {own} points to {council}."),
    "appraisal.one.pending": ("Mục này chờ thẩm định.", "This score awaits appraisal."),
    "appraisal.one.missing": ("Đơn vị chưa tự đánh giá mục này.", "The unit has not assessed itself here."),
    "appraisal.one.not_applicable": ("Mục này không áp dụng cho đơn vị.", "This criterion does not apply to the unit."),
    "appraisal.one.appraised": (
        "Hội đồng đã cho điểm; đơn vị không tự đánh giá mục này.",
        "The council gave points; the unit did not assess itself here.",
    ),
    "appraisal.see_one": ("Xem quyết định", "See the decision"),
    # progress
    "appraisal.progress": ("Tiến độ thẩm định", "Progress of the appraisal"),
    "appraisal.progress.done": (
        "Hội đồng đã thẩm định đủ {n} mục",
        ("The council has appraised the one score", "The council has appraised all {n} scores"),
    ),
    "appraisal.progress.done_dates": (
        "Kế hoạch đến {due}; hoàn thành {done}.",
        "Planned until {due}; finished {done}.",
    ),
    "appraisal.progress.done_due": ("Kế hoạch đến {due}.", "Planned until {due}."),
    "appraisal.progress.last": ("Quyết định gần nhất: {date}.", "Latest decision: {date}."),
    "appraisal.progress.left": (
        "Còn {n} mục: {who}",
        ("{n} score left: {who}", "{n} scores left: {who}"),
    ),
    "appraisal.progress.of_one": ("{name} {n}", "{name} {n}"),
    "appraisal.progress.others": ("{k} phần khác {n}", ("{k} other {n}", "{k} others {n}")),
    "appraisal.progress.subtitle_field": (
        "Mục đã thẩm định theo lĩnh vực, {block}, năm {period}{due}",
        "Scores appraised by domain, {block}, {period}{due}",
    ),
    "appraisal.progress.subtitle_item": (
        "Mục đã thẩm định theo tiêu chí, {block}, năm {period}{due}",
        "Scores appraised by criterion, {block}, {period}{due}",
    ),
    "appraisal.progress.subtitle_appraiser": (
        "Mục đã thẩm định theo cơ quan (mục còn lại: đầu mối theo bộ tiêu chí), {block}, năm {period}{due}",
        "Scores appraised by appraiser (what is left: the lead named in the rubric), {block}, {period}{due}",
    ),
    "appraisal.progress.due": ("; hạn {date}", "; due {date}"),
    "appraisal.progress.note": (
        "Chờ chấm: đơn vị đã nộp, Hội đồng chưa chấm. Chưa có điểm: đơn vị chưa tự đánh giá.",
        "Pending: submitted, not appraised yet. No points: the unit has not assessed itself.",
    ),
    "appraisal.progress.closed": (
        "Bước thẩm định đã ghi hoàn thành ngày {date} nhưng còn {n} mục.",
        (
            "The appraisal is recorded as finished on {date}, yet {n} score is left.",
            "The appraisal is recorded as finished on {date}, yet {n} scores are left.",
        ),
    ),
    # flags
    "appraisal.flags.some": ("{n} điểm cần xem", ("{n} thing to look at", "{n} things to look at")),
    "appraisal.flags.none": ("Không có điểm nào cần xem", "Nothing to look at"),
    "appraisal.flags.subtitle": (
        "Kiểm tra tự động trên quyết định thẩm định, {block}, năm {period}: {kinds}",
        "Automatic checks of the decisions, {block}, {period}: {kinds}",
    ),
    "appraisal.flags.subtitle_none": (
        "Kiểm tra tự động trên quyết định thẩm định, {block}, năm {period}",
        "Automatic checks of the decisions, {block}, {period}",
    ),
    "appraisal.flags.count": ("{kind} ({n})", "{kind} ({n})"),
    "appraisal.column.flag": ("Cờ", "Flag"),
    "appraisal.column.detail": ("Chi tiết", "Details"),
    "appraisal.chart_dumbbell": (
        "Biểu đồ tự đánh giá và thẩm định: {text}",
        "Chart of self-assessment and appraisal: {text}",
    ),
}
