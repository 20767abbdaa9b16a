"""Made-up reports: full, of few people, with nothing in them, and as long as words may be.

``python -m tests.support.report_samples FOLDER`` makes the picture of each, a workbook and a
QR code, to be looked at; the smaller picture is as wide as a phone shows it.
"""

import sys
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from msgspec.structs import replace
from PIL import Image

from bot.files.qr_code import qr_code
from bot.files.report_picture import Missed, OnTime, QuestionBar, ReportPicture, WeekPoint, Weeks
from bot.files.shares import Point, Share, Shares
from bot.files.workbook import Column, ColumnKind, Table, Workbook, person_cell

TOPICS: Final = (
    ("Nephrology", 0.42),
    ("Connective tissue disease", 0.51),
    ("Allergy and immunology", 0.58),
    ("Cardiology", 0.66),
    ("Emergency medicine", 0.71),
)
QUESTIONS: Final = (
    ("Low sodium after a marathon", 0.71),
    ("A rash that spares the face", 0.64),
    ("Stone-hard lumps under the skin, 18 years on", 0.57),
    ("Short of breath, and the film is clear", 0.5),
    ("The morning after antibiotics", 0.43),
)
LINK: Final = "https://t.me/morning_report_bot?start=co_7Hq2mZx91KdT"


def _share(label: str, share: float, few: bool = False) -> Share:
    half = 0.28 if few else 0.12
    told = "< 5%" if share == 0 else f"{round(share * 100)}%"
    return Share(label, share, max(0.0, share - half), min(1.0, share + half), few, told)


FULL: Final = ReportPicture(
    "Internal medicine residents",
    "16-22 November 2026 · 14 members, 11 active",
    OnTime("Done on time", 9, 14, "9 of 14", "No assignment was due."),
    Shares(
        "Weakest topics",
        tuple(_share(label, share, few=n == 2) for n, (label, share) in enumerate(TOPICS)),
        "From 5 people on, topics are shown here.",
    ),
    Missed(
        "Questions most missed",
        tuple(QuestionBar(label, share, f"{round(share * 100)}%") for label, share in QUESTIONS),
        "From 5 people on, questions are shown here.",
    ),
    Weeks(
        "Right, week by week",
        (
            WeekPoint("26 Oct", Point(0.55, few=True)),
            WeekPoint("2 Nov", Point(0.58, few=False)),
            WeekPoint("9 Nov", None),
            WeekPoint("16 Nov", Point(0.66, few=False)),
        ),
        "From the second week on, change is shown here.",
    ),
    ("0%", "50%", "100%"),
    "Hollow: fewer than 20 answers. Lines: 95% intervals.",
)
EMPTY: Final = replace(
    FULL,
    on_time=replace(FULL.on_time, done=0, people=0),
    topics=replace(FULL.topics, rows=()),
    missed=replace(FULL.missed, questions=()),
    weeks=replace(FULL.weeks, weeks=()),
)
FEW: Final = replace(
    FULL,
    on_time=OnTime("Done on time", 0, 5, "0 of 5", ""),
    topics=replace(FULL.topics, rows=(_share("Nephrology", 0, few=True),)),
    missed=replace(FULL.missed, questions=(QuestionBar("Low sodium", 1.0, "> 95%"),)),
    weeks=replace(FULL.weeks, weeks=(WeekPoint("16 Nov", Point(0.0, few=True)),)),
)
LONG: Final = replace(
    FULL,
    title="Residents of the first and second year, General Hospital (North) 🫀",
    subtitle="From 16 November to 22 November 2026 · 114 members, 111 active in this week",
    on_time=replace(FULL.on_time, done=111, people=114, told="111 of 114"),
    topics=replace(
        FULL.topics,
        rows=tuple(
            _share(f"{label} in pregnancy and early childhood", share) for label, share in TOPICS
        ),
    ),
    missed=replace(
        FULL.missed,
        questions=tuple(
            QuestionBar(f"{label}, and what $5 a day may mean to a family: 2 of 3", share, "> 95%")
            for label, share in QUESTIONS
        ),
    ),
    weeks=replace(
        FULL.weeks, weeks=tuple(WeekPoint(f"{n} Nov", Point(n / 30, n < 3)) for n in range(6))
    ),
    note="Hollow: fewer than 20 answers. Lines: 95% intervals. Of the named members alone, since "
    "fewer than 5 of the others finished.",
)
PICTURES: Final[Mapping[str, ReportPicture]] = {
    "full": FULL,
    "few": FEW,
    "empty": EMPTY,
    "long": LONG,
}
ADA, BEN, EVE = 4711, 4712, 4713
NAMES: Final[Mapping[int, str]] = {
    ADA: 'Ada "the Countess" Lovelace',
    BEN: "Ben",
    EVE: '=HYPERLINK("https://example.org")',
}
WORKBOOK: Final = Workbook(
    "report.xlsx",
    (
        Table(
            "Members",
            (Column("Member"), Column("Case"), Column("Done", ColumnKind.DATE), Column("Right")),
            tuple(
                (person_cell(person_id, NAMES[person_id]), case, done, right)
                for person_id in NAMES
                for case, done, right in (
                    ("Low sodium after a marathon", "2026-11-17T21:05", "yes"),
                    ("A rash that spares the face", "not yet", None),
                )
            ),
            ("Only who joined by name has a row.",),
        ),
        Table(
            "Topics",
            (
                Column("Topic"),
                Column("Answers"),
                Column("Right", ColumnKind.PERCENT),
                Column("From"),
            ),
            (("Nephrology", 12, 0.42, 0.19), ("Cardiology", 9, "< 5%", None)),
            ("Of the named members alone.", "Intervals are Wilson's, at 95%."),
        ),
        Table(
            "Questions",
            (
                Column("Question"),
                Column("Missed", ColumnKind.PERCENT),
                Column("The commonest wrong choice"),
                Column("Closed", ColumnKind.DATE),
            ),
            tuple(
                (
                    label,
                    share,
                    "Give hypertonic saline at once, before anything else is known of "
                    "what brought it about",
                    "2026-11-20",
                )
                for label, share in QUESTIONS
            ),
        ),
        Table("Weeks", (Column("Week", ColumnKind.DATE), Column("Active")), ()),
    ),
)


def main(folder: Path) -> None:
    """Make all."""
    # Other tests want the samples alone.
    from bot.files.draw_report import report  # noqa: PLC0415
    from bot.files.sheet import as_png  # noqa: PLC0415
    from bot.files.write_workbook import written  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    for name, picture in PICTURES.items():
        png = as_png(report(picture))
        (folder / f"{name}.png").write_bytes(png)
        with Image.open(BytesIO(png)) as image:
            phone = image.resize((360, 450), Image.Resampling.LANCZOS)
            phone.save(folder / f"{name}.phone.png")
    for right_to_left in (False, True):
        name = "rtl.xlsx" if right_to_left else "ltr.xlsx"
        (folder / name).write_bytes(written(replace(WORKBOOK, right_to_left=right_to_left)))
    (folder / "qr.png").write_bytes(qr_code(LINK))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
