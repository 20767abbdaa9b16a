"""The list of topics, and what is left of each."""

from bot.base.i18n import Languages
from bot.features.finding.topics import topics, topics_of
from bot.features.finding.topics_view import MOST_TOPICS, Left, all_topics
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from content.topics import specialty_of
from storage.outcome import Outcome
from tests.bot.features.cases.test_open_case import ada, answer_case, give
from tests.storage.samples import ADA
from tests.support.library import shipped_library
from tests.support.served_chats import button_rows, said

ENGLISH = Languages.load().words["en"]


def labels(outcome: Outcome) -> list[str]:
    """The buttons of the one message that is owed."""
    (call,) = outcome.owed
    return [button["text"] for row in button_rows(call) for button in row]


async def test_topics_tell_what_is_left(services: Services) -> None:
    """A case that was shown and not answered is not seen; one that was answered is."""
    assert labels(await topics(services, await ada(services))) == ["Rheumatology · 6 of 6 unseen"]
    await give(services, "made-3")
    assert labels(await topics(services, await ada(services))) == ["Rheumatology · 6 of 6 unseen"]
    for case_id in services.library.cases:
        await answer_case(services, case_id)
        left = labels(await topics(services, await ada(services)))
    assert left == ["Rheumatology · all seen"]


async def test_many_topics_come_by_specialty(services: Services) -> None:
    """Those of a specialty stand in place of the list, with a way back."""
    services.library = shipped_library()
    of_topic = services.library.topics
    cases = services.library.cases.values()
    hearts = sum("cardiology" in map(specialty_of, case.topics) for case in cases)
    drugs = of_topic["toxicology"]
    who = await receive(services, Visitor(ADA, "en"))
    first = await topics(services, who)
    shown = labels(first)
    assert f"Cardiology · {hearts} of {hearts} unseen …" in shown
    single = f"Toxicology · {drugs} of {drugs} unseen"
    assert single in shown, "one with a single topic needs no other page"
    assert not any("Electrocardiography" in label for label in shown)
    assert shown == sorted(shown)
    inner = await topics_of(services, who, "cardiology", 7)
    assert labels(inner) == [
        "Cardiology · {0} of {0} unseen".format(of_topic["cardiology"]),
        "Electrocardiography · {0} of {0} unseen".format(of_topic["electrocardiography"]),
        "← All topics",
    ]
    assert inner.owed[0].method == "editMessageText"
    assert said(inner.owed[0]) == "<b>Cardiology.</b> Choose a topic."
    assert labels(await topics_of(services, who, "", 7)) == shown
    assert labels(await topics_of(services, who, "nothing", 7)) == shown


def test_without_cases_there_are_no_topics() -> None:
    """And no buttons."""
    call = all_topics(ADA, [], ENGLISH)
    assert said(call) == "There are no cases yet."


def test_very_many_topics_fit_one_message() -> None:
    """Of more topics than a message has room for, those with the most cases, in order."""
    left = [Left(f"topic-{number:03}", 0, number) for number in range(1, 301)]
    rows = button_rows(all_topics(1, left, ENGLISH))
    sent = [button["callback_data"] for row in rows for button in row]
    assert sent == [f"topic:topic-{number:03}" for number in range(301 - MOST_TOPICS, 301)]
