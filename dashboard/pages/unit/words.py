"""Words of the profile of a unit and of the list to choose one from."""

TEXTS = {
    # the list of units
    "unit.choose": ("Hồ sơ đơn vị", "Unit profiles"),
    "unit.choose_lead": (
        "Chọn một đơn vị để xem điểm từng tiêu chí, lý do thẩm định, ý kiến từng nhóm đối tượng và nguồn số liệu. "
        "Hai khối có bộ tiêu chí riêng nên đứng riêng.",
        "Choose a unit to see the points of every criterion, the reasons of the appraisal, what each group "
        "of people said "
        "and where the data come from. The blocks have rubrics of their own and stand apart.",
    ),
    "unit.filter": ("Tìm đơn vị trong {block}", "Find a unit in {block}"),
    # head
    "unit.no_scores": (
        "Năm {period} chưa có điểm của đơn vị này. Kết quả đã công bố các năm, nếu có, ở cuối trang.",
        "There are no scores of this unit for {period}. Published results of other years, if any, are at the end.",
    ),
    "unit.compare": ("So sánh", "Compare"),
    # numbers
    "unit.median_is": ("trung vị khối {value}", "block median {value}"),
    "unit.previous_rank": ("năm {period}: {rank}", "{period}: {rank}"),
    "unit.no_rank": ("chưa xếp hạng", "not ranked yet"),
    "unit.tied": ("đồng hạng {n} đơn vị", "{n} units share it"),
    "unit.by_sampling": ("do chọn mẫu ĐTXHH", "due to survey sampling"),
    "unit.change": ("Thay đổi", "Change"),
    "unit.change_since": ("điểm so với {period}", "points from {period}"),
    "unit.change_none": ("không có năm trước", "no previous year"),
    "unit.change_open": ("chưa so được", "not compared yet"),
    "unit.change_break": ("bộ tiêu chí đã đổi", "the rubric changed"),
    "unit.of_max": ("{share} điểm tối đa", "{share} of the maximum"),
    "unit.open_part": (
        "tạm tính, còn {n} tiêu chí mở",
        ("provisional, {n} criterion open", "provisional, {n} criteria open"),
    ),
    "unit.incomplete": ("chưa đủ điểm", "incomplete"),
    "unit.no_max": ("không có tiêu chí áp dụng", "no applicable criteria"),
    # links of the page
    "unit.nav.lost": ("Mất điểm ở đâu", "Where points were lost"),
    "unit.nav.peers": ("So với đơn vị khác", "Against other units"),
    "unit.nav.items": ("Từng tiêu chí", "Every criterion"),
    "unit.nav.appraisal": ("Thẩm định", "Appraisal"),
    "unit.nav.survey": ("Điều tra xã hội học", "Survey"),
    "unit.nav.years": ("Các năm", "Years"),
    "unit.nav.flags": ("Điểm cần lưu ý", "Things to look at"),
    "unit.nav.sources": ("Nguồn", "Sources"),
    # strengths, priorities
    "unit.strengths": ("Ba điểm mạnh", "Three strengths"),
    "unit.strengths_rule": (
        "Lĩnh vực cao hơn trung vị khối nhiều nhất.",
        "Domains furthest above the block median.",
    ),
    "unit.strengths_none": (
        "Không lĩnh vực nào cao hơn trung vị khối từ 0,5 điểm phần trăm.",
        "No domain is half a percentage point or more above the block median.",
    ),
    "unit.strengths_open": (
        "Chưa đủ điểm để so với trung vị khối.",
        "Not enough points yet to compare with the block median.",
    ),
    "unit.strength": ("{value}, trung vị {median}", "{value}, median {median}"),
    "unit.priorities": ("Ba ưu tiên", "Three priorities"),
    "unit.priorities_rule": (
        "Tiêu chí còn nhiều điểm có thể đạt thêm nhất.",
        "Criteria with the most points still to gain.",
    ),
    "unit.priorities_none": ("Không tiêu chí nào mất điểm.", "No criterion lost points."),
    "unit.priority": ("còn {lost}/{maximum}", "{lost} of {maximum} left"),
    # lost points
    "unit.where": ("Mất điểm ở đâu, so với ai", "Where points were lost, against whom"),
    "unit.lost_subtitle": (
        "Điểm mất theo lĩnh vực (điểm của chỉ số), {name}, năm {period}, từ 100 xuống {index}",
        "Points lost by domain (index points), {name}, {period}, from 100 down to {index}",
    ),
    "unit.lost_scaled": (
        "Điểm mất quy về thang 100 vì tổng điểm tối đa áp dụng là {maximum}.",
        "Lost points are on the scale of 100: the applicable maximum is {maximum} points.",
    ),
    "unit.lost_axis": ("Trục không bắt đầu từ 0.", "The axis does not start at 0."),
    "unit.lost_open": (
        "Tạm tính: tiêu chí chờ thẩm định lấy điểm tự đánh giá, tiêu chí chưa có điểm không tính.",
        "Provisional: pending criteria count with the self-assessment, missing ones are left out.",
    ),
    "unit.key_total": ("Tổng", "Total"),
    "unit.key_lost": ("Điểm mất", "Points lost"),
    "unit.lost": ("Điểm mất", "Points lost"),
    # peers
    "unit.peers": ("So với", "Compared with"),
    "unit.peers.khoi": ("Cả khối", "Whole block"),
    "unit.peers.urban": ("Quận, thị xã", "Urban districts"),
    "unit.peers.rural": ("Huyện", "Rural districts"),
    "unit.peers.gan": ("Đơn vị tương tự", "Similar units"),
    "unit.peers.own": ("Tự chọn", "Own list"),
    "unit.peers_subtitle": (
        "Tỷ lệ đạt theo lĩnh vực (%), {set}, năm {period}, n = {n} kể cả {name}",
        "Attainment by domain (%), {set}, {period}, n = {n} including {name}",
    ),
    "unit.peers_similar": (
        "Đơn vị tương tự: {names}. Quy tắc: cùng khối; lấy tỷ lệ đạt từng lĩnh vực trừ mức trung bình của "
        "chính đơn vị, chọn "
        "năm đơn vị có chênh lệch bình phương trung bình nhỏ nhất.",
        "Similar units: {names}. The rule: same block; attainment by domain less the unit's own mean, the "
        "five units with "
        "the smallest mean squared difference.",
    ),
    "unit.peers_sign": (
        "▲ ▼ và các số đếm chỉ ghi khi lệch từ 0,5 điểm phần trăm.",
        "▲ ▼ and the counts start at half a percentage point.",
    ),
    "unit.peers_no_nature": (
        "{block} không chia đô thị, nông thôn; đang so với cả khối.",
        "The units of {block} are neither urban nor rural; the whole block is shown.",
    ),
    "unit.key_median": ("Trung vị", "Median"),
    "unit.key_half": ("Nửa giữa", "Middle half"),
    "unit.key_range": ("Cả nhóm", "Whole set"),
    "unit.key_similar": ("Đơn vị tương tự", "Similar units"),
    "unit.key_peers": ("Đơn vị trong nhóm", "Units of the set"),
    "unit.lowest": ("Thấp nhất", "Lowest"),
    "unit.highest": ("Cao nhất", "Highest"),
    # every criterion
    "unit.items": ("Từng tiêu chí", "Every criterion"),
    "unit.items_lead": (
        "Mở một lĩnh vực để xem điểm, mức điều chỉnh, trạng thái và lý do của từng tiêu chí. Mỗi số dẫn tới "
        "nguồn gốc của nó.",
        "Open a domain to see points, adjustment, state and reason of each criterion. Every number leads to "
        "where it comes from.",
    ),
    "unit.items_open": ("Mở tất cả", "Open all"),
    "unit.items_close": ("Đóng tất cả", "Close all"),
    "unit.items_of": (
        "Tiêu chí của lĩnh vực {code} {name}, {unit}, năm {period}",
        "Criteria of domain {code} {name}, {unit}, {period}",
    ),
    "unit.state_reason": ("Trạng thái, lý do", "State, reason"),
    "unit.state.appraised": ("Đã thẩm định", "Appraised"),
    "unit.state.surveyed": ("Theo khảo sát", "From the survey"),
    "unit.state.pending": ("Chờ thẩm định", "Awaits appraisal"),
    "unit.state.missing": ("Chưa có điểm", "No points"),
    "unit.state.not_applicable": ("Không áp dụng", "Not applicable"),
    "unit.claimed": ("Đơn vị đề nghị không áp dụng", "The unit claims: not applicable"),
    "unit.asked": (
        "{n} phiếu hợp lệ, {groups} nhóm",
        ("{n} valid ballot, {groups} groups", "{n} valid ballots, {groups} groups"),
    ),
    "unit.asked_hidden": (
        "{n} nhóm không công bố, để bảo vệ nhóm dưới {cell} phiếu",
        (
            "{n} group withheld, to protect a group under {cell} ballots",
            "{n} groups withheld, to protect a group under {cell} ballots",
        ),
    ),
    "unit.asked_alone": (
        "Chỉ một nhóm trả lời và dưới {cell} phiếu: điểm chính thức cho biết giá trị của nhóm.",
        "A single group answered, under {cell} ballots: the official points reveal its value.",
    ),
    "unit.round": ("vòng {n}", "round {n}"),
    "unit.no_reason": ("Không nêu lý do", "No reason given"),
    "unit.open_field": (
        "{n} tiêu chí chưa đủ điểm",
        ("{n} criterion still open", "{n} criteria still open"),
    ),
    # self and appraised
    "unit.appraisal": ("Tự đánh giá và thẩm định", "Self-assessment and appraisal"),
    "unit.appraisal_subtitle": (
        "Điểm tự đánh giá và điểm thẩm định, % điểm tối đa của từng tiêu chí; {name}, năm {period}; sắp theo "
        "mức điều chỉnh",
        "Self-assessment and appraisal, % of the maximum of each criterion; {name}, {period}; sorted by adjustment",
    ),
    "unit.key_cut": ("Giảm", "Cut"),
    "unit.key_rise": ("Tăng", "Raised"),
    "unit.component": ("Tiêu chí thành phần", "Criterion"),
    "unit.reason": ("Lý do của Hội đồng", "Reason of the council"),
    "unit.appraisal_note": (
        "{n} tiêu chí không điều chỉnh không hiện ở đây; xem đủ ở bảng từng tiêu chí.",
        (
            "{n} unadjusted criterion is not shown here; the table of every criterion has it.",
            "{n} unadjusted criteria are not shown here; the table of every criterion has them.",
        ),
    ),
    "unit.appraisal_more": (
        "Xem {n} tiêu chí điều chỉnh còn lại",
        ("Show {n} more adjusted criterion", "Show {n} more adjusted criteria"),
    ),
    "unit.dumbbell": (
        "tự đánh giá {own}, thẩm định {council} điểm tối đa",
        "self {own}, appraised {council} of the maximum",
    ),
    # answers
    "unit.survey_years": ("Điều tra xã hội học và các năm", "Survey and years"),
    "unit.question": ("Tiêu chí khảo sát", "Surveyed criterion"),
    "unit.answers_subtitle": (
        "{question}; {name}, năm {period}, n = {n} phiếu hợp lệ",
        ("{question}; {name}, {period}, n = {n} valid ballot", "{question}; {name}, {period}, n = {n} valid ballots"),
    ),
    "unit.answers_hidden": (
        "{question}; {name}, năm {period}; tổng số phiếu không ghi vì có nhóm không công bố",
        "{question}; {name}, {period}; the total is withheld because a group is",
    ),
    "unit.answers_default": (
        "Mặc định: trong các tiêu chí hỏi nhiều nhóm nhất, tiêu chí mất nhiều điểm nhất.",
        "By default: of the criteria put to most groups, the one that lost most points.",
    ),
    "unit.answers_order": (
        "Sắp theo tỷ lệ trả lời {options}.",
        "Sorted by the share that answered {options}.",
    ),
    "unit.no_opinion": ("Không ý kiến (ngoài 100%)", "No opinion (outside 100%)"),
    "unit.issued": ("Phát ra", "Issued"),
    "unit.returned": ("Thu về", "Returned"),
    "unit.valid": ("Trả lời hợp lệ", "Valid answers"),
    "unit.value": ("Giá trị", "Value"),
    "unit.interval": ("Khoảng 95%", "95% interval"),
    "unit.no_survey": ("Không có tiêu chí khảo sát nào", "No surveyed criterion"),
    "unit.no_survey_text": (
        "Năm {period} đơn vị này không có tiêu chí nào chấm theo điều tra xã hội học.",
        "In {period} no criterion of this unit is scored by survey.",
    ),
    "unit.no_answers_text": (
        "Chưa nhập phiếu nào của {name} cho tiêu chí này.",
        "No ballots of {name} have been imported for this criterion yet.",
    ),
    # years
    "unit.years_subtitle": ("Chỉ số CCHC đã công bố (số thật); điểm hoặc %", "Published PAR INDEX (real); points or %"),
    "unit.years_missing": ("{years}: chưa có giá trị trong nguồn.", "{years}: no value in the sources."),
    "unit.years_apart": (
        "Không phải số liệu giả lập năm {period} ở trên.",
        "Not the made-up data of {period} above.",
    ),
    "unit.years_source": ("Nguồn: {sources}", "Sources: {sources}"),
    "unit.years_none": ("Chưa có kết quả công bố", "No published results"),
    "unit.years_none_text": (
        "Các nguồn đã nhập không nêu chỉ số của {name}.",
        "The sources imported give no index of {name}.",
    ),
    "unit.year": ("Năm", "Year"),
    "unit.decision": ("Văn bản", "Decision"),
    "unit.source": ("Nguồn", "Source"),
    "unit.remark": ("Ghi chú", "Remark"),
    # flags
    "unit.flags": ("Điểm cần lưu ý về số liệu", "Things to look at in the data"),
    "unit.flags_lead": (
        "{n} cờ do kiểm tra tự động đặt; cờ không thay đổi điểm.",
        (
            "{n} flag set by automatic checks; flags change no points.",
            "{n} flags set by automatic checks; flags change no points.",
        ),
    ),
    "unit.flags_of": ("Cờ về số liệu của {name}", "Flags on the data of {name}"),
    "unit.sources_of": ("Tệp nguồn của {name}", "Source files of {name}"),
    "unit.flag": ("Cờ", "Flag"),
    "unit.about": ("Về", "About"),
    "unit.detail": ("Chi tiết", "Detail"),
    "unit.severity.info": ("Thông tin", "Information"),
    "unit.severity.look": ("Cần xem", "To look at"),
    "unit.severity.block": ("Chặn công bố", "Blocks publication"),
    "unit.severity": ("Mức", "Severity"),
    # sources
    "unit.sources": ("Nguồn số liệu", "Sources of the data"),
    "unit.part": ("Phần", "Part"),
    "unit.file": ("Tệp", "File"),
    "unit.place": ("Vị trí", "Place"),
    "unit.imported": ("Nhập lúc (UTC)", "Imported (UTC)"),
    "unit.hash": ("Mã băm", "Hash"),
    "unit.rows": ("Số dòng", "Rows"),
    "unit.row": ("dòng {row}", "row {row}"),
    "unit.rows_between": ("dòng {first}–{last}", "rows {first}–{last}"),
    "unit.in_sheet": ("{sheet}, {rows}", "{sheet}, {rows}"),
    "unit.ballots_of": ("Phiếu: {group}", "Ballots: {group}"),
    "unit.import": ("Lần nhập {n}", "Import {n}"),
    "unit.import_head": ("Lần nhập", "Import"),
    "unit.sources_each": (
        "Từng điểm: tệp, trang tính, dòng ({n} điểm)",
        "Every score: file, sheet, row ({n} scores)",
    ),
    "unit.sources_earlier": (
        "Giá trị đã bị thay ({n})",
        "Values that were replaced ({n})",
    ),
    "unit.sources_each_caption": ("Nguồn của từng điểm của {name}", "Source of every score of {name}"),
    "unit.sources_earlier_caption": ("Giá trị trước đây của {name}", "Earlier values of {name}"),
    "unit.replaced_by": ("Thay bởi", "Replaced by"),
    "unit.retracted": ("lần nhập đã rút", "import retracted"),
    "unit.no_sources": ("Chưa có tệp nào của đơn vị cho năm này.", "No file of this unit for this year."),
    "unit.score_of_self": ("Tự đánh giá", "Self-assessment"),
    "unit.score_of_appraised": ("Thẩm định, vòng {n}", "Appraisal, round {n}"),
}
