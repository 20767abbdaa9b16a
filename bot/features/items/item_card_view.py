"""The card of an item: what was asked, how it was answered, what is said against it, what is done.

One message, whatever stands in it: a prompt and choices are short, and words are cut.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.flags.administrator_view import reason_of_flag
from bot.features.items.item_card_buttons import ItemCardVerb, button
from bot.features.items.item_card_numbers import ItemCardNumbers, ItemCardReason
from bot.features.items.numbers_view import alarm, choices, interval_of, too_few
from bot.features.shared.answer_marks import marked_choice
from bot.features.shared.buttons import cancel
from bot.features.shared.case_names import question_of
from bot.features.shared.dates import whole_date
from bot.features.shared.messages import Keyboard, html_message, message, pages, quoting
from bot.features.shared.written_words import in_brief
from content.codes import case_code
from content.disclosure import End, coded
from content.item_statistics import IDLE, MINIMUMS, ChoiceTaken, TooFew
from content.markup import Paragraph, Run, parse, plain, to_html
from content.model import Case, Question
from content.pages import Part
from storage.item_cards import BROUGHT_BACK, KEPT, OPEN, RETIRED, FlagOfItem, ItemCard
from storage.outcome import OwedCall

_FLAGS = 5  # the newest, each with so many characters of its words:
_WORDS = 240
_ALARMS = 4


class ItemCardShown(Struct, frozen=True):
    """A card, with the case in which its item stands, its numbers and the flags on it."""

    card: ItemCard
    case: Case
    numbers: ItemCardNumbers
    flags: Sequence[FlagOfItem] = ()

    @property
    def question(self) -> Question:
        """The item."""
        return self.case.questions[self.card.position]


def card(chat_id: int, shown: ItemCardShown, words: Words) -> OwedCall:
    """The card as it stands; whoever has it decides on it while it is open."""
    flags = {flag.person_id: flag for flag in shown.flags[-_FLAGS:]}
    keyboard = _buttons(shown.card, words)
    whole = pages(chat_id, _parts(shown, flags.values(), _ALARMS, words), keyboard)
    if len(whole) > 1:  # of long choices and reasons
        flags = {}
        whole = pages(chat_id, _parts(shown, (), 1, words), keyboard)
    (call,) = whole
    said = {person: in_brief(flag.words or "", _WORDS) for person, flag in flags.items()}
    decider = shown.card.decided_by
    if decider is not None and decider not in said:
        said[decider] = shown.card.decided_by_name or ""
    return quoting(call, *said.items())


def _parts(
    shown: ItemCardShown, flags: Iterable[FlagOfItem], alarms: int, words: Words
) -> Iterator[Part]:
    head = parse(words.say("🔎 **Please look at this question.**"))
    why = ((plain(sentence),) for sentence in _reasons(shown, alarms, words))
    yield Part((*head, *why))
    yield Part(tuple(_item(shown, words)))
    yield Part(tuple(_numbers(shown.numbers, words)))
    for flag in flags:
        yield Part(tuple(_flag(flag, words)), quote=True)
    yield from _decision(shown.card, words)


def _reasons(shown: ItemCardShown, most: int, words: Words) -> Iterator[str]:
    """Why somebody is to look at it, in plain words."""
    if ItemCardReason.FLAGS in shown.card.reasons:
        yield words.say("Two learners or more flagged it.")
    if ItemCardReason.REJECTED in shown.card.reasons:
        yield words.say("A reviewer rejected its case.")
    for one in shown.numbers.alarms[:most]:
        yield f"⚠️ {alarm(one, shown.question, words)}"


def why_it_stays(chat_id: int, most: int, words: Words) -> OwedCall:
    """The next message is the reason."""
    sentence = words.say(
        "**Write in one message why the question stays as it is,** in {most} characters at most."
        " It goes to those whose flags are open, without your name, and to whoever else decides"
        " on the question.",
        most=most,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def kept(chat_id: int, heard: int, words: Words) -> OwedCall:
    """It stays, and so many who flagged it are told why."""
    if not heard:
        return message(chat_id, words.say("✅ The question stays as it is."))
    sentence = words.count(
        "✅ The question stays as it is, and {n} person who flagged it is told why.",
        "✅ The question stays as it is, and {n} people who flagged it are told why.",
        heard,
    )
    return message(chat_id, sentence)


def too_late(chat_id: int, decided: ItemCard, words: Words) -> OwedCall:
    """Somebody else decided while the reason was written; it went nowhere."""
    told = (what_was_decided(decided, words), words.say("Your reason was not sent."))
    call = html_message(chat_id, to_html([(plain(sentence),) for sentence in told]))
    return quoting(call, (decided.decided_by, decided.decided_by_name))


def what_was_decided(decided: ItemCard, words: Words) -> str:
    """Who decided what, and when."""
    name = decided.decided_by_name or words.say("an administrator of this bot")
    at = datetime.fromtimestamp((decided.decided_at or 0) / 1000, UTC)
    when = words.say("{date}, {time} UTC", date=whole_date(at.date(), words), time=f"{at:%H:%M}")
    match decided.state:
        case state if state == KEPT:
            return words.say("It stays as it is: decided by {name}, {when}.", name=name, when=when)
        case state if state == RETIRED:
            return words.say("Retired by {name}, {when}.", name=name, when=when)
        case state if state == BROUGHT_BACK:
            return words.say("Brought back by {name}, {when}.", name=name, when=when)
    return words.say("Nobody has decided yet.")


def gone(words: Words) -> str:
    """A press on a card that is not known."""
    return words.say("I don't have this question any more.")


def _item(shown: ItemCardShown, words: Words) -> Iterator[Paragraph]:
    case, question, numbers = shown.case, shown.question, shown.numbers
    which = [words.say("Case {code}: {title}", code=case_code(case.id), title=case.title)]
    if len(case.questions) > 1:
        which.append(question_of(shown.card.position + 1, len(case.questions), words))
    yield (Run(" · ".join(which), bold=True),)
    yield (Run(question.prompt, italic=True),)
    if numbers.taken is None:
        rows = (
            (*marked_choice(question, place, words, yours=False), plain("\n"))
            for place in range(len(question.choices))
        )
        yield tuple(run for row in rows for run in row)
    else:
        yield (plain(choices(question, _taken(numbers, question), words)),)


def _taken(numbers: ItemCardNumbers, question: Question) -> list[ChoiceTaken]:
    shares = [people / numbers.answers for people in numbers.taken or ()]
    return [
        ChoiceTaken(people, share, share < IDLE and place not in question.correct, None)
        for place, (people, share) in enumerate(zip(numbers.taken or (), shares, strict=True))
    ]


def _numbers(numbers: ItemCardNumbers, words: Words) -> Iterator[Paragraph]:
    told = words.count("{n} first answer", "{n} first answers", numbers.answers)
    if numbers.right is not None:
        share, interval = numbers.right
        shown = words.percent(coded(share, numbers.answers))
        if isinstance(coded(share, numbers.answers), End):
            right = words.say("{share} right", share=shown)
        else:
            right = words.say(
                "{share} right (95% interval {interval})",
                share=shown,
                interval=interval_of(interval, words),
            )
        told = f"{told} · {right}"
    yield (plain(told),)
    if numbers.taken is None:
        few = too_few(TooFew(numbers.answers, MINIMUMS.choices), words)
        yield (plain(words.labelled(words.say("Choices"), few)),)


def _flag(flag: FlagOfItem, words: Words) -> Iterator[Paragraph]:
    yield (Run(reason_of_flag(flag.reason, words), bold=True),)
    if flag.words:
        yield (plain(in_brief(flag.words, _WORDS)),)


def _decision(decided: ItemCard, words: Words) -> Iterator[Part]:
    if decided.state == OPEN:
        return
    yield Part(((Run(what_was_decided(decided, words), bold=True),),))
    if decided.state == RETIRED:
        sentence = words.say(
            "Its case comes by nothing any more, and counts in no open assignment. A new wording"
            " brings it back by itself."
        )
        yield Part(((plain(sentence),),))
    if decided.why:
        yield Part(((plain(decided.why),),), quote=True)


def _buttons(decided: ItemCard, words: Words) -> Keyboard:
    number = decided.id
    explain = button(words.say("Show its explanation"), ItemCardVerb.EXPLAIN, number)
    retire = button(words.say("Retire"), ItemCardVerb.RETIRE, number)
    match decided.state:
        case state if state == OPEN:
            keep = button(words.say("Keep, because …"), ItemCardVerb.KEEP, number)
            return [[keep], [retire], [explain]]
        case state if state == RETIRED:
            return [[button(words.say("Bring back"), ItemCardVerb.BRING_BACK, number)], [explain]]
        case state if state == BROUGHT_BACK:
            return [[retire], [explain]]
    return [[explain]]
