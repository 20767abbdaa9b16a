"""How a poll is known again when the answer to its sendPoll was lost."""

import hashlib
import json
from collections.abc import Iterable, Sequence


def poll_fingerprint(question: str, options: Sequence[str], correct: Iterable[int]) -> str:
    """A hash of question, options and key, the same for what is sent and what comes back.

    Telegram trims texts and folds odd white space, so white space counts as one space here.
    """
    texts = [" ".join(text.split()) for text in (question, *options)]
    return hashlib.sha256(json.dumps([texts, sorted(correct)]).encode()).hexdigest()
