"""An exam: one question in view, its answer changeable until it is handed in or locked."""

from collections.abc import Collection, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.shared.messages import delete, with_buttons
from bot.features.shared.texts import old_button
from bot.features.sittings import exam_view as views
from bot.features.sittings import sitting_replies_view as replies
from bot.features.sittings.exam_view import ExamQuestion
from bot.features.sittings.plan import minutes_left
from bot.features.sittings.sitting_buttons import SittingPress, SittingVerb
from bot.services import Services
from content.grading import needs_multiple
from storage.facts import Fact
from storage.outcome import Outcome, OwedCall
from storage.sitting_facts import ChoicesDrafted, ItemMarked, ItemOpened, ScreenTakenAway
from storage.sittings import Sitting, SittingItem


class ExamPress(Struct, frozen=True):
    """A press in an exam that is open, under this message."""

    sitting: Sitting
    items: Sequence[SittingItem]
    pressed: SittingPress
    message_id: int
    words: Words

    @property
    def item(self) -> SittingItem:
        """The question that it is about."""
        return self.items[self.pressed.place]


async def show(
    services: Services,
    sitting: Sitting,
    items: Sequence[SittingItem],
    words: Words,
    beside: Collection[int] = (),
) -> Outcome:
    """The question, or all of them, that ``sitting`` shows, in place of what was in view.

    ``beside``: messages that go too.
    """
    person_id = sitting.person_id
    if sitting.shown < len(items):
        shown = _shown(services, sitting, items[sitting.shown], len(items))
        calls = views.question_calls(person_id, shown, words)
    else:
        shown = _shown(services, sitting, items[-1], len(items))
        calls = views.overview(person_id, shown, items, words)
    gone = await taken_away(services, sitting, beside)
    facts = (ItemOpened(sitting.id, sitting.shown), ScreenTakenAway(sitting.id))
    return Outcome(facts, (*calls, *gone))


async def taken_away(
    services: Services, sitting: Sitting, beside: Collection[int] = ()
) -> list[OwedCall]:
    """The call that deletes what shows a question of an exam, if anything does."""
    messages = {*await services.store.sittings.messages(sitting.id), *beside}
    return [delete(sitting.person_id, sorted(messages))] if messages else []


async def press(services: Services, at: ExamPress) -> Outcome:
    """What a press under a question, or under all of them, comes to."""
    pressed, count = at.pressed, len(at.items)
    if pressed.place >= count:
        return Outcome(toast=old_button(at.words))
    match pressed.verb:
        case SittingVerb.GO | SittingVerb.OVERVIEW:
            to = pressed.place if pressed.verb is SittingVerb.GO else count
            if to == at.sitting.shown:
                return Outcome(toast=replies.in_view(at.words))
            moved = replace(at.sitting, shown=to)
            return await show(services, moved, at.items, at.words, {at.message_id})
        case SittingVerb.MARK:
            item = replace(at.item, marked=not at.item.marked)
            fact = ItemMarked(at.sitting.id, item.place, item.marked)
            return _changed(services, at, item, fact)
        case _:
            return _choose(services, at)


def _choose(services: Services, at: ExamPress) -> Outcome:
    """Where several choices are right, a press takes one more or takes it back."""
    item, choice = at.item, at.pressed.choice
    question = _shown(services, at.sitting, item, len(at.items)).question
    if choice >= len(question.choices) or not item.counts:
        return Outcome(toast=old_button(at.words))
    if item.locked:
        return Outcome(toast=replies.locked(at.words))
    several = needs_multiple(question)
    draft = tuple(sorted({*(item.draft or ())} ^ {choice})) if several else (choice,)
    fact = ChoicesDrafted(at.sitting.id, item.place, draft)
    return _changed(services, at, replace(item, draft=draft or None), fact)


def _changed(services: Services, at: ExamPress, item: SittingItem, fact: Fact) -> Outcome:
    """The buttons of a question show what it has come to."""
    shown = _shown(services, at.sitting, item, len(at.items))
    buttons = views.keyboard(shown, at.words)
    return Outcome((fact,), (with_buttons(at.sitting.person_id, at.message_id, buttons),))


def _shown(services: Services, sitting: Sitting, item: SittingItem, count: int) -> ExamQuestion:
    left = minutes_left(sitting.deadline or 0, services.clock.now())
    return ExamQuestion(sitting.id, item, count, left, sitting.assignment_id is not None)
