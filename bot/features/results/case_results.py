"""How a chat answered a case, for its administrators."""

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from bot.features.results import results_view as views
from bot.features.results.results_view import AskedQuestion
from bot.features.shared.chat_settings import CHANNEL
from bot.features.shared.served_chat import ServedChat
from bot.features.shared.share_bars import shareable
from bot.features.shared.visitors import Visit
from bot.services import Services
from content.codes import case_code, read_code
from content.grading import needs_multiple
from content.model import Question
from content.revision import revision_of
from content.snapshot import Snapshot
from storage.chat_results import QuestionResult
from storage.outcome import Outcome, Toast


async def results(
    services: Services,
    served: ServedChat,
    visit: Visit | None,
    text: str,
    *,
    by_press: bool = False,
) -> Outcome:
    """The results of a case, by its code or id, for an administrator of the chat.

    They go to whoever asked in private, where the bot may write to them; else into the chat, but
    only those of questions that have closed. ``visit`` is None for an anonymous administrator.
    """
    chat_id, words = served.chat.id, served.words
    case = services.library.find(text)
    case_id = case.id if case is not None else await _once_asked(services, chat_id, text)
    found = await services.store.results.of_case(chat_id, case_id)
    if not found:
        return Outcome(owed=(views.never_asked(chat_id, words),))
    title = Snapshot.from_json(found[-1].snapshot).case.title
    if visit is not None and await _can_write_to(services, visit.person_id):
        private = views.case_results(visit.person_id, title, together(found), visit.words)
        if by_press:
            return Outcome(owed=tuple(private), toast=Toast(views.sent_to_you(visit.words)))
        return Outcome(owed=(*private, views.sent_in_private(chat_id, words)))
    if by_press and served.chat.kind == CHANNEL:
        # What its readers see is no place for it.
        first = views.write_first(services.bot_username, words)
        return Outcome(toast=Toast(first, alert=True))
    closed = [one for one in found if one.closed_at is not None]
    if not closed:
        link = f"https://t.me/{services.bot_username}"
        return Outcome(owed=(views.still_open(chat_id, link, words),))
    return Outcome(owed=tuple(views.case_results(chat_id, title, together(closed), words)))


def together(found: Iterable[QuestionResult]) -> list[AskedQuestion]:
    """Questions of a case over all the times they were asked, each wording for itself.

    Each time decides for itself whether its shares may be shown: from a sum, whoever knows one of
    its parts would know the other.
    """
    asked: dict[str, AskedQuestion] = {}
    for one in found:
        snapshot = Snapshot.from_json(one.snapshot)
        question = snapshot.case.questions[one.position]
        revision = revision_of(snapshot, one.position)
        if one.closed_at is not None and shareable(one.voters, closed=True):
            right, counts = right_answers(one, question), counts_of(one)
            now = AskedQuestion(question, 1, one.voters, right, counts, 0)
        else:
            now = AskedQuestion(question, 1, 0, 0, {}, one.voters)
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


def _sum(one: AskedQuestion, other: AskedQuestion) -> AskedQuestion:
    return replace(
        one,
        times=one.times + other.times,
        voters=one.voters + other.voters,
        right=None if one.right is None or other.right is None else one.right + other.right,
        counts=Counter(one.counts) + Counter(other.counts),
        others=one.others + other.others,
    )


async def _once_asked(services: Services, chat_id: int, text: str) -> str:
    """A case that is no longer in the library may still have been asked here."""
    code = read_code(text)
    had = dict.fromkeys(await services.store.chats.used_cases(chat_id))
    return next((case_id for case_id in had if case_code(case_id) == code), text.lower())


async def _can_write_to(services: Services, person_id: int) -> bool:
    """Whether the person has ever written to the bot, and not blocked it since."""
    person = await services.store.people.get(person_id)
    return person is not None and person.blocked_at is None
