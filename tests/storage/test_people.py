"""What is kept about people, shown to them, and erased for them."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from storage.assignment_facts import AssignedTo, AssignmentDrafted, AssignmentMade
from storage.case_facts import CasePosted, ChoicesMarked
from storage.case_mark_facts import CasePassed, CaseSaved, CaseUnsaved, PreferencesSet
from storage.chat_facts import ChatJoined, DailySet, NameHidden, NameShown
from storage.cohort_facts import CohortJoined, CohortMade, LinkMade
from storage.draft_facts import DraftMessageTaken, DraftWritten
from storage.erased_since import PEOPLE
from storage.facts import LanguageChosen, PersonForgotten, PersonLeft, PersonMet
from storage.flag_facts import FlagTextAwaited
from storage.ledger import Entry, SetAside
from storage.live_facts import RoundJoined, VoteCast
from storage.outcome import NOTHING, CardShown, OwedCall, Quote
from storage.people import Person, Progress
from storage.practice_facts import (
    AnswersFolded,
    CardFolded,
    ConfidenceSaid,
    FoldingBegun,
    ObjectivePaused,
)
from storage.publication_facts import PublicationAsked, PublicationWritten
from storage.role_facts import RoleAsked, RoleLinkMade
from storage.sent_file_facts import FileSent
from storage.settlements import Refused, Sent, SentPoll
from storage.signature_facts import CaseSentBack, CaseSigned
from storage.sitting_facts import ItemAdded, SittingBegun
from storage.store import Store
from tests.storage.samples import (
    ADA,
    BEN,
    GROUP,
    NOW,
    answered,
    begin_all,
    columns,
    decided,
    flagged,
    item_card,
    live_round,
    mentions,
    on_disk,
    parked,
    poll,
    posted,
    record,
    stepped,
    text,
)


async def live_a_life(store: Store, person_id: int, number: int) -> None:
    """Let a person leave a trace wherever a person can; ``number`` makes the ids theirs."""
    post_id, update_id = 10 * number, 100 * number
    await record(
        store,
        ChatJoined(GROUP - number, "group", "Ward", "{}", person_id, NOW),
        NameShown(GROUP - number, person_id, "Ada"),
        DailySet(person_id, "{}", "[1320, 420]", NOW),
    )
    await record(
        store,
        PersonMet(person_id, "en", NOW),
        *posted(post_id, person_id),
        *posted(post_id + 1, person_id, "murmur"),
        owed=(poll(post_id, person_id), poll(post_id + 1, person_id)),
    )
    first, second = (row.id for row in await begin_all(store) if row.poll is not None)
    sent = Sent(first, 101, SentPoll(f"poll of {number}", NOW))
    await store.outbox.settle([sent, Refused(second, "no answer", done_perhaps=True)])
    await record(
        store,
        answered(person_id, post_id),
        answered(person_id, None, first=False),
        replace(parked(update_id, person_id), option_ids=(0, 1)),
        flagged(number, person_id),
        FlagTextAwaited(person_id, post_id, 0, NOW),
        FileSent(person_id, 104, "BQAC", "case.docx", "draft"),
        CaseSaved(person_id, "lumps", NOW),
        PreferencesSet(person_id, "{}"),
        ConfidenceSaid(person_id, post_id, 0, "certain"),
        FoldingBegun(person_id),
        CardFolded(person_id, "lumps/nature", NOW, 1, 2.5, NOW, "{}"),
        AnswersFolded(person_id, 1, "digest"),
        ObjectivePaused(person_id, "lumps/nature", NOW),
        ChoicesMarked(person_id, post_id, 0, (1, 2)),
        SittingBegun(number, person_id, "exam", "{}", NOW, NOW + 1, NOW),
        ItemAdded(number, 0, post_id, 0, (1, 0)),
        RoleAsked(person_id, "educator", "Ada", None, NOW),
        CaseSigned("lumps", "digest", person_id, "Ada", NOW),
        CaseSentBack(person_id, "murmur", "digest", "change", NOW),
        CohortMade(number, "Interns", "UTC", NOW),
        CohortJoined(number, person_id, "educator", "Ada", None, True, 0, NOW),
        LinkMade(f"token of {number}", number, "member", False, person_id, NOW, NOW + 1, 9),
        AssignmentMade(
            number,
            number,
            person_id,
            "Lumps",
            "exam",
            "at_once",
            False,
            NOW,
            NOW,
            NOW + 1,
            NOW + 1,
        ),
        AssignedTo(number, person_id, NOW + 1, NOW),
        AssignmentDrafted(person_id, "{}", NOW),
        live_round(number, person_id, post_id=post_id),
        RoundJoined(number, person_id, NOW),
        RoleLinkMade(f"of {number}", "author", person_id, "Ada", NOW, NOW + 1),
        DraftWritten(number, person_id, "{}", NOW),
        PublicationAsked(f"old-{number}", person_id, None, "id: lumps", (), None, NOW),
        PublicationWritten(number * 2 - 1, "digest", "old.yaml", NOW),
        PublicationAsked(f"new-{number}", person_id, number, "id: lumps", (), None, NOW),
        DraftMessageTaken(person_id, 99, number, NOW),
        owed=(
            text(chat_id=person_id),
            text(chat_id=person_id),
            text("1. Ada", GROUP - number, quotes=(Quote(person_id, "Ada"),)),
            text("2. Ada", GROUP - number, quotes=(Quote(person_id, "Ada"),)),
        ),
    )
    await store.outbox.settle([Sent((await store.outbox.waiting(0))[-1].id, 102)])
    rows = [w for w in await store.outbox.waiting(0) if w.chat_id == person_id]
    await store.outbox.settle([Refused(rows[0].id, "Bad Request: no")])
    card = item_card(number, revision=f"revision {number}")
    await record(store, card, owed=(text("A card.", person_id, card=number),))
    row_id = (await store.outbox.waiting(0))[-1].id
    await store.outbox.settle([Sent(row_id, 103, card=CardShown(number, person_id))])
    await record(store, decided(card, person_id))
    await record(store, stepped(number, person_id), stepped(number, person_id, "shown", "open"))
    await record(store, VoteCast(number, 0, 1, person_id, (1,), NOW))
    aside = SetAside("message", "flaw", person_id)
    await store.ledger.commit([Entry(NOTHING, update_id, aside)], NOW)


async def test_a_person_is_met_once(store: Store) -> None:
    """The first meeting is kept; a language told later is learned, and none told changes none."""
    assert await store.people.get(ADA) is None
    await record(store, PersonMet(ADA, None, NOW))
    assert await store.people.get(ADA) == Person(ADA, None, None, None)
    await record(store, PersonMet(ADA, "en", NOW + 1), PersonMet(ADA, None, NOW + 2))
    await record(store, LanguageChosen(ADA, "es"))
    assert await store.people.get(ADA) == Person(ADA, "es", "en", None)
    await record(store, PersonMet(ADA, "de", NOW + 3), LanguageChosen(ADA, None))
    assert await store.people.get(ADA) == Person(ADA, None, "de", None)
    assert (await store.people.everything(ADA))["person"][0]["met_at"] == NOW


async def test_who_left_is_sent_nothing(store: Store, path: Path) -> None:
    """What was owed to a person who left is dropped; what others are owed is not."""
    await record(store, PersonMet(ADA, "en", NOW), owed=(text(), text(chat_id=BEN)))
    await record(store, owed=(text("refused"),))
    await store.outbox.settle([Refused(3, "no")])
    await record(store, PersonLeft(ADA, NOW + 1))
    await record(store, PersonLeft(ADA, NOW + 2), PersonLeft(BEN, NOW - 1))
    assert await store.people.get(ADA) == Person(ADA, None, "en", NOW + 1)
    assert [row.chat_id for row in await store.outbox.waiting(0)] == [BEN]
    assert on_disk(path, "SELECT count(*) FROM outbox WHERE state = 'refused'") == [(1,)]
    assert await store.people.get(BEN) is None


async def test_who_comes_back_is_welcome(store: Store) -> None:
    """Whoever blocked the bot and writes again has come back, with the language they chose."""
    await record(store, PersonMet(ADA, "en", NOW), LanguageChosen(ADA, "es"))
    await record(store, PersonLeft(ADA, NOW))
    await record(store, PersonMet(ADA, "en", NOW + 1))
    assert await store.people.get(ADA) == Person(ADA, "es", "en", None)


async def test_progress(store: Store) -> None:
    """Seen is what was given or answered, and when last; right what was last answered so."""
    assert await store.people.progress(ADA) == Progress({}, frozenset())
    await record(store, *posted(1), *posted(2), *posted(3, ADA, "murmur"), *posted(4, BEN, "rash"))
    await record(
        store,
        answered(verdict="wrong", score=0.0),
        answered(post_id=2, first=False),
        answered(post_id=3, case_id="murmur", question_id="sound"),
        answered(BEN, 4, case_id="rash"),
    )
    await record(store, answered(post_id=None, case_id="fever"))
    await record(store, answered(post_id=None, case_id="murmur", question_id="sound", score=0.5))
    await record(
        store,
        answered(
            post_id=None,
            case_id="fever",
            verdict="partly",
            score=0.5,
            first=False,
            answered_at=NOW + 5,
        ),
    )
    progress = await store.people.progress(ADA)
    assert progress.seen == {"lumps": NOW, "murmur": NOW, "fever": NOW + 5}
    assert progress.right == {("lumps", "nature"), ("murmur", "sound")}


async def test_progress_tells_what_is_open(store: Store) -> None:
    """Cases given in private, questions answered anywhere, and cases passed by."""
    await record(store, *posted(1), *posted(2, ADA, "murmur"), *posted(4, BEN, "rash"))
    await record(store, answered(verdict="wrong"), answered(post_id=None, case_id="fever"))
    await record(store, CasePassed(ADA, "murmur", NOW), CasePassed(ADA, "murmur", NOW + 1))
    await record(store, CaseSaved(ADA, "lumps", NOW), CasePassed(BEN, "lumps", NOW))
    progress = await store.people.progress(ADA)
    assert progress.given == {"lumps": NOW, "murmur": NOW}
    assert progress.answered == {("lumps", "nature"), ("fever", "nature")}
    assert progress.passed == {"murmur"}
    lumps = await store.people.sent_case(ADA, "lumps")
    murmur = await store.people.sent_case(ADA, "murmur")
    assert lumps is not None
    assert murmur is not None
    assert (lumps.post_id, lumps.answered) == (1, 1)
    assert (murmur.post_id, murmur.answered) == (2, 0)
    assert await store.people.sent_case(ADA, "rash") is None


async def test_saved_cases_come_latest_first(store: Store) -> None:
    """Each once, until it is no longer saved."""
    await record(store, CaseSaved(ADA, "lumps", NOW), CaseSaved(ADA, "rash", NOW + 1))
    await record(store, CaseSaved(ADA, "lumps", NOW + 2), CasePassed(ADA, "fever", NOW))
    assert await store.people.saved(ADA) == ["rash", "lumps"]
    await record(store, CaseUnsaved(ADA, "rash"), CaseUnsaved(ADA, "fever"))
    assert await store.people.saved(ADA) == ["lumps"]
    assert await store.people.saved(BEN) == []


async def test_the_last_preferences_hold(store: Store) -> None:
    """Of each person their own."""
    assert await store.people.preferences(ADA) is None
    await record(store, PreferencesSet(ADA, "{}"))
    await record(store, PreferencesSet(ADA, '{"level": null}'))
    assert await store.people.preferences(ADA) == '{"level": null}'
    assert await store.people.preferences(BEN) is None


async def test_a_life_leaves_traces_everywhere(store: Store, path: Path) -> None:
    """The sample life touches each table that can lead to a person: a new one must join it."""
    await live_a_life(store, ADA, 1)
    leading = {
        table for table, names in columns(path).items() if {"person_id", "chat_id"} & set(names)
    }
    # What stands before a group is nobody's, and is put to no person's own chat.
    leading -= {"questions", "naming_messages"}
    assert set(mentions(path, ADA)) == {
        *("people", "chats", "cohort_links", "role_links", "assignments", "item_cards"),
        "live_rounds",
        *leading,
    }


async def test_a_restore_looks_for_people_wherever_they_can_be(store: Store, path: Path) -> None:
    """Whom a backup knows by any table; what is owed, and whom it speaks of, is sent or gone."""
    leading = {table: "person_id" for table, names in columns(path).items() if "person_id" in names}
    del leading["quotes"]
    assert leading | {"people": "id", "chats": "added_by"} == PEOPLE


async def test_all_that_is_kept_is_shown(store: Store, path: Path) -> None:
    """Every row that holds a person's id anywhere is among what they are shown, and only theirs."""
    await live_a_life(store, ADA, 1)
    await live_a_life(store, BEN, 2)
    shown = await store.people.everything(ADA)
    tables_of = {
        "person": "people",
        "cases": "posts",
        "polls": "poll_attempts",
        "answers": "answers",
        "choices_marked_and_not_submitted": "draft_answers",
        "votes_without_a_known_poll": "parked_answers",
        "updates_that_failed": "set_aside",
        "daily_case": "daily",
        "flags": "flags",
        "marked_cases": "marks",
        "preferences": "preferences",
        "how_sure_you_said_you_are": "confidences",
        "reviews": "cards",
        "reviews_brought_up_to_date": "folded",
        "reviews_not_wanted": "paused_objectives",
        "practice_sessions": "sittings",
        "roles": "roles",
        "cases_you_signed": "signatures",
        "cases_you_sent_back": "sent_back_cases",
        "cohorts": "cohort_people",
        "cohort_links_you_made": "cohort_links",
        "assignment_you_began_to_make": "assignment_drafts",
        "assignments_you_made": "assignments",
        "assignments": "assigned_people",
        "items_you_decided_on": "item_cards",
        "cards_of_items_you_have": "item_card_messages",
        "live_rounds_you_presented": "live_rounds",
        "live_rounds": "live_people",
        "live_votes": "live_votes",
        "links_for_authors_and_reviewers_you_made": "role_links",
        "cases_you_are_writing": "drafts",
        "cases_you_published": "published_cases",
        "cases_being_published": "publications",
        "messages_you_wrote_cases_in": "draft_messages",
        "texts_awaited": "awaited_texts",
        "files_not_yet_fetched": "sent_files",
        "names_shown": "shown_names",
        "messages_that_name_you": "named_people",
        "chats_set_up": "chats",
        "messages_not_yet_sent": "outbox",
        "said_of_you_in_messages_not_yet_sent": "quotes",
    }
    assert {tables_of[name]: len(rows) for name, rows in shown.items()} == mentions(path, ADA)
    assert set(shown) == set(tables_of)
    assert [row["case_id"] for row in shown["cases"]] == ["lumps", "murmur"]
    assert [row["poll_id"] for row in shown["polls"]] == ["poll of 1", None]
    assert shown["names_shown"] == [{"chat_id": GROUP - 1, "name": "Ada"}]
    assert [row["id"] for row in shown["chats_set_up"]] == [GROUP - 1]
    assert shown["person"] == [
        {"language": None, "telegram_language": "en", "met_at": NOW, "blocked_at": None}
    ]


