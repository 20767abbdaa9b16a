"""Which answers to a question count together."""

import hashlib
import json
from functools import lru_cache

from content.model import Question


@lru_cache(maxsize=1024)
def question_revision(question: Question) -> str:
    """Sixteen hexadecimal digits that change with the prompt, a choice's text or the key.

    The choices' order counts, since answers are kept as positions. Ids, whys and key points do
    not: mending them changes nothing about what was asked.
    """
    asked = [question.prompt, [choice.text for choice in question.choices], question.correct]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:16]
