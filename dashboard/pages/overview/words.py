"""The overview: what a season says of both blocks, each for itself."""

TEXTS = {
    "overview.title": ("Tổng quan năm {period}", "Overview of {period}"),
    "overview.lead": (
        "Mỗi khối có bộ tiêu chí riêng, vì vậy được xếp hạng riêng và không so sánh với nhau.",
        "Each block has a rubric of its own, so blocks are ranked apart and not compared with each other.",
    ),
    "overview.nothing_yet": ("Năm {period} chưa có điểm.", "There are no scores for {period} yet."),
    # the key sentences; each is made of one part a block
    "overview.lead_open": (
        "Mùa đánh giá đang diễn ra: trang này cho biết đã xong đến đâu, còn chờ ai. Hạng là hạng tạm, chưa kết luận.",
        "The season is in progress: this page says how far it is and who is waited for. Ranks are provisional; nothing "
        "is concluded.",
    ),
    "overview.progress": ("Tiến độ từng khối", "Progress of each block"),
    "overview.units_complete": ("Đơn vị đủ điểm", "Units complete"),
    "overview.items_appraised": ("Mục đã thẩm định", "Scores appraised"),
    "overview.items_surveyed": ("Mục đã điều tra", "Items surveyed"),
    "overview.risen": ("{parts} tăng điểm so với năm {period}.", "{parts} scored higher than in {period}."),
    "overview.risen_part": ("{k}/{n} đơn vị {block}", "{k}/{n} of {block}"),
    "overview.risen_compared": (
        "{k}/{n} đơn vị so sánh được của {block}",
        "{k}/{n} comparable units of {block}",
    ),
    "overview.risen_note": ("Trung vị mức thay đổi: {parts}.", "Median change: {parts}."),
    "overview.of_block": ("{block} {value}", "{block} {value}"),
    "overview.lowest_same": (
        "{field} là lĩnh vực đạt thấp nhất ở mọi khối: {shares}.",
        "{field} is the domain with the lowest attainment in every block: {shares}.",
    ),
    "overview.lowest": ("Lĩnh vực đạt thấp nhất: {parts}.", "Domain with the lowest attainment: {parts}."),
    "overview.lowest_part": ("{field} ở {block} ({share})", "{field} in {block} ({share})"),
    "overview.lowest_apart": (
        "ở {block} {median} theo trung vị ({median_share}), {mean} theo trung bình ({mean_share})",
        "in {block} {median} by the median ({median_share}), {mean} by the mean ({mean_share})",
    ),
    "overview.lowest_note": (
        "Trung vị tỷ lệ đạt: {blocks}.",
        "Median attainment of {blocks}.",
    ),
    "overview.lowest_note_open": (
        "Trung vị tỷ lệ đạt: {blocks}; chỉ tính đơn vị đã đủ điểm của lĩnh vực.",
        "Median attainment of {blocks}, over units with complete scores in the domain.",
    ),
    "overview.many_fields": ("{n} lĩnh vực", ("{n} domain", "{n} domains")),
    "overview.council": (
        "Hội đồng điều chỉnh trung bình {parts}.",
        "On average the council adjusted {parts}.",
    ),
    "overview.council_part": ("{points} ở {block}", "{points} in {block}"),
    "overview.council_kept": (
        "Hội đồng giữ nguyên mọi điểm tự đánh giá đã thẩm định.",
        "The council kept every self-assessment that it has appraised.",
    ),
    "overview.council_note": ("Một đơn vị, so với tự đánh giá.", "A unit, against self-assessment."),
    "overview.council_note_where": (
        "Một đơn vị, so với tự đánh giá; giảm nhiều nhất ở {parts}.",
        "A unit, against self-assessment; cut most in {parts}.",
    ),
    "overview.cut_part": ("{field} ({block})", "{field} ({block})"),
    "overview.leading": ("{parts}.", "{parts}."),
    "overview.leading_part": ("{names} dẫn đầu {block} ({points})", "{names} leads {block} ({points})"),
    "overview.leading_part_tied": ("{names} cùng dẫn đầu {block} ({points})", "{names} lead {block} ({points})"),
    "overview.apart": (
        "Khoảng cách cao nhất – thấp nhất: {parts}.",
        "From the highest to the lowest index: {parts}.",
    ),
    "overview.apart_part": ("{points} ở {block}", "{points} in {block}"),
    # steps of the season
    "overview.steps": ("Tiến độ: {k}/{n} bước đã xong", "Progress: {k} of {n} steps done"),
    "overview.steps_one_left": (
        "Tiến độ: {k}/{n} bước đã xong, còn bước “{name}”",
        "Progress: {k} of {n} steps done; “{name}” is left",
    ),
    "overview.steps_all": (
        "Tiến độ: cả {n} bước đã xong",
        ("Progress: the step is done", "Progress: all {n} steps done"),
    ),
    "overview.late_none": (
        "Không bước nào xong chậm so với kế hoạch",
        "No step was finished later than planned",
    ),
    "overview.late_unknown": (
        "Chưa có bước nào xong để đối chiếu với kế hoạch",
        "No step is done yet, so nothing can be set against the plan",
    ),
    "overview.late_one": (
        "Một bước xong chậm so với kế hoạch: bước {step}, chậm {days}",
        "One step was finished later than planned: step {step}, {days} late",
    ),
    "overview.late_some": (
        "{n} bước xong chậm so với kế hoạch; bước {step} chậm {days}",
        "{n} steps were finished later than planned; step {step} was {days} late",
    ),
    "overview.days": ("{n} ngày", ("{n} day", "{n} days")),
    "overview.steps_subtitle": (
        "Các bước của kỳ đánh giá năm {period}, kế hoạch (KH) và ngày xong đã ghi nhận, n = {n}",
        "Steps of the {period} assessment, planned and recorded as done, n = {n}",
    ),
    "overview.steps_note": (
        "Số ngày chậm tính từ ngày kết thúc theo kế hoạch đến ngày xong; bước chưa xong không tính.",
        "Days late count from the planned end to the day recorded as done; steps not yet done are not counted.",
    ),
    "overview.step_year": ("Năm {year}", "{year}"),
    "overview.planned": ("KH {date}", "Plan {date}"),
    "overview.unplanned": ("KH không ghi", "No plan"),
    "overview.done": ("Xong {date}", "Done {date}"),
    "overview.late": ("chậm {days}", "{days} late"),
    "overview.current": ("Bước hiện tại", "Current step"),
    "overview.not_done": ("Chưa xong", "Not done"),
    "overview.show_steps": ("Xem {n} bước", ("Show the step", "Show all {n} steps")),
    "overview.step": ("Bước", "Step"),
    "overview.step_name": ("Nội dung", "Name"),
    "overview.planned_from": ("Kế hoạch từ", "Planned from"),
    "overview.planned_to": ("Kế hoạch đến", "Planned to"),
    "overview.done_on": ("Ngày xong", "Done on"),
    "overview.days_late": ("Chậm (ngày)", "Late (days)"),
    "overview.responsible": ("Thực hiện", "Responsible"),
    # numbers of a block
    "overview.of_them_complete": ("{n} đơn vị đủ điểm", "{n} with complete scores"),
    "overview.results": ("Kết quả từng khối", "Results of each block"),
    "overview.range": ("Cao nhất – thấp nhất", "Highest – lowest"),
    "overview.up": ("Đơn vị tăng điểm", "Units up"),
    "overview.down": ("{n} giảm", "{n} down"),
    "overview.level": ("{n} không đổi", "{n} unchanged"),
    "overview.compared_only": ("({n} đơn vị)", ("({n} unit)", "({n} units)")),
    "overview.no_previous": ("chưa có năm trước", "no earlier year"),
    "overview.other_rubric": ("bộ tiêu chí đã thay đổi", "the rubric changed"),
    "overview.none_compared": ("chưa có đơn vị so sánh được", "no unit compares yet"),
    "overview.intervals": ("Khoảng bất định", "Intervals"),
    # the dot plot
    "overview.best": (
        "{names} đạt điểm cao nhất khối: {value}",
        "{names} has the highest index of the block: {value}",
    ),
    "overview.best_tied": (
        "{names} cùng đạt điểm cao nhất khối: {value}",
        "{names} share the highest index of the block: {value}",
    ),
    "overview.best_many": (
        "{n} đơn vị cùng đạt điểm cao nhất khối: {value}",
        "{n} units share the highest index of the block: {value}",
    ),
    "overview.dots_subtitle": (
        "Chỉ số CCHC {period}, {block}, n = {n}; thang 100 điểm",
        "PAR Index {period}, {block}, n = {n}; scale of 100 points",
    ),
    "overview.first_rows": ("; {n} đơn vị đầu", "; the first {n}"),
    "overview.of_all": ("{n} (trong {of} đơn vị)", "{n} (of {of} units)"),
    # strips
    "overview.fields": ("Theo lĩnh vực", "By domain"),
    "overview.fields_lead": (
        "Mỗi chấm là một đơn vị. Trục ngang là tỷ lệ đạt: điểm đạt chia điểm tối đa của lĩnh vực.",
        "Each dot is a unit. The axis is attainment: points over the maximum of the domain.",
    ),
    "overview.field_lowest": (
        "{names} thấp nhất khối: trung vị {share}",
        "{names} is lowest of the block: median {share}",
    ),
    "overview.field_lowest_apart": (
        "Thấp nhất khối theo trung vị: {median} ({median_share}); theo trung bình: {mean} ({mean_share})",
        "Lowest of the block by the median: {median} ({median_share}); by the mean: {mean} ({mean_share})",
    ),
    "overview.field_lowest_tied": (
        "{names} cùng thấp nhất khối: trung vị {share}",
        "{names} are lowest of the block: median {share}",
    ),
    "overview.no_field": ("Chưa lĩnh vực nào của {block} có đủ điểm", "No domain of {block} has complete scores yet"),
    "overview.fields_subtitle": (
        "Tỷ lệ đạt theo lĩnh vực năm {period} (%), {block}, n = {n}",
        "Attainment by domain, {period} (%), {block}, n = {n}",
    ),
    "overview.fields_note": (
        "Chỉ tính đơn vị đã có đủ điểm của lĩnh vực; số đơn vị của mỗi lĩnh vực ở trong bảng.",
        "Only units with complete scores in a domain count; the table says how many they are.",
    ),
    "overview.fields_alt": (
        "Biểu đồ dải {n} lĩnh vực; trung vị từ {low} đến {high}.",
        ("Strip of {n} domain; median {low}.", "Strips of {n} domains; medians from {low} to {high}."),
    ),
    "overview.lowest_unit": ("Thấp nhất", "Lowest"),
    "overview.highest_unit": ("Cao nhất", "Highest"),
    # most improved
    "overview.improved": ("Tiến bộ nhất", "Most improved"),
    "overview.most_improved": ("{names} tăng nhiều nhất khối: {points}", "{names} rose most of the block: {points}"),
    "overview.most_improved_tied": (
        "{names} cùng tăng nhiều nhất khối: {points}",
        "{names} rose most of the block, by the same: {points}",
    ),
    "overview.most_improved_many": (
        "{n} đơn vị cùng tăng nhiều nhất khối: {points}",
        "{n} units rose most of the block, by the same: {points}",
    ),
    "overview.none_improved": ("Không đơn vị nào của {block} tăng điểm", "No unit of {block} scored higher"),
    "overview.improved_subtitle": (
        "{k} đơn vị tăng điểm nhiều nhất so với năm {previous}, {block}, n = {n}; thang 100 điểm",
        "The {k} that rose most since {previous}, {block}, n = {n}; scale of 100 points",
    ),
    "overview.change": ("Thay đổi (điểm)", "Change (points)"),
    "overview.first_year": (
        "Năm {period} chưa có năm trước để so sánh.",
        "There is no year before {period} to compare with.",
    ),
    "overview.rubric_changed": (
        "Bộ tiêu chí {block} đã thay đổi so với năm {previous}, nên không so sánh điểm.",
        "The rubric of {block} changed since {previous}, so points are not compared.",
    ),
    "overview.no_unit_compares": (
        "Chưa đơn vị nào của {block} đủ điểm cả hai năm để so sánh với năm {previous}.",
        "No unit of {block} has complete scores in both years to compare with {previous}.",
    ),
    # losses
    "overview.losses": ("Điểm còn mất nhiều nhất trên toàn Thành phố", "Where the city loses most points"),
    "overview.lost_most": (
        "Tiêu chí {code} mất nhiều nhất khối: trung bình {points}",
        "Criterion {code} costs the block most: {points} on average",
    ),
    "overview.lost_most_tied": (
        "Các tiêu chí {code} cùng mất nhiều nhất khối: trung bình {points}",
        "Criteria {code} cost the block most: {points} each on average",
    ),
    "overview.lost_many": (
        "{n} tiêu chí cùng mất nhiều nhất khối: trung bình {points}",
        "{n} criteria cost the block most: {points} each on average",
    ),
    "overview.lost_none": ("{block} không mất điểm ở tiêu chí nào", "Of {block}, nobody loses points on any criterion"),
    "overview.lost_unknown": (
        "Chưa có điểm để tính điểm mất của {block}",
        "No points of {block} to count losses from yet",
    ),
    "overview.losses_subtitle": (
        "Điểm mất trung bình một đơn vị năm {period}, {block}, n = {n}; điểm tối đa trừ điểm đạt",
        "Mean points lost a unit, {period}, {block}, n = {n}; maximum less points",
    ),
    "overview.losses_note": (
        "Đơn vị không áp dụng tiêu chí tính là không mất điểm; đơn vị chưa có điểm không tính.",
        "A unit to which the criterion does not apply counts as losing none; one without points yet is left out.",
    ),
    "overview.lost": ("Điểm mất trung bình", "Mean points lost"),
    "overview.units_counted": ("Số đơn vị", "Units"),
    "overview.of_points": ("trên {points} điểm", "of {points}"),
}