async def test_a_stranger_is_shown_nothing(store: Store) -> None:
    """Nothing is kept about somebody whom the bot never met."""
    await live_a_life(store, BEN, 2)
    assert [rows for rows in (await store.people.everything(ADA)).values() if rows] == []


async def test_forgetting_leaves_no_trace(store: Store, path: Path) -> None:
    """No row of any table holds the person's id any more; others keep everything."""
    await live_a_life(store, ADA, 1)
    await live_a_life(store, BEN, 2)
    before, others = await store.people.everything(BEN), mentions(path, BEN)
    await record(store, PersonForgotten(ADA))
    assert mentions(path, ADA) == {}
    assert await store.people.everything(BEN) == before
    assert mentions(path, BEN) == others
    assert on_disk(path, "SELECT count(*) FROM answers WHERE person_id IS NULL") == [(2,)]


@pytest.mark.parametrize("hidden", [False, True], ids=["forgotten", "hidden"])
async def test_what_owed_messages_say_of_a_person_is_blotted_out(
    store: Store, hidden: bool
) -> None:
    """A name, or words, wherever they stand in a call; what it says of others is sent."""
    words = 'Ada "the\\one" 🦉'
    quotes = (Quote(ADA, words), Quote(BEN, "Ben"))
    said = f"1. {words} · 2. Ben"
    caption = OwedCall(
        GROUP, "editMessageCaption", {"message_id": 5, "caption": said}, quotes=quotes
    )
    common = text(f"The same for all. {said}", GROUP, common="The same for all. ", quotes=quotes)
    await record(store, owed=(text(said, GROUP, quotes=quotes), caption, common))
    await record(store, NameHidden(GROUP, ADA) if hidden else PersonForgotten(ADA))
    rows = await begin_all(store)
    assert [row.params.get("text", row.params.get("caption")) for row in rows] == [
        "1. … · 2. Ben",
        "1. … · 2. Ben",
        "The same for all. 1. … · 2. Ben",
    ]
    await store.outbox.settle([Sent(rows[0].id, 7), Refused(rows[1].id, "no"), Sent(rows[2].id)])
    assert (await store.people.everything(BEN))["said_of_you_in_messages_not_yet_sent"] == []


