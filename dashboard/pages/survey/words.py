"""Words of /dtxhh."""

TEXTS = {
    "survey.title": ("Điều tra xã hội học, {about}", "Survey, {about}"),
    "survey.lead": (
        "{n} phiếu hợp lệ của {groups} nhóm.",
        ("{n} valid ballot from {groups} groups.", "{n} valid ballots from {groups} groups."),
    ),
    "survey.lead_one": (
        "{n} phiếu hợp lệ của một nhóm.",
        ("{n} valid ballot from one group.", "{n} valid ballots from one group."),
    ),
    "survey.lead_under": (
        "{n} ô đơn vị × nhóm có dưới 70% số phiếu theo kế hoạch.",
        ("{n} unit × group cell is under 70% of its plan.", "{n} unit × group cells are under 70% of their plan."),
    ),
    "survey.lead_covered": (
        "Mọi ô đơn vị × nhóm đạt từ 70% số phiếu theo kế hoạch.",
        "Every unit × group cell has at least 70% of its plan.",
    ),
    "survey.lead_hidden": (
        "Không kể {n} ô dưới {cell} phiếu.",
        ("Not counting {n} cell under {cell} ballots.", "Not counting {n} cells under {cell} ballots."),
    ),
    "survey.nothing": ("Chưa có phiếu điều tra nào.", "There is no survey ballot yet."),
    # large numbers
    "survey.issued": ("Phát ra", "Issued"),
    "survey.issued_note": (
        "phiếu, {units} đơn vị, {n} ô",
        ("ballots, {units} units, {n} cell", "ballots, {units} units, {n} cells"),
    ),
    "survey.returned": ("Thu về", "Returned"),
    "survey.returned_note": ("{share} số phát ra", "{share} of those issued"),
    "survey.valid": ("Phiếu hợp lệ", "Valid ballots"),
    "survey.valid_note": ("{share} số thu về", "{share} of those returned"),
    "survey.without": (
        "không kể {n} ô dưới {cell} phiếu",
        ("without {n} cell under {cell} ballots", "without {n} cells under {cell} ballots"),
    ),
    "survey.under": ("Chưa đủ kế hoạch", "Under plan"),
    "survey.under_note": ("ô đơn vị × nhóm dưới 70%", "unit × group cells under 70%"),
    # controls
    "survey.pick_item": ("Câu hỏi", "Questions"),
    "survey.pick_group": ("Nhóm", "Group"),
    "survey.pick_unit": ("Đơn vị", "Unit"),
    "survey.all_groups": ("Mọi nhóm", "All groups"),
    "survey.whole_block": ("Cả khối", "Whole block"),
    "survey.all_of_group": ("Mọi câu hỏi của nhóm", "All questions of the group"),
    "survey.kind": ("Kiểu hình", "Chart form"),
    "survey.kind.chong": ("Chồng 100%", "100% stacked"),
    "survey.kind.lech": ("Lệch hai phía", "Diverging"),
    "survey.intervals": ("Khoảng 95%", "95% intervals"),
    "survey.nav.answers": ("Câu trả lời", "Answers"),
    "survey.nav.satisfaction": ("Chỉ số hài lòng", "Satisfaction"),
    "survey.nav.progress": ("Tiến độ", "Progress"),
    "survey.nav.quality": ("Chất lượng", "Quality"),
    # answers
    "survey.answers": ("Câu trả lời theo nhóm", "Answers by group"),
    "survey.best_all": (
        "{group} trả lời tích cực nhất ở cả {n} câu",
        ("Most favourable: {group}", "{group} most favourable in all {n} questions"),
    ),
    "survey.best_some": (
        "{group} trả lời tích cực nhất ở {k}/{n} câu",
        ("Most favourable: {group}", "{group} most favourable in {k} of {n} questions"),
    ),
    "survey.best_tied": (
        "{group} cùng trả lời tích cực nhất ở {k}/{n} câu",
        ("Most favourable: {group}", "{group} each most favourable in {k} of {n} questions"),
    ),
    "survey.one_group": (
        "{group} trả lời tích cực nhất ở {best} ({high}), ít nhất ở {worst} ({low})",
        "{group}: most favourable on {best} ({high}), least on {worst} ({low})",
    ),
    "survey.one_group_same": (
        "{group} trả lời tích cực như nhau ở {n} câu: {high}",
        ("{group}: {high} favourable", "{group}: equally favourable on {n} questions, {high}"),
    ),
    "survey.answers_subtitle": (
        "Phân bố câu trả lời theo nhóm, % số phiếu có ý kiến; {scope}; {about}, {period}",
        "Answers by group, % of ballots with an opinion; {scope}; {about}, {period}",
    ),
    "survey.pooled": ("gộp phiếu của các đơn vị", "ballots of all units pooled"),
    "survey.sorted": (
        "Nhóm sắp theo tỷ lệ {options} bình quân các câu.",
        "Groups by their mean share of {options}.",
    ),
    "survey.reading": (
        "Phiếu không có ý kiến nằm ngoài 100%. Dấu * là n dưới 30.",
        "Ballots without opinion stand outside the 100%. * marks n under 30.",
    ),
    "survey.left_out": (
        "{group}: không kể {n} đơn vị, ô không công bố.",
        ("{group}: without {n} unit whose cell is withheld.", "{group}: without {n} units whose cells are withheld."),
    ),
    "survey.group_withheld": (
        "{group}: không công bố, vì dưới {cell} phiếu hợp lệ hoặc vì trừ lùi sẽ ra một nhóm như vậy.",
        "{group}: withheld, for under {cell} valid ballots, or because such a group could be subtracted back.",
    ),
    "survey.n_items": ("{n} tiêu chí", ("{n} criterion", "{n} criteria")),
    "survey.question": ("Câu hỏi", "Question"),
    "survey.no_question": (
        "Không có câu hỏi khảo sát nào cho lựa chọn này.",
        "The survey asks nothing about this choice.",
    ),
    "survey.show_default": ("Xem câu hỏi mặc định", "Show the default questions"),
    "survey.alt": (
        "Hình {n} dòng: {headline}",
        ("Chart of {n} row: {headline}", "Chart of {n} rows: {headline}"),
    ),
    # groups against each other
    "survey.gap": (
        "Nhóm cao nhất và thấp nhất cách nhau {points} điểm",
        "The highest and the lowest group are {points} points apart",
    ),
    "survey.gap_none": ("Các nhóm cho điểm bằng nhau: {points}", "The groups give the same: {points} points"),
    "survey.gap_only": ("{group} cho {points} điểm", "{group}: {points} points"),
    "survey.gap_withheld": ("Không công bố: quá ít phiếu", "Withheld: too few ballots"),
    "survey.gap_subtitle": (
        "Điểm trung bình {items} quy về thang 100; {about}, {period}",
        "Mean of {items} on a scale of 100; {about}, {period}",
    ),
    "survey.gap_differ": (
        "{one} cao hơn {two}: khác biệt vượt sai số chọn mẫu.",
        "{one} above {two}: the difference exceeds sampling error.",
    ),
    "survey.gap_alike": (
        "{one} và {two}: chưa đủ căn cứ khẳng định khác biệt.",
        "{one} and {two}: not enough evidence of a difference.",
    ),
    "survey.gap_how": (
        "Mỗi đơn vị tính như nhau. Khoảng 95% ghép từ khoảng của từng ô đơn vị × nhóm: giữa các đơn vị lấy căn tổng "
        "bình phương, giữa các tiêu chí do cùng người trả lời thì cộng, nên không hẹp hơn thực tế.",
        "Every unit counts once. The 95% interval is put together from those of the unit × group cells: root of "
        "squares between units, sum between criteria answered by the same people, so it is never too narrow.",
    ),
    "survey.gap_how_unit": (
        "Khoảng 95% của các tiêu chí do cùng người trả lời được cộng lại, nên không hẹp hơn thực tế.",
        "95% intervals of criteria answered by the same people are added up, so they are never too narrow.",
    ),
    "survey.shared": (
        "{group}: một người trả lời về nhiều đơn vị, nên khoảng giữa các đơn vị cũng cộng lại.",
        "{group}: one person answers about several units, so their intervals are added up too.",
    ),
    "survey.gap_part": (
        "So trên {items}, là các tiêu chí mà các nhóm này cùng được hỏi.",
        "Compared on {items}, the criteria that these groups are all asked about.",
    ),
    "survey.no_cross": (
        "Không so với nhóm của khối khác: nhóm và phiếu khác nhau.",
        "Not comparable with groups of another block: groups and forms differ.",
    ),
    "survey.units_in": ("Số đơn vị", "Units"),
    "survey.mean_100": ("Điểm trung bình", "Mean"),
    "survey.interval_95": ("Khoảng 95%", "95% interval"),
    # satisfaction
    "survey.satisfaction": ("Chỉ số hài lòng", "Satisfaction index"),
    "survey.sat_best": (
        "{units} có chỉ số hài lòng cao nhất: {share}",
        "{units}: highest satisfaction index, {share}",
    ),
    "survey.sat_tied": (
        "{n} đơn vị cùng có chỉ số hài lòng cao nhất: {share}",
        (
            "{n} unit has the highest satisfaction index: {share}",
            "{n} units share the highest satisfaction index: {share}",
        ),
    ),
    "survey.sat_none": ("Chưa có chỉ số hài lòng", "There is no satisfaction index yet"),
    "survey.sat_subtitle": (
        "{item}, % điểm tối đa; {about}, {period}; {n} đơn vị; thang {low}–{high}%",
        (
            "{item}, % of maximum points; {about}, {period}; {n} unit; scale {low}–{high}%",
            "{item}, % of maximum points; {about}, {period}; {n} units; scale {low}–{high}%",
        ),
    ),
    "survey.sat_note": (
        "Khoảng 95% cộng khoảng của các tiêu chí thành phần (cùng người trả lời), nên không hẹp hơn thực tế.",
        "95% intervals add those of the component criteria (the same people answer), so they are never too narrow.",
    ),
    "survey.sat_open": (
        "{n} đơn vị chưa có chỉ số: còn tiêu chí chưa có phiếu, hoặc không áp dụng.",
        (
            "{n} unit has no index: a criterion lacks ballots, or does not apply.",
            "{n} units have no index: a criterion lacks ballots, or does not apply.",
        ),
    ),
    "survey.sat_index": ("Chỉ số hài lòng", "Satisfaction index"),
    "survey.parts_lowest": (
        "{items} thấp nhất: trung vị {share}",
        "{items} lowest: median {share}",
    ),
    "survey.parts_apart": (
        "Thấp nhất theo trung vị: {median} ({median_share}); theo trung bình: {mean} ({mean_share})",
        "Lowest by the median: {median} ({median_share}); by the mean: {mean} ({mean_share})",
    ),
    "survey.parts_even": ("Các nội dung đạt như nhau: {share}", "The components score the same: {share}"),
    "survey.parts_subtitle": (
        "Trung vị các đơn vị theo nội dung, % điểm tối đa; {about}",
        "Median over units by component, % of maximum points; {about}",
    ),
    "survey.range": ("Từ – đến", "From – to"),
    # progress
    "survey.progress": ("Tiến độ theo kế hoạch", "Progress against the plan"),
    "survey.under_some": (
        "{n} ô chưa đạt 70% số phiếu theo kế hoạch",
        ("{n} cell is under 70% of its plan", "{n} cells are under 70% of their plan"),
    ),
    "survey.under_hidden": (", trong đó {n} ô dưới ngưỡng công bố", ", {n} of them too small to be shown"),
    "survey.under_none": (
        "Mọi ô đạt từ 70% số phiếu theo kế hoạch",
        "Every cell has at least 70% of its plan",
    ),
    "survey.under_none_hidden": (
        "Mọi ô được công bố đạt từ 70% số phiếu theo kế hoạch",
        "Every cell that is shown has at least 70% of its plan",
    ),
    "survey.no_plan": ("Chưa nhập kế hoạch phát phiếu", "No survey plan has been imported"),
    "survey.coverage_subtitle": (
        "Phiếu hợp lệ/số phát ra theo đơn vị và nhóm; {about}, {period}; sắp theo tên",
        "Valid ballots of those issued by unit and group; {about}, {period}; by name",
    ),
    "survey.step.4": ("từ 95%", "95% and over"),
    "survey.step.3": ("85–95%", "85–95%"),
    "survey.step.2": ("70–85%", "70–85%"),
    "survey.step.1": ("dưới 70%", "under 70%"),
    "survey.step.hidden": ("n<{cell}: không công bố", "n<{cell}: withheld"),
    "survey.total_withheld": (
        "Tổng của đơn vị có ô dưới {cell} phiếu không in: trừ lùi sẽ ra số phiếu của ô đó.",
        "The total of a unit with a cell under {cell} ballots is not printed: the cell could be subtracted back.",
    ),
    "survey.cell_of": ("{valid}/{issued} phiếu: {unit}, {group}", "{valid} of {issued} ballots: {unit}, {group}"),
    "survey.of_plan": ("% kế hoạch", "% of plan"),
    "survey.days_most": (
        "Thu nhiều nhất ngày {date}: {n} phiếu",
        ("Most on {date}: {n} imported ballot", "Most on {date}: {n} ballots"),
    ),
    "survey.days_tied": (
        "{days} ngày cùng thu nhiều nhất: {n} phiếu mỗi ngày",
        ("{days} days share the most: {n} ballot each", "{days} days share the most: {n} ballots each"),
    ),
    "survey.days_none": ("Phiếu không ghi ngày thu", "The ballots have no dates"),
    "survey.days_withheld": ("Không công bố: quá ít phiếu", "Withheld: too few ballots"),
    "survey.days_subtitle": (
        "Số phiếu thu mỗi ngày, {first} – {last}; {about}; {n} phiếu đã nhập",
        (
            "Ballots collected each day, {first} – {last}; {about}; {n} imported ballot",
            "Ballots collected each day, {first} – {last}; {about}; {n} imported ballots",
        ),
    ),
    "survey.days_empty": (
        "{n} ngày không thu phiếu nào trong thời gian đó.",
        ("{n} day without a ballot in between.", "{n} days without a ballot in between."),
    ),
    "survey.undated": (
        "{n} phiếu không ghi ngày.",
        ("{n} ballot has no date.", "{n} ballots have no date."),
    ),
    "survey.day": ("Ngày", "Day"),
    "survey.ballots": ("Số phiếu", "Ballots"),
    # quality
    "survey.quality": ("Chất lượng điều tra", "Quality of the fieldwork"),
    "survey.quality_headline": (
        "{group} chọn “Không ý kiến” nhiều nhất: {share} câu trả lời",
        "“No opinion” is chosen most by {group}: {share} of answers",
    ),
    "survey.quality_none": ("Không nhóm nào chọn “Không ý kiến”", "No group chooses “No opinion”"),
    "survey.quality_subtitle": (
        "Cách điền phiếu theo nhóm; {about}, {period}",
        "How ballots were filled, by group; {about}, {period}",
    ),
    "survey.quality_note": (
        "Một mức: mọi câu cùng một phương án; trùng nhau: giống hệt một phiếu khác của cùng đơn vị và nhóm. Chỉ xét "
        "phiếu có từ 8 câu trả lời, nhóm có dưới 8 câu hỏi ghi –. Bỏ trống: câu được hỏi mà không trả lời. Đây là dấu "
        "hiệu để kiểm tra, phiếu vẫn được tính.",
        "One option: every question answered alike; identical: the same as another ballot of that unit and group. Only "
        "ballots with at least 8 answers are tested, forms of fewer questions show –. Left blank: asked and not "
        "answered. These are signs to check; the ballots count.",
    ),
    "survey.straight_lining": ("Một mức", "One option"),
    "survey.identical_ballots": ("Trùng nhau", "Identical"),
    "survey.left_blank": ("Bỏ trống", "Left blank"),
    "survey.few_cells": ("Ô n<30", "Cells n<30"),
    "survey.odd_some": (
        "{n} ô có phiếu một mức hoặc trùng nhau nhiều hơn ngẫu nhiên",
        (
            "{n} cell has more ballots alike than chance gives",
            "{n} cells have more ballots alike than chance gives",
        ),
    ),
    "survey.odd_none": (
        "Không ô nào có phiếu một mức hoặc trùng nhau nhiều hơn ngẫu nhiên",
        "No cell has more ballots alike than chance gives",
    ),
    "survey.odd_subtitle": (
        "So với tỷ lệ của nhóm trong {about}; kiểm định nhị thức một phía, mức 1% chia cho số ô đã xét",
        "Against the share of the group in {about}; one-sided binomial test, 1% shared out among the cells tested",
    ),
    "survey.test": ("Dấu hiệu", "Sign"),
    "survey.usual": ("Cả nhóm", "Whole group"),
    "survey.in_cell": ("Trong ô", "In the cell"),
    "survey.separate": (
        "“{item}” tách bạch các đơn vị rõ nhất: {share} phương sai là khác biệt thật",
        "“{item}” tells units apart best: {share} of the variance is real difference",
    ),
    "survey.separate_none": (
        "Chưa đủ đơn vị để so phương sai",
        "Too few units to compare variances",
    ),
    "survey.separate_weak": (
        "; ở {n} tiêu chí phần lớn là sai số chọn mẫu",
        ("; in {n} criterion most of it is sampling noise", "; in {n} criteria most of it is sampling noise"),
    ),
    "survey.separate_subtitle": (
        "Phần của phương sai giữa các đơn vị không do chọn mẫu, %; {about}, {period}",
        "Share of the variance between units that is not sampling, %; {about}, {period}",
    ),
    "survey.separate_note": (
        "1 − phương sai chọn mẫu bình quân / phương sai giữa các đơn vị; âm ghi 0. Tiêu chí dưới 50% không nên dùng "
        "một mình để so hai đơn vị. Không kể đơn vị có ô không công bố.",
        "1 − mean sampling variance / variance between units; below nought shown as 0. Under 50% a criterion alone "
        "should not set two units apart. Units with a withheld cell are left out.",
    ),
    "survey.real_share": ("Khác biệt thật", "Real difference"),
    "survey.between": ("Độ lệch giữa đơn vị", "SD between units"),
    "survey.noise": ("Sai số chọn mẫu", "Sampling SE"),
}
