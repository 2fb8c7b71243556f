"""The one declaration of the tables: columns, kinds, keys, headings, what a later import replaces.

Reading, checks, the schema of the store, the official forms and the data dictionary are all made from `TABLES`.
Source: the formats of the project (tables, "What a row replaces") and the method (ranges, defaults).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

SQL_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "option": "VARCHAR",
    "integer": "INTEGER",
    "decimal": "DECIMAL(28,15)",
    "date": "DATE",
    "boolean": "BOOLEAN",
}
"""DuckDB type of each kind of column. Points keep 15 decimals exactly; 13 digits stand before the point."""

PROVENANCE = {"file": "VARCHAR", "sheet": "VARCHAR", "row": "INTEGER"}
"""Columns that every typed table carries after its own: where the row was read."""


@dataclass(frozen=True)
class Column:
    """One column of a table: how it is headed, what its cells may hold.

    `kind` is a key of `SQL_TYPES`. `required`: the column must exist in the file. `nullable`: its cells may be empty
    (key columns never are). `minimum`, `maximum` are inclusive. `allowed` lists the only words of a cell.
    `default` stands for an empty cell.
    `variants` are further headings; headings are compared without case, diacritics and punctuation.
    """

    name: str
    kind: str
    heading_vi: str
    variants: tuple[str, ...] = ()
    required: bool = True
    nullable: bool = True
    minimum: int | None = None
    maximum: int | None = None
    allowed: tuple[str, ...] = ()
    default: str | None = None
    vi: str = ""
    en: str = ""

    @property
    def sql_type(self) -> str:
        return SQL_TYPES[self.kind]

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that names this column: English name, Vietnamese heading, variants."""
        return (self.name, self.heading_vi, *self.variants)


