"""Groups and channels as rules find them: on record, with questions put, sent and answered."""

from collections.abc import Mapping
from typing import Any

from msgspec import field
from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.cases.record_answer import PostedQuestion, Response, given_answer
from bot.features.posts.post_case import post_case
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.served_chat import ServedChat, served_chat
from bot.services import Services
from bot.telegram import bot_api
from bot.telegram.administrators import Lookup, Rights
from content.model import Case
from content.snapshot import Snapshot
from storage.chat_facts import ChatJoined, ChatSet
from storage.outcome import Outcome, OwedCall
from storage.question_facts import QuestionClosed, QuestionPut
from storage.questions import PutQuestion
from storage.settlements import Sent, SentPoll
from tests.storage.samples import ADA, GROUP
from tests.support.services import StillClock, commit

BOT = 4242
"""The bot's own id, where Telegram is asked who administers a chat."""
BUTTONS = ChatSettings(layout=Layout.BUTTONS, language="en")
POLLS = ChatSettings(layout=Layout.POLL, language="en")
ANONYMOUS = ChatSettings(layout=Layout.ANONYMOUS, language="en")


async def join(
    services: Services,
    settings: ChatSettings = POLLS,
    *,
    chat_id: int = GROUP,
    kind: str = "supergroup",
    added_by: int | None = ADA,
    due: int | None = None,
    digest_due: int | None = None,
) -> ServedChat:
    """Ada brought the bot into a chat yesterday, which has chosen these settings."""
    document, yesterday = settings.to_json(), services.clock.now() - DAY_MS
    joined = ChatJoined(chat_id, kind, "Ward 7", document, added_by, yesterday)
    await commit(services, Outcome((joined, ChatSet(chat_id, document, due, digest_due))))
    return await served(services, chat_id)


async def served(services: Services, chat_id: int = GROUP) -> ServedChat:
    """A chat as it is on record now."""
    chat = await services.store.chats.get(chat_id)
    assert chat is not None
    return served_chat(services, chat)


async def put(
    services: Services, to: ServedChat, case: Case | None = None, *, sent: bool = True
) -> PutQuestion:
    """A case's first question stands before a chat; unless ``sent`` it is still owed."""
    chosen = case or next(iter(services.library.cases.values()))
    outcome = await commit(services, await post_case(services, to, chosen))
    if sent:
        await send_all(services)
    return await put_by(services, outcome)


async def put_by(services: Services, outcome: Outcome) -> PutQuestion:
    """The one question that an Outcome put, as it is on record now."""
    (fact,) = (fact for fact in outcome.facts if isinstance(fact, QuestionPut))
    found = await services.store.questions.question(fact.post_id, fact.position)
    assert found is not None
    return found


async def again(services: Services, asked: PutQuestion) -> PutQuestion:
    """A question as it is on record now."""
    found = await services.store.questions.question(asked.post_id, asked.position)
    assert found is not None
    return found


async def send_all(services: Services) -> list[str]:
    """Everything owed arrives; a message's number is that of its row, its poll named after it.

    The names of the polls among it.
    """
    now, outbox, polls = services.clock.now(), services.store.outbox, []
    for waiting in await outbox.waiting(0):
        for row in await outbox.begin([waiting.id], now):
            poll = SentPoll(f"poll {row.id}", now) if row.method == "sendPoll" else None
            about = row.about if row.chat_id < 0 else None
            await outbox.settle([Sent(row.id, row.id, poll, sent_at=now, about=about)])
            polls += [poll.poll_id] if poll else []
    return polls


async def answer(services: Services, asked: PutQuestion, person_id: int, *chosen: int) -> None:
    """A person's answer to a question is on record."""
    question = PostedQuestion(Snapshot.from_json(asked.snapshot), asked.position, asked.post_id)
    response = Response(chosen, services.clock.now(), None)
    given = await given_answer(services, person_id, question, response)
    await commit(services, Outcome((given,)))


async def end_all(services: Services) -> None:
    """Every question that stands in the group has closed."""
    now = services.clock.now()
    there = await services.store.questions.open_in(GROUP)
    facts = tuple(QuestionClosed(one.post_id, one.position, now) for one in there)
    await commit(services, Outcome(facts))


def later(services: Services, ms: int) -> None:
    """So many milliseconds pass."""
    services.clock = StillClock(at=services.clock.now() + ms)


class _Told(Rights):
    """What Telegram says is known: ``answers`` by method, ``asked`` which of them were read."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def _said(self, lookup: Lookup, *, fresh: bool) -> Any:
        self.asked.append(lookup.method)
        return self.answers.get(lookup.method)

    def _is_known(self, lookup: Lookup, *, fresh: bool) -> bool:
        return True


def staffed(
    services: Services,
    *people: int,
    own: Mapping[str, bool] | None = None,
    linked: int | None = None,
    silent: bool = False,
) -> list[str]:
    """These people administer every chat, and the bot with its ``own`` rights, if it has any.

    ``linked`` is every channel's discussion group; ``silent``: Telegram does not say. Returns the
    methods whose answers were read since, in order.
    """
    members: list[dict[str, Any]] = [{"user": {"id": one, "is_bot": False}} for one in people]
    if own is not None:
        members.append({"user": {"id": BOT, "is_bot": True}, **own})
    chat = {"linked_chat_id": linked} if linked else {}
    answers = {} if silent else {"getChatAdministrators": members, "getChat": chat}
    told = _Told(_nobody, services.clock, BOT, answers=answers)
    services.rights = told
    return told.asked


async def _nobody(_method: str, _params: Mapping[str, Any]) -> bot_api.Reply:
    return bot_api.NoAnswer("nobody is asked")


def backlog(services: Services) -> None:
    """What is worked on now waited at Telegram while the bot was away."""
    services.arrival = replace(services.arrival, fresh=False)


def said(call: OwedCall) -> str:
    """What a call says, wherever it stands."""
    return str(call.params.get("text") or call.params.get("caption") or call.params.get("question"))


def button_rows(call: OwedCall) -> list[list[dict[str, str]]]:
    """The buttons under a message."""
    rows: list[list[dict[str, str]]] = call.params.get("reply_markup", {})["inline_keyboard"]
    return rows
