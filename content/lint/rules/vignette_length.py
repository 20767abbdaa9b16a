"""The rule ``vignette-length``."""

from collections.abc import Iterator

from content.layout import DESCRIPTION_LENGTH, description, fits_one_message
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Subject
from content.markup import telegram_length, visible
from content.phrases import phrase
from content.problems import Severity

MAX_WORDS = 200


def find(subject: Subject) -> Iterator[Finding]:
    """Stories that are long to read, and a case that needs more than one message."""
    long = list(_long(subject))
    yield from long
    case = subject.file.case
    if case and not long and not fits_one_message(case):
        length = telegram_length(visible(description(case)))
        message = phrase(
            "does not fit one poll message, so figures and vignette go out before the poll"
            " ({length} of {most} characters, {figures} figures)",
            length=length,
            most=DESCRIPTION_LENGTH,
            figures=len(case.figures_with(0)),
        )
        yield Finding(subject.file.mark("vignette"), message, Severity.NOTE)


def _long(subject: Subject) -> Iterator[Finding]:
    for passage in (subject.vignette, *(question.reveal for question in subject.questions)):
        if passage and passage.word_count > MAX_WORDS:
            yield at(
                passage,
                phrase(
                    "{count} words; keep a story within {most}",
                    count=passage.word_count,
                    most=MAX_WORDS,
                ),
            )


RULE = Rule(
    name="vignette-length",
    finds=f"a story of more than {MAX_WORDS} words, or (a note) one too long for a poll message",
    reason="A longer story tests patience and reading speed along with the subject. One that needs"
    " two messages is only noted: on a phone it is not seen together with its question.",
    source="BMJ Heart, instructions for image challenges (at most 200 words); Telegram Bot API,"
    " sendPoll (a description of at most 1024 characters)",
    bad="""
vignette: >-
  A 64-year-old woman, who lives with her sister in a house with a garden and used to teach
  geography, is seen in the clinic on a rainy afternoon, having come by bus, because of hard lumps
  beneath the skin of both arms. She first noticed one of them while she was washing her left elbow,
  and thought at the time that she must have knocked it against the kitchen table, which she had
  done before. A few months later a neighbour pointed out another one, and her sister found two more
  on the day after that. She put on a cream that a friend had given her, and then another cream, and
  after that a third one, without any effect. Since then the lumps have become more numerous. She
  has no pain, no fever and no loss of weight. She had measles as a child and her tonsils were taken
  out when she was six. Her father died of a stroke and her mother is well at the age of 88 years.
  She takes no tablets except vitamin D in winter. She keeps a cat and two canaries. On examination
  she looks well. The lumps are as hard as stone and can be moved over the bone. The rest of the
  examination is normal, as are all the tests of blood and urine that her family doctor had arranged
  before he wrote the letter with which she comes.
""",
    good="""
vignette: >-
  A 64-year-old woman has had a growing number of painless lumps beneath the skin of both arms for a
  year. She has no fever or loss of weight. The lumps are as hard as stone and can be moved over the
  bone; the rest of the examination and routine tests of blood and urine are normal.
""",
    find=find,
)
