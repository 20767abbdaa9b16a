"""`/channel`: which channels somebody can set up in private, and which one is meant."""

import pytest

from bot.features.settings.channels import channel, post_forwarded, results_of_channels
from bot.features.shared.texts import only_in_groups
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.services import Services
from storage.chat_facts import ChatLeft
from storage.outcome import Outcome
from tests.storage.samples import ADA, BEN, GROUP, NOW
from tests.support.served_chats import BUTTONS, POLLS, button_rows, join, said, served, staffed
from tests.support.services import commit

FIRST, SECOND = GROUP, GROUP - 1


async def ada(services: Services) -> Visit:
    """Ada comes."""
    return await receive(services, Visitor(ADA, "en"))


async def channels(services: Services, *ids: int, added_by: int = ADA) -> None:
    """Channels that somebody brought the bot into."""
    for number in ids:
        await join(services, BUTTONS, chat_id=number, kind="channel", added_by=added_by)


async def wanted(services: Services, argument: str) -> str:
    """What Ada sees after `/channel` with this; it is on record."""
    visit = await ada(services)
    outcome = await commit(services, await channel(services, visit, argument))
    assert visit.met in outcome.facts
    (call,) = outcome.owed
    assert call.chat_id == ADA
    return said(call)


async def listed(services: Services) -> int:
    """How many channels Ada may choose from."""
    (call,) = (await channel(services, await ada(services), "")).owed
    return len(button_rows(call)) if "reply_markup" in call.params else 0


async def test_without_an_argument_the_channels_are_listed(services: Services) -> None:
    """Those that the person brought the bot into; how to add it stands below."""
    staffed(services, ADA)
    assert "can have cases too" in await wanted(services, "")
    await join(services, POLLS, chat_id=GROUP - 9)
    await channels(services, GROUP - 8, added_by=BEN)
    assert await listed(services) == 0
    await channels(services, FIRST, SECOND)
    assert "Which channel shall we set up?" in await wanted(services, "")
    assert await listed(services) == 2


@pytest.mark.parametrize(("people", "silent", "shown"), [((BEN,), False, 0), ((), True, 1)])
async def test_who_administers_a_channel_no_more_does_not_see_it(
    services: Services, people: tuple[int, ...], silent: bool, shown: int
) -> None:
    """Where Telegram does not say, it is listed: it is asked again at each press."""
    await channels(services, FIRST)
    staffed(services, *people, silent=silent)
    assert await listed(services) == shown


async def test_at_most_twenty_are_listed(services: Services) -> None:
    """About each of them Telegram has to be asked."""
    await channels(services, *range(FIRST - 22, FIRST))
    staffed(services, ADA)
    assert await listed(services) == 20


async def test_the_only_channel_needs_no_id(services: Services) -> None:
    """What is written is for it; of two, one has to be named."""
    await channels(services, FIRST)
    staffed(services, ADA)
    await wanted(services, "zone lima")
    assert (await served(services, FIRST)).settings.zone == "America/Lima"
    await channels(services, SECOND)
    assert "Which channel shall we set up?" in await wanted(services, "zone lima")
    await wanted(services, f"{SECOND}  zone tokyo")
    assert (await served(services, SECOND)).settings.zone == "Asia/Tokyo"
    assert (await served(services, FIRST)).settings.zone == "America/Lima"


async def test_a_channel_is_named_by_its_id(services: Services) -> None:
    """Also one that somebody else brought the bot into, by who administers it."""
    await channels(services, FIRST, added_by=BEN)
    staffed(services, ADA)
    assert "Ward 7" in await wanted(services, str(FIRST))
    staffed(services, BEN)
    assert "Only administrators" in await wanted(services, str(FIRST))


@pytest.mark.parametrize("left", [True, False])
async def test_where_the_bot_is_no_more_it_says_so(services: Services, left: bool) -> None:
    """Or never was."""
    staffed(services, ADA)
    if left:
        await channels(services, FIRST)
        await commit(services, Outcome((ChatLeft(FIRST, NOW),)))
    assert "not in that chat any more" in await wanted(services, str(FIRST))


async def test_a_forwarded_post_leads_to_its_channel(services: Services) -> None:
    """Where the bot is in it, and whoever shows it administers it."""
    visit = await ada(services)
    staffed(services, ADA)
    assert await post_forwarded(services, visit, FIRST) is None
    await channels(services, FIRST, added_by=BEN)
    outcome = await post_forwarded(services, visit, FIRST)
    assert outcome is not None
    assert "Ward 7" in said(outcome.owed[0])
    assert visit.met in outcome.facts
    await commit(services, Outcome((ChatLeft(FIRST, NOW),)))
    assert await post_forwarded(services, visit, FIRST) is None


async def test_a_forwarded_message_of_a_group_is_no_channel(services: Services) -> None:
    """Groups are set up where they are."""
    staffed(services, ADA)
    await join(services, POLLS)
    assert await post_forwarded(services, await ada(services), GROUP) is None


async def results(services: Services) -> str:
    """What Ada sees after `/results` in private."""
    outcome = await results_of_channels(services, await ada(services))
    (call,) = outcome.owed
    assert call.chat_id == ADA
    return said(call)


async def test_whose_results_are_meant(services: Services) -> None:
    """Those of the only channel; of several, one is to be chosen; else they are for groups."""
    staffed(services, ADA)
    assert await results(services) == said(only_in_groups(ADA, (await ada(services)).words))
    await channels(services, FIRST)
    assert "No case has been posted here yet" in await results(services)
    await channels(services, SECOND)
    assert "Results of which channel?" in await results(services)


async def test_results_are_for_who_administers_the_channel(services: Services) -> None:
    """Where Telegram does not say, nobody sees them."""
    await channels(services, FIRST)
    staffed(services, silent=True)
    assert "No case has been posted" not in await results(services)
