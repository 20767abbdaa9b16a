"""The rule ``unfocused-lead-in``."""

import re
from collections.abc import Iterator

from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.phrases import phrase

_STATEMENTS = (
    r"(?:options?|choices?|answers?|statements?|sentences?|assertions?|propositions?|claims?|ones?"
    r"|facts?)"
)
_ABOUT = r"(?:\s*,?\s*(?:about|regarding|concerning|on|of|with (?:regard|respect) to)\b[^.?!]*?)"
_IS = r"(?:is|are|was|were|would be|must be)"
_TRUE = r"(?:true|correct|false|incorrect|untrue|accurate|inaccurate|valid|invalid)"
# After these the adjective goes with a noun that says what is asked, as in “the correct dose”.
_BARE = r"(?=\s*(?:[.?!:,;)]|$|(?:about|regarding|concerning|of|for|in|on|with|as)\b))"

_UNFOCUSED = (
    re.compile(
        rf"\b(?:which|what)(?:\s+(?:one|two|three|ones?))?"
        rf"(?:\s+of\s+(?:the\s+(?:following|above|below)|these|those))?(?:\s+{_STATEMENTS})?"
        rf"(?:\s+(?:below|here))?{_ABOUT}?\s+{_IS}\s+(?:not\s+|\w+ly\s+|most\s+|least\s+)?"
        rf"(?:{_TRUE}{_BARE}|(?:right|wrong)(?=\s*(?:[.?!]|$))"
        rf"|(?:an?|the)\s+(?:\w+ly\s+|most\s+)?{_TRUE}\s+{_STATEMENTS}\b)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:all|each|every one)\s+of\s+(?:the\s+following|these)(?:\s+{_STATEMENTS})?{_ABOUT}?"
        rf"\s+{_IS}\s+(?:\w+ly\s+)?{_TRUE}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:choose|select|identify|pick|mark|tick|find|indicate|name)\s+(?:all\s+)?(?:of\s+)?"
        rf"(?:the\s+|those\s+)?(?:one\s+|two\s+|three\s+)?(?:\w+ly\s+|most\s+)?{_TRUE}\s+"
        r"(?:statements?|sentences?|assertions?)",
        re.IGNORECASE,
    ),
)


def find(subject: Subject) -> Iterator[Finding]:
    """Prompts that ask nothing but which choice is true."""
    for question in subject.questions:
        prompt = question.prompt.plain if question.prompt else ""
        hit = next((hit for pattern in _UNFOCUSED if (hit := pattern.search(prompt))), None)
        if hit and question.prompt:
            yield at(
                question.prompt,
                phrase(
                    "“{words}” asks nothing in particular; ask one thing that all the choices"
                    " answer, such as the likeliest cause or the next step",
                    words=hit[0].strip(),
                ),
            )


RULE = Rule(
    name="unfocused-lead-in",
    finds="a prompt that asks no more than which choice is true",
    reason="Such a question is a heap of true-or-false statements about different things, which"
    " cannot be ranked on one scale nor answered before reading them.",
    source="NBME Item-Writing Guide 2020 (one-best-answer items; cover-the-options rule)",
    bad="""
questions:
  - id: potassium
    prompt: Which of the following statements about her potassium is true?
    choices:
      - text: It leaves the cells in acidosis
        correct: true
      - text: Insulin raises it within minutes
      - text: Peaked T waves mean that it is low
""",
    good="""
questions:
  - id: potassium
    prompt: Which mechanism best explains her high potassium?
    choices:
      - text: Shift out of the cells in acidosis
        correct: true
      - text: Breakdown of red cells in the tube
      - text: Loss of aldosterone
""",
    find=find,
)
