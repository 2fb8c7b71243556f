"""The page on the method: how a number is made, in the words of an official."""

TEXTS = {
    "method.title": ("Phương pháp tính Chỉ số CCHC năm {period}", "How the {period} PAR Index is made"),
    "method.lead": (
        "Mỗi con số đi từ tệp đã nhập đến chỉ số và thứ hạng theo các bước dưới đây. Số lượng và điểm tối đa lấy từ "
        "bộ tiêu chí "
        "đang dùng cho năm {period}.",
        "Every number goes from an imported file to an index and a rank by the steps below. Counts and maxima are "
        "those "
        "of the rubric in force for {period}.",
    ),
    "method.rubric": ("Bộ tiêu chí", "The rubric"),
    "method.rubric_lead": (
        "Hai khối dùng hai bộ tiêu chí khác nhau, vì vậy được tính và xếp hạng riêng.",
        "Each block has a rubric of its own, so the blocks are scored and ranked apart.",
    ),
    "method.rubric_headline": (
        "{block}: {appraised} điểm thẩm định và {survey} điểm khảo sát",
        "{block}: {appraised} points by appraisal and {survey} by survey",
    ),
    "method.rubric_subtitle": (
        "Điểm tối đa theo lĩnh vực, {n} tiêu chí chấm điểm, tổng {total} điểm",
        "Maximum points by domain, {n} scored criteria, {total} points in all",
    ),
    "method.leaves": ("Số mục chấm", "Scored items"),
    "method.illustrative_note": (
        "{n}/{of} tiêu chí chấm điểm là minh họa (cột nguồn của bộ tiêu chí), chờ bộ tiêu chí chính thức.",
        "{n} of {of} scored criteria are illustrative (column origin of the rubric) until the official rubric is "
        "imported.",
    ),
    "method.appraised": ("Điểm thẩm định", "Appraised points"),
    "method.appraised_1": (
        "Đơn vị tự chấm từng tiêu chí, từ 0 đến điểm tối đa. Hội đồng thẩm định có thể giữ nguyên, giảm hoặc tăng; "
        "vòng thẩm định "
        "cao nhất quyết định.",
        "A unit scores itself on every criterion, from 0 to the maximum. The appraisal council may keep, cut or "
        "raise the "
        "score; the highest round decides.",
    ),
    "method.appraised_2": (
        "Mức điều chỉnh = điểm thẩm định − điểm tự đánh giá, cộng trên các tiêu chí có cả hai. Số âm là giảm.",
        "Adjustment = appraised − self-assessed points, over the criteria that have both. A negative number is a cut.",
    ),
    "method.appraised_3": (
        "Tiêu chí mà Hội đồng xác định không áp dụng cho một đơn vị được bỏ khỏi cả điểm đạt và điểm tối đa của "
        "riêng đơn vị đó.",
        "A criterion that the council finds not applicable to a unit leaves both its points and its maximum out, "
        "for that unit alone.",
    ),
    "method.survey": ("Điểm điều tra xã hội học", "Survey points"),
    "method.survey_1": (
        "Với mỗi tiêu chí và mỗi nhóm đối tượng, giá trị từ 0 đến 1 là trung bình của các câu hỏi có ít nhất một "
        "câu trả lời hợp lệ. "
        "Câu bỏ trống và “Không có ý kiến” không được tính. Phiếu phát ra và thu về là số của báo cáo điều tra; "
        "phiếu đã nhập là phiếu có trong tệp; phiếu hợp lệ có ít nhất một câu trả lời hợp lệ; số trả lời hợp lệ của "
        "một tiêu chí là số phiếu có trả lời hợp lệ cho tiêu chí đó.",
        "For each criterion and respondent group the value, from 0 to 1, is the mean over its questions with at "
        "least one "
        "valid answer. Empty answers and “no opinion” do not count. Ballots issued and returned are those of the "
        "fieldwork report; imported ballots are those in the files; a valid ballot has at least one valid answer; "
        "the valid answers of a criterion are the ballots with a valid answer to it.",
    ),
    "method.survey.mean": (
        "Trung bình mức trả lời: {n} tiêu chí. Mỗi mức của thang có một giá trị từ 0 đến 1.",
        (
            "Mean of the answers: {n} criterion. Each step of the scale has a value from 0 to 1.",
            "Mean of the answers: {n} criteria. Each step of the scale has a value from 0 to 1.",
        ),
    ),
    "method.survey.satisfied_share": (
        "Tỷ lệ hài lòng: {n} tiêu chí. Giá trị là phần câu trả lời hợp lệ ở mức hài lòng trở lên.",
        (
            "Share satisfied: {n} criterion. The value is the share of valid answers that are satisfied.",
            "Share satisfied: {n} criteria. The value is the share of valid answers that are satisfied.",
        ),
    ),
    "method.survey_2": (
        "Giá trị của tiêu chí là trung bình có trọng số của các nhóm. Điểm khảo sát không làm tròn:",
        "The value of the criterion is the weighted mean of its groups. Survey points are not rounded:",
    ),
    "method.index_3": (
        "Mức đạt tiêu biểu của một khối ở lĩnh vực, tiêu chí là trung vị của các đơn vị; mức thay đổi của khối là "
        "trung vị mức thay đổi của các đơn vị. Điểm mất và điểm điều chỉnh lấy trung bình vì cộng được. Hiệu của hai "
        "số in cạnh nhau là hiệu của chính hai số đã in.",
        "What a block typically attains in a domain or criterion is the median of its units; the change of a block is "
        "the median of the changes of its units. Points lost and adjustments are means, since they add up. The "
        "difference of two numbers printed side by side is that of the numbers as printed.",
    ),
    "method.survey_formula": (
        "điểm = điểm tối đa × Σ (trọng số nhóm × giá trị nhóm) ÷ Σ trọng số nhóm",
        "points = maximum × Σ (group weight × group value) ÷ Σ group weights",
    ),
    "method.groups_headline": (
        "{block}: {n} nhóm đối tượng",
        ("{block}: {n} respondent group", "{block}: {n} respondent groups"),
    ),
    "method.groups_subtitle": ("Trọng số khi gộp các nhóm", "Weights with which groups are combined"),
    "method.groups_note": (
        "Một tiêu chí có thể có trọng số nhóm riêng; khi đó trọng số riêng thay trọng số chung. Nhóm có trọng số 0 "
        "không được tính.",
        "A criterion may have group weights of its own, which then replace the general ones. A group of weight 0 is "
        "left out.",
    ),
    "method.index": ("Chỉ số và làm tròn", "Index and rounding"),
    "method.index_1": (
        "Điểm của một lĩnh vực, một tiêu chí hay toàn bộ là tổng điểm của các mục chấm bên dưới. Tổng được cộng "
        "chính xác, không "
        "cộng các số đã làm tròn.",
        "The points of a domain, of a criterion or of the whole are the sum over the scored items below it. Sums "
        "are exact; "
        "rounded numbers are never added up.",
    ),
    "method.index_formula": (
        "chỉ số = 100 × điểm đạt ÷ điểm tối đa áp dụng cho đơn vị",
        "index = 100 × points ÷ maximum points applicable to the unit",
    ),
    "method.index_2": (
        "Chỉ số làm tròn nửa lên đến {n} chữ số thập phân. Điểm hiển thị có thể lệch 0,01 khi cộng tay; trang nguồn "
        "gốc có số chưa làm tròn.",
        "The index is rounded half up to {n} decimals. Displayed points may differ by 0.01 when added by hand; the "
        "page of a "
        "number's origin shows it unrounded.",
    ),
    "method.example": ("Ví dụ với số liệu đang xem", "With the data on view"),
    "method.example_line": (
        "{unit}: 100 × ({appraised} điểm thẩm định + {survey} điểm khảo sát) ÷ {maximum} = {index}",
        "{unit}: 100 × ({appraised} appraised + {survey} survey points) ÷ {maximum} = {index}",
    ),
    "method.rank": ("Thứ hạng", "Ranks"),
    "method.rank_1": (
        "Xếp hạng riêng trong từng khối, theo chỉ số công bố, từ cao xuống thấp; chỉ xếp đơn vị đã đủ điểm.",
        "Ranks are given within each block, by the published index, highest first, among units whose scores are "
        "complete.",
    ),
    "method.rank_2": (
        "Cùng chỉ số thì đồng hạng ở thứ tốt hơn và thứ tiếp theo được bỏ qua: 1, 2, 2, 4.",
        "Equal values share the better place and the next place is skipped: 1, 2, 2, 4.",
    ),
    "method.uncertainty": ("Khoảng bất định và khoảng hạng", "Uncertainty and rank intervals"),
    "method.uncertainty_1": (
        "Chỉ phần khảo sát là mẫu. Khoảng 95% cho biết chỉ số có thể khác bao nhiêu nếu lấy mẫu người khác; điểm "
        "thẩm định được coi là chính xác.",
        "Only the survey is a sample. The 95% interval says how much the index could differ had other people been "
        "asked; "
        "appraised points are taken as exact.",
    ),
    "method.uncertainty_2": (
        "Mẫu được rút lại theo người trả lời trong từng đơn vị và nhóm (bootstrap Rao – Wu), có hiệu chỉnh tổng thể "
        "hữu hạn nơi biết số người.",
        "People are drawn again within each unit and group (Rao–Wu bootstrap), with the finite population "
        "correction where "
        "the number of people is known.",
    ),
    "method.uncertainty_3": (
        "Khoảng hạng là tập các thứ hạng hợp lý ở mức 95% (Mogstad, Romano, Shaikh và Wilhelm, 2024). Khoảng này "
        "đứng cạnh, không thay hạng chính thức.",
        "The rank interval is the set of plausible ranks at 95% (Mogstad, Romano, Shaikh and Wilhelm, 2024). It stands "
        "beside the official rank and never replaces it.",
    ),
    "method.uncertainty_4": (
        "Hai khoảng chồng nhau không có nghĩa là hai đơn vị như nhau: khác biệt được kiểm định trên hiệu của hai "
        "chỉ số.",
        "Overlapping intervals do not make two units alike: a difference is tested on the difference itself.",
    ),
    "method.suppression": ("Giữ kín khi quá ít phiếu", "Withholding small cells"),
    "method.suppression_1": (
        "Ô (đơn vị, tiêu chí, nhóm) có dưới {n} phiếu hợp lệ không được công bố ở bất cứ đâu, nhưng vẫn được tính "
        "vào điểm.",
        "A cell (unit, criterion, group) with fewer than {n} valid ballots is published nowhere, but it counts in "
        "the score.",
    ),
    "method.suppression_2": (
        "Nếu chỉ một nhóm bị giữ kín mà phép trừ làm lộ giá trị của nó, nhóm ít phiếu tiếp theo cũng được giữ kín.",
        "Where a single withheld group could be found by subtraction, the next smallest group is withheld too.",
    ),
    "method.states": ("Trạng thái của một mục chấm", "States of a scored item"),
    "method.state": ("Trạng thái", "State"),
    "method.state_means": ("Nghĩa là", "Meaning"),
    "method.state_effect": ("Tác động đến chỉ số", "Effect on the index"),
    "method.state.appraised": ("Đã thẩm định", "Appraised"),
    "method.state.appraised_means": ("Có điểm của Hội đồng", "The council has decided"),
    "method.state.appraised_effect": ("Tính điểm Hội đồng", "The council's points count"),
    "method.state.surveyed": ("Đã khảo sát", "Surveyed"),
    "method.state.surveyed_means": ("Ít nhất một nhóm có câu trả lời hợp lệ", "At least one group has valid answers"),
    "method.state.surveyed_effect": ("Tính điểm khảo sát", "The survey points count"),
    "method.state.pending": ("Chờ thẩm định", "Pending"),
    "method.state.pending_means": ("Đơn vị đã tự chấm, Hội đồng chưa quyết định", "Self-assessed, not yet decided"),
    "method.state.pending_effect": (
        "Tạm tính theo điểm tự đánh giá; đơn vị chưa có hạng",
        "Self points count for now; the unit has no rank",
    ),
    "method.state.missing": ("Thiếu điểm", "Missing"),
    "method.state.missing_means": (
        "Chưa có điểm tự chấm, điểm thẩm định hay câu trả lời hợp lệ",
        "No self or appraised points, no valid answers",
    ),
    "method.state.missing_effect": (
        "Tạm bỏ khỏi điểm và điểm tối đa; đơn vị chưa có hạng",
        "Left out for now; the unit has no rank",
    ),
    "method.state.not_applicable": ("Không áp dụng", "Not applicable"),
    "method.state.not_applicable_means": (
        "Hội đồng xác định không áp dụng cho đơn vị",
        "The council finds it not applicable",
    ),
    "method.state.not_applicable_effect": ("Bỏ khỏi điểm và điểm tối đa của đơn vị", "Left out of points and maximum"),
    "method.provenance": ("Nguồn gốc từng con số", "Where each number comes from"),
    "method.provenance_1": (
        "Mỗi tệp đã nhập được giữ nguyên từng byte kèm mã SHA-256; mỗi dòng nhớ tệp, trang tính và số dòng. Một con "
        "số dẫn về phép "
        "tính, điểm và lý do của Hội đồng, số phiếu theo nhóm và tệp nguồn.",
        "Every imported file is kept byte for byte with its SHA-256; every row remembers file, sheet and row "
        "number. A number "
        "leads back to its formula, the council's points and reason, ballots by group, and the source file.",
    ),
    "method.provenance_2": (
        "Không ai sửa một lần nhập: sửa sai là một lần nhập mới, bản cũ vẫn còn trong lịch sử.",
        "Nobody edits an import: a correction is a new import, and the earlier one stays in the history.",
    ),
}
