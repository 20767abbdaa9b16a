"""What ``content/README.md`` says of the shipped cases; ``make library`` renews it."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from content.library import SHIPPED, load_library
from content.model import Case, Level, ReviewStatus
from content.topics import specialty_of

GUIDE: Final = Path(__file__).parent / "README.md"
BEGIN: Final = "<!-- the table of cases: python -m content.case_table -->"
END: Final = "<!-- the end of the table -->"

BLUEPRINT: Final[Mapping[str, int]] = MappingProxyType(
    {
        "cardiology": 14,
        "endocrinology": 9,
        "gastroenterology": 9,
        "infectious-diseases": 9,
        "pulmonology": 9,
        "rheumatology": 9,
        "hematology": 6,
        "oncology": 6,
        "nephrology": 6,
        "neurology": 4,
        "psychiatry": 4,
        "dermatology": 3,
        "geriatrics": 3,
        "obstetrics": 3,
        "allergy-and-immunology": 2,
        "ophthalmology": 1,
        "otolaryngology": 1,
    }
)
"""Percent of the American Board of Internal Medicine's certification examination; gynecology is
counted with obstetrics."""


def guide_part(cases: Sequence[Case]) -> str:
    """All that is generated: the cases, how they spread, and what waits for a reviewer."""
    return "\n".join((table(cases), spread(cases), waiting(cases)))


def table(cases: Iterable[Case]) -> str:
    """The cases as a Markdown table, one a line, in their order."""
    rows = [
        "| id | topics | level | figure | questions | variants | review |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *map(_row, cases),
    ]
    return "".join(f"{row}\n" for row in rows)


def _row(case: Case) -> str:
    figures = ", ".join(f"[picture](cases/{figure.file})" for figure in case.figures)
    review = case.review
    signed = f"{review.by}, {review.on}" if review.status is ReviewStatus.REVIEWED else "unreviewed"
    name = f"[{case.id}](cases/{case.id}.yaml)"
    variants = sum(len(question.variants) for question in case.questions)
    asked = (len(case.questions), variants)
    cells = (name, ", ".join(case.topics), case.level, figures, *asked, signed)
    return f"| {' | '.join(map(str, cells))} |"


def spread(cases: Iterable[Case]) -> str:
    """How the cases spread over specialties, beside an examination's blueprint, and over levels.

    A case counts for the specialty of its first topic.
    """
    cases = tuple(cases)
    by_specialty = _by_specialty(cases)
    others = sorted(by_specialty.keys() - BLUEPRINT.keys())
    rows = [
        f"| {name} | {share} | {_percent(by_specialty[name], cases)} |"
        for name in (*BLUEPRINT, *others)
        for share in (f"{BLUEPRINT[name]} %" if name in BLUEPRINT else "",)
    ]
    levels = ", ".join(
        f"{sum(case.level is level for case in cases)} for {level}s" for level in Level
    )
    head = (
        f"{len(cases)} cases: {levels}. By the specialty of the first topic, beside the blueprint"
        " of the American Board of Internal Medicine’s certification examination:",
        "",
        "| specialty | blueprint | cases |",
        "| --- | --- | --- |",
    )
    return "".join(f"{row}\n" for row in (*head, *rows))


def waiting(cases: Iterable[Case]) -> str:
    """The cases that no clinician has signed, by specialty, with what their authors ask."""
    unsigned = _by_specialty(
        case for case in cases if case.review.status is not ReviewStatus.REVIEWED
    )
    lines = ["### Waiting for review", ""]
    for specialty in sorted(unsigned):
        lines.append(f"- **{specialty}**")
        for case in unsigned[specialty]:
            asked = " ".join(
                line if line.endswith((".", "?")) else f"{line}." for line in case.review.confirm
            )
            lines.append(f"  - [{case.id}](cases/{case.id}.yaml){': ' if asked else ''}{asked}")
    return "".join(f"{line}\n" for line in lines)


def _by_specialty(cases: Iterable[Case]) -> Mapping[str, list[Case]]:
    found: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        found[specialty_of(case.topics[0])].append(case)
    return found


def _percent(some: Sequence[Case], cases: Sequence[Case]) -> str:
    return f"{len(some)} ({100 * len(some) / len(cases):.0f} %)" if some else "none"


def renewed(guide: str) -> str:
    """The guide with the table as it should be. Raises ValueError where its marks are missing."""
    head, begin, rest = guide.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{GUIDE.name} lacks {END if begin else BEGIN}")
    cases = tuple(load_library(SHIPPED).cases.values())
    return f"{head}{BEGIN}\n\n{guide_part(cases)}\n{END}{tail}"


def main() -> None:
    """Write the table into the guide."""
    GUIDE.write_text(renewed(GUIDE.read_text("utf-8")), "utf-8")
    sys.stdout.write(f"{GUIDE}\n")


if __name__ == "__main__":
    main()
