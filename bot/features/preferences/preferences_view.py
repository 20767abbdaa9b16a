"""The pages of `/preferences`. A button sends back `prefer:` and then what it changes."""

from collections.abc import Collection, Sequence

from bot.base.i18n import Words
from bot.features.shared.buttons import PREFERENCES, RUN
from bot.features.shared.case_names import level_name, topic_name
from bot.features.shared.messages import Button, in_rows, list_page, message, press
from bot.features.shared.preferences import Preferences
from content.model import Level
from storage.outcome import OwedCall

MAIN = "main"
LEVEL = "level"  # and then a level, or nothing for any
TOPICS = "topics"  # and then a page's number
TOPIC = "topic"  # and then a page's number and a topic
CONFIDENCE = "sure"  # asked, or no longer
ON_A_PAGE = 30  # topics, two to a row
_NAMED = 5  # topics named in the text; of more, their number says enough


def main(chat_id: int, preferred: Preferences, words: Words) -> OwedCall:
    """All of them."""
    asked = (
        words.say("I ask how sure you are before you vote.")
        if preferred.confidence
        else words.say("I do not ask how sure you are.")
    )
    sentence = words.say(
        "**Your preferences** – which cases come by /case and /daily when you name none.\n\n"
        "Level: {level}\n\nTopics wanted: {wanted}\n\nTopics left out: {unwanted}",
        level=level_name(preferred.level, words) if preferred.level else words.say("any"),
        wanted=_named(preferred.wanted, words.say("all"), words),
        unwanted=_named(preferred.unwanted, words.say("none"), words),
    )
    mark = "✓ " if preferred.confidence else ""
    sure = press(mark + words.say("Ask how sure I am"), PREFERENCES + CONFIDENCE)
    levels = [_level(None, preferred, words), *(_level(one, preferred, words) for one in Level)]
    rows = [
        *in_rows(levels, 2),
        [press(words.say("Topics"), f"{PREFERENCES}{TOPICS}:0")],
        [sure],
        [press(words.say("Language"), f"{RUN}language")],
    ]
    return message(chat_id, f"{sentence}\n\n{asked}", rows)


def topics(
    chat_id: int, preferred: Preferences, names: Sequence[str], page: int, words: Words
) -> OwedCall:
    """Topics as buttons that turn from neither to wanted to left out."""
    sentence = words.say(
        "**Topics.** A press turns one to ✓ wanted, then to ✗ left out, then back. With none"
        " marked ✓, all come but those marked ✗."
    )
    shown = list_page(names, page, ON_A_PAGE)
    rows = in_rows((_topic(one, shown.number, preferred, words) for one in shown.items), 2)
    turn = shown.turning(lambda sign, to: press(sign, f"{PREFERENCES}{TOPICS}:{to}"), "«»")
    back = [press(words.say("← Back"), f"{PREFERENCES}{MAIN}")]
    return message(chat_id, sentence, [*rows, *turn, back])


def _level(level: Level | None, preferred: Preferences, words: Words) -> Button:
    name = level_name(level, words) if level else words.say("Any level")
    mark = "✓ " if preferred.level == level else ""
    return press(f"{mark}{name}", f"{PREFERENCES}{LEVEL}:{level or ''}")


def _topic(topic: str, page: int, preferred: Preferences, words: Words) -> Button:
    mark = "✓ " if topic in preferred.wanted else "✗ " if topic in preferred.unwanted else ""
    return press(f"{mark}{topic_name(topic, words)}", f"{PREFERENCES}{TOPIC}:{page}:{topic}")


def _named(topics: Collection[str], nothing: str, words: Words) -> str:
    if len(topics) > _NAMED:
        return words.count("{n} topic", "{n} topics", len(topics))
    return ", ".join(sorted(topic_name(topic, words) for topic in topics)) or nothing
