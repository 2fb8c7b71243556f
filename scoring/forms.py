"""The official forms: one workbook a unit, pre-filled from its rubric, to be filled in, saved and imported again.

Reading finds a form by its columns and the unit by the cells above them; a row counts where its first cell is the
code of a leaf. Everything but the cells to fill in is locked, without a password.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from scoring.ledger import Progress, quiet
from scoring.rubric import Rubric

if TYPE_CHECKING:
    from scoring.store import Snapshot

Row = Mapping[str, Any]

CODE, NAME, MAX_POINTS = "TT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm tối đa"
SELF_POINTS, EXPLANATION, EVIDENCE = "Điểm tự đánh giá", "Giải trình", "Tài liệu kiểm chứng"
POINTS, REASON, APPRAISER = "Điểm thẩm định", "Lý do điều chỉnh", "Cơ quan thẩm định"
COLUMNS = (CODE, NAME, MAX_POINTS, SELF_POINTS, EXPLANATION, EVIDENCE)
COUNCIL_COLUMNS = (*COLUMNS, POINTS, REASON, APPRAISER)
WIDTHS = {
    CODE: 8, NAME: 50, MAX_POINTS: 9, SELF_POINTS: 11, EXPLANATION: 34, EVIDENCE: 34, POINTS: 11, REASON: 34,
    APPRAISER: 22,
}  # fmt: skip
NUMBERS = (MAX_POINTS, SELF_POINTS, POINTS)

UNIT, UNIT_CODE, PERIOD, SUBMITTED_ON = "Đơn vị:", "Mã đơn vị:", "Kỳ đánh giá:", "Ngày nộp:"
ROUND, MINUTE, DECIDED_ON = "Vòng thẩm định:", "Biên bản:", "Ngày quyết định:"
NOT_APPLICABLE = "Không áp dụng"
SURVEYED = "Điều tra xã hội học"
TOTAL, OF_IT_APPRAISED = "TỔNG CỘNG", "Trong đó phần thẩm định"

SHEET = "Chấm điểm"
TITLE = "BẢNG TỰ ĐÁNH GIÁ, CHẤM ĐIỂM KẾT QUẢ CẢI CÁCH HÀNH CHÍNH"
COUNCIL_TITLE = "BẢNG THẨM ĐỊNH ĐIỂM TỰ ĐÁNH GIÁ KẾT QUẢ CẢI CÁCH HÀNH CHÍNH"
SIGNATURES = ("Người lập biểu", "Thủ trưởng đơn vị")
COUNCIL_SIGNATURES = ("Người thẩm định", "Đại diện Hội đồng thẩm định")
INSTRUCTIONS = {
    "vi": (
        "Chỉ nhập vào các ô nền vàng. Điểm từ 0 đến điểm tối đa; ghi “Không áp dụng” nếu tiêu chí không áp dụng với "
        "đơn vị. Dòng nền xám do điều tra xã hội học xác định, không chấm điểm ở đây."
    ),
    "en": (
        "Fill in the yellow cells only. Points go from 0 to the maximum; write “Không áp dụng” where the item does not "
        "apply to the unit. Grey rows are scored by the sociological survey, not here."
    ),
}
ILLUSTRATIVE = {
    "vi": "Bộ tiêu chí minh họa, chưa phải văn bản chính thức.",
    "en": "Illustrative rubric, not an official text.",
}
MADE_UP = {"vi": "SỐ LIỆU GIẢ LẬP.", "en": "MADE-UP DATA."}
LINE = 15
"""Height of a line of text, in points."""
NOT_IN_A_FILE_NAME = r"[^\w.-]+"
FONT = "Times New Roman"
"""The typeface of Vietnamese official documents; LibreOffice has one of the same widths in its place."""
FIELD, HEADING, SURVEYED_FILL, TO_FILL_IN = "#DCE6F0", "#F2F6FA", "#EDEDED", "#FFF9DB"
LONGEST_LIST = 255
"""Characters that Excel takes for the choices of a cell."""


@dataclass(frozen=True)
class Form:
    """What the forms of one run have in common."""

    period: str
    title: str
    council: bool
    made_up: bool
    lang: str
    names: Mapping[str, str] = field(default_factory=dict)  # of units, by code

    @property
    def columns(self) -> tuple[str, ...]:
        return COUNCIL_COLUMNS if self.council else COLUMNS

    @property
    def to_fill_in(self) -> tuple[str, ...]:
        return (POINTS, REASON, APPRAISER) if self.council else (SELF_POINTS, EXPLANATION, EVIDENCE)

    def path(self, folder: Path, unit_code: str, *, alike: bool = False) -> Path:
        """The file of a unit, its own: where another code makes the same name (`alike` tells so of codes that differ
        in case alone), a few digits made from the code follow."""
        kind = "tham-dinh" if self.council else "tu-cham-diem"
        name = re.sub(NOT_IN_A_FILE_NAME, "-", unit_code)
        if alike or name != unit_code:
            name += "-" + hashlib.sha256(unit_code.encode()).hexdigest()[:6]
        return folder / f"{kind}_{self.period}_{name}.xlsx"


def write(
    snapshot: Snapshot, period: str, out: Path, *, council: bool = False, lang: str = "vi", progress: Progress = quiet
) -> list[Path]:
    """The forms of every unit of a period, written into `out`; the council's copies hold the self scores."""
    rubric = snapshot.rows("SELECT * FROM rubric WHERE period = ?", [period])
    units = snapshot.rows("SELECT * FROM units WHERE period = ? ORDER BY unit_code", [period])
    own = snapshot.rows("SELECT * FROM self_scores WHERE period = ?", [period]) if council else ()
    title = snapshot.value("SELECT title FROM periods WHERE period = ?", [period])
    made_up = council and snapshot.value("SELECT bool_or(made_up) FROM season WHERE period = ?", [period])
    return write_forms(
        rubric,
        units,
        period,
        out,
        council=council,
        self_scores=own,
        title=title,
        made_up=bool(made_up),
        lang=lang,
        progress=progress,
    )


