"""What a session or an exam came to."""

from collections.abc import Sequence

from bot.base.i18n import Words
from bot.features.shared.buttons import RUN, what_next
from bot.features.shared.case_names import question_of
from bot.features.shared.messages import message, press
from bot.features.sittings.exam_view import MOST_BUTTONS
from bot.features.sittings.plan import Mode, shares
from bot.features.sittings.sitting_buttons import Press, Verb
from content.snapshot import Snapshot
from storage.outcome import OwedCall
from storage.sittings import Sitting, SittingItem


def results(
    sitting: Sitting, items: Sequence[SittingItem], words: Words, *, in_time: bool = True
) -> OwedCall:
    """The score, and what was missed as buttons; ``items`` are those that count.

    Not ``in_time``: it was handed in because its time was up.
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


def _name(item: SittingItem, words: Words) -> str:
    case = Snapshot.from_json(item.snapshot).case
    if len(case.questions) == 1:
        return case.title
    which = question_of(item.position + 1, len(case.questions), words)
    return f"{case.title} · {which}"


def _why(sitting: Sitting, item: SittingItem) -> str:
    return str(Press(sitting.id, Verb.WHY, item.place))
