"""An exhibit on its page and outside it: what folds there is whole here, and numbers leave as numbers."""

import io
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
from pages_read import of_kind, site_of, words

from dashboard.access.ask import Ask
from dashboard.access.viewer import LOCAL
from dashboard.address.view import View
from dashboard.exhibit import measure
from dashboard.exhibit.page import Exhibit
from dashboard.exhibit.table import Column, Table
from dashboard.exhibit.text import Instead, Link
from dashboard.render import files
from dashboard.render.export import Export
from dashboard.render.page import exhibit

COLUMNS = [
    Column("Đơn vị", lambda row: f"Đơn vị {row}", show=lambda row: Link(f"Đơn vị {row}", f"/don-vi/{row}")),
    Column("Tỷ lệ", lambda row: Fraction(row, 3), measure.share(), group="Nhóm"),
    Column("Khoảng", lambda row: (row, row + 1) if row else None, measure.interval(), group="Nhóm"),
    Column("Phiếu", lambda row: Instead("n<5") if row == 1 else row, measure.COUNT),
    Column("Ngày", lambda row: date(2021, 1, 1 + row), measure.DATE),
    Column("Chỉ trên trang", lambda row: "x", on="page"),
    Column("Trống", lambda row: None, measure.COUNT),
]
TABLE = Table("Bảng", COLUMNS, range(20), totals=[["Tổng", "", "", "", "", "", ""]], fold=12, fold_label="Còn 8 dòng")


def export(store) -> Export:
    view = View(site_of(store).parse("/xep-hang"), Ask(LOCAL, None))
    return Export(view, Exhibit("bang", "Một bảng", table=TABLE, note="Ghi chú"))


def test_what_a_page_folds_is_whole_in_the_file(store):
    found = export(store)
    shown, folded = of_kind(exhibit(found.view, found.exhibit), "Tbody")
    assert (len(shown.children), len(folded.children)) == (12, 8 + 1)  # the total stands last
    assert words(folded.children[-1]).strip() == "Tổng"
    assert len(found.sheet().rows) == 20


def test_a_file_has_a_column_a_part_and_no_totals(store):
    sheet = export(store).sheet()
    titles = ["Đơn vị", "Nhóm – Tỷ lệ (%)", "Nhóm – Khoảng – từ", "Nhóm – Khoảng – đến", "Phiếu", "Ngày"]
    assert [column.title for column in sheet.columns] == titles
    assert sheet.rows[1] == ("Đơn vị 1", Decimal("33.333333333333333"), 1, 2, "n<5", date(2021, 1, 2))
    assert sheet.rows[0][2:4] == (None, None)


def test_csv_and_workbook_keep_numbers_and_dates(store):
    found = export(store)
    lines = files.to_csv(found.sheet()).decode("utf-8-sig").splitlines()
    assert lines[2] == "Đơn vị 1,33.333333333333333,1,2,n<5,2021-01-02"
    sheet = openpyxl.load_workbook(io.BytesIO(files.to_xlsx(found)))["Số liệu"]
    row = [cell.value for cell in sheet[4]]
    assert row[2:5] == [2, 3, 2]
    assert abs(row[1] - 200 / 3) < 1e-12
    assert sheet["F4"].is_date and sheet["F4"].number_format == "dd/mm/yyyy"
