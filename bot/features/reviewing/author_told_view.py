"""What the author of a case that was published in the chat hears of its signatures."""

from bot.base.i18n import Words
from bot.features.cases.explanation_parts_view import reviewed_on
from bot.features.shared.messages import html_message, quoting
from content.codes import case_code
from content.markup import Run, parse, plain, to_html
from content.model import Case
from content.signed_digest import Signature
from storage.outcome import OwedCall


def signed_yours(chat_id: int, case: Case, signature: Signature, words: Words) -> OwedCall:
    """Somebody signed it: what learners read from now on."""
    head = words.say("✅ **A reviewer signed this case of yours.** Learners read now:")
    read = reviewed_on(signature.name, signature.on, words)
    told = [*parse(head), (_which(case, words),), (plain(read),)]
    call = html_message(chat_id, to_html(told))
    return quoting(call, (signature.person_id, signature.name))


def taken_back_from_yours(chat_id: int, case: Case, left: int, words: Words) -> OwedCall:
    """Somebody took their signature back, whose name is told no more; ``left`` others hold."""
    head = words.say("**A reviewer took back their signature on this case of yours.**")
    more = (
        words.count("{n} other signature holds.", "{n} other signatures hold.", left)
        if left
        else words.say("Learners read that no clinician has reviewed it yet.")
    )
    return html_message(chat_id, to_html([*parse(head), (_which(case, words),), (plain(more),)]))


def _which(case: Case, words: Words) -> Run:
    named = words.say("Case {code}: {title}", code=case_code(case.id), title=case.title)
    return Run(named, bold=True)
