"""`/results` and `/report` in a group: to whom, and where."""

from bot.features.settings.group_results import report_of_group, results_of_group
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from content.codes import case_code
from storage.facts import PersonMet
from storage.outcome import Outcome, OwedCall
from tests.storage.samples import ADA, BEN, GROUP, NOW
from tests.support.served_chats import button_rows, join, put, said, served, staffed
from tests.support.services import commit


async def results(services: Services, by: int | None, text: str = "") -> list[OwedCall]:
    """What is owed when somebody writes this after the command; None: an anonymous administrator.

    Whatever they write, nothing that stands in the group is changed.
    """
    visit = None if by is None else await receive(services, Visitor(by, "en"))
    outcome = await results_of_group(services, await served(services), visit, text)
    assert not any(call.method.startswith("edit") for call in outcome.owed)
    return list(outcome.owed)


def data(call: OwedCall) -> list[str]:
    """What its buttons send back."""
    return [button["callback_data"] for row in button_rows(call) for button in row]


async def test_a_member_is_told_whom_they_are_for(services: Services) -> None:
    """With a case named or without."""
    staffed(services, ADA)
    await put(services, await join(services))
    for text in ("", "made-0"):
        (line,) = await results(services, BEN, text)
        assert said(line) == "Results of a case are for this group's administrators."


async def test_the_list_comes_in_private(services: Services) -> None:
    """It names the group, and its buttons do; it has none that leads anywhere else."""
    staffed(services, ADA)
    group = await join(services)
    await commit(services, Outcome((PersonMet(ADA, "en", NOW),)))
    (none,) = await results(services, ADA)
    assert (none.chat_id, said(none)) == (GROUP, "No case has been posted here yet.")
    await put(services, group, services.library.cases["made-2"])
    listed, line = await results(services, ADA)
    assert (listed.chat_id, line.chat_id) == (ADA, GROUP)
    assert said(listed).endswith("Ward 7")
    assert data(listed) == [f"s:{GROUP}:had:{case_code('made-2')}"]
    assert said(line) == "I have sent you the latest cases in private."


async def test_who_never_wrote_is_asked_to(services: Services) -> None:
    """The group sees no list in their stead."""
    staffed(services, ADA)
    await put(services, await join(services))
    (line,) = await results(services, ADA)
    assert said(line).startswith("Results come in private.")


async def test_the_nameless_get_buttons_to_press(services: Services) -> None:
    """For the case that they named, or the latest ones."""
    group = await join(services)
    (none,) = await results(services, None)
    assert said(none) == "No case has been posted here yet."
    for name in ("made-1", "made-2"):
        await put(services, group, services.library.cases[name])
    codes = [f"s::had:{case_code(name)}" for name in ("made-2", "made-1")]
    (listed,) = await results(services, None)
    assert (listed.chat_id, data(listed)) == (GROUP, codes)
    (one,) = await results(services, None, "made-1")
    assert data(one) == codes[1:]
    (unknown,) = await results(services, None, "Atlantis")
    assert said(unknown).startswith("No such case has been posted here.")


async def report(services: Services, by: int | None) -> list[tuple[int, str]]:
    """Where what is said when somebody asks for the report; None: an anonymous administrator."""
    visit = None if by is None else await receive(services, Visitor(by, "en"))
    outcome = await report_of_group(services, await served(services), visit)
    return [(call.chat_id, said(call)) for call in outcome.owed]


async def test_the_report_is_for_administrators(services: Services) -> None:
    """In private; a member, and whoever Telegram does not tell of, gets none."""
    await join(services)
    await commit(services, Outcome((PersonMet(ADA, "en", NOW), PersonMet(BEN, "en", NOW))))
    staffed(services, ADA)
    assert await report(services, BEN) == [
        (GROUP, "Only administrators of the chat can do this."),
    ]
    (private, text), (group, _) = await report(services, ADA)
    assert (private, group) == (ADA, GROUP)
    assert "Ward 7" in text
    staffed(services, silent=True)
    ((chat_id, line),) = await report(services, ADA)
    assert (chat_id, line.startswith("I could not find out")) == (GROUP, True)


async def test_the_nameless_get_a_button_for_the_report(services: Services) -> None:
    """Whoever presses is known, and asked for their rights then."""
    await join(services)
    outcome = await report_of_group(services, await served(services), None)
    (offered,) = outcome.owed
    assert (offered.chat_id, data(offered)) == (GROUP, ["s::report:"])
