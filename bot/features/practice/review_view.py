"""What is said around reviews."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.base.i18n import Words
from bot.features.shared.buttons import REVIEW, REVIEW_OF, case_button, next_case
from bot.features.shared.case_names import topic_name
from bot.features.shared.dates import ago, day_from
from bot.features.shared.messages import message, press
from content.codes import case_code
from content.markup import Paragraph, Run
from content.model import Case
from content.objectives import Wording
from storage.outcome import OwedCall, Toast


def head(away_ms: int, words: Words) -> tuple[Paragraph, ...]:
    """Above a review's question."""
    line = words.say("Review · last seen {ago}", ago=ago(away_ms, words))
    return ((Run(line, italic=True),),)


def none_due(
    chat_id: int, topic: str | None, comes_at: int | None, now: int, words: Words
) -> OwedCall:
    """Nothing is due, on this topic if one was named; else when the next comes, in milliseconds."""
    if topic is not None:
        sentence = words.say("Nothing on {topic} is due.", topic=topic_name(topic, words))
    elif comes_at is None:
        sentence = words.say("Nothing to review yet: what you answer comes back in a week or more.")
    else:
        today, day = (datetime.fromtimestamp(at / 1000, UTC).date() for at in (now, comes_at))
        # What is due, but was asked often enough of late, waits as well.
        called = day_from(today, max(day, today + timedelta(days=1)), words)
        sentence = words.say("Nothing is due. The next review comes {day}.", day=called)
    return message(chat_id, sentence, ([next_case(words)],))


def enough(chat_id: int, reviews: int, words: Words) -> OwedCall:
    """So many in a day are enough; whoever wants more has a button."""
    sentence = words.count(
        "{n} review within a day is plenty. What waits loses nothing by it.",
        "{n} reviews within a day are plenty. What waits loses nothing by it.",
        reviews,
    )
    more = press(words.say("One more"), REVIEW)
    return message(chat_id, sentence, ([more, next_case(words)],))


def no_such_topic(chat_id: int, words: Words) -> OwedCall:
    """A topic that no case has."""
    sentence = words.say("No topic is called so. Without one, /review takes them all.")
    return message(chat_id, sentence, ([press(words.say("Next review"), REVIEW)],))


def welcome_back(
    chat_id: int, reviews: Iterable[Wording], new: Iterable[Case], words: Words
) -> OwedCall:
    """Three things worth doing, each a button."""
    rows = [
        [press(words.say("Review: {title}", title=each.case.title), _review(each))]
        for each in reviews
    ]
    rows += [[case_button(case.id, case.title)] for case in new]
    sentence = words.count(
        "**Welcome back:** {n} thing worth doing.",
        "**Welcome back:** {n} things worth doing.",
        len(rows),
    )
    return message(chat_id, sentence, rows)


def _review(wording: Wording) -> str:
    return f"{REVIEW_OF}{case_code(wording.case.id)}:{wording.position}"


def not_due(words: Words) -> Toast:
    """The answer to a press of a button under an old welcome."""
    return Toast(words.say("That one is not due any more. /review brings what is."))


def paused(words: Words, *, paused: bool) -> Toast:
    """The answer to a press that takes a question out of the reviews, or back in."""
    if paused:
        return Toast(words.say("It comes back in no review. Press again to have it back."))
    return Toast(words.say("It comes back when it is due."))


def asleep(words: Words) -> Toast:
    """The answer to the same press where the case has left the library."""
    return Toast(words.say("This question is no longer in the library: it is not asked again."))


def noted(words: Words) -> Toast:
    """The answer to a press that says how something was known."""
    return Toast(words.say("Noted."))
