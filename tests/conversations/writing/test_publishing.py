"""Publishing from the chat: what lies in the folder of cases then, and who hears of it."""

import asyncio
import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from content import published_file
from content.loader import read_case
from storage.facts import PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.publication_facts import PublicationAsked
from storage.store import Store
from tests.content.samples import case_data, write_case
from tests.conversations.writing.conftest import (
    ARTICLE,
    answered,
    made_author,
    press,
    pressed,
)
from tests.support.bot import running_bot, settings_for
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, is_poll, says, text_of
from tests.support.trouble import until

NAME = "stone-hard-lumps-under-the-skin-18-years-on"


async def ready(author: Person) -> Message:
    """The article, with what it lacks: the page that asks whether to publish it."""
    await asked(author, "/write", "Send it now as it stands")
    page = await answered(author, ARTICLE, "1 message taken")
    await press(author, page, "Done")
    page = await author.wait_for(says("Draft: Stone-hard lumps"), after=page["message_id"])
    page = await pressed(author, page, "Go on: what is missing", "Why is each right or wrong?")
    page = await pressed(author, page, "Skip", "Send one or more")
    page = await answered(author, "rheumatology", "Whom is it written for?")
    page = await pressed(author, page, "Residents", "By which name")
    page = await pressed(author, page, "As Ada", "Under which licence")
    await press(author, page, "CC-BY-4.0")
    page = await author.wait_for(says("It can be published"), after=page["message_id"])
    return await pressed(author, page, "Publish", "What stays:")


async def published(author: Person) -> Message:
    """The same, published and in use."""
    page = await ready(author)
    page = await pressed(author, page, "Publish it now", "It is being published")
    return await author.wait_for(says("Published and in use"), after=page["message_id"])


async def own_case(author: Person) -> Message:
    """The card of the one case that she published."""
    page = await asked(author, "/drafts", "You have no drafts")
    page = await pressed(author, page, "My published cases", "Cases that you published")
    return await pressed(author, page, "1", "State: in use")


async def changed_title(author: Person, card: Message) -> Message:
    """A change of it, ready: the page that asks whether to publish it."""
    page = await pressed(author, card, "Change", "Draft: Stone-hard lumps")
    page = await pressed(author, page, "Change a part", "Which part")
    page = await pressed(author, page, "Title", "names the complaint")
    page = await answered(author, "Lumps as hard as stone", "Draft: Lumps as hard as stone")
    return await pressed(author, page, "Publish", "What stays:")


async def test_a_published_case_is_a_file_and_in_use(
    ada: Person, root: Person, at_work: Settings, sandbox: SandboxClient
) -> None:
    """Author, administrators and learners meet it; the draft is gone; nothing else was written."""
    folder = at_work.content
    assert folder is not None
    before = {path.name for path in folder.iterdir()}
    await published(ada)
    assert {path.name for path in folder.iterdir()} - before == {f"{NAME}.yaml"}
    case = read_case(folder / f"{NAME}.yaml").case
    assert case is not None
    assert case.title == "Stone-hard lumps under the skin, 18 years on"
    assert [choice.correct for choice in case.questions[0].choices] == [False, True, False, False]
    assert (case.authors, case.licence, case.topics) == (("Ada",), "CC-BY-4.0", ("rheumatology",))
    assert case.references[0].doi == "10.1016/S0140-6736(99)05157-0"
    await root.wait_for(says("Changed cases are in use", "New:", "Stone-hard lumps"))
    learner = await sandbox.person("Ben", language_code="en")
    await learner.send(f"/case {NAME}")
    poll = await learner.wait_for(is_poll)
    assert poll["poll"]["question"] == "What are these nodules most likely to be?"
    page = await asked(ada, "/drafts", "You have no drafts")
    assert "My published cases" in str(page)


