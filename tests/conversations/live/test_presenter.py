"""Who presents a live round: its panel, from code to end; a colleague, a restart, silence."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.base.listen_address import ListenAddress
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from content.codes import case_code
from tests.support.bot import running_bot, two_case_settings
from tests.support.database import meddle, query
from tests.support.live_phones import CASE, TWO_QUESTIONS, Phone, Presenter, educator
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked, buttons, says, text_of
from tests.support.trouble import until

RIGHT = "Rheumatoid arthritis"
WRONG = "Systemic sclerosis"
ANSWERS = "SELECT count(*), count(DISTINCT person_id), sum(first) FROM answers"


@pytest.fixture
async def settings(server: SandboxServer, root: Person, clock: Clock, tmp_path: Path) -> Settings:
    """Settings of a bot with two cases, and an address for screens."""
    return two_case_settings(
        server, tmp_path, clock, root, listen=ListenAddress(), public_url="https://example.org/bot"
    )


@pytest.fixture
async def at_work(settings: Settings, root: Person) -> AsyncIterator[Settings]:
    """The bot, to which its administrator has written."""
    async with running_bot(settings):
        await asked(root, "/start", "Good morning")
        yield settings


async def room(sandbox: SandboxClient, code: str, people: int) -> list[Phone]:
    """So many people who have joined."""
    names = [f"Voter {number}" for number in range(people)]
    phones = [Phone(await sandbox.person(name, language_code="en")) for name in names]
    await asyncio.gather(*(phone.join(code) for phone in phones))
    return phones


async def cast(phones: list[Phone], choice: str) -> None:
    """All of them vote for one choice."""
    await asyncio.gather(*(phone.press(phone.number_of(choice)) for phone in phones))


async def test_a_whole_round(at_work: Settings, root: Person, sandbox: SandboxClient) -> None:
    """Chosen by a word, joined, voted on, discussed, voted on again, revealed, ended, recorded."""
    ada = await educator(sandbox, root)
    page = await asked(ada, "/live", "Which case do you want to present?")
    sent = await ada.send(case_code(CASE))
    code = await ada.wait_for(lambda m: "photo" in m, after=page["message_id"])
    panel = await ada.wait_for(lambda m: "End" in buttons(m), after=sent["message_id"])
    assert code["message_id"] < panel["message_id"]
    assert code["caption"] in text_of(panel)
    assert "Screen" not in code["caption"]
    assert re.search(r"Screen: https://example\.org/bot/live/[\w-]{32}", text_of(panel))
    round_ = Presenter(ada, panel)
    phones = await room(sandbox, round_.code, 6)
    await round_.shows("6 people are in.")
    await round_.step("Show the case")
    await round_.step("Open")
    await asyncio.gather(*(phone.asks() for phone in phones))
    await round_.shows("0 of 6 in", "All phones have it.")
    await cast(phones[:3], WRONG)
    await cast(phones[3:5], RIGHT)
    await round_.shows("5 of 6 in")
    await round_.step("Close")
    await round_.shows("5 of 6 voted")
    assert "%" not in text_of(round_.panel)
    await round_.step("Show votes")
    await round_.shows("60%", "40%")
    await round_.step("Discuss, vote again")
    assert "%" not in text_of(await round_.now())
    await asyncio.gather(*(phone.says("Discuss, then vote again") for phone in phones))
    await cast(phones, RIGHT)
    await round_.shows("6 of 6 in")
    await round_.step("Close")
    await round_.step("Show votes")
    await round_.shows("First vote → after discussion")
    lines = text_of(await round_.now()).splitlines()
    (line,) = [line for line in lines if RIGHT in line]
    number = phones[0].number_of(RIGHT)
    assert line.startswith("▰▰▱▱▱ 40% → ▰▰▰▰▰ ")
    assert line.endswith(f"{number}. {RIGHT}")
    await round_.step("Reveal")
    await round_.shows(f"{number}. {RIGHT} ✅", f"Right: {number}. {RIGHT}")
    await until(lambda: _is(at_work, ANSWERS, (6, 6, 5)))
    await round_.press("End")
    await round_.shows("This round is over.", "6 people took part.")
    assert buttons(round_.panel) == {}
    assert await _is(at_work, ANSWERS, (6, 6, 5))


async def _is(settings: Settings, sql: str, row: tuple[object, ...]) -> bool:
    return query(settings.database, sql) == [row]


async def test_who_is_no_educator_presents_nothing(
    at_work: Settings, sandbox: SandboxClient
) -> None:
    """They are told how to be approved."""
    learner = await sandbox.person("Lee", language_code="en")
    told = await learner.send("/live")
    await learner.wait_for(says("A live round"), after=told["message_id"])
    offer = await learner.wait_for(says("Those who run this bot approve"), after=told["message_id"])
    assert list(buttons(offer)) == ["Ask"]
    assert query(at_work.database, "SELECT count(*) FROM live_rounds") == [(0,)]


async def test_a_colleague_goes_on(at_work: Settings, root: Person, sandbox: SandboxClient) -> None:
    """Who teaches with the presenter; the earlier panel says so, and does no more than tell."""
    ada, ben = await educator(sandbox, root), await educator(sandbox, root, "Ben")
    for one in (ada, ben):
        values = f"(5, {one.id}, 'educator', '{one.made['first_name']}', NULL, 1, 0, 1)"
        await asyncio.to_thread(
            meddle, at_work.database, f"INSERT INTO cohort_people VALUES {values}"
        )
    # A cohort that nobody teaches would be closed at once.
    await asyncio.to_thread(
        meddle, at_work.database, "INSERT INTO cohorts VALUES (5, 'Interns', 'UTC', 1, NULL, NULL)"
    )
    earlier = await Presenter.begin(ada)
    await earlier.step("Show the case")
    before = await earlier.now()
    offer = await asked(ben, "/live", "Ada presents this live round.")
    await ben.press(offer, buttons(offer)["Take over"])
    panel = await ben.wait_for(lambda m: "Open" in buttons(m), after=offer["message_id"])
    await earlier.shows("Ben presents this round now.")
    assert buttons(earlier.panel) == {}
    told = await ada.press(before, buttons(before)["Open"])
    assert told is not None
    assert told["text"] == "Ben presents this round now."
    later = Presenter(ben, panel)
    await later.step("Open")
    assert query(at_work.database, "SELECT state FROM live_rounds") == [("open",)]


async def test_a_doubled_press_moves_a_round_once(
    at_work: Settings, root: Person, sandbox: SandboxClient
) -> None:
    """Of two at once, one goes on, and the other tells where the round stands."""
    round_ = await Presenter.begin(await educator(sandbox, root), TWO_QUESTIONS)
    await round_.step("Show the case")
    panel = await round_.now()
    data = buttons(panel)["Open"]
    first, second = await asyncio.gather(*(round_.person.press(panel, data) for _ in range(2)))
    said = sorted((one or {}).get("text", "") for one in (first, second))
    assert said == ["", "Voting is open: 0 of 0 in."]


async def test_a_restart_finds_the_round(
    settings: Settings, root: Person, sandbox: SandboxClient
) -> None:
    """Where it stood, with all votes; the panel goes on, and what was voted becomes answers."""
    async with running_bot(settings):
        await asked(root, "/start", "Good morning")
        round_ = await Presenter.begin(await educator(sandbox, root))
        phones = await room(sandbox, round_.code, 2)
        await round_.step("Show the case")
        await round_.step("Open")
        await asyncio.gather(*(phone.asks() for phone in phones))
        await cast(phones[:1], RIGHT)
        await round_.shows("1 of 2 in")
    async with running_bot(settings):
        await cast(phones[1:], WRONG)
        await round_.shows("2 of 2 in")
        await round_.step("Close")
        await round_.step("Reveal")
        await until(lambda: _is(settings, ANSWERS, (2, 2, 2)))


async def test_a_silent_round_ends_and_tells_its_presenter(
    server: SandboxServer, root: Person, sandbox: SandboxClient, settings: Settings
) -> None:
    """What was voted counts; so it does where an approval is taken back."""
    async with running_bot(settings):
        await asked(root, "/start", "Good morning")
        ada = await educator(sandbox, root)
        round_ = await Presenter.begin(ada)
        (phone,) = await room(sandbox, round_.code, 1)
        await round_.step("Show the case")
        await round_.step("Open")
        await phone.asks()
        await cast([phone], RIGHT)
        await round_.shows("1 of 1 in")
        await asyncio.to_thread(
            meddle, settings.database, "UPDATE live_rounds SET heard_at = heard_at - 15 * 60000"
        )
        # Any news has the bot look at what is due.
        await phone.press(phone.number_of(RIGHT))
        await ada.wait_for(says("nothing was pressed for 15 minutes"))
        await round_.shows("This round is over.")
        await until(lambda: _is(settings, ANSWERS, (1, 1, 1)))
        again = await Presenter.begin(ada)
        card = await root.wait_for(lambda m: "Take it back" in buttons(m))
        await root.press(card, buttons(card)["Take it back"])
        sure = await root.wait_for(lambda m: "Leave it as it is" in buttons(m))
        await root.press(sure, buttons(sure)["Take it back"])
        await ada.wait_for(says("no longer approved as an educator"))
        await again.shows("This round is over.")
