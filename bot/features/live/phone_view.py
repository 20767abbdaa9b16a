"""What a phone shows of a question in a live round: news, choices, and what came of it."""

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.cases.case_view import which_question
from bot.features.cases.explanation_parts_view import key_point
from bot.features.live.numbered_choices import numbered_names, numbers
from bot.features.live.phone_buttons import OnPhone, phone_button
from bot.features.shared.answer_marks import key_label
from bot.features.shared.messages import Keyboard, html_message, in_rows
from bot.features.shared.question_buttons import numbered
from content.grading import Verdict, grade, needs_multiple
from content.markup import Paragraph, Run, parse, plain, telegram_length, to_html, visible
from content.model import Case, Question
from content.pages import MESSAGE_LENGTH
from storage.live_rounds import Choices
from storage.outcome import OwedCall

_IN_A_ROW: Final = 6  # numbers, at the most, so that a thumb meets one alone
_LONGEST_NAMES: Final = 600  # characters of chosen texts, of which a message may hold three
_MARKS: Final = {Verdict.CORRECT: "✅", Verdict.PARTLY: "🟡", Verdict.WRONG: "❌"}


class AskedOnPhone(Struct, frozen=True):
    """A question of a round; ``order`` is that of the numbers of its choices, as on the screen.

    ``ballot`` is the vote that is open, was last, or comes next: 1 or 2.
    """

    round_id: int
    case: Case
    position: int
    order: Choices
    ballot: int

    @property
    def question(self) -> Question:
        """The question itself."""
        return self.case.questions[self.position]


Votes = Mapping[int, Choices]
"""What somebody chose in a question, by ballot."""


def news(chat_id: int, asked: AskedOnPhone, words: Words) -> OwedCall:
    """What is new since the question before, while this one cannot be answered yet."""
    coming = words.say("The question comes here once voting opens.")
    told = _fitting(_above(asked, words), ((Run(coming, italic=True),),), words)
    return _message(chat_id, told, _see_case(asked, words))


def question(chat_id: int, asked: AskedOnPhone, before: Votes, words: Words) -> OwedCall:
    """The question with its numbered choices; ``before``: how its person voted already."""
    listed = numbered(asked.question, asked.order)
    told: list[Paragraph] = [(Run(asked.question.prompt, bold=True),), (plain(listed),)]
    if needs_multiple(asked.question):
        told.append((Run(words.say("Choose all that apply."), italic=True),))
    if asked.ballot > 1:
        told.insert(0, (Run(words.say("Discuss, then vote again"), bold=True),))
        if 1 in before:
            told.append(_line(words.say("Before:"), asked, before[1], words))
    buttons = [
        phone_button(str(number), OnPhone.VOTE, asked.round_id, asked.position, place)
        for number, place in enumerate(asked.order, start=1)
    ]
    # As many rows as they need, all of much the same length.
    rows = -(-len(buttons) // _IN_A_ROW)
    keyboard = [*in_rows(buttons, -(-len(buttons) // rows)), *_see_case(asked, words)]
    return _message(chat_id, _fitting(_above(asked, words), told, words), keyboard)


def revealed(chat_id: int, asked: AskedOnPhone, votes: Votes, words: Words) -> OwedCall:
    """What is right, how its person voted, and what to take home."""
    one = asked.question
    told: list[Paragraph] = [(Run(one.prompt, bold=True),)]
    if len(votes) == 1 and 1 in votes:
        told.append(_verdict(asked, votes[1], words))
    elif votes:
        told.append(_before_and_after(asked, votes, words))
    told.append(_line(key_label(one, words), asked, one.correct, words))
    told += [line for part in key_point(one, words) for line in part.paragraphs]
    return _message(chat_id, told, _explanation(asked, words))


def over(chat_id: int, asked: AskedOnPhone, votes: Votes, words: Words) -> OwedCall:
    """The round ended amid the question: nothing is told of its answer, unless it is asked for."""
    told: list[Paragraph] = [
        (Run(asked.question.prompt, bold=True),),
        (plain(words.say("This round is over. What is right was not shown.")),),
    ]
    if votes:
        told.append(_before_and_after(asked, votes, words, told=False))
    return _message(chat_id, told, _explanation(asked, words))


def _verdict(asked: AskedOnPhone, chosen: Choices, words: Words) -> Paragraph:
    match grade(asked.question, chosen).verdict:
        case Verdict.CORRECT:
            sentence = words.say("✅ **Right.**")
        case Verdict.PARTLY:
            sentence = words.say("🟡 **Partly right.**")
        case Verdict.WRONG:
            sentence = words.say("❌ **Not this time.**")
    (head,) = parse(sentence)
    return (*head, plain("\n"), *_line(words.say("You chose:"), asked, chosen, words))


def _before_and_after(
    asked: AskedOnPhone, votes: Votes, words: Words, *, told: bool = True
) -> Paragraph:
    """A line for each vote; ``told``: with whether it was right."""
    labels = {1: words.say("First vote:"), 2: words.say("After discussion:")}
    lines: list[Run] = []
    for ballot, chosen in sorted(votes.items()):
        mark = f"{_MARKS[grade(asked.question, chosen).verdict]} " if told else ""
        lines += [plain("\n")] if lines else []
        lines += [plain(words.lead + mark), *_line(labels[ballot], asked, chosen, words)]
    return tuple(lines)


def _line(label: str, asked: AskedOnPhone, places: Sequence[int], words: Words) -> Paragraph:
    names = numbered_names(asked.question, asked.order, places)
    if len(names) > _LONGEST_NAMES:
        names = numbers(asked.order, places)
    return (plain(f"{label} "), Run(words.isolated(names), bold=True))


def _above(asked: AskedOnPhone, words: Words) -> Sequence[Paragraph]:
    """Which question it is, and what is told with it."""
    case = asked.case
    several = len(case.questions) > 1
    which = (which_question(case, asked.position, words),) if several else ()
    return (*which, *parse(asked.question.reveal or ""))


def _fitting(
    above: Sequence[Paragraph], below: Sequence[Paragraph], words: Words
) -> Sequence[Paragraph]:
    """One message of both; where it is too long, what is new is a press away."""
    whole = (*above, *below)
    if telegram_length(visible(whole)) <= MESSAGE_LENGTH:
        return whole
    elsewhere = words.say("There is news: press See the case.")
    return ((Run(elsewhere, italic=True),), *below)


def _see_case(asked: AskedOnPhone, words: Words) -> Keyboard:
    label = words.say("See the case")
    return [[phone_button(label, OnPhone.CASE, asked.round_id, asked.position)]]


def _explanation(asked: AskedOnPhone, words: Words) -> Keyboard:
    label = words.say("Explanation")
    return [[phone_button(label, OnPhone.EXPLAIN, asked.round_id, asked.position)]]


def _message(chat_id: int, told: Sequence[Paragraph], keyboard: Keyboard) -> OwedCall:
    """Hundreds of people are sent the same: it is kept once."""
    html = to_html(told)
    return html_message(chat_id, html, keyboard, common=html)