async def test_an_author_changes_and_withdraws_their_case(ada: Person, at_work: Settings) -> None:
    """The file is replaced under its id, and taken away; its author gets it first."""
    folder = at_work.content
    assert folder is not None
    path = folder / f"{NAME}.yaml"
    await published(ada)
    page = await changed_title(ada, await own_case(ada))
    page = await pressed(ada, page, "Publish it now", "It is being published")
    await ada.wait_for(says("Published and in use", "as hard as stone"), after=page["message_id"])
    case = read_case(path).case
    assert case is not None
    assert (case.id, case.title) == (NAME, "Lumps as hard as stone")
    page = await asked(ada, "/drafts", "You have no drafts")
    page = await pressed(ada, page, "My published cases", "Lumps as hard as stone")
    page = await pressed(ada, page, "1", "State: in use")
    page = await pressed(ada, page, "Withdraw", "Withdraw this case?")
    page = await pressed(ada, page, "Withdraw it", "It is being withdrawn")
    await ada.wait_for(lambda m: "document" in m, after=page["message_id"])
    await ada.wait_for(says("Withdrawn:"), after=page["message_id"])
    assert not path.exists()
    page = await asked(ada, "/drafts", "You have no drafts")
    page = await pressed(ada, page, "My published cases", "withdrawn")


async def test_a_file_that_was_changed_by_hand_is_left_alone(
    ada: Person, at_work: Settings
) -> None:
    """The change comes as a file, and the draft stays."""
    folder = at_work.content
    assert folder is not None
    path = folder / f"{NAME}.yaml"
    await published(ada)
    by_hand = path.read_bytes() + b"# mended\n"
    path.write_bytes(by_hand)
    page = await changed_title(ada, await own_case(ada))
    page = await pressed(ada, page, "Publish it now", "It is being published")
    await ada.wait_for(says("changed by hand"), after=page["message_id"])
    await ada.wait_for(lambda m: "document" in m, after=page["message_id"])
    assert path.read_bytes() == by_hand
    await asked(ada, "/drafts", "1 draft", "Lumps as hard as stone")


