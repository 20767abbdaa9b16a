"""Before a case is published: whether it can be, and what its author reads."""

from collections.abc import Sequence

from bot.features.drafts.at_draft import AtDraft
from bot.features.drafts.parts import shown_part
from bot.features.drafts.show_draft import found_in, name_of
from bot.features.pictures.picture_steps import go_on
from bot.features.publishing import publish_view as views
from bot.features.publishing.publish import case_name, others_names, publish
from bot.features.publishing.publish_view import ToPublish
from content.drafting import DraftFinding
from content.phrases import phrase
from content.problems import Severity
from storage.outcome import Outcome


async def ask_to_publish(at: AtDraft) -> Outcome:
    """What keeps it from being published; else what is published, and what stays."""
    me, words = at.person_id, at.who.words
    if at.draft.pictures_to_come:
        return await go_on(at, words.say("A picture waits for this, before it can be published:"))
    if errors := await _errors(at):
        return at.showing(views.not_yet(me, at.draft_id, errors, words))
    case = at.draft.case()
    language = shown_part(case, "language") or "en"
    known = at.services.languages.words.get(language)
    shown = ToPublish(
        at.draft_id,
        name_of(at.draft),
        shown_part(case, "authors"),
        shown_part(case, "licence"),
        known.name if known else language,
    )
    return at.showing(views.publish_question(me, shown, words))


async def publish_now(at: AtDraft) -> Outcome:
    """Publish it, unless something came up since it was asked."""
    if at.draft.pictures_to_come or await _errors(at):
        return await ask_to_publish(at)
    # Whatever is told next stands in place of the question: it is pressed once.
    return await publish(at)


async def _errors(at: AtDraft) -> Sequence[DraftFinding]:
    found = [one for one in found_in(at) if one.severity is Severity.ERROR]
    case = at.draft.case()
    name = await case_name(at.services, at.person_id, case, at.draft.case_id)
    for other in await others_names(at.services, at.person_id, case, name.case_id):
        said = phrase("The id {id} is another case's, or was; send the file without it.", id=other)
        why = phrase("What was answered under an id belongs to the case that had it.")
        part = phrase("former ids")
        found.append(DraftFinding("former-id", Severity.ERROR, ("formerly",), part, said, why))
    return found
