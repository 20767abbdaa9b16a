"""Made-up answers of learners who began lately, months and years ago.

``python -m tests.support.progress_states FOLDER`` draws the picture of each in every language, to
be looked at; the smaller file is as wide as a phone shows it.
"""

import random
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from msgspec import convert
from msgspec.structs import replace
from PIL import Image

from bot.base.i18n import Languages, Words
from bot.features.progress.picture_view import picture
from bot.features.progress.summary import Reviews, Summary, summary
from bot.files.progress_picture import ProgressPicture
from storage.case_facts import AnswerGiven, CasePosted, SnapshotTaken
from storage.facts import Fact
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.progress import CountedAnswer
from storage.store import Store

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
TOPICS = (
    "cardiology",
    "connective-tissue-disease",
    "infectious-diseases",
    "nephrology",
    "allergy-and-immunology",
    "gastrointestinal-surgery",
    "neurology",
    "emergency-medicine",
)
LONG_TOPICS = tuple(f"{topic}-in-pregnancy-and-early-childhood" for topic in TOPICS)
STATES: Mapping[str, tuple[int, int]] = {
    "20 answers": (20, 9),
    "3 months": (180, 90),
    "2 years": (2400, 730),
}
"""How many answers, and in how many days."""
_KNOWN = {"certain": 0.85, "fairly": 0.65, "guess": 0.35, None: 0.6}


def answers(number: int, days: int) -> list[CountedAnswer]:
    """So many answers, given in so many days until now."""
    dice = random.Random(number)
    given = []
    for n in range(number):
        at = NOW - timedelta(days=days * (1 - n / number))
        review = n > 20 and dice.random() < 0.4
        sure = dice.choice(list(_KNOWN))
        right = dice.random() < _KNOWN[sure] + (0.15 if review else 0.0)
        milliseconds = int(at.timestamp() * 1000)
        purpose = "review" if review else "case"
        given.append(CountedAnswer(f"case-{n}", right, not review, purpose, sure, milliseconds))
    return given


async def record(database: Path, person_id: int, number: int, until: int) -> None:
    """Answers of 90 days until then (UTC milliseconds) in a database of which nobody makes use."""
    later = until - int(NOW.timestamp() * 1000)
    facts: list[Fact] = [SnapshotTaken("digest", "a case as JSON", until)]
    for post_id, one in enumerate(answers(number, 90), start=1000 * person_id):
        at = one.answered_at + later
        post = CasePosted(post_id, person_id, person_id, one.case_id, "digest", at)
        verdict, score = ("correct", 1.0) if one.right else ("wrong", 0.0)
        asked = (post_id, 0, one.case_id, "q", "revision", (0,), verdict, score)
        given = AnswerGiven(person_id, *asked, one.first, at, None, one.confidence)
        facts += [replace(post, purpose=one.purpose), given]
    store = await Store.open(database, until)
    await store.ledger.commit([Entry(Outcome(tuple(facts)))], until)
    await store.close()


def state(number: int, days: int, topics: tuple[str, ...] = TOPICS) -> Summary:
    """What such a learner is shown."""
    given = answers(number, days)
    dice = random.Random(days)
    week = 7 * 24 * 3600
    due = sorted(dice.randrange(2 * week) for _ in range(number // 8))
    coming = [int((NOW.timestamp() + seconds) * 1000) for seconds in due]

    def topics_of(case_id: str) -> tuple[str, ...]:
        first = int(case_id[5:]) % 3 if number < 50 else int(case_id[5:]) % len(topics)
        return (topics[first],)

    return summary(given, Reviews(min(9, number // 30), coming), number // 2, topics_of, NOW)


def pictured(shown: Summary, words: Words) -> ProgressPicture:
    """The picture that is owed of it."""
    return convert(picture(1, shown, words).params["photo"]["$chart"], ProgressPicture)


def main(folder: Path) -> None:
    """Draw all."""
    # Other tests want the states alone.
    from bot.files.draw_progress import progress  # noqa: PLC0415
    from bot.files.sheet import as_png  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    for words in Languages.load().words.values():
        for name, (number, days) in STATES.items():
            for topics in (TOPICS, LONG_TOPICS):
                png = as_png(progress(pictured(state(number, days, topics), words)))
                long = " long" if topics is LONG_TOPICS else ""
                path = folder / f"{words.code} {name}{long}.png"
                path.write_bytes(png)
                with Image.open(BytesIO(png)) as image:
                    image.resize((360, 450), Image.Resampling.LANCZOS).save(
                        path.with_suffix(".phone.png")
                    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