async def test_a_disk_that_is_full_is_told_and_nothing_is_lost(
    ada: Person, root: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To the author and to administrators; later the same draft is published."""

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    page = await ready(ada)
    with monkeypatch.context() as while_full:
        while_full.setattr(published_file, "_put", full)
        page = await pressed(ada, page, "Publish it now", "It is being published")
        failed = await ada.wait_for(says("could not be published"), after=page["message_id"])
        await root.wait_for(says("could not be published", "No space left on device"))
    page = await pressed(ada, failed, "Open", "It can be published")
    page = await pressed(ada, page, "Publish", "What stays:")
    await press(ada, page, "Publish it now")
    await ada.wait_for(says("Published and in use"), after=page["message_id"])


async def test_where_another_file_is_broken_it_comes_into_use_later(
    ada: Person, root: Person, at_work: Settings
) -> None:
    """The author hears why not yet, and again once it is."""
    folder = at_work.content
    assert folder is not None
    broken = folder / "broken.yaml"
    broken.write_text("title: [", "utf-8")
    page = await ready(ada)
    page = await pressed(ada, page, "Publish it now", "It is being published")
    page = await ada.wait_for(says("not in use yet"), after=page["message_id"])
    assert read_case(folder / f"{NAME}.yaml").case is not None
    broken.unlink()
    await asked(root, "/reload", "Changed cases are in use")
    await ada.wait_for(says("Published and in use"), after=page["message_id"])


async def sent_case(author: Person, **changes: Any) -> Message:
    """A whole case sent as a file: the page of its draft."""
    sent = await author.send_document("case.yaml", json.dumps(case_data(**changes)).encode())
    return await author.wait_for(says("Draft: "), after=sent["message_id"])


async def held_up(author: Person, folder: Path) -> Message:
    """Her case changed, while another file is broken: its card among those that she published."""
    page = await sent_case(author, id="mine", title="First title")
    page = await pressed(author, page, "Publish", "What stays:")
    page = await pressed(author, page, "Publish it now", "It is being published")
    await author.wait_for(says("Published and in use"), after=page["message_id"])
    (folder / "broken.yaml").write_text("title: [", "utf-8")
    page = await pressed(author, await own_case(author), "Change", "Draft: First title")
    page = await pressed(author, page, "Change a part", "Which part")
    page = await pressed(author, page, "Title", "names the complaint")
    page = await answered(author, "Second title", "Draft: Second title")
    page = await pressed(author, page, "Publish", "What stays:")
    page = await pressed(author, page, "Publish it now", "It is being published")
    await author.wait_for(says("not in use yet"), after=page["message_id"])
    return await own_case(author)


async def test_a_change_that_is_held_up_is_not_lost_by_the_next(
    ada: Person, at_work: Settings
) -> None:
    """What she changes is what she published last, though learners do not meet it yet."""
    assert at_work.content is not None
    page = await pressed(ada, await held_up(ada, at_work.content), "Change", "Draft: ")
    assert "Draft: Second title" in text_of(page)


async def test_who_withdraws_what_is_held_up_gets_it_first(
    ada: Person, root: Person, at_work: Settings, sandbox: SandboxClient
) -> None:
    """As she published it last; she hears that it is taken away, and later that it is withdrawn."""
    assert at_work.content is not None
    page = await pressed(ada, await held_up(ada, at_work.content), "Withdraw", "Withdraw this")
    page = await pressed(ada, page, "Withdraw it", "It is being withdrawn")
    file = await ada.wait_for(lambda m: "document" in m, after=page["message_id"])
    assert b"Second title" in await sandbox.file(file["document"]["file_id"])
    await ada.wait_for(says("taken away; what was in use stays so for now"))
    (at_work.content / "broken.yaml").unlink()
    await asked(root, "/reload", "Changed cases are in use")
    await ada.wait_for(says("Withdrawn:"), after=file["message_id"])


@pytest.mark.parametrize("former", ["calcinosis-cutis", "mine"])
async def test_no_case_takes_the_name_of_another(
    ada: Person, at_work: Settings, former: str
) -> None:
    """Nor its own for a former one: no other file could be used as long as it lay there."""
    page = await sent_case(ada, id="mine", formerly=[former])
    await pressed(ada, page, "Publish", "keeps it from being published", f"id {former} is another")


@pytest.mark.parametrize("pressing", [True, False])
async def test_one_author_is_one_whatever_their_name(
    sandbox: SandboxClient, root: Person, at_work: Settings, pressing: bool
) -> None:
    """A comma in it makes nobody a second author."""
    assert at_work.content is not None
    lee = await sandbox.person("Lee, Ann", language_code="en")
    await asked(lee, "/start", "Good morning.")
    await made_author(root, lee)
    page = await sent_case(lee, id="mine", authors=[])
    page = await pressed(lee, page, "Change a part", "Which part")
    page = await pressed(lee, page, "Author", "By which name")
    if pressing:
        await press(lee, page, "As Lee, Ann")
    else:
        await lee.send("Lee, Ann\nBen Ali, MD")
    page = await lee.wait_for(says("It can be published"))
    page = await pressed(lee, page, "Publish", "What stays:")
    page = await pressed(lee, page, "Publish it now", "It is being published")
    await lee.wait_for(says("Published and in use"), after=page["message_id"])
    case = read_case(at_work.content / "mine.yaml").case
    assert case is not None
    assert case.authors == (("Lee, Ann",) if pressing else ("Lee, Ann", "Ben Ali, MD"))


async def test_a_second_case_of_the_same_title_has_another_id(
    ada: Person, root: Person, at_work: Settings, sandbox: SandboxClient
) -> None:
    """Whoever wrote it."""
    folder = at_work.content
    assert folder is not None
    await published(ada)
    other = await sandbox.person("Ada", language_code="en")
    await asked(other, "/start", "Good morning.")
    await made_author(root, other)
    page = await ready(other)
    await press(other, page, "Publish it now")
    await other.wait_for(says("Published and in use"), after=page["message_id"])
    assert len([path for path in folder.iterdir() if path.name.startswith("stone-hard")]) == 2


async def is_there(path: Path) -> bool:
    """Whether the file has been written."""
    return await asyncio.to_thread(path.exists)


@pytest.mark.parametrize("other", ["case", "words", "folder"])
async def test_a_file_that_has_its_name_is_left_alone_and_another_is_found(
    ada: Person, at_work: Settings, other: str
) -> None:
    """Whatever that is: its author need not think of another title, and is told."""
    folder = at_work.content
    assert folder is not None
    page = await ready(ada)
    there = folder / f"{NAME}.yaml"
    match other:
        case "case":
            write_case(there, id="others", title="Others' lumps")
        case "words":
            there.write_text("To do: ask Ben.", "utf-8")
        case _:
            there.mkdir()
    before = there.read_bytes() if there.is_file() else None
    page = await pressed(ada, page, "Publish it now", "It is being published")
    told = await ada.wait_for(says("Another file lies by this case's name"))
    await until(partial(is_there, folder / f"{NAME}-2.yaml"))
    case = read_case(folder / f"{NAME}-2.yaml").case
    assert case is not None
    assert case.id == f"{NAME}-2"
    assert f"{case.id}.yaml" in text_of(told)
    assert before == (there.read_bytes() if there.is_file() else None)
    if other == "case":
        await ada.wait_for(says("Published and in use"), after=page["message_id"])
        await own_case(ada)


async def test_who_is_an_author_no_more_publishes_nothing(ada: Person, root: Person) -> None:
    """The role is asked for as it is pressed; the draft stays."""
    page = await ready(ada)
    roles = await asked(root, "/roles", "Authors")
    roles = await pressed(root, roles, "1", "No longer an author?")
    await press(root, roles, "Take it back")
    await ada.wait_for(says("took back that you write"), after=page["message_id"])
    await press(ada, page, "Publish it now")
    await asked(ada, "/drafts", "1 draft")


async def test_without_a_folder_the_author_gets_the_file(
    server: SandboxServer, sandbox: SandboxClient, clock: Clock, tmp_path: Path
) -> None:
    """With a sentence for whoever runs the bot."""
    root = await sandbox.person("Root", language_code="en")
    ada = await sandbox.person("Ada", language_code="en")
    settings = settings_for(server.url, tmp_path, clock=clock, admins=frozenset({root.id}))
    async with running_bot(settings):
        for person in (root, ada):
            await asked(person, "/start", "Good morning.")
        await made_author(root, ada)
        page = await ready(ada)
        page = await pressed(ada, page, "Publish it now", "no folder for cases", "CONTENT")
        await ada.wait_for(lambda m: "document" in m, after=page["message_id"])
        await asked(ada, "/drafts", "1 draft")


@pytest.mark.parametrize("written", [False, True])
async def test_what_was_owed_when_the_bot_died_is_done_at_the_next_start(
    root: Person, clock: Clock, server: SandboxServer, tmp_path: Path, written: bool
) -> None:
    """Killed before the file was written, or after that and before it was on record."""
    folder = tmp_path / "cases"
    folder.mkdir()
    content = json.dumps(case_data())
    if written:
        (folder / "hard-lumps.yaml").write_text(content, "utf-8")
    store = await Store.open(tmp_path / "bot.db", clock.now())
    asked_for = PublicationAsked("hard-lumps", root.id, None, content, (), None, clock.now())
    met = PersonMet(root.id, "en", clock.now())
    await store.ledger.commit([Entry(Outcome((met, asked_for)))], clock.now())
    await store.close()
    await root.send("/start")
    settings = settings_for(server.url, tmp_path, clock=clock, content=folder, shipped_cases=False)
    async with running_bot(settings):
        message = await root.wait_for(says("Published and in use"))
    assert "Hard lumps" in text_of(message)
    assert {path.name for path in folder.iterdir()} == {"hard-lumps.yaml"}
    store = await Store.open(tmp_path / "bot.db", clock.now())
    case = await store.publications.case("hard-lumps")
    assert case is not None
    assert case.person_id == root.id
    assert await store.publications.owed(5) == []
    await store.close()