def write_forms(
    rubric_rows: Iterable[Row],
    units: Iterable[Row],
    period: str,
    out_dir: Path,
    *,
    council: bool = False,
    self_scores: Iterable[Row] = (),
    title: str | None = None,
    made_up: bool = False,
    lang: str = "vi",
    progress: Progress = quiet,
) -> list[Path]:
    """The files written: `tu-cham-diem_<period>_<unit>.xlsx`, or `tham-dinh_…` for the council's copy.

    `rubric_rows`, `units` and `self_scores` are rows of the tables of those names, of one period; a unit whose group
    has no rubric gets no form. `made_up` puts it at the head of the form that the self scores in it are so.
    """
    units = list(units)
    form = Form(period, title or "", council, made_up, lang, {unit["unit_code"]: unit["name"] for unit in units})
    by_group = defaultdict(list)
    for row in rubric_rows:
        by_group[row["unit_group"]].append(row)
    trees = {group: Rubric.from_rows(rows) for group, rows in by_group.items()}
    own = {(row["unit_code"], row["criterion_code"]): row for row in self_scores}
    out_dir.mkdir(parents=True, exist_ok=True)
    units = list(units)
    cases = Counter(unit["unit_code"].casefold() for unit in units)
    written = []
    for at, unit in enumerate(units, start=1):
        progress("writing", n=at, of=len(units))
        group = unit["unit_group"]
        if group in trees:
            path = form.path(out_dir, unit["unit_code"], alike=cases[unit["unit_code"].casefold()] > 1)
            items = {row["criterion_code"]: row for row in by_group[group]}
            of_unit = {code: own[unit["unit_code"], code] for code in items if (unit["unit_code"], code) in own}
            with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
                _write_form(workbook, form, unit, trees[group], items, of_unit)
            written.append(path)
    return written


def _write_form(
    workbook: Workbook, form: Form, unit: Row, tree: Rubric, items: Mapping[str, Row], own: Mapping[str, Row]
) -> None:
    sheet, look = workbook.add_worksheet(SHEET), _Look(workbook)
    for place, column in enumerate(form.columns):
        sheet.set_column(place, place, WIDTHS[column])
    header = _write_head(sheet, form, unit, items, own, look)
    for place, column in enumerate(form.columns):
        sheet.write_string(header, place, column, look(bold=True, wrap=True, align="center", border=True, fill=FIELD))
    sheet.set_row(header, 2 * LINE)
    first = header + 1
    maximum = tree.roll_up(np.array(tree.max_points, dtype=object))[1:]
    agencies = _leads(tree, items, form.names)
    for i, code in enumerate(tree.codes):
        leaf = tree.is_leaf(i)
        surveyed = leaf and bool(tree.surveyed[tree.spans[i].start])
        cells = {CODE: code, NAME: items[code]["name"], MAX_POINTS: maximum[i]}
        if leaf:
            cells |= {EXPLANATION: SURVEYED} if surveyed else _self_cells(own.get(code)) | {APPRAISER: agencies[i]}
        else:
            cells |= _sums(form, tree, own, [j for j, above in enumerate(tree.parents) if above == code], first)
        _write_item(sheet, first + i, form, cells, look, depth=tree.depths[i], leaf=leaf, surveyed=surveyed)
        if form.council and leaf and not surveyed:
            _choose_agency(sheet, first + i, form, set(agencies))
    total = first + len(tree.codes)
    _write_total(sheet, total, first, form, tree, own, look)
    left, right = COUNCIL_SIGNATURES if form.council else SIGNATURES
    last = len(form.columns) - 1
    sheet.write_string(total + 3, 1, left, look(bold=True, align="center"))
    sheet.merge_range(total + 3, last - 1, total + 3, last, right, look(bold=True, align="center"))
    _page(sheet, form, header, total)


