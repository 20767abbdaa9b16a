"""Telegram refuses a case for good: another one comes, and people hear why."""

from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.cases.send_case import another_case
from bot.features.membership.notices_view import ChatProblem
from bot.features.membership.rejected_call import meaning
from bot.features.posts import post_replies_view
from bot.features.posts.post_case import matching, next_case, post_case
from bot.features.shared.served_chat import in_thread, served_chat
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from storage.chats import Post
from storage.facts import CaseRefused
from storage.outbox import OwedRow
from storage.outcome import NOTHING, Outcome
from storage.question_facts import QuestionClosed

_MOST_REFUSED = 3  # a day in a chat: then it hardly is the case, and no other is tried
_NOT_PUT = frozenset(
    {
        ChatProblem.REFUSED,
        ChatProblem.NO_POLLS,
        ChatProblem.NO_MESSAGES,
        ChatProblem.TOPIC_CLOSED,
        ChatProblem.TOPIC_GONE,
    }
)


async def bad_case(services: Services, row: OwedRow, description: str) -> str | None:
    """The id of the case in which there is something that Telegram does not take, if it is that."""
    if row.about is None or meaning(row.method, description) is not ChatProblem.REFUSED:
        return None
    post = await services.store.chats.post(row.about.post_id)
    return None if post is None else post.case_id


async def rejected_case(services: Services, row: OwedRow, description: str) -> Outcome:
    """What follows where a call was to put a question, and Telegram refused it for good."""
    problem, about = meaning(row.method, description), row.about
    if about is None or about.position is None or problem not in _NOT_PUT:
        return NOTHING
    post = await services.store.chats.post(about.post_id)
    if post is None or post.purpose == "sitting":
        return NOTHING
    now = services.clock.now()
    seen_by_none = (CaseRefused(about.post_id, now),) if about.position == 0 else ()
    if row.chat_id > 0:
        without = await _without(services, row.chat_id, post.case_id)
        visit = await receive(services, Visitor(row.chat_id, None))
        return Outcome(seen_by_none) + await another_case(services, visit, without)
    asked = await services.store.questions.question(about.post_id, about.position)
    if asked is None or asked.closed_at is not None:
        return NOTHING
    closed = QuestionClosed(about.post_id, about.position, now)
    return Outcome((*seen_by_none, closed)) + await _in_chat(services, row, post, problem)


async def _in_chat(
    services: Services, row: OwedRow, post: Post, problem: ChatProblem | None
) -> Outcome:
    """A line in the group, and another case where this one was at fault."""
    chat = await services.store.chats.get(row.chat_id)
    if chat is None or problem not in {ChatProblem.REFUSED, ChatProblem.NO_POLLS}:
        return NOTHING
    served = in_thread(served_chat(services, chat), post.thread_id)
    other = None
    if problem is ChatProblem.REFUSED:
        without = await _without(services, chat.id, post.case_id)
        if without is not None:
            among = [case for case in matching(services, served.settings) if case.id not in without]
            other = await next_case(services, served, among)
    said = Outcome()
    if post.due_at is None:
        line = post_replies_view.not_put(chat.id, problem, served.words, other=other is not None)
        thread = {} if post.thread_id is None else {"message_thread_id": post.thread_id}
        said = Outcome(owed=(replace(line, params={**line.params, **thread}),))
    return said if other is None else said + await post_case(services, served, other)


async def _without(services: Services, chat_id: int, case_id: str) -> frozenset[str] | None:
    """The cases not to be tried now; None where no more is to be tried at all."""
    since = services.clock.now() - DAY_MS
    refused = [*await services.store.people.refused_cases(chat_id, since), case_id]
    return None if len(refused) >= _MOST_REFUSED else frozenset(refused)
