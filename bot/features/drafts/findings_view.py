"""What is found in a draft and was not understood of a text, in an author's language."""

from bot.base.i18n import Words
from content.drafting import DraftFinding, Note, plain_sentence, whole_sentence
from content.phrases import Phrase


def note_text(note: Note, words: Words) -> str:
    """A sentence on what was not understood, or why something is not taken."""
    return whole_sentence(words.tell(note) if isinstance(note, Phrase) else words.isolated(note))


def part_label(one: DraftFinding, words: Words) -> str:
    """The part of the case that it is about, and a colon."""
    return words.labelled(words.tell(one.part), "")


def finding_text(one: DraftFinding, words: Words) -> str:
    """What is wrong, in a sentence."""
    return plain_sentence(words.tell(one.sentence))
