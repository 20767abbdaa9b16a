"""Everything besides cases that a person can say to the bot."""

import json
from functools import partial

import pytest

from bot.base.i18n import Languages
from bot.routes.private_commands import COMMANDS
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.sandbox.conftest import picture
from tests.support.sandbox import Message, Person, RefusedError, SandboxClient
from tests.support.seeing import asked, buttons, given, is_poll, my_data, place, says, text_of
from tests.support.trouble import inject, until


async def test_start_welcomes(sandbox: SandboxClient, bot: Settings) -> None:
    """Start says what this is, and a button brings the first case."""
    person = await sandbox.person("Ada")
    welcome = await asked(person, "/start", "Good morning.", "There are 2 cases.")
    assert list(buttons(welcome)) == ["Start", "Choose a topic"]
    await person.press(welcome, buttons(welcome)["Start"])
    await person.wait_for(is_poll)


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("/help", "/review – what is due again"),
        ("/about", "MIT licence"),
        ("/privacy", "How long:"),
        ("/nonsense", "I don't know that command."),
        ("/leaderboard", "That works in a group"),
        ("/results 4mw9ktwj", "That works in a group"),
        ("/case no-such-thing", "I have no case and no topic of that name."),
        ("What is the dose of aspirin?", "I can't hold a conversation"),
        ("<b>&amp; '; DROP TABLE people; --", "I can't hold a conversation"),
    ],
)
async def test_every_word_gets_an_answer(learner: Person, sent: str, answer: str) -> None:
    """Commands known and unknown, and free text: nothing is met with silence."""
    await asked(learner, sent, answer)


async def test_a_picture_gets_an_answer(learner: Person) -> None:
    """A photo is declined, with a word on real patients."""
    sent = await learner.send_photo(picture())
    await learner.wait_for(
        says("never send me anything from a real patient"), after=sent["message_id"]
    )


async def test_a_notice_of_telegram_is_nobody_s_words(
    server: SandboxServer, learner: Person
) -> None:
    """That something was pinned needs no answer; what the person writes next gets one."""
    chat = {"id": learner.id, "type": "private", "first_name": "Ada"}
    notice = {
        "message_id": 9000,
        "date": 1_700_000_000,
        "chat": chat,
        "from": {"id": learner.id, "is_bot": False, "first_name": "Ada"},
        "pinned_message": {"message_id": 1, "date": 0, "chat": chat},
    }
    before = len(await learner.messages())
    inject(server, {"update_id": 5_000_000_000, "message": notice})
    await asked(learner, "/help", "/topics")
    assert len(await learner.messages()) == before + 2


async def test_a_command_to_another_bot_is_left_to_it(
    sandbox: SandboxClient, bot: Settings
) -> None:
    """In a group a command gets an answer, unless it names another bot or is none of this one's."""
    person = await sandbox.person("Ada", language_code="en")
    group = await sandbox.chat("group", "Ward", admins=[person], bot="administrator")
    await group.send(person, "/topics@another_bot")
    await group.send(person, "/ban @eve")
    named = await group.send(person, "/topics@sandbox_bot")
    own = await group.send(person, "/MyData")
    await group.wait_for(person, lambda m: _answers(m) == own["message_id"])
    answered = [_answers(m) for m in await group.messages() if says("our private chat")(m)]
    assert answered == [named["message_id"], own["message_id"]]


def _answers(message: Message) -> int | None:
    """The id of the message that this one replies to."""
    found = message.get("reply_to_message", {}).get("message_id")
    return None if found is None else int(found)


async def test_commands_are_registered_and_documented(learner: Person) -> None:
    """Telegram's menu lists each command, in each language, and /help speaks of each."""
    bot = await learner.client.ask("GET", "/bot", chat_id=learner.id)
    assert [c["command"] for c in bot["commands"]] == [command.name for command in COMMANDS]
    help_text = text_of(await asked(learner, "/help", "/topics"))
    documented = {word.strip(".,;") for word in help_text.split() if word.startswith("/")}
    of_authors = {"/write", "/drafts"}  # to whom alone /help speaks of them
    others = {f"/{command.name}" for command in COMMANDS} - documented
    assert others == {"/start", "/help", *of_authors}
    for words in Languages.load().words.values():
        wanted = [command.description(words) for command in COMMANDS]
        await until(partial(_are_listed, learner, words.code, wanted))


