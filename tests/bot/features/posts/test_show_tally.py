"""The counts on a post's buttons, brought up to date."""

from bot.features.posts.show_tally import edit_key, show_tally
from bot.services import Services
from storage.chat_facts import TallyShown
from storage.outcome import Outcome
from tests.storage.samples import ADA, BEN
from tests.support.served_chats import BUTTONS, POLLS, again, answer, button_rows, join, put
from tests.support.services import commit


async def test_every_choice_shows_how_many_took_it(services: Services) -> None:
    """Behind what people wait for; one update replaces another that is not out yet."""
    served = await join(services, BUTTONS)
    asked = await put(services, served)
    for person_id, choice in ((ADA, 1), (BEN, 1), (3, 0)):
        await answer(services, asked, person_id, choice)
    outcome = await commit(services, await show_tally(services, served, asked))
    (edit,) = outcome.owed
    labels = sorted(button["text"] for row in button_rows(edit)[:-1] for button in row)
    assert labels == ["Choice 0 of 0-a · 1", "Choice 1 of 0-a · 2", "Choice 2 of 0-a"]
    assert (edit.method, edit.broadcast) == ("editMessageReplyMarkup", True)
    assert (edit.params["message_id"], edit.edit_key) == (asked.message_id, edit_key(asked))
    assert outcome.facts == (TallyShown(asked.post_id, asked.position),)


async def test_a_post_whose_message_is_not_known_shows_none(services: Services) -> None:
    """Nor does a poll, which counts by itself; it is not looked at again for that."""
    served = await join(services, BUTTONS)
    asked = await put(services, served, sent=False)
    await answer(services, asked, ADA, 1)
    shown = Outcome((TallyShown(asked.post_id, asked.position),))
    assert await show_tally(services, served, await again(services, asked)) == shown

    served = await join(services, POLLS)
    asked = await put(services, served)
    shown = Outcome((TallyShown(asked.post_id, asked.position),))
    assert await show_tally(services, served, asked) == shown
