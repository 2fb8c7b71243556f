"""How sure the ranks are: what sampling allows, and apart from it what other choices would do."""

TEXTS = {
    "sure.title": ("Độ tin cậy xếp hạng {block} năm {period}", "Reliability of the ranks of {block}, {period}"),
    "sure.lead": (
        "{different}/{pairs} cặp đơn vị khác biệt vượt sai số chọn mẫu điều tra xã hội học. Khoảng hạng rộng từ "
        "{narrow} đến "
        "{wide} hạng, trung vị {middle}.",
        "{different} of {pairs} pairs of units differ by more than the sampling error of the survey. Rank intervals "
        "are {narrow} "
        "to {wide} ranks wide, {middle} by the median.",
    ),
    "sure.lead_pairs": (
        "{different}/{pairs} cặp đơn vị khác biệt vượt sai số chọn mẫu điều tra xã hội học. Khoảng đang ẩn.",
        "{different} of {pairs} pairs of units differ by more than the sampling error of the survey. Intervals are "
        "hidden.",
    ),
    "sure.lead_choices": (
        "Trọng số, phạm vi và cách làm tròn là lựa chọn, không phải sai số: trang này tính lại hạng khi chọn khác đi, "
        "tách hẳn "
        "khỏi sai số chọn mẫu. Hạng chính thức không thay đổi.",
        "Weights, scope and rounding are choices, not errors: this page recomputes ranks under other choices, apart "
        "from "
        "sampling error. The official ranks stay as they are.",
    ),
    "sure.none": (
        "Năm {period} chưa đơn vị nào của {block} đủ điểm để xếp hạng, nên chưa có gì để đo độ tin cậy.",
        "In {period} no unit of {block} has complete scores, so there are no ranks to be sure of.",
    ),
    "sure.no_sampling": (
        "Bản số liệu này chưa có sai số chọn mẫu. Chạy “cchc build” để tính.",
        "This dataset has no sampling errors yet. Run “cchc build” to compute them.",
    ),
    "sure.incomplete": (
        "{n} đơn vị chưa đủ điểm không có hạng và không nằm trong trang này.",
        (
            "{n} incomplete unit has no rank and is not on this page.",
            "{n} incomplete units have no rank and are not on this page.",
        ),
    ),
    "sure.tabs": ("Xem", "View"),
    "sure.tab.lay-mau": ("Sai số chọn mẫu", "Sampling error"),
    "sure.tab.do-nhay": ("Lựa chọn khác", "Other choices"),
    "sure.intervals": ("Hiện khoảng", "Show intervals"),
    "sure.subtitle": (
        "{what}, {block}, n = {n} đơn vị, năm {period}",
        ("{what}, {block}, n = {n} unit, {period}", "{what}, {block}, n = {n} units, {period}"),
    ),
    # index and ranks
    "sure.ranks": ("Chỉ số và hạng", "Index and ranks"),
    "sure.index_headline": (
        "Khoảng 95% của chỉ số rộng từ {low} đến {high} điểm, trung vị {middle}",
        "95% intervals of the index are {low} to {high} points wide, {middle} by the median",
    ),
    "sure.index_plain": (
        "Chỉ số của {n} đơn vị trải từ {low} đến {high} điểm",
        ("The index of {n} unit lies between {low} and {high}", "The index of {n} units lies between {low} and {high}"),
    ),
    "sure.index_what": ("Chỉ số và khoảng 95%, thang 100 điểm", "Index and 95% interval, scale of 100 points"),
    "sure.index_note": (
        "Khoảng chỉ do chọn mẫu phiếu; điểm thẩm định coi là chính xác. Trục không bắt đầu từ 0.",
        "Intervals come from the sampling of ballots alone; appraised points count as exact. The axis does not start "
        "at 0.",
    ),
    "sure.sets_headline": (
        "{n}/{of} đơn vị có khoảng hạng đúng bằng hạng chính thức; khoảng rộng nhất gồm {wide} hạng",
        (
            "{n} of {of} units has a rank interval of its official rank alone; the widest has {wide} ranks",
            "{n} of {of} units have rank intervals of their official rank alone; the widest has {wide} ranks",
        ),
    ),
    "sure.sets_what": ("Hạng chính thức và khoảng hạng 95%", "Official rank and 95% rank interval"),
    "sure.sets_note": (
        "Khoảng hạng gồm mọi hạng mà sai số chọn mẫu cho phép (Mogstad, Romano, Shaikh và Wilhelm, 2024): vạch hẹp "
        "đúng cho "
        "từng đơn vị, vạch rộng đúng cùng lúc cho mọi đơn vị. Không thay hạng chính thức.",
        "A rank interval holds every rank that sampling allows (Mogstad, Romano, Shaikh and Wilhelm, 2024): the narrow "
        "bar for "
        "one unit at a time, the wide bar for all units at once. It does not replace the official rank.",
    ),
    "sure.together": ("Đồng thời", "Simultaneous"),
    "sure.index_interval": ("Khoảng chỉ số 95%", "95% index interval"),
    # pairs
    "sure.pairs": ("Ai khác ai", "Who differs from whom"),
    "sure.pairs_headline": (
        "{different}/{pairs} cặp khác biệt; trong {n} cặp liền hạng, {alike} cặp chưa đủ căn cứ",
        "{different} of {pairs} pairs differ; of {n} pairs next to each other, {alike} lack the evidence",
    ),
    "sure.pairs_what": (
        "Kiểm định hiệu chỉ số của từng cặp, mức 95%",
        "Test of the difference of each pair of indices, at 95%",
    ),
    "sure.pairs_note": (
        "Mỗi cặp được kiểm định bằng chính hiệu của hai chỉ số, kể cả người trả lời chung, không phải chỗ chồng lấn "
        "của hai "
        "khoảng. Nhiều cặp cùng lúc: ở mức 95%, một vài cặp có thể “khác biệt” do ngẫu nhiên.",
        "Each pair is tested on the difference of its two indices, shared respondents included, never on the overlap "
        "of two "
        "intervals. With many pairs at 95%, a few may differ by chance.",
    ),
    "sure.like": ("Chưa đủ căn cứ khác biệt với", "Not enough evidence to differ from"),
    "sure.like_none": ("không đơn vị nào", "no unit"),
    "sure.above": ("Cao hơn, khác biệt", "Higher than"),
    "sure.below": ("Thấp hơn, khác biệt", "Lower than"),
    "sure.groups_headline": (
        "{n} đơn vị chia thành {groups} nhóm không phân biệt được với đơn vị đầu nhóm",
        "{n} units fall into {groups} groups that cannot be told from their first unit",
    ),
    "sure.groups_what": ("Nhóm theo chỉ số và sai số chọn mẫu", "Groups by index and sampling error"),
    "sure.groups_note": (
        "Quy tắc: đơn vị cao nhất chưa có nhóm là mốc; nhóm kéo xuống đến đơn vị đầu tiên khác biệt với mốc. Mọi đơn "
        "vị chỉ so "
        "với mốc, nên chuỗi chênh lệch nhỏ không nối hai đơn vị cách xa. Nhóm không thay hạng.",
        "The rule: the highest unit without a group is the anchor; its group runs down to the first unit that differs "
        "from "
        "it. Units are compared with the anchor alone, so a chain of small steps joins nothing far apart. Groups are "
        "no ranks.",
    ),
    "sure.group": ("Nhóm", "Group"),
    "sure.anchor": ("Mốc", "Anchor"),
    "sure.others": ("Cùng nhóm", "In its group"),
    # frequencies
    "sure.chances": ("Tần suất khi lấy lại mẫu", "Frequencies of resampling"),
    "sure.chances_lead": (
        "Lấy lại mẫu người trả lời {n} lần rồi xếp hạng lại. Tần suất nói mẫu đã thu dao động ra sao, không phải xác "
        "suất một "
        "đơn vị thật sự đứng hạng nào.",
        "Respondents are resampled {n} times and units ranked anew. Frequencies say how the sample at hand varies; "
        "they are not "
        "chances that a unit truly holds a rank.",
    ),
    "sure.heat_headline": (
        "{n}/{of} đơn vị giữ đúng hạng chính thức trong ít nhất {share}% số lần lấy lại mẫu",
        (
            "{n} of {of} units keeps its official rank in at least {share}% of the resamples",
            "{n} of {of} units keep their official rank in at least {share}% of the resamples",
        ),
    ),
    "sure.heat_what": (
        "Tần suất từng hạng khi lấy lại mẫu (% số lần)",
        "Frequency of each rank when resampled (% of the resamples)",
    ),
    "sure.heat_note": (
        "Hàng là đơn vị theo hạng chính thức, cột là hạng; ô từ 1% in số. Tần suất dưới 1% để trống số.",
        "Rows are units by official rank, columns are ranks; cells of 1% and over print their number.",
    ),
    "sure.of_rank": ("Hạng {rank}", "Rank {rank}"),
    "sure.first_headline": (
        "{n} đơn vị vào {k} hạng đầu trong ít nhất {share}% số lần lấy lại mẫu; {some} đơn vị khác có lúc vào",
        (
            "{n} unit is among the first {k} in at least {share}% of the resamples; {some} more sometimes are",
            "{n} units are among the first {k} in at least {share}% of the resamples; {some} more sometimes are",
        ),
    ),
    "sure.first_what": (
        "Tần suất vào {k} hạng đầu khi lấy lại mẫu (% số lần)",
        "Frequency of a place among the first {k} when resampled (% of the resamples)",
    ),
    "sure.first_note": (
        "Chỉ ghi đơn vị có lúc vào {k} hạng đầu; đồng hạng cùng tính là vào.",
        "Only units that are sometimes among the first {k}; those who tie with them count.",
    ),
    "sure.first_k": ("Số hạng đầu", "First ranks"),
    "sure.k": ("{n} hạng đầu", ("First", "First {n}")),
    "sure.share": ("Tần suất", "Frequency"),
    # other choices
    "sure.ask": ("Chọn khác đi", "Another choice"),
    "sure.ask.trong-so": ("Trọng số", "Weights"),
    "sure.ask.linh-vuc": ("Bỏ một lĩnh vực", "One domain out"),
    "sure.ask.tieu-chi": ("Bỏ một tiêu chí", "One criterion out"),
    "sure.ask.nhom": ("Bỏ một nhóm", "One group out"),
    "sure.ask.cach-tinh": ("Cách tính", "Way of counting"),
    "sure.weights_headline": (
        "Trọng số đổi ±10%: {n}/{of} đơn vị giữ hạng ở ít nhất {share}% bộ trọng số; ±25%: {m}/{of}",
        "Weights ±10%: {n} of {of} units keep their rank under at least {share}% of the weight sets; ±25%: {m} of {of}",
    ),
    "sure.weights_what": (
        "Hạng chính thức và khoảng hạng khi đổi trọng số lĩnh vực",
        "Official rank and range of ranks under other weights of the domains",
    ),
    "sure.weights_note": (
        "{n} bộ trọng số rút ngẫu nhiên quanh bộ tiêu chí (phân phối Dirichlet); vạch gồm 95% các bộ. Đây là lựa chọn, "
        "không "
        "phải sai số chọn mẫu.",
        "{n} weight sets drawn around the rubric's (Dirichlet); bars hold 95% of them. This is a choice, not a "
        "sampling error.",
    ),
    "sure.weights_range": ("Hạng, trọng số ±{n}%", "Rank, weights ±{n}%"),
    "sure.weights_ends": ("Cao nhất – thấp nhất ±{n}%", "Best – worst ±{n}%"),
    "sure.weights_kept": ("Giữ hạng ±{n}%", "Rank kept ±{n}%"),
    "sure.swap_headline": (
        "Cặp liền hạng dễ đổi chỗ nhất: {one} và {two}, chỉ cần chuyển {shift} điểm phần trăm trọng số",
        "The neighbours easiest to swap: {one} and {two}, by moving {shift} percentage points of weight",
    ),
    "sure.swap_none": (
        "Không cách chia trọng số nào đổi chỗ hai đơn vị liền hạng",
        "No weighting swaps two neighbours",
    ),
    "sure.swap_what": (
        "Thay đổi trọng số nhỏ nhất làm hai đơn vị liền hạng bằng nhau",
        "Smallest change of weights that makes two neighbours equal",
    ),
    "sure.swap_note": (
        "Trọng số chuyển là tổng phần tăng (bằng tổng phần giảm) của các lĩnh vực, tính bằng công thức, độ dài bình "
        "phương nhỏ "
        "nhất. “Không có”: hai đơn vị chênh nhau như nhau ở mọi lĩnh vực, hoặc có trọng số phải âm.",
        "Weight moved is the sum of the increases (as large as that of the decreases), in closed form by least "
        "squares. "
        "“None”: the two differ by the same in every domain, or some weight would be negative.",
    ),
    "sure.pair": ("Cặp liền hạng", "Neighbours"),
    "sure.apart": ("Chênh chỉ số", "Index apart"),
    "sure.shift": ("Trọng số chuyển (đ.%)", "Weight moved (pp)"),
    "sure.most_up": ("Tăng nhiều nhất (đ.%)", "Most increased (pp)"),
    "sure.most_down": ("Giảm nhiều nhất (đ.%)", "Most decreased (pp)"),
    "sure.no_swap": ("không có", "none"),
    "sure.fields_headline": (
        "Bỏ lĩnh vực {names} đổi hạng nhiều đơn vị nhất: {n}/{of}",
        "Leaving out {names} changes most ranks: {n} of {of} units",
    ),
    "sure.unmoved": ("Bỏ phần nào cũng không đơn vị nào đổi hạng", "Whatever is left out, no unit changes rank"),
    "sure.fields_what": (
        "Hạng khi bỏ từng lĩnh vực, tính lại trên điểm tối đa còn lại",
        "Ranks with one domain left out, on the maximum that is left",
    ),
    "sure.official": ("Hạng", "Rank"),
    "sure.official_group": ("Chính thức", "Official"),
    "sure.without": ("Bỏ lĩnh vực", "Without domain"),
    "sure.without_group": ("Không hỏi nhóm", "Without the group"),
    "sure.moved_row": ("Số đơn vị đổi hạng", "Units that change rank"),
    "sure.moved_key": ("Lệch 1–2, 3–4, từ 5 hạng", "By 1–2, 3–4, 5 ranks and over"),
    "sure.moved_up": ("lên {n} hạng", ("up {n} rank", "up {n} ranks")),
    "sure.moved_down": ("xuống {n} hạng", ("down {n} rank", "down {n} ranks")),
    "sure.items_headline": (
        "Bỏ tiêu chí nào thì {n}/{of} đơn vị cũng lệch không quá {most} hạng",
        "Whichever criterion is left out, {n} of {of} units move by {most} ranks at most",
    ),
    "sure.items_what": (
        "Hạng cao nhất và thấp nhất khi bỏ từng tiêu chí, {items} tiêu chí",
        "Best and worst rank with one criterion left out, {items} criteria",
    ),
    "sure.best": ("Cao nhất", "Best"),
    "sure.worst": ("Thấp nhất", "Worst"),
    "sure.by_leaving": ("khi bỏ", "leaving out"),
    "sure.more": (" và {n} tiêu chí khác", (" and {n} other", " and {n} others")),
    "sure.groups_out_headline": (
        "Không hỏi nhóm {names} đổi thứ tự nhiều đơn vị nhất: {n}/{of}",
        "Not asking {names} changes most places: {n} of {of} units",
    ),
    "sure.groups_out_what": (
        "Thứ tự khi không hỏi từng nhóm đối tượng, trong các đơn vị được nêu",
        "Places with one respondent group not asked, among the units shown",
    ),
    "sure.groups_out_note": (
        "Tiêu chí chỉ nhóm đó trả lời bị bỏ cả điểm tối đa.",
        "Criteria that the group alone answers drop out, maximum included.",
    ),
    "sure.groups_withheld": (
        "{n} kết quả không nêu vì làm lộ nhóm dưới {cell} phiếu; ở cột đó mũi tên so với thứ tự chính thức của các đơn "
        "vị "
        "được nêu.",
        (
            "{n} result is withheld: it would reveal a group under {cell} ballots. Arrows of that column compare with "
            "the "
            "official order of the units shown.",
            "{n} results are withheld: they would reveal groups under {cell} ballots. Arrows of those columns compare "
            "with "
            "the official order of the units shown.",
        ),
    ),
    "sure.count_headline": (
        "Lấy điểm tự đánh giá thay điểm thẩm định thì {own}/{of} đơn vị đổi hạng; đổi cách làm tròn thì "
        "{rounding}/{of}",
        "With self-assessment in place of appraisal {own} of {of} units change rank; with the other rounding "
        "{rounding} of {of}",
    ),
    "sure.count_what": (
        "Hạng khi lấy điểm tự đánh giá, và khi làm tròn khác đi",
        "Ranks by self-assessment, and by the other rounding",
    ),
    "sure.by_own": ("Theo tự đánh giá", "By self-assessment"),
    "sure.index_own": ("Chỉ số tự đánh giá + ĐTXHH", "Index, self + survey"),
    "sure.by_exact": ("Xếp theo giá trị chưa làm tròn", "By unrounded values"),
    "sure.by_published": ("Xếp theo giá trị công bố", "By published values"),
    "sure.count_note": (
        "Tự đánh giá là điểm đơn vị tự cho, phần điều tra xã hội học giữ nguyên; tiêu chí đơn vị đề nghị không áp dụng "
        "thì bỏ.",
        "Self-assessment is what the unit gave itself, with the survey part as it is; criteria it claims not "
        "applicable are out.",
    ),
}