@dataclass(frozen=True)
class Table:
    """One table: its columns, its key, and the columns that identify the set a later import replaces.

    `role` is 'definition' or 'fact'. `replaces_by` equals `key` where each row is replaced alone.
    `imported` is False for `answers`, which no file holds: reading splits it off the ballots.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    role: str
    replaces_by: tuple[str, ...]
    vi: str
    en: str
    imported: bool = True

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)

    @property
    def required(self) -> tuple[Column, ...]:
        """Columns that a file must have."""
        return tuple(c for c in self.columns if c.required)

    @property
    def sql_columns(self) -> dict[str, str]:
        """Column → DuckDB type, provenance last. The schema of the typed table, its parquet and its store table."""
        return {c.name: c.sql_type for c in self.columns} | PROVENANCE


@lru_cache(maxsize=20_000)
def plain(heading: str) -> str:
    """A heading as it is compared: lower case, no diacritics, words joined by one underscore."""
    text = unicodedata.normalize("NFD", visible(heading).casefold().translate(_STROKES))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "_", text).strip("_")


_STROKES = str.maketrans("đðɖ", "ddd")  # three letters that look alike: d with stroke, eth, d with tail


def visible(text: str) -> str:
    """The text without characters that take no room and say nothing: zero-width spaces and joiners, soft hyphens."""
    return text if text.isascii() else "".join(c for c in text if unicodedata.category(c) != "Cf")


# Columns that stand in several tables under one name and meaning.

PERIOD = Column(
    "period",
    "code",
    "Kỳ",
    ("Kỳ đánh giá", "Năm", "Năm đánh giá", "year"),
    required=False,  # it may be missing where the import names the period
    nullable=False,
    vi="Kỳ đánh giá (năm); có thể bỏ trống khi lệnh nhập nêu --period",
    en="Period of assessment (year); may be missing where the import gives --period",
)
UNIT_CODE = Column(
    "unit_code",
    "code",
    "Mã đơn vị",
    ("Mã cơ quan", "Mã ĐV", "unit"),
    nullable=False,
    vi="Mã của đơn vị được đánh giá",
    en="Code of the assessed unit",
)
UNIT_GROUP = Column(
    "unit_group",
    "code",
    "Khối",
    ("Mã khối", "Khối đơn vị", "Nhóm đơn vị", "Mã nhóm đơn vị"),
    nullable=False,
    vi="Khối đơn vị; xếp hạng trong từng khối",
    en="Unit group; ranks are made within it",
)
CRITERION_CODE = Column(
    "criterion_code",
    "code",
    "Mã tiêu chí",
    ("Mã TC", "Mã TCTP", "Mã tiêu chí thành phần", "criterion"),
    nullable=False,
    vi="Mã của lĩnh vực, tiêu chí hoặc tiêu chí thành phần",
    en="Code of the item of the rubric",
)
RESPONDENT_GROUP = Column(
    "respondent_group",
    "code",
    "Nhóm đối tượng",
    ("Mã nhóm đối tượng", "Đối tượng", "Nhóm đối tượng khảo sát", "Mã nhóm"),
    nullable=False,
    vi="Nhóm đối tượng được điều tra xã hội học",
    en="Group of people the survey asks",
)
QUESTION_CODE = Column(
    "question_code",
    "code",
    "Mã câu hỏi",
    ("Câu hỏi số", "Mã câu", "question"),
    nullable=False,
    vi="Mã câu hỏi trên phiếu",
    en="Code of the question on the ballot",
)
BALLOT_ID = Column(
    "ballot_id",
    "code",
    "Mã phiếu",
    ("Số phiếu", "Phiếu số", "Phiếu", "ballot"),
    nullable=False,
    vi="Mã của một phiếu",
    en="Identifies one filled form",
)
NAME_EN = Column(
    "name_en", "text", "Tên tiếng Anh", ("Tên (tiếng Anh)", "Tên Anh"), vi="Tên tiếng Anh", en="English name"
)
ORIGIN = Column(
    "origin",
    "text",
    "Nguồn gốc",
    ("Xuất xứ",),
    required=False,
    vi="Nguồn của dòng này; bắt đầu bằng illustrative là minh họa, không phải văn bản chính thức",
    en="Where the row comes from; one that begins with illustrative is no official text",
)
NOTE = Column("note", "text", "Ghi chú", ("Chú thích",), vi="Ghi chú", en="Note")
NOT_APPLICABLE = Column(
    "not_applicable",
    "boolean",
    "Không áp dụng",
    ("KAD", "Không áp dụng (x)"),
    required=False,
    vi="Tiêu chí không áp dụng với đơn vị; khi đó để trống điểm",
    en="The item does not apply to the unit; points are empty then",
)
WEIGHT = Column(
    "weight", "decimal", "Trọng số", ("Quyền số",), nullable=False, minimum=0, vi="Trọng số, từ 0", en="Weight, from 0"
)


def _name(vi: str, en: str, *variants: str) -> Column:
    return Column("name", "text", "Tên", ("Tên gọi", *variants), nullable=False, vi=vi, en=en)


def _optional(column: Column) -> Column:
    return Column(**{**column.__dict__, "required": False})


def _table(name, role, key, columns, vi, en, replaces_by=None, imported=True) -> Table:
    return Table(name, tuple(columns), tuple(key), role, tuple(replaces_by or key), vi, en, imported)


_BALLOT = (
    PERIOD,
    BALLOT_ID,
    UNIT_CODE,
    RESPONDENT_GROUP,
    Column(
        "respondent_id",
        "code",
        "Mã người trả lời",
        ("Người trả lời", "Mã người được khảo sát"),
        required=False,
        vi="Mã người trả lời, khi một người điền nhiều phiếu",
        en="The person, where one person fills several ballots",
    ),
    Column(
        "collected_on",
        "date",
        "Ngày thu phiếu",
        ("Ngày thu", "Ngày khảo sát"),
        required=False,
        vi="Ngày thu phiếu",
        en="Day of collection",
    ),
)
OPTION = Column(
    "option",
    "option",
    "Phương án",
    ("Trả lời", "Câu trả lời", "Phương án trả lời", "Lựa chọn"),
    vi="Số thứ tự hoặc nhãn của phương án trong thang đo",
    en="Number or label of an option of the scale",
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        _table(
            "periods",
            "definition",
            ("period",),
            (
                PERIOD,
                Column("title", "text", "Tên kỳ", ("Tiêu đề", "Tên kỳ đánh giá"), vi="Tên của kỳ", en="Title"),
                Column(
                    "assessed_from",
                    "date",
                    "Đánh giá từ ngày",
                    ("Đánh giá từ", "Thời gian đánh giá từ"),
                    vi="Ngày đầu của thời gian được đánh giá",
                    en="First day of the time assessed",
                ),
                Column(
                    "assessed_to",
                    "date",
                    "Đánh giá đến ngày",
                    ("Đánh giá đến", "Thời gian đánh giá đến"),
                    vi="Ngày cuối của thời gian được đánh giá",
                    en="Last day of the time assessed",
                ),
                Column(
                    "self_score_due",
                    "date",
                    "Hạn nộp tự đánh giá",
                    ("Hạn tự đánh giá", "Hạn nộp điểm tự đánh giá"),
                    vi="Phải nộp trước ngày này; nộp đúng ngày này đã là muộn",
                    en="Self scores are due before this day; on this day they are late",
                ),
                Column(
                    "decimals",
                    "integer",
                    "Số chữ số thập phân",
                    ("Số chữ số lẻ",),
                    minimum=0,
                    maximum=10,
                    default="2",
                    vi="Số chữ số thập phân của chỉ số công bố (mặc định 2)",
                    en="Decimals of the published index (2 where empty)",
                ),
                Column(
                    "min_cell",
                    "integer",
                    "Số phiếu tối thiểu",
                    ("Ngưỡng công bố", "Số phiếu tối thiểu để công bố"),
                    minimum=0,
                    default="5",
                    vi="Số phiếu hợp lệ ít nhất để hiện một giá trị (mặc định 5)",
                    en="Fewest valid ballots with which a value is shown (5 where empty)",
                ),
                Column(
                    "rank_by",
                    "text",
                    "Xếp hạng theo",
                    ("Cách xếp hạng",),
                    required=False,
                    allowed=("published", "exact"),
                    default="published",
                    vi="published: theo chỉ số đã làm tròn để công bố (mặc định); exact: theo giá trị chưa làm tròn",
                    en="published: by the index as rounded for publication (where empty); exact: by the value before",
                ),
            ),
            "Kỳ đánh giá",
            "Periods",
        ),
        _table(
            "unit_groups",
            "definition",
            ("unit_group",),
            (
                UNIT_GROUP,
                _name("Tên khối", "Name of the group", "Tên khối", "Tên nhóm đơn vị"),
                NAME_EN,
                Column(
                    "position",
                    "integer",
                    "Thứ tự",
                    ("Vị trí", "Số thứ tự"),
                    vi="Thứ tự trình bày",
                    en="Order in which groups are shown",
                ),
            ),
            "Khối đơn vị",
            "Unit groups",
        ),
        _table(
            "units",
            "definition",
            ("period", "unit_code"),
            (
                PERIOD,
                UNIT_CODE,
                _name("Tên đơn vị", "Name of the unit", "Tên đơn vị", "Đơn vị", "Tên cơ quan"),
                Column("short_name", "text", "Tên ngắn", ("Tên viết tắt", "Tên gọn"), vi="Tên ngắn", en="Short name"),
                NAME_EN,
                UNIT_GROUP,
                Column(
                    "kind",
                    "text",
                    "Loại đơn vị",
                    ("Loại", "Loại hình"),
                    vi="Loại đơn vị (sở, quận, huyện, …)",
                    en="Kind of unit (department, urban district, …)",
                ),
                Column(
                    "grid_row",
                    "integer",
                    "Hàng trên bản đồ ô",
                    ("Hàng bản đồ", "Hàng ô"),
                    required=False,
                    vi="Hàng trên bản đồ ô",
                    en="Row on the tile map",
                ),
                Column(
                    "grid_col",
                    "integer",
                    "Cột trên bản đồ ô",
                    ("Cột bản đồ", "Cột ô"),
                    required=False,
                    vi="Cột trên bản đồ ô",
                    en="Column on the tile map",
                ),
            ),
            "Đơn vị",
            "Units",
            replaces_by=("period", "unit_group"),
        ),
        _table(
            "rubric",
            "definition",
            ("period", "unit_group", "criterion_code"),
            (
                PERIOD,
                UNIT_GROUP,
                CRITERION_CODE,
                Column(
                    "parent_code",
                    "code",
                    "Mã tiêu chí cha",
                    ("Mã cấp trên", "Mã mục cha", "Thuộc tiêu chí", "Mã tiêu chí cấp trên"),
                    required=False,
                    vi="Mã của mục cha; trống ở lĩnh vực. Không suy ra từ mã",
                    en="Code of the parent item; empty at the top. It is not derived from the code",
                ),
                _name("Tên tiêu chí", "Name of the item", "Tên tiêu chí", "Nội dung", "Tên tiêu chí thành phần"),
                _optional(NAME_EN),
                Column(
                    "max_points",
                    "decimal",
                    "Điểm tối đa",
                    ("Điểm chuẩn", "Thang điểm", "Điểm tối đa (điểm)"),
                    minimum=0,
                    vi="Điểm tối đa; chỉ ở mục không có mục con",
                    en="Maximum points; leaves only",
                ),
                Column(
                    "assessed_by",
                    "text",
                    "Đánh giá bằng",
                    ("Cách đánh giá", "Hình thức đánh giá"),
                    allowed=("appraisal", "survey"),
                    vi="appraisal: thẩm định; survey: điều tra xã hội học; chỉ ở mục không có mục con",
                    en="appraisal or survey; leaves only",
                ),
                Column(
                    "survey_method",
                    "text",
                    "Cách tính điều tra",
                    ("Phương pháp điều tra", "Cách tính ĐTXHH"),
                    allowed=("mean", "satisfied_share"),
                    vi="mean: trung bình; satisfied_share: tỷ lệ hài lòng; chỉ ở mục điều tra xã hội học",
                    en="mean or satisfied_share; surveyed leaves only",
                ),
                Column(
                    "lead_appraiser",
                    "code",
                    "Cơ quan chủ trì thẩm định",
                    ("Đơn vị chủ trì thẩm định", "Cơ quan chủ trì"),
                    required=False,
                    vi="Mã cơ quan chủ trì thẩm định mục này và các mục con",
                    en="Code of the agency that appraises the item and what lies below it",
                ),
                Column(
                    "step",
                    "decimal",
                    "Bước điểm",
                    ("Bước chấm điểm",),
                    required=False,
                    minimum=0,
                    vi="Bước điểm nhỏ nhất khi chấm mục này (mặc định 0,25)",
                    en="Smallest step in which points of the item are given (0.25 where empty)",
                ),
                ORIGIN,
                _optional(NOTE),
            ),
            "Bộ tiêu chí",
            "Rubric",
            replaces_by=("period", "unit_group"),
        ),
        _table(
            "scales",
            "definition",
            ("period", "scale", "option"),
            (
                PERIOD,
                Column(
                    "scale",
                    "code",
                    "Thang đo",
                    ("Mã thang đo",),
                    nullable=False,
                    vi="Mã thang đo",
                    en="Code of the scale",
                ),
                Column(
                    "option",
                    "code",
                    "Phương án",
                    ("Số phương án", "Mã phương án", "Lựa chọn"),
                    nullable=False,
                    vi="Số của phương án trên phiếu",
                    en="Number of the option on the ballot",
                ),
                Column(
                    "label",
                    "text",
                    "Nhãn",
                    ("Nội dung phương án", "Tên phương án"),
                    nullable=False,
                    vi="Nhãn của phương án",
                    en="Label of the option",
                ),
                Column(
                    "label_en",
                    "text",
                    "Nhãn tiếng Anh",
                    (),
                    required=False,
                    vi="Nhãn tiếng Anh",
                    en="English label",
                ),
                Column(
                    "value",
                    "decimal",
                    "Giá trị",
                    (),
                    minimum=0,
                    maximum=1,
                    vi="Giá trị từ 0 đến 1; trống: không có ý kiến",
                    en="Value from 0 to 1; empty: no opinion",
                ),
                Column(
                    "satisfied",
                    "boolean",
                    "Hài lòng",
                    ("Tính là hài lòng",),
                    vi="Phương án được tính là hài lòng",
                    en="The option counts as satisfied",
                ),
                ORIGIN,
            ),
            "Thang đo",
            "Scales",
            replaces_by=("period", "scale"),
        ),
        _table(
            "respondent_groups",
            "definition",
            ("period", "unit_group", "respondent_group"),
            (
                PERIOD,
                UNIT_GROUP,
                RESPONDENT_GROUP,
                _name("Tên nhóm đối tượng", "Name of the respondent group", "Tên nhóm đối tượng", "Tên nhóm"),
                NAME_EN,
                WEIGHT,
                ORIGIN,
            ),
            "Nhóm đối tượng",
            "Respondent groups",
            replaces_by=("period", "unit_group"),
        ),
        _table(
            "group_weights",
            "definition",
            ("period", "unit_group", "criterion_code", "respondent_group"),
            (PERIOD, UNIT_GROUP, CRITERION_CODE, RESPONDENT_GROUP, WEIGHT),
            "Trọng số nhóm đối tượng theo tiêu chí",
            "Weights of respondent groups by criterion",
            replaces_by=("period", "unit_group"),
        ),
        _table(
            "questions",
            "definition",
            ("period", "unit_group", "respondent_group", "question_code", "criterion_code"),
            (
                PERIOD,
                UNIT_GROUP,
                RESPONDENT_GROUP,
                QUESTION_CODE,
                CRITERION_CODE,
                Column(
                    "scale",
                    "code",
                    "Thang đo",
                    ("Mã thang đo",),
                    nullable=False,
                    vi="Thang đo của câu hỏi",
                    en="Scale of the question",
                ),
                Column(
                    "text",
                    "text",
                    "Nội dung câu hỏi",
                    ("Câu hỏi", "Nội dung"),
                    vi="Lời của câu hỏi",
                    en="Wording of the question",
                ),
                Column(
                    "text_en",
                    "text",
                    "Nội dung câu hỏi tiếng Anh",
                    ("Câu hỏi tiếng Anh",),
                    required=False,
                    vi="Lời tiếng Anh của câu hỏi",
                    en="English wording",
                ),
                ORIGIN,
            ),
            "Câu hỏi điều tra",
            "Questions",
            replaces_by=("period", "unit_group", "respondent_group"),
        ),
        _table(
            "survey_plan",
            "fact",
            ("period", "unit_code", "respondent_group"),
            (
                PERIOD,
                UNIT_CODE,
                RESPONDENT_GROUP,
                Column(
                    "issued",
                    "integer",
                    "Số phiếu phát ra",
                    ("Phiếu phát ra", "Phát ra"),
                    required=False,
                    minimum=0,
                    vi="Số phiếu phát ra",
                    en="Ballots issued",
                ),
                Column(
                    "returned",
                    "integer",
                    "Số phiếu thu về",
                    ("Phiếu thu về", "Thu về"),
                    required=False,
                    minimum=0,
                    vi="Số phiếu thu về",
                    en="Ballots returned",
                ),
                Column(
                    "population",
                    "integer",
                    "Tổng số người",
                    ("Quy mô nhóm", "Tổng thể", "Số người"),
                    required=False,
                    minimum=0,
                    vi="Số người của nhóm, để hiệu chỉnh sai số chọn mẫu",
                    en="Number of people in the group, for the finite population correction",
                ),
            ),
            "Kế hoạch phát phiếu",
            "Survey plan",
        ),
        _table(
            "self_scores",
            "fact",
            ("period", "unit_code", "criterion_code"),
            (
                PERIOD,
                UNIT_CODE,
                CRITERION_CODE,
                Column(
                    "points",
                    "decimal",
                    "Điểm tự đánh giá",
                    ("Điểm tự chấm", "Điểm đơn vị tự đánh giá", "Tự đánh giá", "Điểm"),
                    vi="Điểm đơn vị tự đánh giá, từ 0 đến điểm tối đa",
                    en="Points the unit gave itself, from 0 to the maximum",
                ),
                NOT_APPLICABLE,
                Column(
                    "explanation",
                    "text",
                    "Giải trình",
                    ("Nội dung giải trình",),
                    required=False,
                    vi="Giải trình của đơn vị",
                    en="The unit's explanation",
                ),
                Column(
                    "evidence",
                    "text",
                    "Tài liệu kiểm chứng",
                    ("TLKC", "Tài liệu minh chứng", "Minh chứng"),
                    required=False,
                    vi="Văn bản chứng minh",
                    en="Documents that prove it",
                ),
                Column(
                    "submitted_on",
                    "date",
                    "Ngày nộp",
                    ("Ngày gửi", "Ngày nộp tự đánh giá"),
                    required=False,
                    vi="Ngày đơn vị nộp",
                    en="Day of submission",
                ),
            ),
            "Điểm tự đánh giá",
            "Self scores",
        ),
        _table(
            "appraised_scores",
            "fact",
            ("period", "unit_code", "criterion_code", "round"),
            (
                PERIOD,
                UNIT_CODE,
                CRITERION_CODE,
                Column(
                    "round",
                    "integer",
                    "Vòng",
                    ("Vòng thẩm định", "Lần thẩm định", "Lần"),
                    nullable=False,
                    minimum=0,
                    vi="Vòng thẩm định; vòng cao nhất quyết định",
                    en="Round of appraisal; the highest decides",
                ),
                Column(
                    "points",
                    "decimal",
                    "Điểm thẩm định",
                    ("Điểm Hội đồng thẩm định", "Điểm hội đồng", "Điểm"),
                    vi="Điểm Hội đồng thẩm định quyết định, từ 0 đến điểm tối đa",
                    en="Points the council decided, from 0 to the maximum",
                ),
                NOT_APPLICABLE,
                Column(
                    "appraiser",
                    "code",
                    "Cơ quan thẩm định",
                    ("Đơn vị thẩm định", "Mã cơ quan thẩm định"),
                    vi="Mã cơ quan thẩm định",
                    en="Code of the agency that appraised",
                ),
                Column(
                    "reason",
                    "text",
                    "Lý do điều chỉnh",
                    ("Lý do",),
                    required=False,
                    vi="Lý do điều chỉnh điểm",
                    en="Reason of the change",
                ),
                Column(
                    "minute",
                    "text",
                    "Biên bản",
                    ("Số biên bản",),
                    required=False,
                    vi="Biên bản thẩm định",
                    en="Minutes of the appraisal",
                ),
                Column(
                    "decided_on",
                    "date",
                    "Ngày quyết định",
                    ("Ngày thẩm định",),
                    required=False,
                    vi="Ngày quyết định",
                    en="Day of the decision",
                ),
            ),
            "Điểm thẩm định",
            "Appraised scores",
        ),
        _table("ballots", "fact", ("period", "ballot_id"), _BALLOT, "Phiếu điều tra xã hội học", "Ballots"),
        _table(
            "answers",
            "fact",
            ("period", "ballot_id", "question_code"),
            (PERIOD, BALLOT_ID, QUESTION_CODE, OPTION),
            "Câu trả lời trên phiếu",
            "Answers on the ballots",
            replaces_by=("period", "ballot_id"),
            imported=False,
        ),
        _table(
            "process_steps",
            "fact",
            ("period", "step"),
            (
                PERIOD,
                Column("step", "code", "Bước", ("Số bước", "Bước số"), nullable=False, vi="Bước", en="Step"),
                _name("Tên bước", "Name of the step", "Tên bước", "Nội dung công việc"),
                NAME_EN,
                Column(
                    "kind",
                    "text",
                    "Loại bước",
                    ("Loại công việc",),
                    required=False,
                    allowed=(
                        "plan",
                        "guidance",
                        "council",
                        "survey_plan",
                        "survey_monitoring",
                        "survey",
                        "self_score",
                        "appraisal",
                        "survey_report",
                        "report",
                        "announcement",
                    ),
                    vi="Việc gì được làm ở bước này; trống: việc khác",
                    en="What is done in the step; empty: something else",
                ),
                Column(
                    "planned_from",
                    "date",
                    "Dự kiến từ ngày",
                    ("Dự kiến từ", "Từ ngày"),
                    vi="Ngày bắt đầu dự kiến",
                    en="Planned start",
                ),
                Column(
                    "planned_to",
                    "date",
                    "Dự kiến đến ngày",
                    ("Dự kiến đến", "Đến ngày"),
                    vi="Ngày kết thúc dự kiến",
                    en="Planned end",
                ),
                Column(
                    "done_on",
                    "date",
                    "Ngày hoàn thành",
                    ("Hoàn thành", "Hoàn thành ngày"),
                    required=False,
                    vi="Ngày hoàn thành",
                    en="Day it was done",
                ),
                Column(
                    "responsible",
                    "text",
                    "Cơ quan thực hiện",
                    ("Đơn vị thực hiện", "Chủ trì", "Trách nhiệm"),
                    vi="Cơ quan thực hiện",
                    en="Who does it",
                ),
            ),
            "Các bước của quy trình",
            "Steps of the process",
        ),
        _table(
            "published_results",
            "fact",
            ("period", "unit_code"),
            (
                PERIOD,
                UNIT_CODE,
                Column(
                    "index",
                    "decimal",
                    "Chỉ số",
                    ("Chỉ số CCHC", "Chỉ số công bố"),
                    minimum=0,
                    vi="Chỉ số đã công bố",
                    en="Index as published",
                ),
                Column(
                    "rank",
                    "integer",
                    "Hạng",
                    ("Xếp hạng", "Thứ hạng"),
                    minimum=1,
                    vi="Hạng đã công bố",
                    en="Rank as published",
                ),
                Column("decision", "text", "Quyết định", ("Số quyết định",), vi="Quyết định công bố", en="Decision"),
                Column("source", "text", "Nguồn", ("Nguồn số liệu",), vi="Nguồn", en="Source"),
                Column(
                    "note", "text", "Ghi chú", ("Chú thích",), vi="Ghi chú, bằng tiếng Việt", en="Note, in Vietnamese"
                ),
                Column(
                    "note_en",
                    "text",
                    "Ghi chú tiếng Anh",
                    ("Ghi chú (tiếng Anh)",),
                    required=False,
                    vi="Ghi chú bằng tiếng Anh",
                    en="Note in English",
                ),
            ),
            "Kết quả đã công bố",
            "Published results",
        ),
    )
}

DEFINITIONS = tuple(t.name for t in TABLES.values() if t.role == "definition")
RECORDS = ("periods", "process_steps", "published_results")
"""Tables that may span years in one import."""
OF_ONE_PERIOD = tuple(t.name for t in TABLES.values() if "period" in t.names and t.name not in RECORDS)
"""Tables whose rows belong to one period in one import."""
FACTS = tuple(t.name for t in TABLES.values() if t.role == "fact")

LONG_BALLOT = (QUESTION_CODE, OPTION)
"""The columns that a long ballot file has beside those of `ballots`."""

CLEANED_CODES = ("criterion_code", "parent_code")
"""Columns whose codes are cleaned (`6..1.4`, `4.4.`) and undone where Excel turned them into a number or a date."""

SCALE_OF_POINTS = Decimal("1E-15")
"""The finest step of a decimal column."""


def dictionary() -> str:
    """The data dictionary as Markdown: every table with its columns, keys, headings and what they mean.

    `python -m scoring.tables > data/dictionary.md` writes it anew; a test keeps the file true.
    """
    kinds = {
        "integer": "số nguyên · integer",
        "decimal": "số · number",
        "date": "ngày · date",
        "boolean": "có/không · true/false",
    }
    lines = [
        "# Từ điển dữ liệu · Data dictionary",
        "",
        "Tạo từ khai báo trong `scoring/tables.py`; không sửa tay. · Made from the declaration in `scoring/tables.py`;",
        "not edited by hand. 🔑 khóa · key; ° có thể thiếu cột · the column may be missing.",
    ]
    for table in TABLES.values():
        if not table.imported:
            continue
        together = ", ".join(f"`{name}`" for name in table.replaces_by)
        how = "từng dòng · row by row" if table.replaces_by == table.key else "cả bộ · as a set"
        role = {"definition": "định nghĩa · definition", "fact": "số liệu · fact"}[table.role]
        lines += [
            "",
            f"## `{table.name}` – {table.vi} · {table.en}",
            "",
            f"{role}; thay theo · replaced by {together} ({how})",
            "",
            "| cột · column | tiêu đề · heading | tiêu đề khác · other headings | kiểu · kind | ý nghĩa · meaning |",
            "|---|---|---|---|---|",
        ]
        for column in table.columns:
            mark = " 🔑" if column.name in table.key else ("" if column.required else " °")
            kind = kinds.get(column.kind, "chữ · text")
            if column.allowed:
                kind = ", ".join(f"`{word}`" for word in column.allowed)
            elif column.minimum is not None:
                kind += f", {column.minimum}…{'' if column.maximum is None else column.maximum}"
            other = ", ".join(column.variants)
            lines.append(
                f"| `{column.name}`{mark} | {column.heading_vi} | {other} | {kind} | {column.vi} · {column.en} |"
            )
        if table.name == "ballots":
            lines += [
                "",
                "Dạng rộng: mỗi cột còn lại là một mã câu hỏi. Dạng dài: thêm cột `question_code` và `option`. ·",
                "Wide: every other column is a question code. Long: with the columns `question_code` and `option`.",
            ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(dictionary(), end="")