async def test_the_last_words_leave_nothing_where_they_are_refused(
    store: Store, path: Path
) -> None:
    """Of a refused call it is kept that there was one, and not to whom it was to go."""
    await live_a_life(store, ADA, 1)
    edit = text("Done.", edit_key=f"message:{ADA}:5")
    await record(store, PersonForgotten(ADA), owed=(text("You are forgotten."), edit))
    rows = await begin_all(store)
    await store.outbox.settle([Refused(row.id, "Forbidden") for row in rows])
    assert mentions(path, ADA) == {}
    refused = "SELECT count(*) FROM outbox WHERE state = 'refused'"
    assert on_disk(path, f"{refused} AND error = 'Forbidden'") == [(len(rows),)]
    await record(store, owed=(text("to a group", GROUP),))
    (row,) = await begin_all(store)
    await store.outbox.settle([Refused(row.id, "no")])
    assert on_disk(path, f"{refused} AND chat_id = ?", GROUP) == [(1,)]


async def test_forgetting_and_answering_in_one_breath(store: Store, path: Path) -> None:
    """What is owed after forgetting is sent, and gone when it was sent."""
    await live_a_life(store, ADA, 1)
    await record(store, PersonForgotten(ADA), owed=(text("You are forgotten."),))
    (row,) = (row for row in await begin_all(store) if row.chat_id == ADA)
    assert row.params == {"text": "You are forgotten."}
    await store.outbox.settle([Sent(row.id, 900)])
    assert mentions(path, ADA) == {}


