"""What if a unit improved: words of a simulation, which is never a result."""

TEXTS = {
    "sim.title": ("Nếu cải thiện: {name}", "If it improved: {name}"),
    "sim.badge": ("MÔ PHỎNG", "SIMULATION"),
    "sim.banner": (
        "Không phải kết quả. Điểm cộng do người xem đặt; mọi đơn vị khác giữ nguyên điểm, sai số chọn mẫu coi như "
        "không đổi. "
        "Trang này không có bản tải về.",
        "Not a result. The reader chooses the added points; every other unit keeps its points, and sampling error is "
        "taken to "
        "stay what it is. This page has no downloads.",
    ),
    "sim.lead_none": (
        "{name} đạt {index} điểm, hạng {rank}. Chọn điểm cộng ở các tiêu chí dưới đây để xem chỉ số và hạng sẽ ra sao.",
        "{name} has {index} points and rank {rank}. Choose points to add below and see what index and rank would be.",
    ),
    "sim.lead": (
        "Cộng {points} điểm ở {n} tiêu chí, {name} đạt {index} điểm (chính thức {official}), hạng {rank} (chính thức "
        "{before}).",
        (
            "With {points} points more on {n} criterion, {name} has {index} points (official {official}) and rank "
            "{rank} "
            "(official {before}).",
            "With {points} points more on {n} criteria, {name} has {index} points (official {official}) and rank "
            "{rank} "
            "(official {before}).",
        ),
    ),
    "sim.result": ("Kết quả mô phỏng", "Simulated result"),
    "sim.index": ("Chỉ số mô phỏng", "Simulated index"),
    "sim.rank": ("Hạng mô phỏng", "Simulated rank"),
    "sim.rank_interval": ("Khoảng hạng mô phỏng", "Simulated rank interval"),
    "sim.added": ("Điểm cộng", "Points added"),
    "sim.official": ("chính thức {value}", "official {value}"),
    "sim.of_items": ("ở {n} tiêu chí", ("on {n} criterion", "on {n} criteria")),
    "sim.reset": ("Bỏ hết", "Clear all"),
    "sim.strip": (
        "Chỉ số chính thức {official}, mô phỏng {index}; {above} đơn vị cao hơn mức mô phỏng",
        "Official index {official}, simulated {index}; {above} units are above the simulated one",
    ),
    "sim.key_official": ("Chính thức", "Official"),
    "sim.key_simulated": ("Mô phỏng", "Simulated"),
    "sim.key_others": ("Đơn vị khác", "Other units"),
    "sim.ignored": (
        "Bỏ qua phần không hiểu hoặc vượt khoảng còn lại: {what}.",
        "Left out what was not understood or has no room: {what}.",
    ),
    # the least that it takes
    "sim.plan": ("Ít nhất cần gì", "The least it takes"),
    "sim.target": ("Muốn đạt", "To reach"),
    "sim.target_rank": ("Hạng {rank} ({value} điểm)", "Rank {rank} ({value} points)"),
    "sim.target_index": ("Chỉ số {value}", "Index {value}"),
    "sim.plan_first": ("{name} đã ở hạng 1.", "{name} holds rank 1 already."),
    "sim.plan_says": (
        "{target}: cần thêm ít nhất {points} điểm, ở ít nhất {n} tiêu chí thẩm định.",
        (
            "{target}: takes at least {points} more points, on at least {n} appraised criterion.",
            "{target}: takes at least {points} more points, on at least {n} appraised criteria.",
        ),
    ),
    "sim.plan_out": (
        "{target}: ngoài tầm. Mọi tiêu chí thẩm định đạt tối đa thì chỉ số là {most}.",
        "{target}: out of reach. With every appraised criterion at its maximum the index is {most}.",
    ),
    "sim.plan_note": (
        "Ít điểm nhất, rồi ít tiêu chí nhất, theo bước điểm của bộ tiêu chí (0,25 nếu không quy định); các đơn vị khác "
        "giữ "
        "nguyên. Trong các cách ngang nhau chọn tiêu chí nhiều đơn vị đã đạt. Tính từ điểm chính thức; điểm khảo sát "
        "do "
        "người trả lời quyết định nên không nằm trong bài tính.",
        "The fewest points, then the fewest criteria, on the rubric's steps (0.25 where it has none); other units are "
        "held "
        "fixed. Among equal ways, the criteria that many units have. Counted from the official points; survey points "
        "are "
        "for respondents to give and are not part of it.",
    ),
    "sim.plan_take": ("Đưa vào mô phỏng", "Put into the simulation"),
    "sim.plan_caption": ("Điểm cần thêm theo tiêu chí", "Points to add by criterion"),
    # items
    "sim.items": ("Tiêu chí thẩm định còn điểm", "Appraised criteria with room"),
    "sim.items_lead": (
        "Xếp theo điểm còn lại × tỷ lệ đơn vị đã đạt tối đa: điều nhiều nơi làm được đứng trước. So với: {peers}.",
        "By points left × share of units with the full points: what many have managed comes first. Against: {peers}.",
    ),
    "sim.peers": ("So với", "Against"),
    "sim.peers.khoi": ("cả khối ({n} đơn vị)", "the whole block ({n} units)"),
    "sim.peers.loai": ("đơn vị cùng loại ({n})", "units of the same kind ({n})"),
    "sim.peers.gan": ("{n} đơn vị gần nhất", "the {n} nearest units"),
    "sim.peers.own": ("danh sách riêng ({n} đơn vị)", "a list of one's own ({n} units)"),
    "sim.peer.khoi": ("Cả khối", "Whole block"),
    "sim.peer.loai": ("Cùng loại", "Same kind"),
    "sim.peer.gan": ("Gần nhất", "Nearest"),
    "sim.left": ("Còn lại", "Left"),
    "sim.have": ("Đơn vị đã đạt tối đa", "Units with full points"),
    "sim.worth": ("Còn lại × tỷ lệ", "Left × share"),
    "sim.add": ("Cộng thêm", "Add"),
    "sim.add_to": ("Điểm cộng vào {code}", "Points to add to {code}"),
    "sim.nothing": ("không", "none"),
    "sim.more": (
        "Xem {n} tiêu chí còn lại",
        ("Show {n} more criterion", "Show {n} more criteria"),
    ),
    "sim.full": ("Mọi tiêu chí thẩm định đã đạt tối đa.", "Every appraised criterion is at its maximum."),
    "sim.survey": ("Tiêu chí khảo sát", "Surveyed criteria"),
    "sim.survey_lead": (
        "Giả sử một phần câu trả lời chưa ở mức tốt nhất, ở mọi nhóm như nhau, chuyển lên mức tốt nhất.",
        "Suppose that a share of the answers below the best option, alike in every group, moved to the best option.",
    ),
    "sim.move": ("Câu trả lời chuyển lên", "Answers that move"),
    "sim.move_of": ("Phần câu trả lời của {code} chuyển lên mức tốt nhất", "Share of answers to {code} that move up"),
    "sim.gain": ("Được thêm", "Gain"),
    "sim.from_unit": ("Nếu cải thiện", "If it improved"),
}
