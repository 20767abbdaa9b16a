"""Showing an author their draft: its page with what `check` says, or as learners will meet it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from bot.base.i18n import ENGLISH
from bot.features.drafts import draft_page_view as views
from bot.features.drafts.at_draft import AtDraft
from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.draft_page_view import (
    FINDINGS_AT_ONCE,
    DraftOnPage,
    TakenSoFar,
    draft_name,
)
from bot.features.drafts.parts import TEXT, WantedPart, shown_part, step_after, unsettled
from bot.features.drafts.preview_view import QUESTIONS_SHOWN, preview
from bot.features.shared.messages import list_page
from content.drafting import REST, DraftFinding, findings, shown_case
from content.images import FigureFile
from content.plain_picture import ONE_PIXEL
from content.problems import Severity
from content.snapshot import Snapshot
from storage.outcome import Outcome


def found_in(at: AtDraft) -> Sequence[DraftFinding]:
    """What is found in the draft as of today."""
    today = datetime.fromtimestamp(at.services.clock.now() / 1000, UTC).date()
    folder, case = at.services.settings.content, at.draft.case()
    return findings(case, today=today, folder=folder, figures=_looked_at(at.draft))


def _looked_at(draft: CaseDraft) -> Mapping[str, FigureFile]:
    """Its pictures by their files; their pixels were in order when they were taken."""
    return {
        one.file_name(): FigureFile(ONE_PIXEL, one.sha256) for one in draft.pictures if one.here
    }


def name_of(draft: CaseDraft) -> str:
    """A draft's title, or else its first words."""
    case = draft.case()
    asked = [str(each.get("prompt", "")) for each in case.get("questions", ())]
    sent = [one.text for one in draft.texts]
    known = [str(case.get("title", "")), str(case.get("vignette", "")), *asked, *sent]
    return next((" ".join(text.split()) for text in known if text.strip()), "")


def collecting(at: AtDraft, *notes: str) -> Outcome:
    """So many parts of a text came; more may come."""
    texts = at.draft.texts
    many = sum(len(one.text) for one in texts)
    taken = TakenSoFar(at.draft_id, len(texts), many, notes, len(at.draft.pictures))
    call = views.collecting(at.person_id, taken, at.who.words)
    return at.showing(call, WantedPart(TEXT, at.draft_id))


async def page(at: AtDraft, number: int = 0, *notes: str) -> Outcome:
    """The draft's page, with this page of findings; ``notes`` say what has just happened."""
    previews = await at.services.store.drafts.previews(at.draft_id)
    return _page(at, number, notes, stale=bool(previews and notes))


def _page(at: AtDraft, number: int, notes: Sequence[str], *, stale: bool) -> Outcome:
    found, case = found_in(at), at.draft.case()
    severities = [one.severity for one in found]
    shown = DraftOnPage(
        at.draft_id,
        draft_name(name_of(at.draft), at.who.words),
        list_page(found, number, FINDINGS_AT_ONCE),
        severities.count(Severity.ERROR),
        severities.count(Severity.WARNING),
        notes,
        unsettled(case, at.draft.problems),
        missing=step_after(case) is not None,
        stale=stale,
        rest=str(case.get(REST, "")),
        pictures=len(at.draft.pictures),
        pictures_to_come=at.draft.pictures_to_come,
        not_english=shown_part(case, "language").partition("-")[0] not in {"", ENGLISH},
    )
    return at.showing(views.draft_page(at.person_id, shown, at.who.words))


def why(at: AtDraft, number: int) -> Outcome:
    """Why a finding matters, by its number from 1."""
    found = found_in(at)
    if not 1 <= number <= len(found):
        return _page(at, 0, (), stale=False)
    on_page = (number - 1) // FINDINGS_AT_ONCE
    one = found[number - 1]
    return at.showing(views.why_page(at.person_id, at.draft_id, one, on_page, at.who.words))


async def as_case(at: AtDraft, *notes: str) -> Outcome:
    """The case as learners will meet it, as far as it can be shown, and the page below it anew."""
    case, words = shown_case(at.draft.case()), at.who.words
    if case is None:
        nothing = words.say("It cannot be shown as a case yet: see what is still needed.")
        return await page(at, 0, *notes, nothing)
    before = await at.services.store.drafts.previews(at.draft_id)
    hashes = {one.file_name(): one.sha256 for one in at.draft.pictures}
    snapshot = Snapshot(case, tuple(hashes.get(one.file, "") for one in case.shown_figures))
    shown = preview(at.person_id, at.draft_id, snapshot, words)
    if len(case.questions) > QUESTIONS_SHOWN:
        notes = (*notes, views.first_questions(QUESTIONS_SHOWN, len(case.questions), words))
    calls = at.taking_away(before) + Outcome(owed=(*shown,))
    # The page stands below what it is about.
    return calls + _page(replace(at, pressed=False), 0, notes, stale=False)
