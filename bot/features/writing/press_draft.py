"""To which rule a press about a draft goes; whose it is, and who may write, is judged at each."""

from collections.abc import Awaitable, Callable, Mapping

from msgspec.structs import replace

from bot.features.drafts import parts_view, show_draft, steps
from bot.features.drafts.at_draft import AtDraft, at_draft
from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.draft_buttons import DraftPress, DraftVerb
from bot.features.drafts.part_change import PartChange
from bot.features.drafts.parts import OF_CASE, OF_QUESTION, TEXT, option_key
from bot.features.pictures.picture_steps import go_on
from bot.features.pictures.press_picture import PICTURE_ACTS
from bot.features.publishing import publish_question as publishing
from bot.features.roles.give_roles import is_author
from bot.features.shared.texts import old_button
from bot.features.shared.visitors import Visit
from bot.features.writing import own_drafts, take_references
from bot.features.writing import write_view as views
from bot.features.writing.take_message import change_part
from bot.features.writing.write import begin_steps
from bot.services import Services
from storage.outcome import Outcome, Toast

Act = Callable[[AtDraft, DraftPress], Awaitable[Outcome]]
# What whoever is an author no more may still do.
_ALWAYS = {DraftVerb.CARD, DraftVerb.DOWNLOAD, DraftVerb.DELETE, DraftVerb.DELETED}


async def press(services: Services, who: Visit, pressed: DraftPress, message_id: int) -> Outcome:
    """Do what the button says."""
    if pressed.verb is DraftVerb.LIST:
        return await own_drafts.press_list(services, who, pressed.number, message_id)
    if pressed.verb not in _ALWAYS and not await is_author(services, who.person_id):
        return Outcome((who.met,), toast=Toast(views.no_longer_author(who.words), alert=True))
    if pressed.verb is DraftVerb.STEPS:
        return await begin_steps(services, who, message_id)
    at = await at_draft(services, who, pressed.draft_id, message_id)
    if at is None:
        return Outcome((who.met,), toast=Toast(views.gone_in_brief(who.words), alert=True))
    if (act := _ACTS.get(pressed.verb)) is None:
        return Outcome((who.met,), toast=old_button(who.words))
    return await act(at, pressed)


async def _card(at: AtDraft, _pressed: DraftPress) -> Outcome:
    kept = await at.services.store.drafts.get(at.draft_id, at.person_id)
    return Outcome() if kept is None else await own_drafts.card(at, kept)


async def _delete(at: AtDraft, _pressed: DraftPress) -> Outcome:
    kept = await at.services.store.drafts.get(at.draft_id, at.person_id)
    return Outcome() if kept is None else own_drafts.ask_to_delete(at, kept)


async def _download(at: AtDraft, _pressed: DraftPress) -> Outcome:
    return own_drafts.download(at)


async def _deleted(at: AtDraft, _pressed: DraftPress) -> Outcome:
    return own_drafts.delete_draft(at)


async def _read(at: AtDraft, _pressed: DraftPress) -> Outcome:
    """Nothing more of the text is sent; pressed twice, it is read twice, to the same."""
    draft = at.draft.reading() if at.draft.texts else replace(at.draft, read=True)
    at, kept = at.changed(draft)
    if draft.pictures_to_come:
        return kept + await go_on(at)
    if not draft.case():
        return kept + await show_draft.page(at, 0, views.nothing_in_text(at.who.words))
    return kept + await show_draft.as_case(at)


async def _add(at: AtDraft, _pressed: DraftPress) -> Outcome:
    if not at.draft.takes_text:
        return await show_draft.page(at, 0, views.parts_alone(at.who.words))
    return steps.ask(at, TEXT)


async def _page(at: AtDraft, pressed: DraftPress) -> Outcome:
    if at.draft.collecting:
        return show_draft.collecting(at)
    return await show_draft.page(at, pressed.number)


async def _why(at: AtDraft, pressed: DraftPress) -> Outcome:
    return show_draft.why(at, pressed.number)


async def _show(at: AtDraft, _pressed: DraftPress) -> Outcome:
    return await show_draft.as_case(at)


