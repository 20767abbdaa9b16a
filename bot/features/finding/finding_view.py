"""What was found, as buttons."""

from collections.abc import Iterable

from bot.base.i18n import Words
from bot.features.finding.search import SeveralMatches
from bot.features.shared.buttons import TOPIC, cancel, case_button, topics
from bot.features.shared.case_names import topic_name
from bot.features.shared.messages import Keyboard, message, press
from content.model import Case
from storage.outcome import OwedCall

_MOST = 10  # buttons: more words are quicker than a longer list


def find_what(chat_id: int, words: Words) -> OwedCall:
    """The next text is what to find."""
    sentence = words.say("**What shall I find?** Write a topic, a word of a title, or a code.")
    return message(chat_id, sentence, ((topics(words), cancel(words)),))


def several(chat_id: int, found: SeveralMatches, words: Words) -> OwedCall:
    """Topics and cases that may be meant."""
    hits = [*(press(topic_name(topic, words), TOPIC + topic) for topic in found.topics)]
    rows = [*((hit,) for hit in hits), *case_rows(found.cases)]
    if found.near:
        sentence = words.say("Nothing is called that. Do you mean one of these?")
    else:
        sentence = words.say("**Which one?**")
    if len(rows) > _MOST:
        sentence += " " + words.say(
            "These are the first {shown} of {n}; a second word makes them fewer.",
            shown=_MOST,
            n=len(rows),
        )
    return message(chat_id, sentence, rows[:_MOST])


def case_rows(cases: Iterable[Case]) -> Keyboard:
    """A button for each case, by its title."""
    return [(case_button(case.id, case.title),) for case in cases]
