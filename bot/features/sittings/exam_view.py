"""An exam's question in view, with its choices as buttons; and all its questions at a glance."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cases.case_view import figures
from bot.features.shared.messages import Button, Keyboard, in_rows, markup, message, pages, press
from bot.features.shared.question_buttons import numbered, stands_in_text
from bot.features.sittings.sitting_buttons import SittingPress, SittingVerb
from content.grading import needs_multiple
from content.layout import DESCRIPTION_LENGTH, caption
from content.markup import Paragraph, Run, entity_count, parse, plain, telegram_length, to_html
from content.markup import visible as as_seen
from content.model import Case, Question
from content.pages import MAX_ENTITIES, Part
from content.snapshot import Snapshot
from storage.outcome import About, OwedCall
from storage.sittings import SittingItem

MOST_BUTTONS = 90  # of one kind; Telegram takes no more than about a hundred under one message
_NUMBERS_IN_A_ROW = 5


class ExamQuestion(Struct, frozen=True):
    """A question of an exam: one of ``count``, with so many minutes left.

    ``assigned``: there is one attempt, which is not left off.
    """

    sitting_id: int
    item: SittingItem
    count: int
    minutes: int
    assigned: bool = False

    @property
    def snapshot(self) -> Snapshot:
        """Its case."""
        return Snapshot.from_json(self.item.snapshot)

    @property
    def question(self) -> Question:
        """The question itself."""
        return self.snapshot.case.questions[self.item.position]

    def data(self, verb: SittingVerb, place: int | None = None, choice: int = 0) -> str:
        """What a button under it sends back."""
        return str(
            SittingPress(self.sitting_id, verb, self.item.place if place is None else place, choice)
        )


def question_calls(chat_id: int, shown: ExamQuestion, words: Words) -> list[OwedCall]:
    """The calls that show a question and what was told before it."""
    head = (_head(shown, words),)
    if not shown.item.counts:
        if shown.item.dropped:
            sentence = words.say("This case was taken out of the exam. It does not count.")
        else:
            sentence = words.say("Telegram would not take this question. It does not count.")
        calls = pages(chat_id, [Part((*head, (plain(sentence),)))], keyboard(shown, words))
    else:
        calls = _as_asked(chat_id, shown, head, keyboard(shown, words), words)
    about = About(shown.item.post_id, shown.item.position)
    return [replace(call, about=about) for call in calls]


def recalled(chat_id: int, shown: ExamQuestion, words: Words) -> list[OwedCall]:
    """The same question once the exam is over, above its explanation."""
    return _as_asked(chat_id, shown, (), (), words)


def _as_asked(
    chat_id: int, shown: ExamQuestion, head: Sequence[Paragraph], buttons: Keyboard, words: Words
) -> list[OwedCall]:
    """A picture with everything as its caption where it fits; else pictures, then the text."""
    snapshot, told, asked = shown.snapshot, _told(shown), _asked(shown, words)
    positions = range(shown.item.position + 1)
    hashes = [one for n in positions for one in snapshot.figures_with(n)]
    if len(hashes) == 1:
        (figure,) = (one for n in positions for one in snapshot.case.figures_with(n))
        text = (*head, *told, *caption(figure), *asked)
        fits = telegram_length(as_seen(text)) <= DESCRIPTION_LENGTH
        if fits and entity_count(to_html(text)) <= MAX_ENTITIES:
            params: dict[str, Any] = {
                "photo": {"$figure": hashes[0]},
                "caption": to_html(text),
                "parse_mode": "HTML",
            }
            if buttons:
                params["reply_markup"] = markup(buttons)
            return [OwedCall(chat_id, "sendPhoto", params)]
    text = (*head, *told, *asked)
    pictures = [call for n in positions for call in figures(snapshot, n, chat_id)]
    return [*pictures, *pages(chat_id, [Part(text)], buttons)]


def _head(shown: ExamQuestion, words: Words) -> Paragraph:
    left = words.count("{n} minute left", "{n} minutes left", shown.minutes)
    sentence = words.say(
        "Question {n} of {count} · {left}", n=shown.item.place + 1, count=shown.count, left=left
    )
    return (Run(sentence, italic=True),)


def _told(shown: ExamQuestion) -> tuple[Paragraph, ...]:
    """The case as far as it has come."""
    case: Case = shown.snapshot.case
    reveals = [parse(q.reveal) for q in case.questions[: shown.item.position + 1] if q.reveal]
    return (
        (Run(case.title, bold=True),),
        *parse(case.vignette),
        *(paragraph for reveal in reveals for paragraph in reveal),
    )


def _asked(shown: ExamQuestion, words: Words) -> tuple[Paragraph, ...]:
    question, item = shown.question, shown.item
    asked: list[Paragraph] = [(Run(question.prompt, bold=True),)]
    if item.locked or stands_in_text(question):
        asked.append((plain(numbered(question, item.choice_order)),))
    note = _note(shown, words)
    return (*asked, (Run(note, italic=True),)) if note else tuple(asked)


def _note(shown: ExamQuestion, words: Words) -> str:
    """What is to be known about answering it."""
    question, item = shown.question, shown.item
    if item.locked:
        texts = "; ".join(question.choices[n].text for n in item.draft or ())
        if not texts:
            return words.say("Locked without an answer, since you have opened what comes after it.")
        return words.say(
            "Locked, since you have opened what comes after it. Your answer: {choices}",
            choices=texts,
        )
    notes = []
    if needs_multiple(question):
        notes.append(words.say("Press all that you think are right."))
    if item.position + 1 < len(shown.snapshot.case.questions):
        notes.append(
            words.say("The case goes on: once you open what comes next, this answer is locked.")
        )
    return " ".join(notes)


def keyboard(shown: ExamQuestion, words: Words) -> Keyboard:
    """The choices, and the ways on from here."""
    item = shown.item
    mark = words.say("⚑ Marked") if item.marked else words.say("Mark for later")
    ways = [press(mark, shown.data(SittingVerb.MARK))]
    if item.place > 0:
        ways.insert(0, press(words.say("← Back"), shown.data(SittingVerb.GO, item.place - 1)))
    if item.place + 1 < shown.count:
        ways.append(press(words.say("Next →"), shown.data(SittingVerb.GO, item.place + 1)))
    last = [press(words.say("Overview and hand in"), shown.data(SittingVerb.OVERVIEW))]
    choices = [] if item.locked or not item.counts else _choices(shown)
    return [*choices, ways, last]


def _choices(shown: ExamQuestion) -> list[list[Button]]:
    question, item = shown.question, shown.item
    by_number = stands_in_text(question)
    buttons = [
        press(
            ("● " if n in (item.draft or ()) else "")
            + (str(number) if by_number else question.choices[n].text),
            shown.data(SittingVerb.CHOOSE, choice=n),
        )
        for number, n in enumerate(item.choice_order, start=1)
    ]
    return _in_even_rows(buttons) if by_number else in_rows(buttons, 1)


def _in_even_rows(numbers: Sequence[Button]) -> list[list[Button]]:
    """As many rows as numbers need at five to a row, all of much the same length."""
    rows = -(-len(numbers) // _NUMBERS_IN_A_ROW)
    return in_rows(numbers, -(-len(numbers) // rows))


def overview(
    chat_id: int, shown: ExamQuestion, items: Sequence[SittingItem], words: Words
) -> list[OwedCall]:
    """Before handing in: what is answered, and what is not; ``shown`` is any of the questions."""
    answered = sum(item.draft is not None for item in items)
    left = words.count("{n} minute left", "{n} minutes left", shown.minutes)
    sentence = words.say(
        "**{answered} of {count} answered** · {left}\n\n"
        "● answered, ○ not, ⚑ marked for later: a press opens it. Until you hand in, nothing"
        " counts.",
        answered=answered,
        count=shown.count,
        left=left,
    )
    # Of very many, those that are left come first.
    listed = items
    if len(items) > MOST_BUTTONS:
        listed = sorted(items, key=lambda item: item.draft is not None and not item.marked)
    numbers = [
        press(
            f"{item.place + 1} {'○' if item.draft is None else '●'}{' ⚑' if item.marked else ''}",
            shown.data(SittingVerb.GO, item.place),
        )
        for item in listed[:MOST_BUTTONS]
    ]
    hand_in = [press(words.say("Hand in"), shown.data(SittingVerb.HAND_IN))]
    leave = [[press(words.say("Cancel the exam"), shown.data(SittingVerb.LEAVE))]]
    rows = [*_in_even_rows(numbers), hand_in, *([] if shown.assigned else leave)]
    call = message(chat_id, sentence, rows)
    return [replace(call, about=About(shown.item.post_id, shown.item.position))]
