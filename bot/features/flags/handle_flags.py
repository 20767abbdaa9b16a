"""What administrators do with flags: list, look, reply, close. Rights are judged at each step."""

from bot.features.cases.explanation_view import for_everybody, naming
from bot.features.flags import administrator_view as views
from bot.features.flags import learner_view as learner_views
from bot.features.flags.administrator_view import PAGE_LENGTH, Flagged, FlagPress, FlagVerb
from bot.features.shared.buttons import case_link
from bot.features.shared.messages import edited, in_pages
from bot.features.shared.texts import too_long
from bot.features.shared.visitors import Visit, reachable, said
from bot.features.shared.written_words import LONGEST_TEXT
from bot.services import Services
from content.signing import holding
from content.snapshot import Snapshot
from storage.flag_facts import FlagClosed, NothingAwaited, ReplyAwaited
from storage.flags import AwaitedReply, Flag
from storage.outcome import Outcome, OwedCall, Toast


def link_to_case(services: Services, case_id: str) -> str | None:
    """The deep link that brings a case of the library, by its opaque code."""
    if case_id not in services.library.cases:
        return None
    return case_link(services.bot_username, case_id)


async def list_flags(services: Services, who: Visit, _argument: str) -> Outcome:
    """`/flags`."""
    return said(who, await _page(services, who, 0))


async def press(services: Services, who: Visit, pressed: FlagPress, message_id: int) -> Outcome:
    """A button of a flag or of the list; what is shown takes the place of that message."""
    if who.person_id not in services.settings.admins:
        old = who.words.say("This button no longer works. /case brings a case.")
        return Outcome((who.met,), toast=Toast(old, alert=True))
    if pressed.verb is FlagVerb.PAGE:
        return said(who, edited(await _page(services, who, pressed.number), message_id))
    flag = await services.store.flags.get(pressed.number)
    if flag is None:
        gone = learner_views.no_question(who.words)
        return Outcome((who.met,), toast=Toast(gone, alert=True))
    shown = flagged(services, flag)
    if pressed.verb is FlagVerb.SHOW:
        signed = holding(services.library, Snapshot.from_json(flag.snapshot))
        told = for_everybody(shown.case, shown.position, who.words, signatures=signed)
        return said(who, *naming(in_pages(who.person_id, told), signed))
    done = edited(views.closed(who.person_id, shown, who.words), message_id)
    if flag.closed_at is not None:
        closed = Toast(views.closed_already(who.words), alert=True)
        return Outcome((who.met,), (done,), toast=closed)
    now = services.clock.now()
    match pressed.verb:
        case FlagVerb.CLOSE | FlagVerb.MENDED:
            view = learner_views.seen_to if pressed.verb is FlagVerb.CLOSE else learner_views.mended
            learner = await reachable(services, flag.person_id)
            heard = [view(one, shown.case, shown.position, words) for one, words in learner]
            return Outcome((who.met, FlagClosed(flag.id, now)), (done, *heard))
        case FlagVerb.REPLY:
            call = learner_views.write_reply(who.person_id, who.words)
            awaited = ReplyAwaited(who.person_id, flag.id, message_id, now)
            return Outcome((who.met, awaited), (call,))
        case _:
            return said(who, edited(views.raised(who.person_id, shown, who.words), message_id))


async def reply(services: Services, who: Visit, awaited: AwaitedReply, text: str) -> Outcome:
    """An administrator has written why the question stays: the learner hears it; it is closed."""
    flag = await services.store.flags.get(awaited.flag_id)
    nothing = NothingAwaited(who.person_id)
    if flag is None or flag.closed_at is not None:
        return Outcome((who.met, nothing), (views.too_late(who.person_id, who.words),))
    if len(text) > LONGEST_TEXT:
        return said(who, too_long(who.person_id, len(text), who.words))
    facts = (who.met, nothing, FlagClosed(flag.id, services.clock.now()))
    shown = flagged(services, flag)
    closed = edited(views.closed(who.person_id, shown, who.words), awaited.message_id)
    learner = await reachable(services, flag.person_id)
    told = [
        learner_views.kept(one, shown.case, shown.position, text, words) for one, words in learner
    ]
    view = views.sent if told else views.unreachable
    return Outcome(facts, (closed, view(who.person_id, who.words), *told))


async def _page(services: Services, who: Visit, page: int) -> OwedCall:
    """A page of the list; the last one where there are no longer so many."""
    total = await services.store.flags.open_count()
    page = min(page, max(0, total - 1) // PAGE_LENGTH)
    flags = await services.store.flags.open(PAGE_LENGTH, page * PAGE_LENGTH)
    shown = [flagged(services, flag) for flag in flags]
    return views.listed(who.person_id, shown, page, total, who.words)


def flagged(services: Services, flag: Flag) -> Flagged:
    """A flag with its question, whatever became of the case since."""
    case = Snapshot.from_json(flag.snapshot).case
    link = link_to_case(services, flag.case_id)
    person_id = flag.person_id
    return Flagged(flag.id, case, flag.position, flag.reason, flag.words, link, person_id)
