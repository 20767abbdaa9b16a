"""The buttons under messages, and what they send back."""

from functools import cache
from typing import Self

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.shared.messages import Button, Keyboard, press
from content.codes import case_code

# Old buttons stay on people's screens: a word once used keeps its meaning.
NEXT = "next"
REPEAT = "repeat"
REPEAT_TOPIC = "repeat:"
TOPICS = "topics"
TOPIC = "topic:"
CASE = "case:"  # and then a case's code
TOPICS_OF = "topics:"  # and then a specialty, or nothing: in place of the message
GO_ON = "goon:"  # and then an open case's code
ANOTHER = "another:"  # the same: another one
ANY = "any"
PREFERENCES = "prefer:"  # and then a change
RUN = "run:"  # and then a command without its slash, and what follows it
SITTING = "sit:"  # and then which practice session or exam, and what about it
STUDY = "study"  # goes on with the practice session that is open
COHORT = "cohort:"  # and then what about which cohort, link or educator
SIGNING = "sign:"  # and then what about which case, to a reviewer
ROLE = "role:"  # and then what about which author, reviewer or link
DRAFT = "draft:"  # and then what about which case that is being written
PUBLISHED = "mine:"  # and then what about which case that its author published
ITEM_CARD = "card:"  # and then what about the card of which item
LANGUAGE = "lang:"
REVIEW = "review"
REVIEW_OF = "review:"  # and then a case's code, and after a colon a question's place
DAILY = "daily:"  # and then what a person could have written after `/daily`
ITEMS = "items:"  # and then a page of the list, a case's code, and an item's
ITEMS_OF = "itemsof:"  # and then a case's code: in a message of their own
LIVE = "live:"  # and then what about which live round, or which case to present
PHONE = "phone:"  # and then what somebody in which live round does
FORGET = "forget:"
CANCEL = "cancel"


def read_id(text: str) -> int:
    """The number of something on a button. Raises ValueError for what can be none."""
    number = int(text, 16)
    if not 0 <= number < 1 << 63:
        raise ValueError(text)
    return number


class ButtonData(Struct, frozen=True):
    """What a button sends back, which its ``str`` writes."""

    @classmethod
    def parse(cls, data: str) -> Self | None:
        """Read what ``str`` wrote; None for anything else, since people can send anything."""
        try:
            pressed = cls._read(data)
        except ValueError:
            return None
        return pressed if str(pressed) == data else None

    @classmethod
    def _read(cls, data: str) -> Self:
        """Read what ``str`` may have written. Raises ValueError."""
        raise NotImplementedError


def next_case(words: Words) -> Button:
    """Brings an unseen case."""
    return press(words.say("Next case"), NEXT)


def next_review(words: Words) -> Button:
    """Brings what is due for review."""
    return press(words.say("Next review"), REVIEW)


def case_button(case_id: str, title: str) -> Button:
    """Brings this case."""
    return press(title, CASE + case_code(case_id))


def items_of_case(case_id: str, words: Words) -> Button:
    """Shows whoever decides on a case what all answers say of its questions."""
    return press(words.say("Item analysis"), ITEMS_OF + case_code(case_id))


def topics(words: Words) -> Button:
    """Lists the topics."""
    return press(words.say("Another topic"), TOPICS)


def cancel(words: Words) -> Button:
    """Beside what somebody was asked to write: leaves it off."""
    return press(words.say("Cancel"), CANCEL)


def preferences(words: Words) -> Button:
    """Shows the preferences."""
    return press(words.say("Preferences"), f"{RUN}preferences")


@cache
def what_next(words: Words) -> Keyboard:
    """The buttons under an explanation."""
    return ((next_case(words), topics(words)),)


def go_on_studying(words: Words) -> Keyboard:
    """The same in a practice session."""
    return ((press(words.say("Go on with the session"), STUDY),),)


JOIN_LINK = "co_"  # a deep link's payload is this and a link's token
ROLE_LINK = "ro_"  # the same, of a link for an author or a reviewer
CASE_LINK = "case_"  # a deep link's payload is this and a code or id
LIVE_LINK = "lv_"  # a deep link's payload is this and a live round's code


def live_link(username: str, code: str) -> str:
    """The deep link by which people join a live round."""
    return f"https://t.me/{username}?start={LIVE_LINK}{code}"


def case_link(username: str, case_id: str) -> str:
    """The deep link that brings this case in private."""
    return f"https://t.me/{username}?start={CASE_LINK}{case_code(case_id)}"
