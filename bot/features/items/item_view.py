"""An item's page: its wording, its numbers, and what they mean."""

from collections.abc import Iterator

from bot.base.i18n import Words
from bot.features.items.item_values import ShownItem, Wording
from bot.features.items.items_press import ItemsPress
from bot.features.items.numbers_view import (
    alarm,
    choices,
    discrimination,
    in_short,
    share_right,
    too_few,
)
from bot.features.shared.case_names import question_of
from bot.features.shared.messages import Button, link, pages, press
from content.codes import case_code
from content.grading import needs_multiple
from content.item_statistics import MINIMUMS, ShareRight, TooFew
from content.markup import Paragraph, Run, parse, plain
from content.pages import Part
from storage.outcome import OwedCall

_MOST_ALARMS = 4


def item(chat_id: int, shown: ShownItem, pressed: ItemsPress, words: Words) -> OwedCall:
    """All that is known of an item; ``pressed`` says which list it was chosen from."""
    parts = [
        *_wording(shown, words),
        *_numbers(shown.wording, words),
        *_alarms(shown.wording, words),
        *beside(shown.before, shown.wording, words),
        *beside(shown.wording, shown.after, words),
    ]
    keyboard = _keyboard(shown, pressed, words)
    whole = pages(chat_id, [*parts, _meanings(words)], keyboard)
    # Of long choices there may be no room left for what the numbers mean.
    (call,) = whole if len(whole) == 1 else pages(chat_id, parts, keyboard)
    return call


def _wording(shown: ShownItem, words: Words) -> Iterator[Part]:
    one = shown.wording
    which = [words.say("Case {code}: {title}", code=case_code(one.case.id), title=one.case.title)]
    if len(one.case.questions) > 1:
        which.append(question_of(one.position + 1, len(one.case.questions), words))
    if shown.link is None:
        which.append(words.say("asked in these words no more"))
    yield Part(((Run(" · ".join(which), bold=True),), (Run(one.question.prompt, italic=True),)))


def _numbers(one: Wording, words: Words) -> Iterator[Part]:
    statistics, question = one.reckoned.statistics, one.question
    told = [words.count("**{n} first answer**", "**{n} first answers**", statistics.answers)]
    told.append(words.labelled(words.say("Right"), share_right(statistics, words)))
    found = statistics.share_right
    if isinstance(found, ShareRight) and needs_multiple(question):
        told.append(words.say("With part marks: {share}", share=words.percent(found.mean_score)))
    yield _lines(told)
    if isinstance(statistics.choices, TooFew):
        few = words.labelled(words.say("Choices"), too_few(statistics.choices, words))
        yield Part(((plain(few),), (plain(choices(question, None, words)),)))
    else:
        yield Part(((plain(choices(question, statistics.choices, words)),),))
    related = statistics.discrimination
    if isinstance(related, TooFew):
        yield Part(
            ((plain(words.labelled(words.say("Discrimination"), too_few(related, words))),),)
        )
    else:
        head = words.count(
            "**Discrimination, {n} person**", "**Discrimination, {n} people**", related.people
        )
        yield _lines([head, *discrimination(related, words)])


def _lines(told: list[str]) -> Part:
    """Lines beneath each other."""
    return Part((*parse("\\\n".join(told)),))


def _alarms(one: Wording, words: Words) -> Iterator[Part]:
    found = one.reckoned.statistics.alarms
    if isinstance(found, TooFew):
        few = words.labelled(words.say("Alarms"), too_few(found, words))
        yield Part(((plain(few),),))
    elif not found:
        yield Part(((plain(words.say("No alarm.")),),))
    else:
        told = [f"⚠️ {alarm(each, one.question, words)}" for each in found[:_MOST_ALARMS]]
        if len(found) > _MOST_ALARMS:
            more = len(found) - _MOST_ALARMS
            told.append(words.count("And {n} more alarm.", "And {n} more alarms.", more))
        yield Part(tuple((plain(each),) for each in told))


def beside(old: Wording | None, new: Wording | None, words: Words) -> list[Part]:
    """Two wordings of a question beside each other, once enough people answered both."""
    if old is None or new is None:
        return []
    head: Paragraph = (Run(words.say("Before and after the rewording"), bold=True),)
    told = []
    for label, one in ((words.say("Before"), old), (words.say("After"), new)):
        statistics = one.reckoned.statistics
        if statistics.answers < MINIMUMS.discrimination:
            few = too_few(TooFew(statistics.answers, MINIMUMS.discrimination), words)
            told.append(words.labelled(label, few))
        else:
            told.append(words.labelled(label, in_short(statistics, words)))
    return [Part((head, (plain("\n".join(told)),)))]


def _meanings(words: Words) -> Part:
    """Each number in plain words; shown collapsed."""
    sentences = (
        words.say(
            "What counts: the first answer of each person who had met no other wording of the"
            " question. Reviews never count."
        ),
        words.say(
            "Right: with 95% certainty the share among very many people lies within the interval."
            " A hard question is no bad one for that."
        ),
        words.say(
            "Idle: a wrong choice that fewer than 5% take. It misleads nobody and can be replaced."
        ),
        words.say(
            "Upper less lower 27%: the share right among those who did best in other questions,"
            " less that among those who did worst. The higher, the better it tells them apart."
        ),
        words.say(
            "Correlation with the rest: whether who is right here is right elsewhere. 1: always; 0:"
            " no connection; below 0: the other way round. Moodle's index is a hundred times that."
        ),
        words.say(
            "Discriminative efficiency: that connection as a share of the largest that these"
            " answers allow."
        ),
        words.say(
            "Alarms come from {n} people on, and only where chance alone seldom gives one.",
            n=MINIMUMS.alarms,
        ),
    )
    return Part(tuple((plain(sentence),) for sentence in sentences), quote=True)


def _keyboard(shown: ShownItem, pressed: ItemsPress, words: Words) -> list[list[Button]]:
    others = [
        press(label, str(ItemsPress(pressed.page, pressed.case, one.reckoned.key.code)))
        for label, one in (
            (words.say("Wording before"), shown.before),
            (words.say("Wording after"), shown.after),
        )
        if one is not None
    ]
    case = [] if shown.link is None else [link(words.say("Open the case"), shown.link)]
    back = press(words.say("Back to the list"), str(ItemsPress(pressed.page, pressed.case)))
    return [*([others] if others else []), [*case, back]]
