"""What a session or an exam came to."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.base.i18n import Words
from bot.features.shared.buttons import RUN, what_next
from bot.features.shared.case_names import question_of
from bot.features.shared.dates import near_date
from bot.features.shared.messages import message, press
from bot.features.sittings.exam_view import MOST_BUTTONS
from bot.features.sittings.plan import Mode, shares
from bot.features.sittings.sitting_buttons import SittingPress, SittingVerb
from bot.scheduling.wall_time import wall
from bot.scheduling.zones import label
from content.snapshot import Snapshot
from storage.outcome import OwedCall
from storage.sittings import Sitting, SittingItem


def results(
    sitting: Sitting,
    items: Sequence[SittingItem],
    words: Words,
    *,
    in_time: bool = True,
    later: bool = False,
) -> OwedCall:
    """The score, and what was missed as buttons; ``items`` are those that count.

    Not ``in_time``: it was handed in because its time was up. ``later``: it was some time ago.
    """
    right, partly, without = shares([item.score for item in items])
    count = len(items)
    if not items:
        head = words.say("**Session over.** Nothing was answered.")
    elif sitting.mode != Mode.EXAM:
        head = words.count(
            "**Session over: {right} of {n} question right.**",
            "**Session over: {right} of {n} questions right.**",
            count,
            right=right,
        )
    elif later:
        head = words.count(
            "**The exam of your cohort is explained: {right} of {n} question right.**",
            "**The exam of your cohort is explained: {right} of {n} questions right.**",
            count,
            right=right,
        )
    elif in_time:
        head = words.count(
            "**Exam handed in: {right} of {n} question right.**",
            "**Exam handed in: {right} of {n} questions right.**",
            count,
            right=right,
        )
    else:
        head = words.count(
            "**Time is up, and the exam is handed in: {right} of {n} question right.**",
            "**Time is up, and the exam is handed in: {right} of {n} questions right.**",
            count,
            right=right,
        )
    sentences = [head]
    if partly:
        sentences.append(words.count("{n} partly right.", "{n} partly right.", partly))
    if without:
        sentences.append(words.count("{n} not answered.", "{n} not answered.", without))
    missed = [item for item in items if item.score != 1]
    text = " ".join(sentences)
    if missed:
        text += "\n\n" + words.say("What you missed: each button opens its explanation.")
    buttons = [[press(_name(item, words), _why(sitting, item))] for item in missed[:MOST_BUTTONS]]
    again = press(words.say("Practise more"), f"{RUN}practice")
    return message(sitting.person_id, text, [*buttons, [again], *what_next(words)])


def sealed(
    sitting: Sitting, explained_at: int, zone: str, words: Words, *, in_time: bool = True
) -> OwedCall:
    """An exam is handed in, and nothing of it is told before a time, UTC milliseconds."""
    at = wall(explained_at, ZoneInfo(zone))
    head = (
        words.say("**Handed in.**")
        if in_time
        else words.say("**Time is up, and the exam is handed in.**")
    )
    told = words.say(
        "How it went, and why, comes by itself on {date} at {time} ({place}), when the assignment"
        " closes.",
        date=near_date(at.date(), words),
        time=f"{at:%H:%M}",
        place=label(zone),
    )
    return message(sitting.person_id, f"{head} {told}", what_next(words))


def _name(item: SittingItem, words: Words) -> str:
    case = Snapshot.from_json(item.snapshot).case
    if len(case.questions) == 1:
        return case.title
    which = question_of(item.position + 1, len(case.questions), words)
    return f"{case.title} · {which}"


def _why(sitting: Sitting, item: SittingItem) -> str:
    return str(SittingPress(sitting.id, SittingVerb.WHY, item.place))
