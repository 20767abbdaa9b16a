"""A case that is being written when the bot ends, and goes on."""

from pathlib import Path

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from tests.conversations.writing.conftest import ARTICLE, answered, made_author, press, pressed
from tests.support.bot import running_bot, settings_for
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked, says


async def test_nothing_of_a_draft_is_lost_by_a_restart(
    server: SandboxServer, sandbox: SandboxClient, root: Person, clock: Clock, tmp_path: Path
) -> None:
    """Parts of a text before and after are one; what was sent and edited meanwhile counts."""
    settings = settings_for(server.url, tmp_path, clock=clock, admins=frozenset({root.id}))
    ada = await sandbox.person("Ada", language_code="en")
    first, second = ARTICLE.split("What are", 1)
    async with running_bot(settings):
        await asked(root, "/start", "Good morning.")
        await asked(ada, "/start", "Good morning.")
        await made_author(root, ada)
        await asked(ada, "/write", "Send it now")
        sent = await ada.send(first)
        await ada.wait_for(says("1 message taken"))
    await ada.edit(sent, first.replace("64", "46"))
    rest = await ada.send(f"What are{second}")
    async with running_bot(settings):
        page = await ada.wait_for(says("2 messages taken"), after=rest["message_id"])
        await press(ada, page, "Done")
        page = await ada.wait_for(says("Draft: Stone-hard lumps"), after=page["message_id"])
    async with running_bot(settings):
        page = await pressed(ada, page, "Change a part", "Which part?")
        await pressed(ada, page, "Vignette", "A 46-year-old woman")
        await answered(ada, "A 50-year-old man has lumps.", "Changed: Vignette.")