async def _parts(at: AtDraft, pressed: DraftPress) -> Outcome:
    questions = max(1, len(at.draft.case().get("questions", ())))
    place = min(pressed.number, questions - 1)
    menu = parts_view.PartsMenu(at.draft_id, place, questions, at.draft.takes_text)
    return at.showing(parts_view.parts_menu(at.person_id, menu, at.who.words))


async def _part(at: AtDraft, pressed: DraftPress) -> Outcome:
    part, question = _named(pressed)
    if not _is_part(at.draft, part, question):
        return Outcome((at.who.met,), toast=old_button(at.who.words))
    return steps.ask(at, part, question)


async def _choose(at: AtDraft, pressed: DraftPress) -> Outcome:
    """The option with these words; where there is none any more, it is asked for anew."""
    part, question = _named(pressed)
    if not _is_part(at.draft, part, question):
        return Outcome((at.who.met,), toast=old_button(at.who.words))
    options = steps.options(at, part, question)
    chosen = [one for one in options if option_key(one) == pressed.number]
    if not chosen:
        return steps.ask(at, part, question)
    return await change_part(at, PartChange(part, chosen[0], question))


async def _clear(at: AtDraft, pressed: DraftPress) -> Outcome:
    part, question = pressed.part, pressed.number
    if not _is_part(at.draft, part, question):
        return Outcome((at.who.met,), toast=old_button(at.who.words))
    return await change_part(at, PartChange(part, "", question))


async def _next(at: AtDraft, pressed: DraftPress) -> Outcome:
    return await steps.go_on(at, pressed.part)


async def _back(at: AtDraft, pressed: DraftPress) -> Outcome:
    return await steps.go_back(at, pressed.part)


async def _take(at: AtDraft, _pressed: DraftPress) -> Outcome:
    return take_references.take(at)


async def _mend(at: AtDraft, _pressed: DraftPress) -> Outcome:
    return take_references.mend(at)


async def _drop(at: AtDraft, _pressed: DraftPress) -> Outcome:
    return take_references.drop(at)


async def _remove(at: AtDraft, pressed: DraftPress) -> Outcome:
    return take_references.remove(at, pressed.number)


async def _publish(at: AtDraft, _pressed: DraftPress) -> Outcome:
    return await publishing.ask_to_publish(at)


async def _published(at: AtDraft, _pressed: DraftPress) -> Outcome:
    return await publishing.publish_now(at)


def _named(pressed: DraftPress) -> tuple[str, int]:
    """Which part, of which question: behind the part's name where the number says the option."""
    part, dot, question = pressed.part.partition(".")
    if dot:
        return part, int(question) if question.isdecimal() and len(question) < 4 else -1
    return part, 0 if pressed.verb is DraftVerb.CHOOSE else pressed.number


def _is_part(draft: CaseDraft, part: str, question: int) -> bool:
    questions = max(1, len(draft.case().get("questions", ())))
    of_case = part in OF_CASE and question == 0
    return of_case or (part in OF_QUESTION and 0 <= question < questions)


_ACTS: Mapping[DraftVerb, Act] = {
    DraftVerb.CARD: _card,
    DraftVerb.DOWNLOAD: _download,
    DraftVerb.DELETE: _delete,
    DraftVerb.DELETED: _deleted,
    DraftVerb.READ: _read,
    DraftVerb.ADD: _add,
    DraftVerb.PAGE: _page,
    DraftVerb.WHY: _why,
    DraftVerb.SHOW: _show,
    DraftVerb.PARTS: _parts,
    DraftVerb.PART: _part,
    DraftVerb.CHOOSE: _choose,
    DraftVerb.CLEAR: _clear,
    DraftVerb.NEXT: _next,
    DraftVerb.BACK: _back,
    DraftVerb.TAKE: _take,
    DraftVerb.MEND: _mend,
    DraftVerb.DROP: _drop,
    DraftVerb.REMOVE: _remove,
    **PICTURE_ACTS,
    DraftVerb.PUBLISH: _publish,
    DraftVerb.PUBLISHED: _published,
}
