"""Topics that an author names and no case has: said, with those that may have been meant."""

from collections.abc import Set

from bot.base.i18n import Words
from bot.features.drafts.at_draft import AtDraft
from bot.features.drafts.parts_view import new_topic
from bot.features.finding.search import topics_called, topics_like
from content.topics import known_topics

_MOST = 3


def topic_notes(at: AtDraft) -> list[str]:
    """A sentence on each new topic of the draft."""
    known = known_topics().keys() | at.services.library.topics
    topics, words = map(str, at.draft.case().get("topics", ())), at.who.words
    new = [topic for topic in topics if topic not in known]
    return [new_topic(topic, meant(topic, known, words), words) for topic in new[:_MOST]]


def meant(topic: str, known: Set[str], words: Words) -> tuple[str, ...]:
    """The known topics that are called so, or as a word of it, or nearly so."""
    topics = sorted(known)
    parts = [one for part in topic.split("-") for one in topics_called(part, topics, words)]
    found = topics_called(topic, topics, words) or parts or topics_like(topic, topics, words)
    return tuple(dict.fromkeys(found))[:_MOST]
