"""Cases that change while the bot is at work, as its administrators and its learners meet it."""

import shutil
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.jobs import reload_cases
from bot.sandbox.server import SandboxServer
from content.codes import case_code
from tests.content.samples import write_case
from tests.support.bot import running_bot, settings_for
from tests.support.sandbox import SandboxClient
from tests.support.seeing import asked, given, says, text_of


async def test_changed_cases_are_taken_over_when_they_are_sound(
    server: SandboxServer,
    sandbox: SandboxClient,
    clock: Clock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A save is noticed; what is broken leaves the old cases in use; administrators are told."""
    monkeypatch.setattr(reload_cases, "_LOOK_EVERY_S", 0.2)
    folder = tmp_path / "cases"
    folder.mkdir()
    path = write_case(folder / "hard-lumps.yaml")
    ada = await sandbox.person("Ada", language_code="en")
    ines = await sandbox.person("Inés", language_code="es")
    admins = frozenset({ada.id, ines.id})
    settings = settings_for(
        server.url,
        tmp_path,
        clock=clock,
        shipped_cases=False,
        content=folder,
        admins=admins,
        watch=True,
    )
    async with running_bot(settings):
        for person, welcome in ((ada, "Good morning"), (ines, "Buenos días")):
            await asked(person, "/start", welcome)
        # An editor's burst of saves, the last by renaming, is one change.
        for title in ("Lumps, first try", "Lumps, second try"):
            write_case(path, title=title)
        write_case(folder / ".new", title="Mended *lumps* & <more>").replace(path)
        told = await ada.wait_for(says("Changed cases are in use"))
        assert "Changed: Mended *lumps* & <more>" in text_of(told)
        await ines.wait_for(says("Los casos cambiados están en uso", "Mended *lumps*"))
        case = await given(ada, "/case hard-lumps")
        assert case["poll"]["description"].startswith("Mended *lumps* & <more>")

        write_case(path, title="Broken", level="attending")
        broken = await ada.wait_for(says("The changed cases are not in use"))
        line = text_of(broken).splitlines()[-1]
        assert line.startswith("hard-lumps.yaml:1: wrong-value ")
        assert str(tmp_path) not in text_of(broken)
        assert (await given(ada, "/case hard-lumps"))["poll"]["description"].startswith("Mended")

        # As a checkout of another branch does it: the folder goes and another takes its place.
        shutil.rmtree(folder)
        other = tmp_path / "other"
        other.mkdir()
        write_case(other / "new-case.yaml", id="new-case", title="Another branch")
        other.rename(folder)
        await ada.wait_for(says("New: Another branch", "Gone: Mended"), after=broken["message_id"])
        await given(ada, f"/case {case_code('new-case')}")
        await asked(ada, "/case hard-lumps", "I have no case and no topic of that name.")


async def test_reload_answers_administrators_alone(
    server: SandboxServer, sandbox: SandboxClient, clock: Clock, tmp_path: Path
) -> None:
    """`/reload` works with nobody watching, and says what it found; to others it is unknown."""
    folder = tmp_path / "cases"
    folder.mkdir()
    path = write_case(folder / "hard-lumps.yaml")
    ada = await sandbox.person("Ada", language_code="en")
    ben = await sandbox.person("Ben", language_code="en")
    settings = settings_for(
        server.url,
        tmp_path,
        clock=clock,
        shipped_cases=False,
        content=folder,
        admins=frozenset({ada.id}),
    )
    async with running_bot(settings):
        await asked(ben, "/reload", "I don't know that command.")
        await asked(ada, "/reload", "nothing in them has changed")
        path.unlink()
        await asked(ada, "/reload", "Gone: Hard lumps")
        folder.rmdir()
        problem = await asked(ada, "/reload", "not in use")
        assert "cases:1: no-such-folder" in text_of(problem)
        await asked(ada, "/reload", "cases:1: no-such-folder")
        await asked(ada, "/help", "administrators: /reload")
        seen = await sandbox.ask("GET", "/bot", chat_id=ada.id)
        names = [command["command"] for command in seen["commands"]]
        # What everybody does first stays first for those who look after the bot too.
        assert (names[0], names[-3:]) == ("case", ["items", "roles", "reload"])
        assert not any(says("cases")(m) for m in await ben.messages() if "reload" in text_of(m))
