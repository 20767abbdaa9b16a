"""How a chat answered a case, for its administrators."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from bot.features.membership.warn_inviter import can_be_told
from bot.features.results import results_view as views
from bot.features.results.results_view import ChatQuestion
from bot.features.shared.buttons import items_of_case
from bot.features.shared.served_chat import ServedChat
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.codes import case_code, read_code
from content.disclosure import shareable
from content.grading import needs_multiple
from content.model import Question
from content.revision import revision_of
from content.snapshot import Snapshot
from storage.chat_results import QuestionResult
from storage.outcome import Outcome, Toast


async def results(
    services: Services, served: ServedChat, visit: Visit, text: str, *, by_press: bool = False
) -> Outcome:
    """The results of a case, by its code or id, to an administrator of the chat, in private.

    What only administrators may see is not told before the chat, where all would read it.
    """
    if not await can_be_told(services, visit.person_id):
        return must_write_first(services, served, visit, by_press=by_press)
    found = await asked_here(services, served.chat.id, text)
    if not found:
        return Outcome(owed=(views.never_asked(served.chat.id, served.words),))
    buttons = [[items_of_case(found[-1].case_id, visit.words)]]
    private = views.case_results(
        visit.person_id,
        title_of(found),
        together(found),
        visit.words,
        buttons if visit.person_id in services.settings.admins else (),
    )
    if by_press:
        return Outcome(owed=tuple(private), toast=Toast(views.sent_to_you(visit.words)))
    return Outcome(owed=(*private, views.sent_in_private(served.chat.id, served.words)))


def must_write_first(
    services: Services, served: ServedChat, visit: Visit, *, by_press: bool
) -> Outcome:
    """Results come in private, where the bot may not write yet."""
    if by_press:
        first = views.write_first(services.bot_username, visit.words)
        return Outcome(toast=Toast(first, alert=True))
    link = f"https://t.me/{services.bot_username}"
    return Outcome(owed=(views.write_first_here(served.chat.id, link, served.words),))


async def asked_here(services: Services, chat_id: int, text: str) -> list[QuestionResult]:
    """All questions of a case that the chat was asked; ``text`` is the case's code or id."""
    case = services.library.find(text)
    case_id = case.id if case is not None else await _once_asked(services, chat_id, text)
    return await services.store.results.of_case(chat_id, case_id)


def title_of(found: Sequence[QuestionResult]) -> str:
    """The title of a case when it was asked last."""
    return Snapshot.from_json(found[-1].snapshot).case.title


def together(found: Iterable[QuestionResult]) -> list[ChatQuestion]:
    """Questions of a case over all the times they were asked, each wording for itself.

    Each time decides for itself whether its shares may be shown: from a sum, whoever knows one of
    its parts would know the other.
    """
    asked: dict[str, ChatQuestion] = {}
    for one in found:
        snapshot = Snapshot.from_json(one.snapshot)
        question = snapshot.case.questions[one.position]
        revision = revision_of(snapshot, one.position)
        if one.closed_at is not None and shareable(one.voters, closed=True):
            right, counts = right_answers(one, question), counts_of(one)
            now = ChatQuestion(question, 1, one.voters, right, counts, 0, one.voters)
        else:
            now = ChatQuestion(question, 1, 0, 0, {}, one.voters)
        asked[revision] = _sum(asked[revision], now) if revision in asked else now
    return list(asked.values())


def counts_of(one: QuestionResult) -> dict[int, int]:
    """How often each choice was taken, by its place in the question."""
    return dict(enumerate(one.totals)) if one.totals is not None else dict(one.counts)


def right_answers(one: QuestionResult, question: Question) -> int | None:
    """How many answered right.

    An anonymous poll tells counts of choices alone: None where a voter could take several.
    """
    if one.totals is None:
        return one.right
    return None if needs_multiple(question) else one.totals[question.correct[0]]


def _sum(one: ChatQuestion, other: ChatQuestion) -> ChatQuestion:
    return replace(
        one,
        times=one.times + other.times,
        voters=one.voters + other.voters,
        right=None if one.right is None or other.right is None else one.right + other.right,
        counts=Counter(one.counts) + Counter(other.counts),
        others=one.others + other.others,
        people=min(filter(None, (one.people, other.people)), default=0),
    )


async def _once_asked(services: Services, chat_id: int, text: str) -> str:
    """A case that is no longer in the library may still have been asked here."""
    code = read_code(text)
    had = dict.fromkeys(await services.store.chats.used_cases(chat_id))
    return next((case_id for case_id in had if case_code(case_id) == code), text.lower())
