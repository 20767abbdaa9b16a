"""Short words around cases in groups and channels: hello, what is wrong, where to go instead."""

from enum import Enum, auto

from bot.base.i18n import Words
from bot.features.shared.messages import html_message, message
from bot.features.shared.shown_names import shown_title
from content.markup import plain, to_html
from storage.outcome import OwedCall


class ChatProblem(Enum):
    """Why something could not be done in a chat."""

    REMOVED = auto()
    DEMOTED = auto()
    NO_POLLS = auto()
    NO_PHOTOS = auto()
    NO_MESSAGES = auto()
    NO_EDITS = auto()
    TOPIC_CLOSED = auto()
    TOPIC_GONE = auto()
    NO_CASE = auto()
    NO_DISCUSSION = auto()
    REFUSED = auto()


def hello(chat_id: int, words: Words) -> OwedCall:
    """The first words in a group."""
    return message(
        chat_id,
        words.say(
            "**Good morning.** /case brings a clinical case for all of you to vote on; the results"
            " and the explanation follow when its time is up.\n\n"
            "I record who answered what and when, by Telegram id, without names: write to me in"
            " private for /privacy and /forget. Administrators choose the rest with /settings."
        ),
    )


def hello_channel(person_id: int, title: str, words: Words) -> OwedCall:
    """To whoever brought the bot into a channel."""
    return _plainly(
        person_id,
        words.say(
            "I am in {title} now. /channel sets up what I post there, and when.",
            title=shown_title(title, words),
        ),
    )


def problem(person_id: int, title: str, what: ChatProblem, words: Words) -> OwedCall:
    """To whoever brought the bot into a chat: what keeps it from its work there."""
    return _plainly(person_id, _sentence(shown_title(title, words), what, words))


def _sentence(title: str, what: ChatProblem, words: Words) -> str:
    sentences = {
        ChatProblem.REMOVED: words.say(
            "I am no longer in {title}. Its settings are kept in case I am added again.",
            title=title,
        ),
        ChatProblem.DEMOTED: words.say(
            "I am no longer an administrator of {title}. Cases go on there, as far as members"
            " may send polls and photos.",
            title=title,
        ),
        ChatProblem.NO_POLLS: words.say(
            "I may not send polls in {title}. Please allow me to, or choose buttons with"
            " /settings there.",
            title=title,
        ),
        ChatProblem.NO_PHOTOS: words.say(
            "I may not send photos in {title}, so figures are missing there. Please allow me to.",
            title=title,
        ),
        ChatProblem.NO_MESSAGES: words.say(
            "I may not post in {title}. Please allow me to.", title=title
        ),
        ChatProblem.NO_EDITS: words.say(
            "I may not edit messages in {title}, so the counts on buttons stay as they are."
            " Please allow me to.",
            title=title,
        ),
        ChatProblem.TOPIC_CLOSED: words.say(
            "The topic in {title} that I was to post in is closed. Please open it, or choose"
            " another: send /settings there.",
            title=title,
        ),
        ChatProblem.TOPIC_GONE: words.say(
            "The topic in {title} that I was to post in is gone. I post in General until you"
            " choose another: send /settings there.",
            title=title,
        ),
        ChatProblem.NO_CASE: words.say(
            "No case fits the topics and levels chosen for {title}, so none was posted.",
            title=title,
        ),
        ChatProblem.NO_DISCUSSION: words.say(
            "I am not in the discussion group of {title}, so its results cannot go there."
            " Please add me.",
            title=title,
        ),
        ChatProblem.REFUSED: words.say(
            "Telegram refused what I was to post in {title}.", title=title
        ),
    }
    return sentences[what]


def _plainly(chat_id: int, sentence: str) -> OwedCall:
    """A message whose sentence holds a chat's title, which is not Markdown."""
    return html_message(chat_id, to_html([(plain(sentence),)]))