async def test_a_poll_after_forgetting_is_shown_and_forgotten_too(store: Store, path: Path) -> None:
    """Who answers an old poll after being forgotten gets its next question, and may see that."""
    await record(store, *posted())
    await record(store, PersonForgotten(ADA))
    await record(store, PersonMet(ADA, "en", NOW), answered(), owed=(poll(),))
    await begin_all(store)
    await store.outbox.settle([Sent(1, 101, SentPoll("poll", NOW))])
    shown = {name: len(rows) for name, rows in (await store.people.everything(ADA)).items() if rows}
    assert shown == {"person": 1, "polls": 1, "answers": 1}
    assert sum(shown.values()) == sum(mentions(path, ADA).values())
    await record(store, PersonForgotten(ADA))
    assert mentions(path, ADA) == {}


@pytest.mark.parametrize("chat_id", [GROUP, BEN], ids=["group", "other"])
async def test_forgetting_keeps_posts_of_other_chats(
    store: Store, path: Path, chat_id: int
) -> None:
    """A case given to a group stays where it is when one who answered it is forgotten."""
    snapshot, _ = posted()
    await record(store, snapshot, CasePosted(1, chat_id, None, "lumps", "digest", NOW))
    await record(store, answered(), owed=(poll(1, chat_id),))
    await begin_all(store)
    await record(store, PersonForgotten(ADA))
    assert mentions(path, ADA) == {}
    assert mentions(path, chat_id) == {"outbox": 1, "poll_attempts": 1, "posts": 1}
