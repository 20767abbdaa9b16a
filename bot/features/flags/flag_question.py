"""A learner flags a question: wrong, outdated, unclear, or something in their own words."""

from msgspec import Struct

from bot.features.flags import administrator_view as desk_views
from bot.features.flags import learner_view as views
from bot.features.flags.administrator_view import Flagged
from bot.features.flags.handle_flags import case_link
from bot.features.flags.reasons import LONGEST_TEXT, Reason
from bot.features.shared.messages import edited, message
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visit, said, words_of
from bot.services import Services
from content.model import Case, Question
from content.snapshot import Snapshot
from storage.flag_facts import FlagTextAwaited, NothingAwaited, QuestionFlagged
from storage.flags import AwaitedFlagText
from storage.outcome import Outcome, OwedCall, Toast


class _Asked(Struct, frozen=True):
    """A question that a learner may flag, as it was posted."""

    ref: QuestionRef
    case: Case
    digest: str

    @property
    def question(self) -> Question:
        return self.case.questions[self.ref.position]


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
    asked = await _asked(services, who, pressed.ref)
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
    asked = await _asked(services, who, QuestionRef(awaited.post_id, awaited.position))
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
    services: Services, who: Visit, asked: _Asked, complaint: _Complaint, thanks: OwedCall
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


async def _asked(services: Services, who: Visit, ref: QuestionRef) -> _Asked | None:
    """The question, for those who have answered it or may read its explanation anyway."""
    posted = await services.store.flags.posted(ref.post_id)
    if posted is None:
        return None
    case = Snapshot.from_json(posted.snapshot).case
    if ref.position >= len(case.questions):
        return None
    polls, questions = services.store.polls, services.store.questions
    if not await polls.has_answered(who.person_id, ref.post_id, ref.position):
        put = await questions.question(ref.post_id, ref.position)
        if put is None or put.closed_at is None:
            return None
    return _Asked(ref, case, posted.digest)
