"""A learner flags a question: wrong, outdated, unclear, or something in their own words."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.cases.explained_question import ExplainedQuestion, explained_question
from bot.features.flags import administrator_view as desk_views
from bot.features.flags import learner_view as views
from bot.features.flags.administrator_view import Flagged
from bot.features.flags.handle_flags import flagged, link_to_case
from bot.features.flags.reasons import FlagReason
from bot.features.shared.messages import edited, message
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.texts import too_long
from bot.features.shared.visitors import Visit, said, words_of
from bot.features.shared.written_words import LONGEST_TEXT
from bot.services import Services
from content.revision import item_revision
from storage.flag_facts import FlagTextAwaited, FlagWordsAdded, NothingAwaited, QuestionFlagged
from storage.flags import AwaitedFlagText, Flag
from storage.outcome import Outcome, OwedCall, Toast


class _Complaint(Struct, frozen=True):
    """What the learner has against it; ``words`` are their own, if any."""

    reason: FlagReason
    words: str | None = None


class ReasonPress(Struct, frozen=True):
    """A press of a flag button, or of a reason in the message that asked for one."""

    ref: QuestionRef
    reason: FlagReason | None
    message_id: int


async def press(services: Services, who: Visit, pressed: ReasonPress) -> Outcome:
    """Ask for the reason, ask for words, or raise the flag; the state is judged at each press.

    Of an open flag more may be said, in words, if none were yet.
    """
    asked = await explained_question(services, who.person_id, pressed.ref)
    if asked is None:
        return Outcome((who.met,), toast=Toast(views.no_question(who.words), alert=True))
    flag = await _open_flag(services, who, asked)
    if flag is not None and (flag.words or pressed.reason is not FlagReason.OTHER):
        return Outcome((who.met,), toast=Toast(views.already_open(who.words), alert=True))
    match pressed.reason:
        case None:
            return said(who, views.which_reason(who.person_id, asked.ref, asked.case, who.words))
        case FlagReason.OTHER:
            now = services.clock.now()
            ref = asked.ref
            awaited = FlagTextAwaited(who.person_id, ref.post_id, ref.position, now)
            call = views.write_it(who.person_id, asked.case, ref.position, who.words)
            return Outcome((who.met, awaited), (edited(call, pressed.message_id),))
        case reason:
            thanks = views.thanks_so_far(who.person_id, asked.ref, who.words)
            complaint = _Complaint(reason)
            return await _raised(
                services, who, asked, complaint, edited(thanks, pressed.message_id)
            )


async def write(services: Services, who: Visit, awaited: AwaitedFlagText, text: str) -> Outcome:
    """The learner has written what is the matter, or more of what they have flagged already."""
    ref = QuestionRef(awaited.post_id, awaited.position)
    asked = await explained_question(services, who.person_id, ref)
    flag = None if asked is None else await _open_flag(services, who, asked)
    if asked is None or (flag is not None and flag.words):
        sorry = views.no_question if asked is None else views.already_open
        call = message(who.person_id, sorry(who.words))
        return Outcome((who.met, NothingAwaited(who.person_id)), (call,))
    if len(text) > LONGEST_TEXT:
        return said(who, too_long(who.person_id, len(text), who.words))
    thanks = views.thanks(who.person_id, who.words)
    if flag is None:
        return await _raised(services, who, asked, _Complaint(FlagReason.OTHER, text), thanks)
    shown = replace(flagged(services, flag), words=text)
    told = await _told(services, shown, desk_views.words_added)
    facts = (who.met, NothingAwaited(who.person_id), FlagWordsAdded(flag.id, text))
    return Outcome(facts, (thanks, *told))


async def _raised(
    services: Services,
    who: Visit,
    asked: ExplainedQuestion,
    complaint: _Complaint,
    thanks: OwedCall,
) -> Outcome:
    now, reason, words = services.clock.now(), complaint.reason, complaint.words
    flag_id = services.flag_ids.new(now)
    flag = QuestionFlagged(
        flag_id,
        who.person_id,
        asked.case.id,
        asked.question.id,
        asked.digest,
        asked.ref.position,
        reason,
        words,
        now,
        item_revision(asked.snapshot, asked.ref.position),
    )
    link = link_to_case(services, asked.case.id)
    shown = Flagged(flag_id, asked.case, asked.ref.position, reason, words, link, who.person_id)
    told = await _told(services, shown, desk_views.raised)
    return Outcome((who.met, NothingAwaited(who.person_id), flag), (thanks, *told))


async def _told(
    services: Services, shown: Flagged, view: Callable[[int, Flagged, Words], OwedCall]
) -> list[OwedCall]:
    """What each administrator reads of it."""
    admins = sorted(services.settings.admins)
    return [view(admin, shown, await words_of(services, admin)) for admin in admins]


async def _open_flag(services: Services, who: Visit, asked: ExplainedQuestion) -> Flag | None:
    return await services.store.flags.open_of(who.person_id, asked.case.id, asked.question.id)
