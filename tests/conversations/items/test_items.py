"""What answers say of questions, as the bot's administrators read it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from content.codes import case_code
from content.library import Library
from content.model import Case
from content.snapshot import Snapshot
from tests.conversations.writing.conftest import made_author
from tests.support.bot import running_bot, settings_for
from tests.support.item_answers import fill
from tests.support.library import shipped_library
from tests.support.new_store import new_store
from tests.support.reviewers import end_role, published_by
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, changed, given, is_poll, says, text_of
from tests.support.trouble import fast_clock, forge

PEOPLE = 60
MISKEYED = 3
OLD_BUTTON = "This button no longer works. /case brings a case."


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: these chats get many messages, and the bot paces itself."""
    return fast_clock()


@pytest.fixture
async def ada(sandbox: SandboxClient) -> Person:
    """The bot's administrator."""
    return await sandbox.person("Ada", language_code="en")


@pytest.fixture
def library() -> Library:
    """The cases that the bot ships."""
    return shipped_library()


@pytest.fixture
async def settings(
    server: SandboxServer, ada: Person, library: Library, clock: Clock, tmp_path: Path
) -> Settings:
    """A bot administered by Ada, to which sixty people have answered twenty questions.

    The key of one of these is wrong.
    """
    settings = settings_for(server.url, tmp_path, clock=clock, admins=frozenset({ada.id}))
    store = await new_store(settings.database, clock.now())
    await store.close()
    fill(settings.database, snapshots(library), PEOPLE, miskeyed={MISKEYED})
    return settings


@pytest.fixture
async def at_work(settings: Settings) -> AsyncIterator[Settings]:
    """The same, at work."""
    async with running_bot(settings):
        yield settings


def twenty(library: Library) -> list[Case]:
    """Cases of one question each."""
    return [case for case in library.cases.values() if len(case.questions) == 1][:20]


def snapshots(library: Library) -> list[Snapshot]:
    """These, as they are posted today."""
    return [library.snapshot(case) for case in twenty(library)]


async def listed(ada: Person, command: str = "/items") -> Message:
    """The list, which comes once all is counted."""
    waiting = await asked(ada, command, "I am counting all answers")
    return await ada.wait_for(says("with answers"), after=waiting["message_id"])


async def opened(person: Person, message: Message, button: str, *words: str) -> Message:
    """What the message says once a button was pressed."""
    await person.press(message, buttons(message)[button])
    return await changed(person, message, *words)


async def test_the_miskeyed_question_stands_first(
    ada: Person, library: Library, at_work: Settings
) -> None:
    """The list begins with it, and its page says what is wrong, in numbers and in words."""
    message = await listed(ada)
    case = twenty(library)[MISKEYED]
    assert "20 questions with answers\n\nThose to look at come first" in text_of(message)
    assert f"1. ⚠️ {case.title}\n" in text_of(message)
    page = await opened(ada, message, "1", "60 first answers")
    text = text_of(page)
    assert text.startswith(f"Case {case_code(case.id)}: {case.title}\n\n{case.questions[0].prompt}")
    for choice in case.questions[0].choices:
        assert f"% {'✓ ' if choice.correct else ''}{choice.text}" in text
    assert "Right: " in text
    assert "95% interval" in text
    assert "Discrimination, 60 people" in text
    assert "⚠️ " in text.partition("Discrimination, 60 people")[2]
    assert "What counts: the first answer of each person" in text
    # Numbers that are ten minutes old at most are shown at once.
    back = await opened(ada, page, "Back to the list", "20 questions with answers")
    assert text_of(back) == text_of(message)
    assert text_of(await asked(ada, "/items", "20 questions")) == text_of(message)


async def test_the_list_is_turned_page_by_page(ada: Person, at_work: Settings) -> None:
    """Twenty questions on four pages, each once, and the way back leads to the page."""
    message = await listed(ada)
    seen = [line for line in text_of(message).splitlines() if line[:1].isdigit()]
    for _ in range(3):
        await ada.press(message, buttons(message)["▶"])
        number = len([line for line in seen if ". " in line]) + 1
        message = await changed(ada, message, f"\n{number}. ")
        seen += [line for line in text_of(message).splitlines() if line[:1].isdigit()]
    assert "▶" not in buttons(message)
    titles = [line.partition(". ")[2] for line in seen if line.partition(". ")[0].isdigit()]
    assert len({*titles}) == 20
    page = await opened(ada, message, "20", "60 first answers")
    back = await opened(ada, page, "Back to the list", "20. ")
    assert text_of(back) == text_of(message)


async def test_to_others_there_are_no_items(
    sandbox: SandboxClient, ada: Person, at_work: Settings
) -> None:
    """Nor a word of them in the help."""
    await listed(ada)
    ben = await sandbox.person("Ben", language_code="en")
    await asked(ben, "/start", "Good morning.")
    await asked(ben, "/items", "I don't know that command.")
    assert not [m for m in await ben.messages() if "with answers" in text_of(m)]
    help_text = await asked(ben, "/help", "/review")
    assert "/items" not in text_of(help_text)
    assert "/items" in text_of(await asked(ada, "/help", "/review"))


async def test_rights_and_buttons_are_judged_after_a_restart(
    ada: Person, settings: Settings
) -> None:
    """An old button counts anew; whoever administers no more is told nothing."""
    async with running_bot(settings):
        message = await listed(ada)
        page = await opened(ada, message, "1", "60 first answers")
    async with running_bot(settings):
        await opened(ada, page, "Back to the list", "20 questions with answers")
    async with running_bot(replace(settings, admins=frozenset())):
        await asked(ada, "/items", "I don't know that command.")
        answer = await ada.press(message, buttons(message)["2"])
        assert answer == {"text": OLD_BUTTON, "show_alert": True}


