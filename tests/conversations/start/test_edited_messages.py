"""What people change after they have sent it: nothing is done anew."""

from telegram.ext import CommandHandler

from bot import routes
from bot.settings import Settings
from tests.sandbox.conftest import picture
from tests.support.database import query
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked

COMMANDS = sorted(
    {
        name
        for module in vars(routes).values()
        for handler in getattr(module, "HANDLERS", ())
        if isinstance(handler, CommandHandler)
        for name in handler.commands
    }
)


async def test_an_edit_is_no_command_and_no_answer(learner: Person, bot: Settings) -> None:
    """Each command, unknown ones, words and captions: an edit is met with silence, and is done."""
    assert {"start", "help", "case", "settings", "reload", "flags", "mydata"} <= set(COMMANDS)
    words = await asked(learner, "What is the dose of aspirin?", "I can't hold a conversation")
    sent = (await learner.messages())[-2]
    photo = await learner.send_photo(picture(), caption="/case")
    await learner.wait_for(lambda m: m["from"]["is_bot"], after=photo["message_id"])
    before = await learner.messages()
    for name in (*COMMANDS, "nonsense"):
        await learner.edit(sent, f"/{name}")
    await learner.edit(sent, "And of paracetamol?")
    await learner.edit(photo, caption="/help")
    await asked(learner, "/help", "/topics")
    assert len(await learner.messages()) == len(before) + 2
    assert words in before
    assert query(bot.database, "SELECT count(*) FROM set_aside") == [(0,)]
    [(handled,)] = query(bot.database, "SELECT count(*) FROM updates")
    assert handled >= len(COMMANDS) + 3


async def test_an_edit_in_a_group_is_no_command(sandbox: SandboxClient, bot: Settings) -> None:
    """Nor is one of a caption, or by an administrator."""
    person = await sandbox.person("Ada", language_code="en")
    group = await sandbox.chat("supergroup", "Ward", admins=[person], bot="administrator")
    sent = await group.send(person, "Good morning")
    for name in COMMANDS:
        await group.edit(person, sent, f"/{name}@sandbox_bot")
    topics = await group.send(person, "/topics@sandbox_bot")
    answer = await group.wait_for(person, lambda m: "reply_to_message" in m)
    assert answer["reply_to_message"]["message_id"] == topics["message_id"]
    first = [m for m in await group.messages() if m.get("from", {}).get("is_bot")]
    assert not any(
        m.get("reply_to_message", {}).get("message_id") == sent["message_id"] for m in first
    )
