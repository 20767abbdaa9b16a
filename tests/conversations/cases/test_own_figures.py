"""Questions with figures of their own, as learners and groups meet them."""

from bot.settings import Settings
from tests.content.variants import write_varied
from tests.support.bot import running_bot
from tests.support.sandbox import SandboxClient
from tests.support.seeing import is_poll, says


async def test_a_later_question_brings_its_picture(
    settings: Settings, sandbox: SandboxClient
) -> None:
    """Asked for again in the middle, the case shows both; all figures are credited at its end."""
    assert settings.content is not None
    write_varied(settings.content)
    async with running_bot(settings):
        ada = await sandbox.person("Ada", language_code="en")
        sent = await ada.send("/case hard-lumps")
        first = await ada.wait_for(is_poll, after=sent["message_id"])
        assert "Seen: lumps." in first["poll"]["description"]
        await ada.vote(first, [1])
        then = await ada.wait_for(is_poll, after=first["message_id"])
        assert then["poll"]["description"].endswith("They ulcerate.\n\nSeen: ulcer.")
        assert then["poll"]["media"]["photo"]
        again = await ada.send("/case hard-lumps")
        first = await ada.wait_for(is_poll, after=again["message_id"])
        await ada.vote(then, [1])
        end = await ada.wait_for(says("For teaching only"), after=first["message_id"])
        assert "Figure 1: The authors" in end["text"]
        assert "Figure 2: The authors" in end["text"]