async def test_a_case_by_itself(ada: Person, library: Library, at_work: Settings) -> None:
    """By its code, and by the button under its results in a group, which its own members lack."""
    case = twenty(library)[MISKEYED]
    message = await listed(ada, f"/items {case_code(case.id)}")
    assert "1 question with answers" in text_of(message)
    assert case.title in text_of(message)
    page = await opened(ada, message, "1", "60 first answers")
    back = await opened(ada, page, "Back to the list", "1 question with answers")
    await opened(ada, back, "All questions", "20 questions with answers")
    await asked(ada, "/items nothing", "I have no such case.")


async def test_results_of_a_case_lead_to_its_items(
    sandbox: SandboxClient, ada: Person, library: Library, at_work: Settings
) -> None:
    """For the bot's administrators, not for those of the group; the results stay."""
    ben = await sandbox.person("Ben", language_code="en")
    for person in (ada, ben):
        await asked(person, "/start", "Good morning.")
    case = library.cases["calcinosis-cutis"]
    group = await sandbox.chat("supergroup", "Ward 7", [ben], [ada, ben], bot="administrator")
    await group.send(ada, f"/case {case_code(case.id)}")
    await group.wait_for(ada, is_poll)
    for person in (ada, ben):
        await group.send(person, f"/results {case_code(case.id)}")
        results = await person.wait_for(says(case.questions[0].prompt, "Nobody has answered"))
        assert ("Item analysis" in buttons(results)) == (person is ada)
        if person is ada:
            await ada.press(results, buttons(results)["Item analysis"])
            await ada.wait_for(says("1 question with answers"), after=results["message_id"])
            assert buttons(results) == buttons(
                next(m for m in await ada.messages() if m["message_id"] == results["message_id"])
            )


async def test_votes_count_once_they_are_given(
    ada: Person, library: Library, server: SandboxServer, clock: Clock, tmp_path: Path
) -> None:
    """Of one answer no share is told; a review and another try add none."""
    settings = settings_for(server.url, tmp_path, clock=clock, admins=frozenset({ada.id}))
    case = library.cases["calcinosis-cutis"]
    async with running_bot(settings):
        await asked(ada, "/start", "Good morning.")
        await asked(ada, "/items", "I am counting all answers")
        await ada.wait_for(says("Nobody has answered these questions yet"))
        poll = await given(ada, f"/case {case_code(case.id)}")
        await ada.vote(poll, [0])
        await ada.wait_for(says("Not yet reviewed"), after=poll["message_id"])
    async with running_bot(settings):
        message = await listed(ada)
        assert f"1. {case.title}\n" in text_of(message)
        assert "\n1 answer" in text_of(message)
        page = await opened(ada, message, "1", "1 first answer")
        text = text_of(page)
        assert "Right: too few (1 of 10)" in text
        assert "Choices: too few (1 of 20)" in text
        assert "Discrimination: too few (0 of 30)" in text
        assert "Alarms: too few (1 of 50)" in text
        # The page has the sign in what numbers mean alone.
        assert "%" not in text.partition("What counts")[0]


@pytest.mark.parametrize(("code", "word"), [("es", "primeras respuestas"), ("fr", "premières")])
async def test_in_the_administrators_language(
    sandbox: SandboxClient, settings: Settings, code: str, word: str
) -> None:
    """The page is in the language of whoever reads it, with its decimal comma."""
    other = await sandbox.person("Inés", language_code=code)
    async with running_bot(replace(settings, admins=frozenset({other.id}))):
        await other.send("/items")
        message = await other.wait_for(lambda m: "1" in buttons(m))
        page = await opened(other, message, "2", "60", word)
        assert "0," in text_of(page)


async def test_authors_read_the_numbers_of_their_own_cases(
    sandbox: SandboxClient,
    server: SandboxServer,
    ada: Person,
    library: Library,
    at_work: Settings,
) -> None:
    """By the command and below each case that they published, and of no other, whatever is forged;
    none once they are no authors any more.
    """
    eve = await sandbox.person("Eve", language_code="en")
    for person in (ada, eve):
        await asked(person, "/start", "Good morning.")
    await made_author(ada, eve)
    await asked(eve, "/items", "I don't know that command.")
    own, other = twenty(library)[:2]
    await published_by(at_work.database, own.id, eve.id)
    page = await asked(eve, "/drafts", "You have no drafts.")
    await eve.press(page, buttons(page)["My published cases"])
    page = await changed(eve, page, own.title)
    await eve.press(page, buttons(page)["1"])
    page = await changed(eve, page, "State")
    await eve.press(page, buttons(page)["Item analysis"])
    message = await eve.wait_for(says("1 question with answers"), after=page["message_id"])
    assert own.title in text_of(message)
    await asked(eve, f"/items {case_code(other.id)}", "I have no such case.")
    theirs = await opened(eve, message, "1", "60 first answers")
    all_of_them = await asked(ada, "/items", "20 questions with answers")
    forged = buttons(all_of_them)["1"]
    await forge(server, at_work, eve, theirs, forged)
    await changed(eve, theirs, "1 question with answers")
    await end_role(at_work.database, eve.id)
    await asked(eve, "/items", "I don't know that command.")
    answer = await eve.press(message, buttons(message)["1"])
    assert answer == {"text": OLD_BUTTON, "show_alert": True}
