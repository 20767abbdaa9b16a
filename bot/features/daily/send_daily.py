"""Sending a learner the daily case that they asked for."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.cards.up_to_date import cards_of
from bot.features.cases.case_replies_view import none_as_preferred
from bot.features.cases.case_view import Destination, opening
from bot.features.cases.choose_case import (
    AllSeen,
    AnyUnseen,
    NoneAsPreferred,
    NotYetRight,
    choose,
    is_open,
)
from bot.features.cases.confidence_view import with_row
from bot.features.cases.exam_first import exam_until
from bot.features.cases.open_case import offer
from bot.features.cases.private_post import figures_to_keep, post_facts
from bot.features.daily import daily_view as views
from bot.features.practice.send_review import due_review, put_review
from bot.features.shared.preferences import preferences_of
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.quiet import SILENT_CASES, comes_too_soon
from bot.services import Services
from content.model import Case
from storage.chat_facts import NOTHING_LEFT, DailySet
from storage.chats import Daily
from storage.facts import Fact
from storage.outcome import Outcome, OwedCall
from storage.people import Progress

_LATELY_MS = 30 * DAY_MS
GRACE_MS = 2 * HOUR_MS  # ms after which a missed case is let go


class _Turn(Struct, frozen=True):
    """A learner's plan at the time when a case is due."""

    kept: Daily
    plan: DailyPlan
    words: Words
    now: int

    def moved(self, due: int | None, unanswered: int) -> DailySet:
        """The plan goes on at ``due``, or rests."""
        plan, kept = self.plan, self.kept
        spoken = plan.timetable.to_json(), plan.quiet_json()
        return DailySet(kept.person_id, *spoken, due, unanswered, kept.brought_at)

    @property
    def next_due(self) -> int:
        """When the case after this one is due, also where the clock was set back."""
        return self.plan.due_after(max(self.now, self.kept.next_due or 0))


async def send_daily(services: Services, kept: Daily) -> Outcome:
    """Send the case that is due, or see why not; either way the next due time is recorded.

    ``kept`` is to be read under the lock under which the Outcome is committed. What is late by
    more than two hours is let go. Nothing is sent in quiet hours, during an exam, nor to who
    blocked the bot; with days unanswered it comes less often, then the plan rests, and a line says
    so to whoever can read it.
    """
    person = await services.store.people.get(kept.person_id)
    spoken = (None, None) if person is None else (person.language, person.telegram_language)
    words = services.languages.choose(*spoken)
    plan = DailyPlan.from_json(kept.timetable, kept.quiet)
    turn = _Turn(kept, plan, words, services.clock.now())
    away = person is None or person.blocked_at is not None
    silent = kept.unanswered >= SILENT_CASES
    # Where the plan rests, the counter begins anew, as the plan would.
    resting = turn.moved(None, 0)
    if away:
        # Whoever comes back within the same few days finds everything as it was.
        waiting = turn.moved(turn.next_due, kept.unanswered + 1)
        return Outcome((resting if silent else waiting,))
    if not silent and turn.now - (kept.next_due or 0) > GRACE_MS:
        return Outcome((turn.moved(turn.next_due, kept.unanswered),))
    peace = plan.outside_quiet(turn.now)
    if peace > turn.now:
        return Outcome((turn.moved(peace, kept.unanswered),))
    exam = await exam_until(services, kept.person_id)
    if exam is not None and exam > turn.now:
        return Outcome((turn.moved(exam, kept.unanswered),))
    if await services.store.chats.was_served(kept.person_id, kept.next_due or 0):
        return Outcome((turn.moved(turn.next_due, kept.unanswered),))
    if comes_too_soon(kept.unanswered, kept.brought_at, turn.now):
        return Outcome((turn.moved(turn.next_due, kept.unanswered),))
    if silent:
        line = views.gone_silent(kept.person_id, kept.unanswered, words)
        return Outcome((resting,), (replace(line, broadcast=True),))
    return await _item_for(services, turn)


async def _item_for(services: Services, turn: _Turn) -> Outcome:
    """A review that is due, or a case, in turns; whichever there is."""
    last = await services.store.chats.last_daily_purpose(turn.kept.person_id)
    if last == "review":
        return await _case_for(services, turn)
    return await _review_for(services, turn) or await _case_for(services, turn)


async def _review_for(services: Services, turn: _Turn) -> Outcome | None:
    person_id = turn.kept.person_id
    cards = await cards_of(services, person_id)
    # What was not answered stands there still: nobody is asked it again and again.
    waiting = await services.store.practices.open_reviews(person_id, turn.now - _LATELY_MS)
    found = await due_review(services, cards, without=waiting)
    if found is None:
        return None
    put = await put_review(services, person_id, found, turn.words, due_at=turn.kept.next_due)
    return _brought(turn, (*cards.facts, *put.facts), put.owed)


async def _case_for(services: Services, turn: _Turn) -> Outcome:
    """The one left open, a case not seen yet, or one not yet right; of none, a line tells once."""
    person_id, words = turn.kept.person_id, turn.words
    progress = await _progress(services, person_id, turn.now)
    # The day after a case that was not answered it is offered once, and then comes another.
    if turn.kept.unanswered > 0 and turn.kept.unanswered % 2:
        left = await offer(services, person_id, progress, words)
        if left is not None:
            return _brought(turn, (), [left])
    preferred = await preferences_of(services, person_id)
    wish = AnyUnseen(preferred.for_daily())
    found = choose(wish, services.library, progress, person_id, words.code)
    nothing, ahead = views.nothing_left(person_id, words), []
    if isinstance(found, NoneAsPreferred):
        nothing = none_as_preferred(person_id, words)
    if isinstance(found, AllSeen | NoneAsPreferred):
        found = choose(NotYetRight(), services.library, progress, person_id)
        ahead = [views.once_more(person_id, words)]
    if not isinstance(found, Case):
        # Cases come with time, and nobody asks every day whether there is one.
        line = replace(nothing, broadcast=True)
        known = turn.kept.unanswered == NOTHING_LEFT
        return Outcome((turn.moved(turn.next_due, NOTHING_LEFT),), () if known else (line,))
    if is_open(found, progress) and found.id not in progress.passed:
        left = await offer(services, person_id, progress, words)
        if left is not None:
            return _brought(turn, (), [left])
    snapshot = services.library.snapshot(found)
    facts, post_id = post_facts(services, snapshot, person_id, due_at=turn.kept.next_due)
    put = opening(snapshot, Destination(post_id, person_id))
    calls = [*ahead, *with_row(put, words, sure=preferred.confidence, daily=True)]
    return _brought(turn, (*await figures_to_keep(services, snapshot), *facts), calls)


async def _progress(services: Services, person_id: int, now: int) -> Progress:
    """What the learner has seen; what their groups had lately counts as seen."""
    progress = await services.store.people.progress(person_id)
    met = await services.store.chats.met_in_groups(person_id, now - _LATELY_MS)
    return replace(progress, seen={**dict.fromkeys(met, now), **progress.seen})


def _brought(turn: _Turn, facts: tuple[Fact, ...], calls: Iterable[OwedCall]) -> Outcome:
    """It is the day's case; whether it is answered will show."""
    moved = turn.moved(turn.next_due, max(0, turn.kept.unanswered) + 1)
    moved = replace(moved, brought_at=turn.now)
    return Outcome((*facts, moved), tuple(replace(call, broadcast=True) for call in calls))
