"""`/live`: the round that an educator presents, or the case for a new one."""

from bot.features.cases.case_replies_view import no_such_case
from bot.features.cases.choose_case import is_answered
from bot.features.cases.withdrawn import why_withdrawn
from bot.features.cohorts.approval import is_approved, offer
from bot.features.cohorts.cohort_names import called
from bot.features.finding.search import NoMatch, OneCase, OneTopic, SeveralMatches, search
from bot.features.live import pick_case_view as views
from bot.features.live.begin_round import begin_round
from bot.features.live.presenter_panel import new_panel, next_look, panel_of
from bot.features.shared.messages import edited
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from content.model import Case
from content.snapshot import Snapshot
from storage.cohorts import EDUCATOR
from storage.flag_facts import CommandAwaited, NothingAwaited
from storage.live_facts import PresenterHeard
from storage.live_rounds import LiveRound
from storage.outcome import Outcome, OwedCall


async def live(services: Services, who: Visit, text: str) -> Outcome:
    """The command: alone, or with the case that is meant."""
    if not await is_approved(services, who.person_id):
        explained = views.for_educators(who.person_id, who.words)
        return said(who, explained, await offer(services, who))
    presented = await services.store.live_rounds.presented_by(who.person_id)
    if presented is not None:
        return await again(services, who, presented)
    if text:
        return await _named(services, who, text)
    colleagues = await services.store.live_rounds.of_colleagues(who.person_id)
    theirs = [await _colleague(services, who, one) for one in colleagues]
    awaited = CommandAwaited(who.person_id, "live", services.clock.now())
    asked = views.which_case(who.person_id, who.words)
    return Outcome((who.met, awaited), (*theirs, asked))


async def again(services: Services, who: Visit, presented: LiveRound) -> Outcome:
    """The panel of the round that somebody presents, once more."""
    shown = await panel_of(services, presented)
    heard = PresenterHeard(presented.id, who.person_id, services.clock.now())
    facts = (who.met, heard, next_look(services, presented, shown))
    return Outcome(facts, (new_panel(who.person_id, shown, who.words),))


async def press(services: Services, who: Visit, data: str, message_id: int) -> Outcome:
    """A button that leads to a case, or is one."""
    if not await is_approved(services, who.person_id):
        return said(who, await offer(services, who))
    part, _, value = data.partition(":")
    if part == "case":
        return await _chosen(services, who, value)
    call = await _listed(services, who, part, value)
    if call is None:
        return Outcome((who.met,), toast=old_button(who.words))
    return said(who, edited(call, message_id))


async def _listed(services: Services, who: Visit, part: str, value: str) -> OwedCall | None:
    """A page of topics, of a topic's cases, or of those saved; None: there is no such thing."""
    me, words, library = who.person_id, who.words, services.library
    topic, _, number = value.rpartition(":")
    if not (number.isdecimal() and number.isascii() and len(number) < 6):
        return None
    match part:
        case "topics":
            return views.topics(me, list(library.topics), int(number), words)
        case "topic":
            listed = library.on_topic(topic)
            return views.cases(me, listed, int(number), f"topic:{topic}", words)
        case "saved":
            saved = await services.store.people.saved(me)
            kept = [library.cases[one] for one in saved if one in library.cases]
            return views.cases(me, kept, int(number), "saved", words)
    return None


async def _chosen(services: Services, who: Visit, code: str) -> Outcome:
    presented = await services.store.live_rounds.presented_by(who.person_id)
    if presented is not None:
        return await again(services, who, presented)
    case = services.library.find(code)
    if case is None:
        return said(who, no_such_case(who.person_id, who.words))
    return Outcome((NothingAwaited(who.person_id),)) + await begin_round(services, who, case)


async def _named(services: Services, who: Visit, text: str) -> Outcome:
    """The case that the words mean, or those that they may mean."""
    if (why := await why_withdrawn(services, who, text)) is not None:
        return said(who, why)
    progress = await services.store.people.progress(who.person_id)
    library = services.library
    answered = {case.id for case in library.cases.values() if is_answered(case, progress)}
    me, words = who.person_id, who.words
    match search(text, library, answered, words):
        case OneCase(case):
            return await begin_round(services, who, case)
        case OneTopic(topic):
            listed = library.on_topic(topic)
            return said(who, views.cases(me, listed, 0, f"topic:{topic}", words))
        case SeveralMatches() as found:
            return said(who, views.several(me, found, words))
        case NoMatch():
            awaited = CommandAwaited(me, "live", services.clock.now())
            calls = (no_such_case(me, words), views.which_case(me, words))
            return Outcome((who.met, awaited), calls)


async def _colleague(services: Services, who: Visit, live: LiveRound) -> OwedCall:
    case: Case = Snapshot.from_json(live.content).case
    name = await presenter_name(services, who, live.presenter)
    return views.colleague(who.person_id, live, case.title, name, who.words)


async def presenter_name(services: Services, who: Visit, presenter: int | None) -> str:
    """Who presents, as this person knows educators."""
    role = None if presenter is None else await services.store.cohorts.role(presenter, EDUCATOR)
    return called("" if role is None else role.name, None, who.words)
