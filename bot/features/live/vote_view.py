"""What a press on a phone of a live round is answered with: briefly, to its person alone."""

from collections.abc import Collection, Sequence
from typing import Final

from bot.base.i18n import Words
from bot.features.live.numbered_choices import numbered_names, numbers
from content.model import Question
from storage.outcome import Toast

TOAST_LENGTH: Final = 200  # characters that Telegram shows


def stands(
    question: Question, order: Sequence[int], chosen: Collection[int], words: Words
) -> Toast:
    """What somebody's vote is from now on."""
    if not chosen:
        return Toast(words.say("Nothing is chosen any more: you have no vote now."))
    names = (numbered_names(question, order, chosen), numbers(order, chosen))
    if len(chosen) == 1:
        told = [
            words.say("{choice} stands. You can change it until closing.", choice=name)
            for name in names
        ]
    else:
        told = [
            words.say("{choices} stand. You can change them until closing.", choices=name)
            for name in names
        ]
    return Toast(next(one for one in told if len(one) <= TOAST_LENGTH))


def closed(
    question: Question, order: Sequence[int], chosen: Collection[int], words: Words
) -> Toast:
    """The press came too late; what was ``chosen`` before stands."""
    plainly = words.say("⏰ Closed.")
    told = [plainly]
    if chosen:
        names = (numbered_names(question, order, chosen), numbers(order, chosen))
        votes = [words.say("Your vote: {choices}.", choices=name) for name in names]
        told = [f"{plainly} {yours}" for yours in votes]
    return Toast(next(one for one in told if len(one) <= TOAST_LENGTH), alert=True)


def not_open(words: Words) -> Toast:
    """Voting has not begun."""
    return Toast(words.say("Voting is not open yet."), alert=True)


def question_over(words: Words) -> Toast:
    """The room is at another question."""
    return Toast(words.say("⏰ This question is closed."), alert=True)


def round_over(words: Words) -> Toast:
    """Nothing more happens in the round."""
    return Toast(words.say("This round is over."), alert=True)


def not_joined(words: Words) -> Toast:
    """Somebody who is not in the round, or left it by blocking the bot."""
    return Toast(words.say("You are not in this round. To join, send me its code."), alert=True)


def not_shown(words: Words) -> Toast:
    """The presenter has not shown the case yet."""
    return Toast(words.say("The case is not shown yet."), alert=True)


def not_revealed(words: Words) -> Toast:
    """The explanation, while the question may still be voted on."""
    return Toast(words.say("The answer is not revealed yet; then I explain."), alert=True)
