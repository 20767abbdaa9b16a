"""A learner flags a question: wrong, outdated, unclear, or something in their own words."""

from msgspec import Struct

from bot.features.cases.explained_question import ExplainedQuestion, explained_question
from bot.features.flags import administrator_view as desk_views
from bot.features.flags import learner_view as views
from bot.features.flags.administrator_view import Flagged
from bot.features.flags.handle_flags import case_link
from bot.features.flags.reasons import LONGEST_TEXT, Reason
from bot.features.shared.messages import edited, message
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visit, said, words_of
from bot.services import Services
from storage.flag_facts import FlagTextAwaited, NothingAwaited, QuestionFlagged
from storage.flags import AwaitedFlagText
from storage.outcome import Outcome, OwedCall, Toast


class _Complaint(Struct, frozen=True):
    """What the learner has against it; ``words`` are their own, if any."""

    reason: Reason
    words: str | None = None


class ReasonPress(Struct, frozen=True):
    """A press of a flag button, or of a reason in the message that asked for one."""

    ref: QuestionRef
    reason: Reason | None
    message_id: int


async def press(services: Services, who: Visit, pressed: ReasonPress) -> Outcome:
    """Ask for the reason, ask for words, or raise the flag; the state is judged at each press."""
    asked = await explained_question(services, who.person_id, pressed.ref)
    if asked is None:
        return Outcome((who.met,), toast=Toast(views.no_question(who.words), alert=True))
    if await services.store.flags.has_open(who.person_id, asked.case.id, asked.question.id):
        return Outcome((who.met,), toast=Toast(views.already_open(who.words), alert=True))
    match pressed.reason:
        case None:
            prompt = asked.question.prompt
            return said(who, views.which_reason(who.person_id, asked.ref, prompt, who.words))
        case Reason.OTHER:
            now = services.clock.now()
            ref = asked.ref
            awaited = FlagTextAwaited(who.person_id, ref.post_id, ref.position, now)
            call = edited(views.write_it(who.person_id, who.words), pressed.message_id)
            return Outcome((who.met, awaited), (call,))
        case reason:
            thanks = edited(views.thanks(who.person_id, who.words), pressed.message_id)
            return await _raised(services, who, asked, _Complaint(reason), thanks)


async def write(services: Services, who: Visit, awaited: AwaitedFlagText, text: str) -> Outcome:
    """The learner has written what is the matter."""
    ref = QuestionRef(awaited.post_id, awaited.position)
    asked = await explained_question(services, who.person_id, ref)
    if asked is None or await services.store.flags.has_open(
        who.person_id, asked.case.id, asked.question.id
    ):
        sorry = views.no_question if asked is None else views.already_open
        call = message(who.person_id, sorry(who.words))
        return Outcome((who.met, NothingAwaited(who.person_id)), (call,))
    if len(text) > LONGEST_TEXT:
        return said(who, views.too_long(who.person_id, len(text), who.words))
    thanks = views.thanks(who.person_id, who.words)
    return await _raised(services, who, asked, _Complaint(Reason.OTHER, text), thanks)


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
    )
    link = case_link(services, asked.case.id)
    shown = Flagged(flag_id, asked.case, asked.ref.position, reason, words, link, who.person_id)
    told = [
        desk_views.raised(admin, shown, await words_of(services, admin))
        for admin in sorted(services.settings.admins)
    ]
    return Outcome((who.met, NothingAwaited(who.person_id), flag), (thanks, *told))