def _leads(tree: Rubric, items: Mapping[str, Row], names: Mapping[str, str]) -> list[str]:
    """Who leads every item, by name; taken from the item above where it names nobody."""
    leads: dict[str | None, str] = {None: ""}
    for code, above in zip(tree.codes, tree.parents, strict=True):
        own = items[code].get("lead_appraiser") or ""
        leads[code] = names.get(own, own) or leads[above]
    return [leads[code] for code in tree.codes]


def _choose_agency(sheet: Worksheet, row: int, form: Form, agencies: set[str]) -> None:
    """Offers the agencies that lead an item of the rubric; any other may be typed."""
    choices = sorted(agencies - {""})
    if choices and len(",".join(choices)) <= LONGEST_LIST and not any("," in one for one in choices):
        place = form.columns.index(APPRAISER)
        sheet.data_validation(row, place, row, place, {"validate": "list", "source": choices, "error_type": "warning"})


@dataclass(frozen=True)
class Sum:
    """A formula that adds up other cells of its column, and what it comes to now."""

    formula: str
    value: float


def _sums(form: Form, tree: Rubric, own: Mapping[str, Row], parts: Sequence[int], first: int) -> dict[str, Sum]:
    """The points of a heading: sums of the rows right below it, by column."""
    found = {}
    for column in form.columns:
        if column in (SELF_POINTS, POINTS):
            place = form.columns.index(column)
            cells = ",".join(xl_rowcol_to_cell(first + j, place) for j in parts)
            leaves = {tree.leaves[at] for j in parts for at in range(tree.spans[j].start, tree.spans[j].stop)}
            points = [own[code]["points"] for code in leaves & set(own) if own[code]["points"] is not None]
            found[column] = Sum(f"=SUM({cells})", float(sum(points)) if column == SELF_POINTS else 0.0)
    return found


def _write_head(
    sheet: Worksheet, form: Form, unit: Row, items: Mapping[str, Row], own: Mapping[str, Row], look: _Look
) -> int:
    """Writes what stands above the columns: title, unit, notes. Returns the row of the column headings."""
    last = len(form.columns) - 1
    title = COUNCIL_TITLE if form.council else TITLE
    sheet.merge_range(0, 0, 0, last, title, look(bold=True, size=14, align="center"))
    sheet.merge_range(1, 0, 1, last, "", look())
    _text(sheet, 1, 0, form.title, look, bold=True, align="center")
    row = 2
    for row, (label, value, open_) in enumerate(_heading_cells(form, unit, own), start=2):
        sheet.write_string(row, 1, label, look(bold=True, align="right"))
        sheet.merge_range(row, 2, row, last, "", look(open_=open_))
        _text(sheet, row, 2, value, look, open_=open_)
    notes = [MADE_UP[form.lang]] if form.made_up else []
    if any((item.get("origin") or "").startswith("illustrative") for item in items.values()):
        notes.append(ILLUSTRATIVE[form.lang])
    sheet.merge_range(
        row + 1, 0, row + 1, last, " ".join([*notes, INSTRUCTIONS[form.lang]]), look(italic=True, wrap=True)
    )
    sheet.set_row(row + 1, 2 * LINE + 3)
    return row + 3


def _heading_cells(form: Form, unit: Row, own: Mapping[str, Row]) -> list[tuple[str, str, bool]]:
    """What stands above the columns: label, value, and whether it is to be filled in."""
    days = {row.get("submitted_on") for row in own.values()} - {None}
    handed_in = f"{max(days):%d/%m/%Y}" if form.council and days else ""
    cells = [
        (UNIT, unit["name"], False),
        (UNIT_CODE, unit["unit_code"], False),
        (PERIOD, form.period, False),
        (SUBMITTED_ON, handed_in, not form.council),
    ]
    if form.council:
        cells += [(ROUND, "1", True), (MINUTE, "", True), (DECIDED_ON, "", True)]
    return cells


def _self_cells(own: Row | None) -> dict[str, Any]:
    if own is None:
        return {}
    points = NOT_APPLICABLE if own["not_applicable"] else own["points"]
    return {SELF_POINTS: points, EXPLANATION: own.get("explanation"), EVIDENCE: own.get("evidence")}


