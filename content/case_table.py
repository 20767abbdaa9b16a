"""The table of shipped cases in ``content/README.md``; ``make library`` renews it."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from content.library import SHIPPED, load_library
from content.model import Case, ReviewStatus

GUIDE: Final = Path(__file__).parent / "README.md"
BEGIN: Final = "<!-- the table of cases: python -m content.case_table -->"
END: Final = "<!-- the end of the table -->"


def table(cases: Iterable[Case]) -> str:
    """The cases as a Markdown table, one a line, in their order."""
    rows = [
        "| id | topics | level | figure | questions | review |",
        "| --- | --- | --- | --- | --- | --- |",
        *map(_row, cases),
    ]
    return "".join(f"{row}\n" for row in rows)


def _row(case: Case) -> str:
    figures = ", ".join(f"[picture](cases/{figure.file})" for figure in case.figures)
    review = case.review
    signed = f"{review.by}, {review.on}" if review.status is ReviewStatus.REVIEWED else "unreviewed"
    name = f"[{case.id}](cases/{case.id}.yaml)"
    cells = (name, ", ".join(case.topics), case.level, figures, len(case.questions), signed)
    return f"| {' | '.join(map(str, cells))} |"


def renewed(guide: str) -> str:
    """The guide with the table as it should be. Raises ValueError where its marks are missing."""
    head, begin, rest = guide.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{GUIDE.name} lacks {END if begin else BEGIN}")
    cases = load_library(SHIPPED).cases.values()
    return f"{head}{BEGIN}\n\n{table(cases)}\n{END}{tail}"


def main() -> None:
    """Write the table into the guide."""
    GUIDE.write_text(renewed(GUIDE.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{GUIDE}\n")


if __name__ == "__main__":
    main()
