"""What the bot says outside of cases."""

from bot.base.i18n import Languages
from bot.features.cases.case_replies_view import MOST_TOPICS, topic_list

ENGLISH = Languages.load().choose("en", None)


def test_very_many_topics_fit_one_message() -> None:
    """Of more topics than a message has room for, those with the most cases, in order."""
    counts = {f"topic-{number:03}": (0, number) for number in range(1, 301)}
    call = topic_list(1, counts, ENGLISH)
    rows = call.params["reply_markup"]["inline_keyboard"]
    sent = [button["callback_data"] for row in rows for button in row]
    assert sent == [f"topic:topic-{number:03}" for number in range(301 - MOST_TOPICS, 301)]
