"""Rubrics of any depth at random, with the units on every item of them."""

from decimal import Decimal

from hypothesis import strategies as st

UNITS = ("a", "b", "c", "d")


@st.composite
def blocks(draw):
    """A rubric of any depth in order, and a row a unit and item as the store gives them."""
    rubric: dict[str, dict] = {}

    def grow(parent: str, depth: int) -> None:
        for n in range(1, draw(st.integers(1, 3)) + 1):
            code = f"{parent}.{n}" if parent else str(n)
            branch = depth < 3 and draw(st.booleans())
            rubric[code] = {
                "criterion_code": code,
                "parent_code": parent or None,
                "name": f"Mục {code}",
                "name_en": None,
                "max_points": None if branch else draw(st.sampled_from([Decimal("0.5"), Decimal(1), Decimal(2)])),
                "assessed_by": None if branch else draw(st.sampled_from(["appraisal", "survey"])),
            }
            if branch:
                grow(code, depth + 1)

    grow("", 0)
    rows = []
    for unit in UNITS[: draw(st.integers(1, 4))]:
        leaves: dict[str, dict] = {}
        for code, row in rubric.items():
            if row["max_points"] is None:
                continue
            full = row["max_points"]
            appraised = row["assessed_by"] == "appraisal"
            state = draw(
                st.sampled_from(
                    ["appraised", "appraised", "pending", "missing", "not_applicable"]
                    if appraised
                    else ["surveyed", "surveyed", "missing", "not_applicable"]
                )
            )
            own = full * draw(st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(1)]))
            points = full * draw(st.sampled_from([Decimal(0), Decimal("0.25"), Decimal("0.5"), Decimal(1)]))
            scored = state in ("appraised", "surveyed")
            applies = state != "not_applicable"
            leaves[code] = {
                "state": state,
                "self_points": own if appraised and state in ("appraised", "pending") else None,
                "appraised_points": points if state == "appraised" else None,
                "survey_points": points if state == "surveyed" else None,
                "points": points if scored else None,
                "max_points": full if applies else Decimal(0),
                "appraised_max": full if applies and appraised else Decimal(0),
                "attainment": points / full if scored else None,
                "gap": points - own if state == "appraised" else None,
            }
        for code in rubric:
            below = [row for leaf, row in leaves.items() if leaf == code or leaf.startswith(f"{code}.")]
            if code in leaves:
                found = leaves[code]
            else:
                found = {
                    column: sum((row[column] or Decimal(0) for row in below), Decimal(0))
                    for column in (
                        "self_points",
                        "appraised_points",
                        "survey_points",
                        "points",
                        "max_points",
                        "appraised_max",
                    )
                }
                both = [row["gap"] for row in below if row["gap"] is not None]
                found["gap"] = sum(both, Decimal(0)) if both else None
                found["attainment"] = found["points"] / found["max_points"] if found["max_points"] else None
                found["state"] = None
            rows.append({"unit_code": unit, "criterion_code": code, **found})
    return rubric, rows
