"""What somebody reads who joins a live round, or would."""

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.shared.messages import Keyboard, html_message, message
from content.markup import Paragraph, parse, plain, to_html
from storage.outcome import OwedCall


class Joining(Struct, frozen=True):
    """Who joins which round: ``again``, or for the ``first`` time any, or one they present."""

    title: str
    again: bool
    first: bool
    presents: bool


def joined(
    chat_id: int, joining: Joining, coming: str, keyboard: Keyboard, words: Words
) -> OwedCall:
    """They are in; ``coming`` says what comes next."""
    title = joining.title
    if joining.again:
        told = [words.say("You are in “{title}” already.", title=title)]
    else:
        told = [words.say("✅ You are in: “{title}”.", title=title)]
    told += [coming] if coming else []
    paragraphs: list[Paragraph] = [(plain(" ".join(told)),)]
    if joining.presents:
        paragraphs.append((plain(presenter_joins(words)),))
    if joining.first:
        paragraphs += parse(what_is_kept(words))
    html = to_html(paragraphs)
    return html_message(chat_id, html, keyboard, common=html)


def presenter_joins(words: Words) -> str:
    """To whoever presents the round and joins it too."""
    return words.say(
        "You present this round: on this phone you take part like anybody else, and your vote"
        " counts like any other."
    )


def what_is_kept(words: Words) -> str:
    """To who takes part for the first time."""
    return words.say(
        "What is kept: that you joined and how you vote, until 30 days after the round at most;"
        " your first vote on each question becomes your answer, as with any case, and comes back"
        " in /review. Nobody is named: presenter and screen see numbers alone. More: /privacy"
    )


def question_comes(words: Words) -> str:
    """The round is before a vote."""
    return words.say("The question comes here once voting opens; then a press is your vote.")


def answer_comes(words: Words) -> str:
    """The vote is closed, and the answer not revealed."""
    return words.say("Voting is closed at the moment; the answer comes here.")


def wait_for_next(words: Words) -> str:
    """The answer was revealed before they came."""
    return words.say("This question is over; if there is another, it comes here.")


def no_such_round(chat_id: int, words: Words) -> OwedCall:
    """The code of a round that is over, or of none."""
    return message(
        chat_id,
        words.say(
            "No live round is open under this code: it is over, or a character is not right."
            " The presenter has the code."
        ),
    )


def too_many_guesses(chat_id: int, minutes: int, words: Words) -> OwedCall:
    """Somebody tried one code after another."""
    sentence = words.count(
        "None of the codes you tried was that of an open round. Please wait {n} minute, and ask"
        " the presenter for the code.",
        "None of the codes you tried was that of an open round. Please wait {n} minutes, and ask"
        " the presenter for the code.",
        minutes,
    )
    return message(chat_id, sentence)


def over(chat_id: int, words: Words) -> OwedCall:
    """The round ended before the question could be answered."""
    html = to_html([(plain(words.say("This round is over. Thank you for taking part.")),)])
    return html_message(chat_id, html, common=html)


def in_private(chat_id: int, url: str, words: Words) -> OwedCall:
    """The link's command in a group."""
    return message(
        chat_id,
        words.say("A live round is joined in our private chat: [join there]({url}).", url=url),
    )
