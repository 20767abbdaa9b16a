"""Kind answers where a draft, or a person's drafts, have no room for more."""

from bot.base.i18n import Words
from bot.features.drafts.case_draft import MOST_BYTES, MOST_DRAFTS
from bot.features.drafts.draft_buttons import DraftVerb, draft_button
from bot.features.shared.messages import message
from storage.outcome import OwedCall


def too_many_drafts(chat_id: int, words: Words) -> OwedCall:
    """No room for another."""
    sentence = words.say(
        "You have {n} drafts, which is as many as I keep. Publish or delete one first; nothing of"
        " what you sent was taken.",
        n=MOST_DRAFTS,
    )
    return message(chat_id, sentence, [[draft_button(words.say("My drafts"), DraftVerb.LIST)]])


def too_large_draft(chat_id: int, draft_id: int, words: Words) -> OwedCall:
    """More than can be kept."""
    sentence = words.say(
        "That is too much for one case: a draft holds {kilobytes} KB of text. Nothing of your last"
        " message was taken; the draft is as it was.",
        kilobytes=MOST_BYTES // 1000,
    )
    back = [[draft_button(words.say("The whole draft"), DraftVerb.PAGE, draft_id)]]
    return message(chat_id, sentence, back if draft_id else ())