async def _are_listed(learner: Person, language: str, wanted: list[str]) -> bool:
    """Whether this is what Telegram says in a language of the commands, none refused."""
    bot = await learner.client.ask("GET", "/bot", chat_id=learner.id, language_code=language)
    return [command["description"] for command in bot["commands"]] == wanted


async def test_language_is_the_app_s_until_chosen(sandbox: SandboxClient, bot: Settings) -> None:
    """The bot speaks what the app speaks; a choice by button overrides it, and can be undone."""
    person = await sandbox.person("Inés", language_code="es-mx")
    await asked(person, "/start", "Buenos días.")
    question = await asked(person, "/language", "¿En qué idioma te hablo?")
    names = [words.name for words in Languages.load().words.values()]
    assert list(buttons(question)) == [*names, "✓ Como en mi Telegram"]
    await person.press(question, "lang:en")
    await person.wait_for(says("From now on I speak English."))
    await asked(person, "/help", "what is due again")
    await person.press(question, "lang:")
    await person.wait_for(says("A partir de ahora hablo español."))
    await asked(person, "/help", "lo que toca repasar")


async def test_an_old_button_is_not_an_error(learner: Person, settings: Settings) -> None:
    """A button pressed again works again; one that the bot no longer knows says so."""
    question = await asked(learner, "/language", "Which language")
    await learner.press(question, "lang:en")
    first = await learner.wait_for(says("From now on"), after=question["message_id"])
    await learner.press(question, "lang:en")
    await learner.wait_for(says("From now on"), after=first["message_id"])
    with pytest.raises(RefusedError):
        await learner.press(question, "never on any message")


@pytest.mark.parametrize(
    ("data", "said"), [("forget:no", "Nothing was erased."), ("forget:yes", "Done: nothing")]
)
async def test_the_question_whether_to_erase_is_answered_once(
    learner: Person, data: str, said: str
) -> None:
    """Its buttons go with the answer: left in the chat, a slip would erase everything later."""
    question = await asked(learner, "/forget", "Erase everything kept about you?")
    await learner.press(question, data)
    await learner.wait_for(says(said), after=question["message_id"])
    same = question["message_id"]
    await learner.wait_for(lambda m: m["message_id"] == same and "reply_markup" not in m)


async def documents(person: Person) -> list[Message]:
    """The documents that the bot sent."""
    return [message for message in await person.messages() if "document" in message]


async def test_my_data_holds_all_and_forget_erases_all(learner: Person) -> None:
    """`/mydata` shows what is kept, never a name; `/forget` asks once and leaves nothing."""
    case = await given(learner, "/case calcinosis-cutis")
    await learner.vote(case, [place(case, "Rheumatoid arthritis")])
    await learner.wait_for(says("Not yet reviewed"))
    data = await my_data(learner)
    assert data["telegram_id"] == learner.id
    (answer,) = data["answers"]
    assert (answer["case_id"], answer["verdict"], answer["score"]) == (
        "calcinosis-cutis",
        "correct",
        1,
    )
    assert answer["time_taken"] >= 0
    assert learner.made["first_name"] not in json.dumps(data)
    forget = await asked(learner, "/forget", "Erase everything kept about you?")
    await learner.press(forget, buttons(forget)["Erase everything"])
    await learner.wait_for(says("nothing that leads to you is shown or sent any more"))
    data = await my_data(learner)
    # The farewell itself may not be on record as delivered yet.
    del data["messages_not_yet_sent"]
    assert {name for name, rows in data.items() if isinstance(rows, list) and rows} == set()


async def test_a_poll_is_answered_once(learner: Person) -> None:
    """A quiz vote is final: Telegram refuses another, and one answer is on record."""
    case = await given(learner, "/case calcinosis-cutis")
    await learner.vote(case, [0])
    await learner.wait_for(says("Not yet reviewed"))
    with pytest.raises(RefusedError):
        await learner.vote(case, [1])
    assert len((await my_data(learner))["answers"]) == 1


async def test_a_blocked_bot_stays_away_and_comes_back(learner: Person) -> None:
    """Blocking is noted; after unblocking everything works as before."""
    await learner.block()
    await learner.unblock()
    await asked(learner, "/help", "/topics")
    await given(learner, "/case")
