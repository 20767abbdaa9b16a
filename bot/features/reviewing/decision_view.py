"""What a reviewer decides on a case, and what they and others are told of it."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from bot.base.i18n import Words
from bot.features.cases.explanation_parts_view import reviewed_on
from bot.features.reviewing.reviewer_buttons import ReviewerVerb, reviewer_button
from bot.features.shared.buttons import cancel
from bot.features.shared.dates import whole_date
from bot.features.shared.messages import Keyboard, html_message, message, pages, quoting
from content.codes import case_code
from content.markup import Paragraph, Run, parse, plain, to_html
from content.model import Case
from content.pages import Part
from content.signed_digest import Signature
from content.signing import reviews
from storage.outcome import OwedCall


class CaseToReview(Struct, frozen=True):
    """A case as a reviewer has it before them: ``signatures`` are those that hold.

    ``digest`` is that of ``content.signed_digest``; ``today`` would be the day of a signature.
    ``own``: they are among its authors; ``signed_on``: when somebody signed it last, in whatever
    words; ``has_signed``: so did this reviewer.
    """

    case: Case
    digest: str
    person_id: int
    public_name: str
    today: date
    signatures: tuple[Signature, ...] = ()
    own: bool = False
    signed_on: date | None = None
    has_signed: bool = False

    @property
    def code(self) -> str:
        """The case's code."""
        return case_code(self.case.id)

    @property
    def signed(self) -> bool:
        """Whether this reviewer has signed the case as it is."""
        return any(one.person_id == self.person_id for one in self.signatures)


def decision(chat_id: int, shown: CaseToReview, words: Words) -> list[OwedCall]:
    """What the case's author asks, what a signature means, and what can be done; under the case."""
    calls = pages(chat_id, _told(shown, words), _buttons(shown, words))
    named = [(one.person_id, one.name) for one in shown.signatures]
    return [quoting(call, (shown.person_id, shown.public_name), *named) for call in calls]


def _told(shown: CaseToReview, words: Words) -> Iterator[Part]:
    case = shown.case
    which = words.say("Case {code}: {title}", code=shown.code, title=case.title)
    yield Part(((Run(which, bold=True),), *map(_line, _state(shown, words))))
    if case.review.confirm:
        asked = [(plain(f"{words.lead}– {words.isolated(line)}"),) for line in case.review.confirm]
        head = (Run(words.say("Its author asks you:"), bold=True),)
        yield Part((head, *asked))
    if shown.own:
        yield Part((_line(own_case(words)),))
    elif shown.signed:
        sentence = words.say(
            "You signed it as it is. If something is to change, take your signature back first."
        )
        yield Part((_line(sentence),))
    else:
        yield from _meaning(shown, words)


def _state(shown: CaseToReview, words: Words) -> Iterator[str]:
    """Who has signed it, as learners read it; or that it was signed in other words."""
    found = reviews(shown.case, shown.signatures)
    for one in found:
        yield reviewed_on(one.name, one.on, words)
    if not found and shown.signed_on is not None:
        on = whole_date(shown.signed_on, words)
        yield words.say("It was signed on {on}, and has changed since.", on=on)


def _meaning(shown: CaseToReview, words: Words) -> Iterator[Part]:
    """What learners will read, what the signature holds for, and how it ends."""
    if shown.public_name:
        signed = reviewed_on(shown.public_name, shown.today, words)
        head = words.say("If you sign, learners read: “{signed}”", signed=signed)
        yield Part(((Run(head, bold=True),),))
    sentence = words.say(
        "Your signature holds for exactly this text, its key, its references and its pictures: a"
        " change of any takes it off. You can take it back, and it goes with /forget; but cases"
        " that were exported with your name keep it, and so does a repository into which they were"
        " brought."
    )
    yield Part(tuple(parse(sentence)))