def _write_item(
    sheet: Worksheet, row: int, form: Form, cells: Row, look: _Look, *, depth: int, leaf: bool, surveyed: bool
) -> None:
    sheet.set_row(row, LINE * max(_lines(cells.get(column), WIDTHS[column]) for column in form.columns) + 3)
    fill = SURVEYED_FILL if surveyed else None if leaf else HEADING if depth else FIELD
    for place, column in enumerate(form.columns):
        value = cells.get(column)
        open_ = leaf and column in form.to_fill_in and not surveyed
        style = {
            "bold": not leaf,
            "italic": surveyed and column == EXPLANATION,
            "border": True,
            "wrap": True,
            "fill": None if open_ else fill,
            "open_": open_,
            "align": "center" if column in NUMBERS else "left",
            "indent": depth if column == NAME else 0,
        }
        if column == CODE:
            sheet.write_string(row, place, value, look(**style, text=True))
        elif isinstance(value, Sum):
            sheet.write_formula(row, place, value.formula, look(**style), value.value)
        elif column in NUMBERS and value is not None and value != NOT_APPLICABLE:
            sheet.write_number(row, place, float(value), look(**style))
        else:
            _text(sheet, row, place, value or "", look, **style, text=open_ and column not in NUMBERS)
        if open_ and column in NUMBERS:
            _only_points(sheet, row, place, float(cells[MAX_POINTS]))


def _lines(value: Any, width: int) -> int:
    """Lines that a text takes in a column: LibreOffice fits no row to its text, so the form does."""
    return -(-len(value) * 11 // (10 * width)) if isinstance(value, str) else 1


def _only_points(sheet: Worksheet, row: int, place: int, maximum: float) -> None:
    """Lets a cell hold 0 to the maximum, or the words for not applicable."""
    cell, limit = xl_rowcol_to_cell(row, place), f"{maximum:g}"
    in_range = f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={limit})"
    points = f"Nhập số từ 0 đến {limit.replace('.', ',')}, hoặc ghi"
    rule = {
        "validate": "custom",
        "value": f'=OR({cell}="{NOT_APPLICABLE}",{in_range})',
        "error_title": "Điểm không hợp lệ",
        "error_message": f"{points} “{NOT_APPLICABLE}”.",
    }
    sheet.data_validation(row, place, row, place, rule)


def _write_total(
    sheet: Worksheet, row: int, first: int, form: Form, tree: Rubric, own: Mapping[str, Row], look: _Look
) -> None:
    """The last rows: no codes, so that they are no items; sums, for people, and the maximum of what is appraised."""
    style = {"bold": True, "border": True, "fill": FIELD}
    appraised = sum(m for m, surveyed in zip(tree.max_points, tree.surveyed, strict=True) if not surveyed)
    sums = _sums(form, tree, own, tree.fields, first)
    for at, name, maximum in ((row, TOTAL, sum(tree.max_points)), (row + 1, OF_IT_APPRAISED, appraised)):
        for place, column in enumerate(form.columns):
            if column == MAX_POINTS:
                sheet.write_number(at, place, float(maximum), look(**style, align="center"))
            elif column in NUMBERS and at == row:
                found = sums[column]
                sheet.write_formula(at, place, found.formula, look(**style, align="center"), found.value)
            else:
                _text(sheet, at, place, name if column == NAME else "", look, **style)


def _page(sheet: Worksheet, form: Form, header: int, total: int) -> None:
    """A4 across, one page wide, the headings again on every page; only the open cells can be changed."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.print_area(0, 0, total + 7, len(form.columns) - 1)
    sheet.set_footer(f'&L&"{FONT}"&9{form.title.replace("&", "&&")}&R&"{FONT}"&9Trang &P/&N')
    sheet.freeze_panes(header + 1, 2)
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, total, 2)})
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _text(sheet: Worksheet, row: int, place: int, value: str, look: _Look, *, text: bool = False, **style: Any) -> None:
    """Writes text as text; what looks like a formula, and every cell with `text`, stays so while it is edited."""
    if value:
        sheet.write_string(row, place, str(value), look(**style, text=text or str(value)[0] in "=+-@"))
    else:
        sheet.write_blank(row, place, None, look(**style, text=text))


class _Look:
    """Formats of a workbook, each made once."""

    def __init__(self, workbook: Workbook):
        self.workbook, self.made = workbook, {}

    def __call__(
        self,
        *,
        bold: bool = False,
        italic: bool = False,
        size: int = 11,
        align: str = "left",
        wrap: bool = False,
        border: bool = False,
        fill: str | None = None,
        indent: int = 0,
        open_: bool = False,
        text: bool = False,
    ):
        key = (bold, italic, size, align, wrap, border, fill, indent, open_, text)
        if key not in self.made:
            style = {"font_name": FONT, "font_size": size, "bold": bold, "italic": italic, "align": align}
            style |= {"valign": "vcenter", "text_wrap": wrap, "indent": indent, "locked": not open_}
            if border:
                style |= {"border": 1, "border_color": "#7F8C99"}
            if fill or open_:
                style["bg_color"] = fill or TO_FILL_IN
            if text:
                style |= {"num_format": "@", "quote_prefix": True}
            self.made[key] = self.workbook.add_format(style)
        return self.made[key]
