"""Appraised against surveyed."""

TEXTS = {
    "contrast.title": ("Thẩm định × khảo sát, {block} năm {period}", "Appraisal × survey, {block}, {period}"),
    # how the two go together
    "contrast.together.none": (
        "Tỷ lệ điểm thẩm định và tỷ lệ điểm khảo sát hầu như không đi cùng nhau: r = {r}, n = {n}.",
        "Appraised and surveyed attainment hardly go together: r = {r}, n = {n}.",
    ),
    "contrast.together.with": (
        "Đơn vị có tỷ lệ điểm thẩm định cao hơn thường cũng có tỷ lệ điểm khảo sát cao hơn, mức liên hệ {strength}: "
        "r = {r}, n = {n}.",
        "Units with higher appraised attainment tend to have higher surveyed attainment, the link being {strength}: "
        "r = {r}, n = {n}.",
    ),
    "contrast.together.against": (
        "Đơn vị có tỷ lệ điểm thẩm định cao hơn thường có tỷ lệ điểm khảo sát thấp hơn, mức liên hệ {strength}: "
        "r = {r}, n = {n}.",
        "Units with higher appraised attainment tend to have lower surveyed attainment, the link being {strength}: "
        "r = {r}, n = {n}.",
    ),
    "contrast.strength.weak": ("yếu", "weak"),
    "contrast.strength.middle": ("vừa", "moderate"),
    "contrast.strength.strong": ("rõ", "clear"),
    "contrast.together.unknown": (
        "Chưa tính được mức liên hệ giữa hai phần: n = {n}.",
        "How the two go together cannot be computed: n = {n}.",
    ),
    "contrast.without_one": (
        "Bỏ ra lần lượt từng đơn vị, r từ {low} đến {high}.",
        "Leaving out one unit at a time, r runs from {low} to {high}.",
    ),
    "contrast.careful": (
        "r là hệ số tương quan Pearson; nó chỉ tả {n} đơn vị của năm này, không cho biết nguyên nhân và không dự báo.",
        "r is Pearson's correlation; it describes the {n} units of this year, names no cause and predicts nothing.",
    ),
    # the scatter
    "contrast.same_side": (
        "{k}/{n} đơn vị ở cùng một phía của cả hai trung vị",
        "{k} of {n} units are on the same side of both medians",
    ),
    "contrast.subtitle": (
        "Tỷ lệ đạt hai phần thẩm định và khảo sát năm {period}, {block}, n = {n}; phần trăm điểm tối đa từng phần",
        "Attainment in the appraised and the surveyed part, {period}, {block}, n = {n}; per cent of each maximum",
    ),
    "contrast.appraised": ("Thẩm định (%)", "Appraised (%)"),
    "contrast.survey": ("Khảo sát (%)", "Survey (%)"),
    "contrast.note": (
        "Hai đường đứt là trung vị của khối. Hai phần đo những việc khác nhau; ở hai phía khác nhau không có nghĩa là "
        "chấm sai. Tên không đủ chỗ thì có khi trỏ vào chấm và trong bảng.",
        "The dashed lines are the block's medians. The two parts measure different things; lying on different sides "
        "does not mean that either is wrong. Names without room are in the hover and in the table.",
    ),
    "contrast.alt": (
        "Biểu đồ phân tán {n} đơn vị; trung vị thẩm định {x}, trung vị khảo sát {y}.",
        (
            "Scatter of {n} unit; medians {x} and {y}.",
            "Scatter of {n} units; median appraised {x}, median surveyed {y}.",
        ),
    ),
    # quadrants
    "contrast.quadrants": ("Bốn nhóm theo hai trung vị", "Four groups by the two medians"),
    "contrast.quadrant.both": ("Cả hai từ trung vị trở lên", "Both at or over the median"),
    "contrast.quadrant.appraised": (
        "Thẩm định từ trung vị trở lên, khảo sát dưới trung vị",
        "Appraisal at or over the median, survey under it",
    ),
    "contrast.quadrant.survey": (
        "Khảo sát từ trung vị trở lên, thẩm định dưới trung vị",
        "Survey at or over the median, appraisal under it",
    ),
    "contrast.quadrant.neither": ("Cả hai dưới trung vị", "Both under the median"),
    "contrast.nobody": ("Không có đơn vị nào.", "No unit."),
    "contrast.group": ("Nhóm", "Group"),
    # the table
    "contrast.difference": ("Chênh lệch (đ.%)", "Difference (pp)"),
    "contrast.order.don-vi": ("tên đơn vị", "name"),
    "contrast.order.tham-dinh": ("tỷ lệ thẩm định", "appraised attainment"),
    "contrast.order.khao-sat": ("tỷ lệ khảo sát", "surveyed attainment"),
    "contrast.order.chenh-lech": ("chênh lệch", "difference"),
    "contrast.order.nhom": ("nhóm", "group"),
    "contrast.higher": (
        "Tỷ lệ khảo sát cao hơn tỷ lệ thẩm định ở {k}/{n} đơn vị; chênh lệch từ {low} đến {high}",
        "Surveyed attainment is higher than appraised in {k} of {n} units; differences run from {low} to {high}",
    ),
    "contrast.higher_one": (
        "Tỷ lệ khảo sát cao hơn tỷ lệ thẩm định ở {k}/{n} đơn vị; chênh lệch {low}",
        "Surveyed attainment is higher than appraised in {k} of {n} units; the difference is {low}",
    ),
    "contrast.table_subtitle": (
        "Tỷ lệ đạt từng phần và chênh lệch (khảo sát trừ thẩm định, điểm phần trăm), {block} năm {period}, n = {n}; "
        "sắp theo {order}",
        "Attainment in each part and their difference (survey less appraisal, percentage points), {block}, {period}, "
        "n = {n}; sorted by {order}",
    ),
    "contrast.reversed": ("{order}, ngược lại", "{order}, reversed"),
    "contrast.left_out": (
        "{n} đơn vị chưa đủ điểm không có trong hình và bảng.",
        ("{n} unit without complete scores is left out.", "{n} units without complete scores are left out."),
    ),
}
