"""A draft as it is kept: what was sent, and the case that it comes to."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.features.drafts.case_draft import (
    CaseDraft,
    PendingReferences,
    SentText,
    joined,
)
from bot.features.drafts.part_change import PartChange, kept_reasons
from bot.features.drafts.parts import STEPS, shown_part, step_after, step_before, unsettled
from content.drafting import PlacingError

MOST_BYTES = 200_000
TEXT = """\
Lumps like stone

A 64-year-old woman has stone-hard lumps beneath the skin of much of her body.

What are these nodules most likely to be?

A. Fat
B. Calcium
C. Urate

Answer: B
"""


def right(draft: CaseDraft) -> list[str]:
    """The choices that are right."""
    return shown_part(draft.case(), "correct").split("\n")


@pytest.fixture
def draft() -> CaseDraft:
    """One that was read from a message."""
    return CaseDraft().with_text(1, TEXT).reading()


def test_what_is_kept_comes_back() -> None:
    """Every field; of what is no draft an empty one."""
    draft = CaseDraft(
        (SentText(1, "a"),),
        read=True,
        base={"title": "a"},
        problems=("b",),
        changes=(PartChange("title", "c", 0, 2), PartChange("references", [{"doi": "10.1/2"}])),
        pending=PendingReferences(({"pmid": "1"},), ("d",), 3),
        case_id="lumps",
    )
    assert CaseDraft.from_json(draft.to_json()) == draft
    assert CaseDraft.from_json("[") == CaseDraft.from_json("[1]") == CaseDraft()


def test_an_edit_of_the_text_keeps_what_was_settled_since(draft: CaseDraft) -> None:
    """Read anew, with the parts that were sent or pressed on top."""
    draft = draft.with_change(PartChange("licence", "CC0-1.0"))
    draft = draft.with_change(PartChange("title", "Stones", 0, 2))
    draft = draft.edited(1, TEXT.replace("Lumps like stone", "Other").replace("64", "46"))
    case = draft.case()
    assert (case["title"], case["licence"]) == ("Stones", "CC0-1.0")
    assert "46-year-old" in case["vignette"]


def test_what_the_author_has_said_since_is_no_longer_asked() -> None:
    """Which choice is right, which the text does not say."""
    draft = CaseDraft().with_text(1, TEXT.replace("Answer: B\n", "")).reading()
    told = ["the text does not say which choice is right"]
    assert list(map(str, unsettled(draft.case(), draft.problems))) == told
    draft = draft.with_change(PartChange("title", "Stones", 0, 2))
    assert list(map(str, unsettled(draft.case(), draft.problems))) == told
    draft = draft.with_change(PartChange("correct", "Calcium"))
    assert unsettled(draft.case(), draft.problems) == []


def test_an_edit_of_a_part_changes_it_where_it_was(draft: CaseDraft) -> None:
    """Later changes of the same question stay; what cannot be the part changes nothing."""
    draft = draft.with_change(PartChange("choices", "Fat\nCalcium\nBone", 0, 2))
    draft = draft.with_change(PartChange("correct", "Bone"))
    draft = draft.edited(2, "Fat\nBone")
    assert right(draft) == ["Bone"]
    with pytest.raises(PlacingError):
        draft.edited(2, "Fat")
    assert draft.edited(9, "Fat") is draft


def test_no_key_is_guessed(draft: CaseDraft) -> None:
    """Where the choice that was said to be right is gone, none is: not the one of the text."""
    assert right(draft) == ["Calcium"]
    draft = draft.with_change(PartChange("correct", "Urate"))
    assert right(draft) == ["Urate"]
    assert right(draft.edited(1, TEXT.replace("Urate", "Uric acid"))) == [""]
    assert right(draft.edited(1, "No case any more.")) == [""]


def test_a_part_that_is_sent_again_replaces_itself(draft: CaseDraft) -> None:
    """Reasons add up, as each names its choice."""
    for number, title in enumerate(("one", "two", "three")):
        draft = draft.with_change(PartChange("title", title, 0, number))
    draft = draft.with_change(PartChange("whys", "A. Soft."))
    draft = draft.with_change(PartChange("whys", "B. Hard."))
    assert [one.part for one in draft.changes] == ["title", "whys", "whys"]
    assert shown_part(draft.case(), "whys") == "A. Soft.\nB. Hard."


def reasons(draft: CaseDraft) -> dict[str, str]:
    """Of the choices that have one."""
    choices = draft.case()["questions"][0]["choices"]
    return {each["text"]: each["why"] for each in choices if "why" in each}


@pytest.mark.parametrize("answer", ["B", "2", "calcium"])
def test_what_was_said_of_a_choice_by_its_letter_stays_with_it(answer: str) -> None:
    """Though the choices change places in the message that gave them: no key, no reason moves."""
    draft = CaseDraft().with_change(PartChange("choices", "Fat\nCalcium\nUrate", 0, 1))
    draft = draft.with_change(PartChange("correct", answer, 0, 2))
    draft = draft.with_change(PartChange("whys", "A. Soft.\nB. Hard.", 0, 3))
    draft = draft.edited(1, "Calcium\nUrate\nFat")
    assert right(draft) == ["Calcium"]
    assert reasons(draft) == {"Calcium": "Hard.", "Fat": "Soft."}
    assert draft.edited(2, answer) == draft  # apps say "edited" of what reads as before, too
    assert right(draft.edited(2, "A, B")) == ["Calcium", "Urate"]
    assert reasons(draft.edited(3, "A. White.")) == {"Calcium": "White."}


def test_a_text_that_is_edited_moves_no_key_and_no_reason(draft: CaseDraft) -> None:
    """Its choices change places, after a letter said which is right."""
    draft = draft.with_change(PartChange("correct", "C", 0, 2))
    draft = draft.with_change(PartChange("whys", "C. It is in the joints.", 0, 3))
    moved = TEXT.replace("A. Fat", "A. Urate").replace("C. Urate", "C. Fat")
    draft = draft.edited(1, moved)
    assert right(draft) == ["Urate"]
    assert reasons(draft) == {"Urate": "It is in the joints."}


@pytest.mark.parametrize("by", ["part", "message", "text"])
def test_reworded_choices_keep_their_reasons_and_no_key(draft: CaseDraft, by: str) -> None:
    """Where each stands in its place and reads alike; its author is told which."""
    if by == "message":
        draft = draft.with_change(PartChange("choices", "Fat\nCalcium\nUrate", 0, 2))
    draft = draft.with_change(PartChange("correct", "B", 0, 3))
    draft = draft.with_change(PartChange("whys", "A. Soft.\nB. Hard.\nC. Joints.", 0, 4))
    match by:
        case "part":
            part = PartChange("choices", "Fat\nDeposits of calcium\nGold", 0, 5)
            after = draft.with_change(part)
        case "message":
            after = draft.edited(2, "Fat\nDeposits of calcium\nGold")
        case _:
            text = TEXT.replace("B. Calcium", "B. Deposits of calcium")
            after = draft.edited(1, text.replace("Urate", "Gold"))
    assert reasons(after) == {"Fat": "Soft.", "Deposits of calcium": "Hard."}
    assert right(after) == [""]
    assert kept_reasons(draft.case(), after.case()) == ["B. Deposits of calcium: Hard."]


def test_choices_that_changed_places_as_well_keep_no_reason_of_a_reworded_one(
    draft: CaseDraft,
) -> None:
    """No place says then which choice is meant."""
    draft = draft.with_change(PartChange("whys", "A. Soft.\nB. Hard.\nC. Joints.", 0, 4))
    after = draft.with_change(PartChange("choices", "Fats\nUrate\nCalcium", 0, 5))
    assert reasons(after) == {"Calcium": "Hard.", "Urate": "Joints."}
    assert kept_reasons(draft.case(), after.case()) == []


def test_reasons_can_be_removed(draft: CaseDraft) -> None:
    """All at once, and given anew."""
    draft = draft.with_change(PartChange("whys", "A. Soft.", 0, 4))
    draft = draft.with_change(PartChange("whys", ""))
    assert reasons(draft) == {}
    assert reasons(draft.with_change(PartChange("whys", "B. Hard."))) == {"Calcium": "Hard."}


def test_parts_of_one_text_are_joined_as_apps_cut_them() -> None:
    """A long one that ends amid a sentence goes on; others are paragraphs."""
    long = "word " * 800
    assert joined(["One.", "Two."]) == "One.\n\nTwo."
    assert joined([long.strip(), "goes on"]).endswith("word goes on")
    assert joined([f"{long}ends.", "Two"]).endswith("ends.\n\nTwo")
    assert joined([long.strip(), "goes on.", "Three"]).endswith("goes on.\n\nThree")
    assert joined([]) == ""


def test_more_than_can_be_kept_is_known() -> None:
    """In bytes, as it is kept."""
    draft = CaseDraft()
    spare = MOST_BYTES - len(draft.with_text(1, "").to_json())
    assert not draft.with_text(1, "a" * spare).too_large
    assert draft.with_text(1, "a" * (spare + 1)).too_large
    assert draft.with_text(1, "é" * (spare // 2 + 1)).too_large


def test_steps_lead_through_all_parts_and_back() -> None:
    """Of an empty case each is missing; the first has none before it."""
    case: dict[str, Any] = {}
    part, seen = step_after(case), []
    while part is not None:
        seen.append(part)
        part = step_after(case, part)
    assert tuple(seen) == STEPS
    assert [step_before(one) for one in seen[1:]] == seen[:-1]
    assert step_before(seen[0]) is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["text", *STEPS]), st.text(max_size=60), st.booleans()),
        max_size=12,
    )
)
def test_any_words_leave_a_draft_that_can_be_kept(sent: list[tuple[str, str, bool]]) -> None:
    """Whatever is sent, edited and cleared: the case is the same once it was kept and read."""
    draft = CaseDraft()
    for number, (part, words, edits) in enumerate(sent):
        try:
            if edits:
                draft = draft.edited(max(0, number - 1), words)
            elif part == "text":
                draft = draft.with_text(number, words)
            else:
                draft = draft.with_change(PartChange(part, words, 0, number))
        except PlacingError:
            continue
    again = CaseDraft.from_json(draft.to_json())
    assert again == replace(draft, base=again.base)
    assert again.case() == draft.case()


def test_references_that_are_sent_anew_stand_where_they_stood(draft: CaseDraft) -> None:
    """Those of other messages keep their places, by which texts cite them."""

    def listed(draft: CaseDraft) -> list[str]:
        return [one["doi"] for one in draft.case()["references"]]

    def taking(draft: CaseDraft, message_id: int, *dois: str) -> CaseDraft:
        fields = tuple({"doi": one} for one in dois)
        waiting = replace(draft, pending=PendingReferences(fields, (), message_id))
        assert waiting.references_of(message_id) is not None
        return waiting.with_references()

    draft = taking(taking(taking(draft, 1, "a"), 2, "b", "c"), 3, "d", "a")
    assert listed(draft) == ["a", "b", "c", "d"]
    assert draft.pending is None
    draft = taking(draft, 2, "e")
    assert listed(draft) == ["a", "e", "d"]
    assert draft.references_of(2) is not None
    assert draft.references_of(9) is None
    assert draft.with_references() is draft


def test_a_whole_citation_fills_in_what_its_number_alone_named() -> None:
    """It stands where the number stood, by which texts cite it; others come behind."""
    bare = [{"pmid": "7"}, {"doi": "10.1000/B"}]
    draft = CaseDraft(base={"references": bare})
    whole = ({"title": "B", "doi": "10.1000/b"}, {"title": "A", "journal": "J", "pmid": "7"})
    for fields in (*whole, {"title": "C", "doi": "10.1000/c"}):
        draft = replace(draft, pending=PendingReferences((fields,), (), 1)).with_references()
        draft = replace(draft, taken=())
    assert [one["title"] for one in draft.case()["references"]] == ["A", "B", "C"]
    assert draft.case()["references"][0]["journal"] == "J"
