"""Pictures of a draft as values: what is asked of each, which replaces which, files' names."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.features.drafts.case_draft import CaseDraft
from bot.features.drafts.draft_buttons import DraftPress, DraftVerb
from bot.features.drafts.draft_pictures import (
    ALL_THAT_IS_ASKED,
    BEFORE_IT_IS_TAKEN,
    DraftPicture,
    let_go,
    new_files,
    put,
    staying,
    taken_apart,
    with_figures,
    without,
)
from bot.features.drafts.parts import LICENCES
from bot.features.pictures.picture_buttons import ConsentSaid
from bot.features.shared.messages import MOST_DATA
from content.drafting import from_case, shown_case, to_case
from content.library import SHIPPED, load_library

CASE = {"title": "Lumps", "questions": [{"prompt": "What?"}, {"prompt": "And then?"}]}
NEW = DraftPicture(1, file_id="AgAC", message_id=7)
HERE = replace(
    NEW,
    sha256="ab" * 32,
    ending="png",
    **dict.fromkeys(ALL_THAT_IS_ASKED, "said"),
)


def test_what_is_asked_and_in_which_order() -> None:
    """What has to be known before it is taken comes first; then what learners read."""
    asked, picture = [], NEW
    while (field := picture.unanswered) is not None:
        assert picture.may_be_taken is (field not in BEFORE_IT_IS_TAKEN)
        asked.append(field)
        picture = picture.saying(field, "said", 9)
    assert asked == [*ALL_THAT_IS_ASKED]
    assert not picture.whole
    assert replace(picture, sha256="ab").whole


def test_a_picture_is_in_the_case_once_it_is_here() -> None:
    """With its question, where there is that one; else with the vignette. Others are not."""
    pictures = [
        NEW,
        replace(HERE, number=2),
        replace(HERE, number=3, place=2),
        replace(HERE, number=4, place=9),
    ]
    case = with_figures(CASE, pictures)
    assert len(case["figures"]) == 2
    assert [len(each.get("figures", ())) for each in case["questions"]] == [0, 1]
    assert case["figures"][0]["file"] == f"figures/picture-{'ab' * 4}.png"
    assert with_figures(CASE, [NEW]) == CASE


def test_another_takes_the_place_of_one_once_it_is_here() -> None:
    """Until then the one before stays, and is not asked about; its bytes go afterwards."""
    second = replace(HERE, number=2, sha256="cd" * 32)
    coming = replace(NEW, number=3, replaces=1)
    pictures = put(put((HERE, second), coming), coming.saying("creator", "Ada"))
    assert [one.number for one in pictures] == [1, 2, 3]
    assert [one.number for one in staying(pictures)] == [2, 3]
    after = put(pictures, replace(coming, sha256="ef" * 32))
    assert [one.number for one in after] == [3, 2]
    assert let_go(pictures, after) == ["ab" * 32]
    assert let_go(after, without(after, 2)) == ["cd" * 32]


def test_bytes_stay_while_another_picture_is_the_same() -> None:
    """Sent twice, they are kept once."""
    pictures = (HERE, replace(HERE, number=2))
    assert let_go(pictures, without(pictures, 1)) == []


def test_files_that_lie_there_are_not_written_again() -> None:
    """New ones are named by their case and their bytes; others keep their names."""
    old = replace(HERE, file="figures/lumps.png")
    assert new_files((old, HERE, NEW), "lumps") == {f"figures/lumps-{'ab' * 4}.png": "ab" * 32}
    assert old.file_name("other") == "figures/lumps.png"


def test_a_published_case_is_taken_apart_and_put_together() -> None:
    """Each shipped case, with all that its figures say, and those of variants."""
    library = load_library(SHIPPED)
    assert any(case.figures for case in library.cases.values())
    for case in library.cases.values():
        base, pictures = taken_apart(from_case(case), library.figure_hashes(case.id))
        assert all(one.whole for one in pictures)
        draft = CaseDraft(read=True, base=base, pictures=pictures)
        assert to_case(CaseDraft.from_json(draft.to_json()).case()) == case
        assert new_files(pictures, case.id) == {}


def test_a_picture_of_which_little_is_said_is_shown() -> None:
    """An ellipsis stands for its caption until there is one."""
    draft = {
        "questions": [
            {"prompt": "What?", "choices": [{"text": "A", "correct": True}, {"text": "B"}]}
        ]
    }
    case = shown_case(
        with_figures(draft, [replace(HERE, caption="", licence="CC0-1.0", consent="obtained")])
    )
    assert case is not None
    assert case.figures[0].caption == "…"
    assert case.figures[0].licence == "CC0-1.0"


@given(
    st.integers(0, 1 << 52),
    st.integers(0, 999),
    st.sampled_from(
        [
            *(f"licence.{one}" for one in LICENCES),
            *(f"consent.{one}" for one in ConsentSaid),
            "creator.me",
        ]
    ),
)
def test_what_buttons_say_fits(draft_id: int, number: int, part: str) -> None:
    """Telegram takes 64 bytes; what is read is what was written."""
    pressed = DraftPress(DraftVerb.PICTURE_SAY, draft_id, number, part)
    assert len(str(pressed).encode()) <= MOST_DATA
    assert DraftPress.parse(str(pressed)) == pressed
