"""Parts of the computed sentences about one unit (see dashboard/sentences.py)."""

TEXTS = {
    "say.and": ("{head} và {last}", "{head} and {last}"),
    # where the unit stands
    "say.position": ("{name} đạt {index} điểm, {place}{change}.", "{name} scored {index} points, {place}{change}."),
    "say.place": ("hạng {rank}/{of}", "rank {rank} of {of}"),
    "say.place_tied": (
        "đồng hạng {rank}/{of} với {n} đơn vị khác",
        ("tied at rank {rank} of {of} with {n} other unit", "tied at rank {rank} of {of} with {n} other units"),
    ),
    "say.change.up": (", tăng {points} điểm so với năm {period}", ", up {points} points from {period}"),
    "say.change.down": (", giảm {points} điểm so với năm {period}", ", down {points} points from {period}"),
    "say.change.same": (", không đổi so với năm {period}", ", the same as in {period}"),
    "say.not_comparable": (
        "Không so với năm {period} vì bộ tiêu chí đã thay đổi.",
        "Not compared with {period}: the rubric changed.",
    ),
    "say.open.pending": (
        "{n} tiêu chí chờ thẩm định",
        ("{n} criterion awaits appraisal", "{n} criteria await appraisal"),
    ),
    "say.open.missing": ("{n} tiêu chí chưa có điểm", ("{n} criterion has no points", "{n} criteria have no points")),
    # where points were lost
    "say.lost.none": ("Không lĩnh vực nào mất điểm.", "No domain lost points."),
    "say.lost.all": ("Toàn bộ {points} điểm còn mất thuộc {fields}.", "All {points} points lost are in {fields}."),
    "say.lost.share": (
        "{fields} chiếm {share} trong {points} điểm còn mất.",
        "{fields} account for {share} of the {points} points lost.",
    ),
    "say.lost.share_one": (
        "{fields} chiếm {share} trong {points} điểm còn mất.",
        "{fields} accounts for {share} of the {points} points lost.",
    ),
    "say.lost.even": (
        "{n} lĩnh vực cùng mất nhiều nhất, mỗi lĩnh vực {points} điểm.",
        "{n} domains lost the most, {points} points each.",
    ),
    "say.lost.most": ("{fields} mất nhiều nhất: {points} điểm", "{fields} lost the most: {points} points"),
    "say.lost.most_tied": (
        "{fields} cùng mất nhiều nhất, mỗi lĩnh vực {points} điểm",
        "{fields} lost the most, {points} points each",
    ),
    "say.lost.check": ("Kiểm tra: {total} − {lost} = {index}.", "Check: {total} − {lost} = {index}."),
    "say.lost.rounded": (
        "Các số đã làm tròn ở trên cộng lại được {shown}; phép trừ dùng số chưa làm tròn.",
        "The rounded numbers above add up to {shown}; the subtraction uses the unrounded ones.",
    ),
    # against others
    "say.median.both": (
        "Cao hơn {ref} ở {up}/{n} lĩnh vực, thấp hơn ở {down}",
        "Above {ref} in {up} of {n} domains, below in {down}",
    ),
    "say.median.up": (
        "Cao hơn {ref} ở {up}/{n} lĩnh vực, không thấp hơn ở lĩnh vực nào",
        "Above {ref} in {up} of {n} domains, below in none",
    ),
    "say.median.down": (
        "Thấp hơn {ref} ở {down}/{n} lĩnh vực, không cao hơn ở lĩnh vực nào",
        "Below {ref} in {down} of {n} domains, above in none",
    ),
    "say.median.all_up": (
        "Cao hơn {ref} ở cả {n} lĩnh vực",
        ("Above {ref} in the {n} domain", "Above {ref} in all {n} domains"),
    ),
    "say.median.all_down": (
        "Thấp hơn {ref} ở cả {n} lĩnh vực",
        ("Below {ref} in the {n} domain", "Below {ref} in all {n} domains"),
    ),
    "say.median.level": (
        "Ngang {ref} ở cả {n} lĩnh vực",
        ("Level with {ref} in the {n} domain", "Level with {ref} in all {n} domains"),
    ),
    "say.median.none": ("Chưa đủ điểm để so với {ref}", "Not enough points yet to compare with {ref}"),
    "say.ref.khoi": ("trung vị khối", "the block median"),
    "say.ref.loai.urban": ("trung vị các quận, thị xã", "the median of urban districts and the town"),
    "say.ref.loai.rural": ("trung vị các huyện", "the median of rural districts"),
    "say.ref.gan": ("trung vị nhóm tương tự", "the median of similar units"),
    "say.ref.own": ("trung vị nhóm tự chọn", "the median of the chosen units"),
    # the council
    "say.council.changed": (
        "Hội đồng điều chỉnh {n} tiêu chí, tổng {points} điểm",
        ("The council adjusted {n} criterion, {points} in all", "The council adjusted {n} criteria, {points} in all"),
    ),
    "say.council.kept": (
        "Hội đồng giữ nguyên điểm tự đánh giá của {n} tiêu chí",
        (
            "The council kept the self-assessment of {n} criterion",
            "The council kept the self-assessment of {n} criteria",
        ),
    ),
    "say.council.none": ("Chưa tiêu chí nào được thẩm định", "No criterion has been appraised yet"),
    "say.council.waiting": (
        "còn {n} tiêu chí chờ thẩm định",
        ("{n} criterion awaits appraisal", "{n} criteria await appraisal"),
    ),
    # people asked
    "say.asked.best": (
        "{groups} đánh giá cao nhất: {share} trả lời {options}",
        "{groups} rate highest: {share} answered {options}",
    ),
    "say.asked.only": ("{groups}: {share} trả lời {options}", "{groups}: {share} answered {options}"),
    "say.asked.same": (
        "Các nhóm đánh giá như nhau: {share} trả lời {options}",
        "The groups agree: {share} answered {options}",
    ),
    "say.asked.withheld": (
        "Không công bố: có nhóm dưới {n} phiếu hợp lệ",
        "Withheld: a group has fewer than {n} valid ballots",
    ),
    "say.asked.nobody": ("Chưa có phiếu hợp lệ nào cho tiêu chí này", "No valid ballot for this criterion yet"),
    "say.or": ("{head} hoặc {last}", "{head} or {last}"),
    "say.quoted": ("“{label}”", "“{label}”"),
    "say.few": (
        "{n} nhóm dưới 30 trả lời hợp lệ ({counts}) cần đọc thận trọng.",
        (
            "{n} group under 30 valid answers ({counts}) is to be read with care.",
            "{n} groups under 30 valid answers ({counts}) are to be read with care.",
        ),
    ),
    # published years
    "say.years.rank": ("hạng {rank} {years}", "rank {rank} in {years}"),
    "say.years.one": ("năm {years}", "{years}"),
    "say.years.many": ("các năm {years}", "{years}"),
    "say.years.between": (
        "Hạng từ {best} đến {worst} trong {n} năm đã công bố",
        ("Rank {best} to {worst} in {n} published year", "Ranks {best} to {worst} in {n} published years"),
    ),
    "say.years.no_rank": (
        "{n} năm có chỉ số đã công bố",
        ("{n} year with a published index", "{n} years with a published index"),
    ),
    # two units against each other
    "say.pair.higher": ("{one} cao hơn {two} {points} điểm", "{one} is {points} points above {two}"),
    "say.pair.equal": ("{one} và {two} cùng đạt {points} điểm", "{one} and {two} both scored {points} points"),
    "say.pair.different": (
        "khác biệt vượt sai số chọn mẫu (khoảng 95% của hiệu: {low} đến {high})",
        "the difference exceeds sampling error (95% interval of the difference: {low} to {high})",
    ),
    "say.pair.alike": (
        "chưa đủ căn cứ khẳng định khác biệt (khoảng 95% của hiệu: {low} đến {high})",
        "not enough evidence of a difference (95% interval of the difference: {low} to {high})",
    ),
    "say.pair.certain": ("hiệu này không chịu sai số chọn mẫu", "this difference carries no sampling error"),
    "say.pair.open": (
        "Chưa so sánh {one} và {two} vì {missing} chưa đủ điểm",
        "{one} and {two} are not compared: {missing} lacks points",
    ),
    # details of flags: the parts of `result_flags.detail`
    "flag.submitted_on": ("nộp {value}", "submitted {value}"),
    "flag.due": ("hạn {value}", "due {value}"),
    "flag.rows": ("{value} dòng", "rows: {value}"),
    "flag.points": ("{value} điểm", "points: {value}"),
    "flag.self": ("tự đánh giá {value}", "self {value}"),
    "flag.appraised": ("thẩm định {value}", "appraised {value}"),
    "flag.max": ("tối đa {value}", "maximum {value}"),
    "flag.leaves": ("{value} tiêu chí", "criteria: {value}"),
    "flag.issued": ("phát ra {value}", "issued {value}"),
    "flag.returned": ("thu về {value}", "returned {value}"),
    "flag.ballots": ("{value} phiếu", "ballots: {value}"),
    "flag.population": ("{value} người", "people: {value}"),
    "flag.appraiser": ("cơ quan thẩm định: {value}", "appraiser: {value}"),
    "flag.round": ("vòng {value}", "round {value}"),
    "flag.before": ("trước: {value}", "before: {value}"),
    "flag.after": ("sau: {value}", "after: {value}"),
    "flag.index": ("chỉ số {value}", "index {value}"),
    "flag.rank": ("hạng {value}", "rank {value}"),
}