def _buttons(shown: CaseToReview, words: Words) -> Keyboard:
    following = reviewer_button(words.say("Next"), ReviewerVerb.NEXT, shown.code)
    if shown.own:
        return [[following]]
    where = (shown.code, shown.digest)
    take_back = reviewer_button(words.say("Take back"), ReviewerVerb.TAKE_BACK, shown.code)
    if shown.signed:
        return [[take_back], [following]]
    return [
        [reviewer_button(words.say("Sign"), ReviewerVerb.SIGN, *where)],
        [
            reviewer_button(words.say("Ask for a change"), ReviewerVerb.CHANGE, *where),
            reviewer_button(words.say("Reject"), ReviewerVerb.REJECT, *where),
        ],
        *([[take_back]] if shown.has_signed else []),
        [following],
    ]


def signed(chat_id: int, shown: CaseToReview, on: date, words: Words) -> OwedCall:
    """In place of what was decided on: the signature of that day stands."""
    read = reviewed_on(shown.public_name, on, words)
    head = words.say("✅ **You signed case {code}.** Learners read now:", code=shown.code)
    keyboard = [
        [reviewer_button(words.say("Next"), ReviewerVerb.NEXT, shown.code)],
        [reviewer_button(words.say("Take back"), ReviewerVerb.TAKE_BACK, shown.code)],
    ]
    call = html_message(chat_id, to_html([*parse(head), (plain(read),)]), keyboard)
    return quoting(call, (shown.person_id, shown.public_name))


def taken_back(chat_id: int, case: Case, words: Words) -> OwedCall:
    """The signature is off the case."""
    sentence = words.say(
        "You took back your signature on case {code}. Learners no longer read your name.",
        code=case_code(case.id),
    )
    keyboard = [
        [reviewer_button(words.say("Show the case"), ReviewerVerb.SHOW, case_code(case.id))],
        [reviewer_button(words.say("Next"), ReviewerVerb.NEXT, case_code(case.id))],
    ]
    return message(chat_id, sentence, keyboard)


def nothing_waits(chat_id: int, words: Words) -> OwedCall:
    """The queue is empty."""
    sentence = words.say("Nothing else waits for your review. Thank you.")
    back = [[reviewer_button(words.say("All specialties"), ReviewerVerb.QUEUE)]]
    return message(chat_id, sentence, back)


def no_such_case(chat_id: int, words: Words) -> OwedCall:
    """Asked for by a code or id that no case in use has."""
    return message(chat_id, not_in_use(words))


def changed_meanwhile(words: Words) -> str:
    """A press on what is no longer the case."""
    return words.say(
        "The case has changed since you were shown it. Here it is as it is now; nothing was done."
    )


def not_in_use(words: Words) -> str:
    """A case that is not there (any more)."""
    return words.say("This case is not in use now.")


def own_case(words: Words) -> str:
    """To one of its authors."""
    return words.say("You are among its authors: somebody else has to sign it.")


def which_name(chat_id: int, longest: int, words: Words) -> OwedCall:
    """The reviewer's next message is their name."""
    sentence = words.say(
        "**How shall learners read your name?** Write it in one message, in {longest} characters"
        " at most, such as: Ann Lee, MD, cardiologist. What you have signed keeps the name that it"
        " has.",
        longest=longest,
    )
    return message(chat_id, sentence, [[cancel(words)]])


def named(chat_id: int, name: str, words: Words) -> OwedCall:
    """What learners will read from now on."""
    told = words.say("From now on learners read your name as: {name}.", name=name)
    return quoting(html_message(chat_id, to_html([_line(told)])), (chat_id, name))


def renamed(chat_id: int, person_id: int, before: str, after: str, words: Words) -> OwedCall:
    """To the bot's administrators, who know whom they made a reviewer."""
    head = words.say("**A reviewer wishes to be named otherwise from now on:**")
    more = words.say("If that is not who you made a reviewer, take it back: /roles.")
    theirs = f"{before} → {after}"
    told = [*parse(head), _line(words.isolated(theirs)), *parse(more)]
    return quoting(html_message(chat_id, to_html(told)), (person_id, theirs))


def _line(text: str) -> Paragraph:
    return (plain(text),)
