"""What pages say of a season in progress: how far it is, and what stands where nothing may be concluded yet."""

TEXTS = {
    # in place of a finding
    "open.about": ("{about}: tạm tính, {k}/{n} đơn vị đủ điểm", "{about}: provisional, {k} of {n} units complete"),
    "open.only": ("Tạm tính, {k}/{n} đơn vị đủ điểm", "Provisional, {k} of {n} units complete"),
    "open.rank": ("Hạng tạm, {k}/{n} đơn vị đủ điểm", "Provisional ranks, {k} of {n} units complete"),
    "open.title": ("Chưa kết luận", "Nothing is concluded yet"),
    "open.text": (
        "Mới có {k}/{n} đơn vị {block} đủ điểm. Phần này chỉ có khi mọi đơn vị trong khối đủ điểm.",
        "So far {k} of {n} units of {block} are complete. This part needs every unit of the block to be.",
    ),
    "open.to_appraisal": ("Xem việc còn lại của thẩm định", "See what the appraisal has left"),
    "open.to_ranking": ("Xem bảng hạng tạm", "See the provisional ranking"),
    # sentences
    "open.complete": (
        "Mới có {parts} đủ điểm; hạng là hạng tạm, chưa kết luận.",
        "So far {parts} are complete; ranks are provisional and nothing is concluded.",
    ),
    "open.part": ("{k}/{n} đơn vị {block}", "{k} of {n} units of {block}"),
    "open.pending": (
        "{n} mục chờ thẩm định: {who}.",
        ("{n} score awaits appraisal: {who}.", "{n} scores await appraisal: {who}."),
    ),
    "open.with": ("{name} {n}", "{name} {n}"),
    "open.others": ("{k} cơ quan khác {n}", ("{k} other {n}", "{k} others {n}")),
    "open.nobody": ("chưa rõ cơ quan", "no appraiser named"),
    "open.in_block": ("{block}: {text}", "{block}: {text}"),
    "open.silent": (
        "{n} đơn vị chưa có điểm tự đánh giá: {names}.",
        ("{n} unit has no self-assessment yet: {names}.", "{n} units have no self-assessment yet: {names}."),
    ),
    "open.unscored": (
        "{n} mục chưa có điểm tự đánh giá, ở {units} đơn vị.",
        ("{n} score is missing, in {units} units.", "{n} scores are missing, in {units} units."),
    ),
    "open.unasked": (
        "{n} mục điều tra chưa có kết quả, ở {units} đơn vị.",
        ("{n} surveyed item has no result, in {units} units.", "{n} surveyed items have no result, in {units} units."),
    ),
    "open.many": ("{n} đơn vị", ("{n} unit", "{n} units")),
    "open.nothing_left": ("Không còn mục nào chờ.", "Nothing is waiting."),
    # of one unit
    "open.unit": (
        "{name}: {done}/{of} tiêu chí đã có điểm; {open}.",
        "{name}: {done} of {of} criteria have points; {open}.",
    ),
    "open.unit_waits": ("Chờ Hội đồng: {who}.", "With the council: {who}."),
    "open.unit_away": ("{name} không có tiêu chí nào áp dụng.", "No criterion applies to {name}."),
    "open.unit_done": (
        "{name} đạt {index} điểm, hạng tạm {rank} trong {k}/{n} đơn vị đủ điểm.",
        "{name} scored {index} points, provisional rank {rank} among {k} of {n} units complete so far.",
    ),
    # points by state
    "open.states": ("Điểm theo trạng thái", "Points by state"),
    "open.headline": (
        "{k}/{n} đơn vị đủ điểm; {open}",
        "{k} of {n} units complete; {open}",
    ),
    "open.left": ("còn {n} mục chưa xong", ("{n} score is open", "{n} scores are open")),
    "open.unit_headline": ("{done}/{of} tiêu chí đã có điểm", "{done} of {of} criteria have points"),
    "open.subtitle": (
        "Điểm trên điểm tối đa của các tiêu chí theo trạng thái, {block}, năm {period}, n = {n}; thứ tự tên đơn vị",
        "Points over the maximum of the criteria in each state, {block}, {period}, n = {n}; units by name",
    ),
    "open.unit_subtitle": (
        "Điểm trên điểm tối đa của các tiêu chí theo trạng thái, {name}, năm {period}; theo lĩnh vực",
        "Points over the maximum of the criteria in each state, {name}, {period}; by domain",
    ),
    "open.note": (
        "Điểm của bốn trạng thái đứng riêng, không cộng thành chỉ số. Điểm tự đánh giá chưa được Hội đồng thẩm định.",
        "Points of the four states stand apart and are not added to an index. Claimed points are not appraised yet.",
    ),
    "open.state.appraised": ("Đã thẩm định", "Appraised"),
    "open.state.surveyed": ("Điều tra", "Surveyed"),
    "open.state.claimed": ("Tự đánh giá, chờ thẩm định", "Claimed, awaits appraisal"),
    "open.state.missing": ("Chưa có điểm", "No points yet"),
    "open.column.claimed": ("Tự đánh giá (chờ)", "Claimed (pending)"),
    "open.column.missing": ("Chưa có điểm (tối đa)", "No points yet (maximum)"),
    "open.column.left": ("Mục còn mở", "Open scores"),
    "open.column.rank": ("Hạng tạm", "Provisional rank"),
    "open.of_complete": ("trong {k}/{n} đơn vị đủ điểm", "among {k} of {n} units complete"),
    "open.criteria": ("{n} tiêu chí", ("{n} criterion", "{n} criteria")),
}
