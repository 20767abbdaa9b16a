"""Who a person is to the bot, in which words to speak, and whether that they came is news."""

import pytest

from bot.features.shared.visitors import Visitor, receive, words_of
from bot.services import Services
from storage.facts import LanguageChosen, PersonLeft, PersonMet
from storage.outcome import Outcome
from tests.storage.samples import ADA, NOW
from tests.support.services import commit


async def meet(services: Services, telegram: str | None, chosen: str | None = None) -> None:
    """Ada came once, with this language in her app, and chose another perhaps."""
    await commit(services, Outcome((PersonMet(ADA, telegram, NOW),)))
    if chosen is not None:
        await commit(services, Outcome((LanguageChosen(ADA, chosen),)))


@pytest.mark.parametrize(
    ("before", "chosen", "now", "spoken"),
    [
        (None, None, None, "en"),
        (None, None, "es", "es"),
        ("es", None, None, "es"),
        ("es", None, "en", "en"),
        ("es", "en", "es", "en"),
        ("en", "es", None, "es"),
    ],
)
async def test_people_are_spoken_to_as_they_chose_or_as_their_app_does(
    services: Services, before: str | None, chosen: str | None, now: str | None, spoken: str
) -> None:
    """A vote may come without the language that an earlier message told."""
    if before is not None:
        await meet(services, before, chosen)
    visit = await receive(services, Visitor(ADA, now))
    assert (visit.words.code, visit.language) == (spoken, chosen)
    assert visit.met == PersonMet(ADA, now, services.arrival.received_at)


@pytest.mark.parametrize(
    ("before", "now", "known"),
    [(None, "en", False), ("en", "en", True), ("en", None, True), ("en", "es", False)],
)
async def test_who_comes_as_before_is_no_news(
    services: Services, before: str | None, now: str | None, known: bool
) -> None:
    """A newcomer is, and so is another language in their app."""
    if before is not None:
        await meet(services, before)
    assert (await receive(services, Visitor(ADA, now))).known is known


async def test_who_comes_back_after_blocking_the_bot_is_news(services: Services) -> None:
    """What had been given up for them begins again."""
    await meet(services, "en")
    await commit(services, Outcome((PersonLeft(ADA, NOW),)))
    assert not (await receive(services, Visitor(ADA, "en"))).known


@pytest.mark.parametrize(
    ("telegram", "chosen", "spoken"), [("es", None, "es"), ("en", "es", "es"), ("es", "en", "en")]
)
async def test_who_has_not_written_just_now_is_spoken_to_as_last(
    services: Services, telegram: str, chosen: str | None, spoken: str
) -> None:
    """In English where nothing is known of them."""
    assert (await words_of(services, ADA)).code == "en"
    await meet(services, telegram, chosen)
    assert (await words_of(services, ADA)).code == spoken
