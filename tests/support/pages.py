"""Every page that people read, found by its kind, and made with samples of what it is given.

A page is a public function of a view in ``bot/features``, or of the texts that features share, that
is given ``words``. A new one is found by that; what it is given is looked up here, by type or name.
"""

import importlib
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

import bot.features
from bot.base.i18n import Languages, Words
from bot.features.assignments.assignment_card_view import AssignmentCard, HowFar
from bot.features.assignments.assignment_draft import AssignmentDraft, Times, TimesProblem, What
from bot.features.assignments.assignment_draft_view import AssignmentDraftShown
from bot.features.assignments.page_view import PageShown, Turnout
from bot.features.cases.case_view import Destination
from bot.features.cases.confidence_view import LEVELS
from bot.features.cases.explanation_parts_view import Answered
from bot.features.cases.recall import Recall
from bot.features.cohorts.cohort_view import CohortShown
from bot.features.cohorts.consent_view import Invited
from bot.features.cohorts.join_view import NewEducator
from bot.features.cohorts.links_view import LinkShown
from bot.features.cohorts.own_cohorts_view import OwnCohort
from bot.features.daily.daily_view import Coming
from bot.features.drafts.draft_page_view import DraftOnPage, TakenSoFar
from bot.features.drafts.draft_pictures import ALL_THAT_IS_ASKED, DraftPicture
from bot.features.drafts.draft_pictures_view import DraftPictures, PictureWish
from bot.features.drafts.draft_references_view import ReadReferences
from bot.features.drafts.parts import LEVELS as LEVELS_ASKED
from bot.features.drafts.parts import LICENCES as LICENCES_ASKED
from bot.features.drafts.parts import OF_CASE, OF_QUESTION
from bot.features.drafts.parts_view import AskedPart, PartsMenu
from bot.features.finding.search import SeveralMatches
from bot.features.finding.topics_view import Left
from bot.features.flags.administrator_view import Flagged
from bot.features.items.item_card_numbers import ItemCardNumbers, ItemCardReason
from bot.features.items.item_card_view import ItemCardShown
from bot.features.items.item_values import ShownItem
from bot.features.items.item_values import Wording as ItemWording
from bot.features.items.items_press import ItemsPress
from bot.features.items.items_view import ListedItem, ListShown
from bot.features.live.join_round_view import Joining
from bot.features.live.panel_view import Panel
from bot.features.live.phone_view import AskedOnPhone
from bot.features.live.screen_values import Ballot, RoundShown
from bot.features.pictures.no_picture_view import NotUsable
from bot.features.pictures.no_picture_view import Reason as NotTaken
from bot.features.pictures.picture_questions_view import AskedPicture
from bot.features.posts.post_view import Put
from bot.features.progress.summary import Summary
from bot.features.publishing.own_published_view import OwnCase
from bot.features.publishing.publish_view import ToPublish
from bot.features.reports.cohort_report_view import Reported
from bot.features.reports.cohort_values import (
    AnswerCount,
    AssignmentNumbers,
    CohortNumbers,
    MemberNumbers,
    OpenNumbers,
    QuestionNumbers,
    WeekNumbers,
)
from bot.features.reports.group_report_view import (
    GroupReport,
    MissedQuestion,
    TopicShare,
    WeekTurnout,
)
from bot.features.results.results_view import ChatQuestion, Ranked, WeekOfChat
from bot.features.results.shares_view import QuestionResults
from bot.features.reviewing.decision_view import CaseToReview
from bot.features.reviewing.queue_lists_view import QueueShown, SignedCase
from bot.features.reviewing.review_queue import WaitingCase
from bot.features.reviewing.sent_back_view import SentBack
from bot.features.roles.roles_view import RolesShown
from bot.features.settings.button_data import Change, Field, topic_key
from bot.features.settings.queue_view import FOR_NOW, FOR_QUEUE
from bot.features.settings.settings_view import OpenQuestion, SettingsMessage, SettingsShown
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.messages import ListPage, list_page
from bot.features.shared.preferences import Preferences
from bot.features.shared.question_buttons import QuestionRef
from bot.features.sittings.exam_view import ExamQuestion
from bot.features.sittings.plan import Mode, Plan
from bot.features.sittings.sitting_replies_view import SittingProgress
from bot.features.writing.own_drafts_view import OwnDraft
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.times import NoSuchTime, Unreadable
from bot.scheduling.timetable import EVERY_DAY, Timetable, Weekday
from bot.scheduling.typed_moments import EitherDay, Moment, NoSuchDay, Read
from bot.telegram.downloads import NoFile
from content.candidate import Difference
from content.codes import case_code
from content.disclosure import End
from content.drafting import DraftFinding
from content.grading import grade
from content.item_alarms import Alarm, BelowChance, DistractorAboveKey
from content.item_statistics import ChoiceTaken, Discrimination, ItemStatistics, TooFew
from content.markup import Run, visible
from content.model import Case, Question, Review
from content.objectives import Wording
from content.pages import Part
from content.plain_picture import Flaw, PictureChange
from content.problems import Severity
from content.signed_digest import Signature
from content.snapshot import Snapshot
from content.statistics import Interval
from storage.assignments import Assignment
from storage.chats import Chat, LeaderboardEntry
from storage.cohorts import Cohort, CohortLink, CohortPerson, Educator, Role
from storage.item_cards import FlagOfItem, ItemCard
from storage.live_rounds import LiveCounts, LiveRound
from storage.outcome import OwedCall, PollIntent, Toast
from storage.practice import AskedQuestion as PrivateQuestion
from storage.questions import PutQuestion
from storage.retention import Retention
from storage.roles import AUTHOR, REVIEWER, RoleHolder
from storage.sittings import Sitting, SittingItem
from storage.tallying import Tally
from tests.content.html_reader import read_html
from tests.support import item_samples as items
from tests.support.library import shipped_library
from tests.support.progress_states import STATES, state

FEATURES = Path(bot.features.__path__[0])
_READ = ("text", "caption", "question", "explanation")
Page = Callable[..., object]
NOW = 1_772_409_600_000  # 2026-03-02
LIBRARY = shipped_library()
CASE = LIBRARY.cases["calcinosis-cutis"]
QUESTION = CASE.questions[0]
TOPICS = tuple(LIBRARY.topics)
TITLE = "Ward (7)?"
ZONES = ("America/New_York", "Europe/Berlin")
TIMES = Timetable(EVERY_DAY, 450, ZONES[0])
SETTINGS = (
    ChatSettings(),
    ChatSettings(timetable=TIMES, zone=ZONES[0], paused=True, topics=frozenset(TOPICS[:2])),
    ChatSettings(
        layout=Layout.BUTTONS,
        timetable=replace(TIMES, start=date(2026, 3, 9), end=date(2026, 6, 1)),
        levels=frozenset({"student", "fellow"}),
        leaderboard=True,
        language="en",
        thread_id=7,
    ),
)
_OPEN = OpenQuestion(QuestionRef(7, 0), CASE.title, 1, 1, NOW + 3_600_000, arrived=True)
_SHOWN = SettingsShown(
    TITLE,
    "supergroup",
    SETTINGS[0],
    NOW,
    3,
    (CASE.id,),
    (*tuple(LIBRARY.cases)[:3], CASE.id),
    1,
    (NOW + 60_000, NOW + 86_400_000),
    LIBRARY.cases,
    ((CASE.id, CASE.title),),
    (_OPEN, replace(_OPEN, count=2, arrived=False), replace(_OPEN, number=2, count=2, closes_at=1)),
    TOPICS,
    {"en": "English", "es": "Español"},
)
_EMPTY = replace(_SHOWN, kind="channel", coming=(), due=(), latest=(), open_now=(), may_post=False)
_FLAGGED = Flagged(1, CASE, 0, "wrong", "Isn't it (2)?", "https://t.me/bot?start=case_x")
_CHAT = Chat(-1, "channel", TITLE, "{}", 1, None, None, None, None)
_PUT = PutQuestion(
    post_id=7,
    position=0,
    chat_id=-1,
    thread_id=None,
    layout="poll",
    choice_order=(0, 1, 2),
    message_id=7,
    sent_at=NOW,
    put_at=NOW,
    closes_at=NOW + 60_000,
    closed_at=None,
    totals=None,
    voters=None,
    moved_from=None,
    case_id=CASE.id,
    snapshot="{}",
)
_ORDER = tuple(range(len(QUESTION.choices)))
_HALF = Ranked("Lumps (hard)?", 0.5, 2)
_DATA = {"answers": [1, 2]}

_EXAM = Sitting(1, 1, "exam", "{}", "open", NOW, NOW, 0, NOW, 1.0)
_ITEM = SittingItem(
    *(0, 7, 0, _ORDER, (0,), False, False, False),
    *(LIBRARY.snapshot(CASE).to_json(), None, None),
)
_ITEMS = [
    _ITEM,
    replace(_ITEM, place=1, locked=True, score=0.5),
    replace(_ITEM, place=2, marked=True, refused=True, draft=None),
]
_COHORT = Cohort(5, TITLE, ZONES[1], NOW, None, None)
_CLOSED = replace(_COHORT, closed_at=NOW)
_LINK = CohortLink("token", 5, "member", False, 1, NOW, NOW + 86_400_000, 50, 3)
_LINKS = [
    LinkShown(_LINK, "https://t.me/bot?start=co_token", ZONES[1], NOW),
    LinkShown(None, "", ZONES[1], NOW),
]
_EDUCATORS = [
    Educator(1, "Ada (ICU)", "ada_icu", "Root (7)"),
    Educator(2, "", None, None),
]
_PEOPLE = [
    CohortPerson(5, 1, "member", "Ada (ICU)", None, True, 1, NOW),
    CohortPerson(5, 2, "member", "Owl (2)", None, False, 1, NOW),
    CohortPerson(5, 3, "educator", "Ben", "ben", True, 0, NOW),
]
_ASKED = Role(1, "educator", "asked", "Ada (ICU)", "ada_icu", NOW, None, None, None)
_HOLDERS = [
    RoleHolder(1, AUTHOR, "Ada (ICU)", "ada_icu", None, NOW),
    RoleHolder(1, REVIEWER, "Ada (ICU)", None, "Ada Byron, MD", NOW),
    RoleHolder(2, REVIEWER, "", None, "Ben", NOW),
]
_REFERENCE = {
    "authors": ["Callen JP"],
    "title": "Lumps (2)",
    "journal": "Lancet",
    "year": 2000,
    "doi": "10.1000/182",
}
_FOUND = [
    DraftFinding("missing", one, ("title",), "the title", "It is missing (2).", "So it is.")
    for one in Severity
]
_PICTURES = [
    DraftPicture(1, file_id="AgAC"),
    DraftPicture(2, 2, caption="Lumps (2).", sha256="ab" * 32, ending="png", as_photo=True),
    DraftPicture(
        *(3, 0, "", 12, False, 0, "Ada (ICU)", "CC-BY-4.0", "obtained", "Lumps.", "Grey (2)."),
        sha256="cd" * 32,
        ending="jpg",
        width=900,
        changes=tuple(PictureChange),
    ),
    DraftPicture(4, consent="not-required"),
]
_OWN_DRAFTS = [OwnDraft(1, "Lumps (2)", date(2026, 1, 5)), OwnDraft(2, "", date(2026, 1, 5))]
_SIGNED = Signature(CASE.id, "digest", 1, "Ada Byron, MD", date(2026, 3, 1))
_REVIEWED = Review.model_construct(confirm=("Is it (really) calcium?",))
_TO_REVIEW = CaseToReview(CASE, "digest", 1, "Ada Byron, MD", date(2026, 3, 2))
_TO_REVIEWS = [
    _TO_REVIEW,
    replace(_TO_REVIEW, case=CASE.model_copy(update={"review": _REVIEWED})),
    replace(_TO_REVIEW, signatures=(_SIGNED,)),
    replace(_TO_REVIEW, person_id=2, public_name="", signed_on=date(2026, 3, 1), has_signed=True),
    replace(_TO_REVIEW, own=True),
]
_WAITING = [WaitingCase(CASE), WaitingCase(CASE, date(2026, 3, 1))]
_WORK = Assignment(
    *(1, 1, 1, "Lumps (hard)?", "exam", "after_due", True, NOW),
    *(NOW, NOW + 86_400_000, NOW + 8 * 86_400_000, NOW),
)
_WORKS = [
    _WORK,
    replace(_WORK, mode="study", opened_at=None),
    replace(_WORK, explained="at_once", closed_at=NOW),
    replace(_WORK, cancelled_at=NOW),
]
_DRAFT = AssignmentDraftShown(
    AssignmentDraft(1),
    _COHORT,
    Times(NOW + 1, NOW + 2, NOW + 3),
    None,
    takes=10,
    fitting=12,
    several_cohorts=True,
    now=NOW,
)
_DRAFTS = [
    AssignmentDraft(1, topic=TOPICS[0], opens_at=NOW, due_at=NOW),
    *(
        AssignmentDraft(1, one, mode=Mode.EXAM, late=False, after_due=one is What.SAVED)
        for one in What
    ),
]
_TURNOUT = Turnout(("Ada (ICU)",), [f"P{n}" for n in range(40)], (), others=True)
_TASK = AssignmentCard(_WORK, _COHORT, 3, 5, NOW + 1, NOW + 2, HowFar.TO_BEGIN, NOW)
_FEW = AnswerCount(2, 12, 6)
_NUMBERS = CohortNumbers(
    *(3, 2, 2, 3),
    done=(
        AssignmentNumbers(_WORKS[2], 5, 8, True, _FEW),
        AssignmentNumbers(_WORKS[2], 5, 8, False, None),
    ),
    open=(OpenNumbers(replace(_WORK, due_at=NOW + 1), 2, 1, 8),),
    total=_FEW,
    topics=((TOPICS[0], _FEW), (TOPICS[1], AnswerCount(0, 6, 6))),
    questions=(
        QuestionNumbers(3, CASE.id, 0, 1, QUESTION, CASE.title, TOPICS[:1], _FEW, 2),
        QuestionNumbers(3, CASE.id, 1, 2, QUESTION, CASE.title, TOPICS[:1], _FEW, None),
    ),
    weeks=(WeekNumbers(0, _FEW), WeekNumbers(1, AnswerCount(30, 30, 30)), WeekNumbers(2, None)),
    people=(
        MemberNumbers(_PEOPLE[0], 3, 2, 1, 12, 2, 1, 0, 1, NOW),
        MemberNumbers(_PEOPLE[0], 1),
    ),
)
_NONE = CohortNumbers(0, 0, 0, 0, (), (), None, (), (), (), ())
_REPORTS = [
    Reported(_COHORT, _NUMBERS, NOW),
    Reported(_COHORT, replace(_NUMBERS, open=()), NOW),
    Reported(_COHORT, replace(_NUMBERS, open=(), questions=()), NOW),
    Reported(_COHORT, replace(_NUMBERS, questions=(), open=(OpenNumbers(_WORK, 8, 8, 8),)), NOW),
    Reported(_COHORT, _NONE, NOW),
]
_ALARMS = (BelowChance(0.2, Interval(0.05, 0.1)), DistractorAboveKey(1, Interval(0.1, 0.3)))
_CARD = ItemCard(
    *(
        7,
        CASE.id,
        QUESTION.id,
        "revision",
        0,
        (ItemCardReason.FLAGS, ItemCardReason.BELOW_CHANCE),
        "{}",
        60,
        NOW,
    ),
    *("open", None, None, None, None, "{}"),
)
_CARDS = [
    _CARD,
    replace(_CARD, state="kept", why="Isn't it (2)?", decided_by=7, decided_by_name="Root (7)"),
    replace(_CARD, state="retired", decided_at=NOW),
    replace(_CARD, state="brought_back", decided_at=NOW),
]
_COUNTED = ItemCardNumbers(
    60, (0.2, Interval(0.1, 0.3)), (12, 40, *(2 for _ in _ORDER[3:]), 8), _ALARMS
)
_FLAG_OF_ITEM = FlagOfItem(1, 7, "wrong", "Isn't it (2)?", None)
_LONG_CASE = next(one for one in LIBRARY.cases.values() if len(one.questions) > 1)
_ROUND = LiveRound(
    id=1,
    code="K7MQ3F",
    token="token",
    presenter=1,
    language="en",
    post_id=7,
    choice_orders=tuple(tuple(range(len(asked.choices))) for asked in _LONG_CASE.questions),
    state="gathering",
    position=0,
    ballot=1,
    votes_shown=False,
    since=NOW,
    heard_at=NOW,
    panel_message=7,
    ended_at=None,
    content=LIBRARY.snapshot(_LONG_CASE).to_json(),
)
_VOTES = [Ballot(30, {0: 20, 1: 10}), Ballot(6, {1: 6}), Ballot(2, {0: 2})]
_ROUNDS = [
    RoundShown(one, LIBRARY.snapshot(_LONG_CASE), LiveCounts(40, 31), ballots, "https://t.me/bot")
    for one, ballots in (
        *((replace(_ROUND, state=one), ()) for one in ("gathering", "shown", "open", "ended")),
        (replace(_ROUND, state="open", ballot=2), _VOTES[:1]),
        (replace(_ROUND, state="closed"), _VOTES[:1]),
        *(
            (replace(_ROUND, state=state, ballot=2, votes_shown=True), ballots)
            for state in ("closed", "revealed")
            for ballots in (_VOTES[:2], _VOTES[1:])
        ),
        (replace(_ROUND, state="revealed", votes_shown=True, position=1), _VOTES[:1]),
    )
]
_PANELS = [
    *(Panel(one, "https://example.org/live/token") for one in _ROUNDS),
    Panel(_ROUNDS[1], owed=12),
]
_OWN_CASES = [
    OwnCase(1, CASE.id, CASE.title, withdrawn=False, in_use=True),
    OwnCase(2, "lumps", "Lumps (hard)?", withdrawn=True, in_use=False),
    OwnCase(3, "gout", "Gout (2)", withdrawn=False, in_use=False),
]
SAMPLES: Mapping[object, Sequence[object]] = {
    RoundShown: _ROUNDS,
    Joining: [
        Joining(CASE.title, again=again, first=first, presents=presents)
        for again, first, presents in ((False, True, False), (True, False, True))
    ],
    AskedOnPhone: [
        AskedOnPhone(1, one, place, tuple(range(len(one.questions[place].choices))), ballot)
        for one, place, ballot in ((CASE, 0, 1), (_LONG_CASE, 0, 2), (_LONG_CASE, 1, 2))
    ],
    "coming": [""],
    "before": [{}, {1: (0,)}],
    "votes": [{}, {1: (0,)}, {1: (0,), 2: (1,)}, {2: (1,)}],
    "stands.chosen": [(0,), (), (0, 1)],
    "closed.chosen": [(0,), (), (0, 1)],
    "minutes": [1, 10],
    Panel: _PANELS,
    LiveRound: [one.round for one in _ROUNDS],
    "presenter": [1],
    "listed": [(CASE,), ()],
    "back": ["saved", f"topic:{TOPICS[0]}"],
    ItemCardShown: [
        ItemCardShown(
            _CARDS[0], CASE, _COUNTED, (_FLAG_OF_ITEM, replace(_FLAG_OF_ITEM, words=None))
        ),
        *(ItemCardShown(one, CASE, ItemCardNumbers(6)) for one in _CARDS),
    ],
    ItemCard: _CARDS,
    Sequence[int]: [(7,)],
    ItemWording: items.WORDINGS,
    Reported: _REPORTS,
    CohortNumbers: [_NUMBERS, _NONE],
    AnswerCount | None: [_FEW, AnswerCount(300, 400, 40), AnswerCount(0, 6, 6), None],
    QuestionNumbers: _NUMBERS.questions,
    "person_id": [1, 3],
    "explained_at": [NOW],
    "sealed.zone": [ZONES[0]],
    "taken_as.zone": [ZONES[0]],
    "unknown": [["x (2)"]],
    Assignment: _WORKS,
    Sequence[Assignment]: [_WORKS, ()],
    AssignmentDraft: _DRAFTS,
    AssignmentDraftShown: [
        _DRAFT,
        *(replace(_DRAFT, draft=one, takes=n) for n, one in enumerate(_DRAFTS)),
        *(replace(_DRAFT, wrong=one) for one in TimesProblem),
    ],
    PageShown: [PageShown(one, _COHORT, 3, _TURNOUT, NOW) for one in _WORKS],
    AssignmentCard: [
        *(replace(_TASK, how_far=one, assignment=work) for one in HowFar for work in _WORKS),
        replace(_TASK, now=NOW + 2, last=NOW + 3),
        replace(_TASK, now=NOW + 4),
    ],
    Read: [NoSuchTime(), NoSuchDay(), EitherDay(), Unreadable()],
    Moment: [Moment(NOW), Moment(NOW, skipped=True), Moment(NOW, twice=True)],
    "position": [0],
    "page": [0, 1],
    "zone_page.part": ["", "Europe"],
    "pick_page.part": [FOR_NOW, f"{FOR_QUEUE}:{topic_key(TOPICS[0])}:0"],
    "queued_page.shown": [_SHOWN],
    "username": ["morning_report_bot"],
    "code": [case_code(CASE.id)],
    "order": [_ORDER],
    "chosen": [[0], [1, 2]],
    "marked": [[0], []],
    "counts": [(5, 1, 0)],
    "answers": [6],
    "total": [1, 30],
    "topic": [None, TOPICS[0]],
    "topics": [TOPICS[:2], ()],
    "names": [TOPICS],
    "levels": [["student"], []],
    "zone": [None, ZONES[0]],
    "document": ["{}"],
    "link": ["https://t.me/morning_report_bot"],
    "now": [NOW],
    "at": [NOW + 3_600_000, NOW + 8 * 86_400_000],
    "data": [_DATA],
    "level": LEVELS,
    "over.zone": [ZONES[0]],
    "comes_at": [NOW + 3 * 86_400_000, None],
    "away_ms": [86_400_000, 400 * 86_400_000],
    "days": [30],
    "problems": [["cases/a.yaml:3:1: no title"]],
    "above": [()],
    "keyboard": [()],
    int: [1, 3],
    bool: [True, False],
    str: [TITLE],
    str | None: [None, "en"],
    Case: [CASE, _LONG_CASE],
    Question: [QUESTION],
    Snapshot: [LIBRARY.snapshot(CASE)],
    Destination: [Destination(7, 1)],
    Answered: [Answered(CASE, QUESTION, (one,), grade(QUESTION, (one,))) for one in _ORDER],
    QuestionResults: [
        QuestionResults(6, 1, {0: 5, 1: 1}, (1, "Ada (ICU)"), forwarded=True),
        QuestionResults(0, 0, {}),
    ],
    Iterable[str]: [ZONES, ()],
    Sequence[LeaderboardEntry]: [
        [LeaderboardEntry(1, "Ada (ICU)", 2.5, 4), LeaderboardEntry(2, None, 1, 4)]
    ],
    frozenset[Weekday] | None: [None, EVERY_DAY],
    Recall: [
        Recall(NOW, NOW + 86_400_000, ("Fat (2)",), NOW - 86_400_000),
        Recall(NOW, same_picture=True),
    ],
    Iterable[OwedCall]: [[OwedCall(1, "sendPoll", {}, poll=PollIntent(7, 0, None))]],
    Iterable[Wording]: [[Wording(CASE, 0, None)], []],
    Iterable[Case]: [[CASE]],
    PrivateQuestion: [
        PrivateQuestion(
            answered=False, confidence="guess", purpose="review", daily=False, snapshot="{}"
        )
    ],
    bool | None: [None, True, False],
    Tally: [Tally(10, {0: 10})],
    DailyPlan: [DailyPlan(TIMES)],
    Coming: [Coming(NOW, 0)],
    SeveralMatches: [SeveralMatches(TOPICS[:2], (CASE,)), SeveralMatches((), (CASE,), near=True)],
    Sequence[Case]: [(CASE,), ()],
    Sequence[Left]: [(Left(TOPICS[0], 1, 3), Left(TOPICS[1], 0, 3, several=True))],
    Flagged: [_FLAGGED, replace(_FLAGGED, words=None, case_link=None)],
    Sequence[Flagged]: [[_FLAGGED], []],
    QuestionRef: [QuestionRef(7, 0)],
    Difference: [Difference((CASE,), (CASE,), (CASE,))],
    PutQuestion: [_PUT],
    Put: [Put(LIBRARY.snapshot(CASE), 0, Destination(7, -1), one, _ORDER) for one in Layout],
    ChatSettings: SETTINGS,
    Preferences: [Preferences()],
    Retention: [Retention(), Retention(86_400_000, 86_400_000, 86_400_000)],
    WeekOfChat: [
        WeekOfChat(
            3, 7, 3, Ranked("Lumps (hard)?", End.HIGH, 2), Ranked("Lumps, 18 years on", 0.2)
        ),
        WeekOfChat(1, 7, 0, _HALF, None),
    ],
    GroupReport: [
        GroupReport(
            TITLE,
            date(2026, 1, 5),
            3,
            (WeekTurnout(date(2026, 1, 5), 2, 7, 0), WeekTurnout(date(2026, 1, 12), 1, 0, 9)),
            (
                MissedQuestion("Lumps (hard)?", 1, 2, 0, 6, 6, QUESTION.choices[0].text),
                MissedQuestion("Lumps, 18 years on", 1, 1, 4, 9, 9, None),
            ),
            (TopicShare(TOPICS[0], 24, 24, 6), TopicShare(TOPICS[1], 4, 9, 9)),
        ),
        GroupReport(TITLE, date(2026, 1, 5), 1, (), (), ()),
        GroupReport(TITLE, date(2026, 1, 5), 0, (), (), ()),
    ],
    Iterable[ChatQuestion]: [[ChatQuestion(QUESTION, 2, 6, 1, {0: 5, 1: 1}, 3)]],
    Change: [Change(one, "1") for one in Field],
    SettingsMessage: [SettingsMessage(-1, -1, 5, 7, is_forum=True), SettingsMessage(-1, 1)],
    SettingsShown: [_EMPTY, *(replace(_SHOWN, settings=one) for one in SETTINGS)],
    Iterable[Chat]: [[_CHAT], []],
    tuple[tuple[str, str], ...]: [((CASE.id, CASE.title),)],
    Timetable: [one.timetable for one in SETTINGS if one.timetable],
    Timetable | None: [one.timetable for one in SETTINGS],
    Languages: [Languages.load()],
    Plan: [Plan(topic=TOPICS[0]), Plan(mode=Mode.EXAM)],
    Sitting: [replace(_EXAM, state=one) for one in ("open", "handed_in", "void")]
    + [replace(_EXAM, mode="study", deadline=None)],
    SittingProgress: [SittingProgress(1, 3, 5), SittingProgress(1, 3)],
    ExamQuestion: [ExamQuestion(1, one, 3, 5) for one in _ITEMS],
    Sequence[SittingItem]: [_ITEMS, _ITEMS[:1]],
    Summary: [state(*STATES["3 months"]), state(*STATES["20 answers"]), state(3, 2)],
    Role: [_ASKED]
    + [
        replace(_ASKED, state=state, decided_by=2, decided_by_name=name)
        for state, name in (("approved", "Root (7)"), ("refused", None))
    ],
    "approver.name": [None, "Root (7)"],
    "called.username": [None, "ada_icu"],
    Cohort: [_COHORT, _CLOSED],
    Sequence[Cohort]: [[_COHORT, _CLOSED]],
    CohortShown: [
        CohortShown(_COHORT, 14, _EDUCATORS, _LINKS[0], several=True),
        CohortShown(replace(_COHORT, report_due=NOW), 0, _EDUCATORS, _LINKS[1], several=False),
        CohortShown(_CLOSED, 1, _EDUCATORS, _LINKS[1], several=False),
    ],
    ListShown: [
        ListShown(list_page([ListedItem(items.CASE, 0, one) for one in items.ITEMS], 0, 2), 3),
        ListShown(list_page([], 0, 2), 0, "01234567"),
    ],
    ShownItem: [
        ShownItem(items.WORDINGS[0], None, None, None),
        ShownItem(
            items.WORDINGS[1], items.WORDINGS[0], items.WORDINGS[2], "https://t.me/bot?start=case_x"
        ),
        ShownItem(items.WORDINGS[2], items.WORDINGS[1], None, None),
    ],
    ItemsPress: [ItemsPress(), ItemsPress(1, "01234567", "0123456789ab")],
    ItemWording | None: [*items.WORDINGS, None],
    ItemStatistics: items.STATISTICS,
    Discrimination: [one.discrimination for one in items.STATISTICS[1:]],
    Interval: [Interval(0.1, 0.3)],
    TooFew: [items.FEW],
    float | None: [-0.25, 0.5, None],
    Sequence[ChoiceTaken] | None: [items.STATISTICS[1].choices, None],
    Alarm: [*items.ITEMS[1].alarms],
    LinkShown: _LINKS,
    Invited: [Invited(TITLE, _EDUCATORS, "digest", "token", name) for name in ("Ada (ICU)", "")],
    NewEducator: [NewEducator(1, "Ada (ICU)", "ada_icu"), NewEducator(2, "", None)],
    Sequence[Educator]: [_EDUCATORS],
    ListPage[CohortPerson]: [ListPage(_PEOPLE[:2], 0, None, 1), ListPage((), 0, None, None)],
    CohortPerson: _PEOPLE,
    Sequence[OwnCohort]: [
        [OwnCohort(_COHORT, one, _EDUCATORS) for one in _PEOPLE],
        [OwnCohort(_CLOSED, _PEOPLE[0], _EDUCATORS)],
    ],
    Sequence[Mapping[str, Any]]: [[_REFERENCE, {"doi": "10.1000/182"}], []],
    ReadReferences: [
        ReadReferences(1, [_REFERENCE], ["Is it (2)?"]),
        ReadReferences(1, [_REFERENCE] * 4),
    ],
    TakenSoFar: [
        TakenSoFar(1, 1, 4096, ["Not the picture (2)."], 1),
        TakenSoFar(1, 3, 12_288),
        TakenSoFar(1, 0, 0, (), 3),
    ],
    DraftPicture: _PICTURES,
    DraftPictures: [DraftPictures(1, _PICTURES, 3), DraftPictures(1, _PICTURES[:1])],
    PictureWish: [PictureWish(1, step=True), PictureWish(1, 2, "Removed (2).")],
    AskedPicture: [
        *(
            AskedPicture(1, one, field, 1, 3, LICENCES_ASKED, alike, notes=["Well (2)."])
            for one, alike in ((_PICTURES[0], 1), (_PICTURES[1], 4), (_PICTURES[2], 0))
            for field in ALL_THAT_IS_ASKED
        ),
        AskedPicture(1, _PICTURES[2], "caption", 1, 1, changing=True),
        AskedPicture(1, _PICTURES[0], "creator", 1, 1, typed=True),
    ],
    NotTaken: [*NotUsable, *Flaw, *NoFile],
    DraftFinding: _FOUND,
    Sequence[DraftFinding]: [_FOUND, _FOUND * 6],
    DraftOnPage: [
        DraftOnPage(
            *(1, CASE.title, list_page(_FOUND * 3, 0, 4), 2, 1),
            *(["Changed (2)."], ["Odd (2)."] * 6),
            missing=True,
            stale=True,
            rest="A rest (2)",
            pictures=2,
            pictures_to_come=True,
        ),
        DraftOnPage(1, CASE.title, list_page([], 0, 4), 0, 0),
        DraftOnPage(1, CASE.title, list_page(_FOUND, 0, 4), 0, 2),
    ],
    OwnDraft: _OWN_DRAFTS,
    ListPage[OwnDraft]: [list_page(_OWN_DRAFTS * 5, 1, 4)],
    AskedPart: [
        *(AskedPart(1, part, 0, "Lumps (2)", [TITLE], notes=["⚠️ No (2)."]) for part in OF_CASE),
        *(AskedPart(1, part, 1) for part in (*OF_QUESTION, "text")),
        AskedPart(1, "whys", choices="A. Lipomas (2)\nB. Tophi"),
        AskedPart(1, "level", options=LEVELS_ASKED),
    ],
    PartsMenu: [PartsMenu(1, 0, 1, adds=True), PartsMenu(1, 1, 3, adds=False)],
    ToPublish: [ToPublish(1, CASE.title, "Ada Byron", "CC-BY-4.0", "English")],
    RolesShown: [
        RolesShown(list_page(_HOLDERS, 0, 2), 1, 2),
        RolesShown(list_page((), 0, 2), 0, 0),
    ],
    RoleHolder: _HOLDERS,
    OwnCase: _OWN_CASES,
    ListPage[OwnCase]: [list_page(_OWN_CASES, 0, 2), list_page((), 0, 2)],
    "draft_id": [7],
    "case_id": [CASE.id],
    "content": ["id: lumps"],
    "reason": ["No space left on device"],
    "role": [AUTHOR, REVIEWER],
    tuple[Signature, ...]: [(), (_SIGNED,)],
    date: [date(2026, 3, 1)],
    CaseToReview: _TO_REVIEWS,
    QueueShown: [
        QueueShown(1, "Ada Byron, MD", {TOPICS[0]: 1, TOPICS[1]: 3}, 40, 2),
        QueueShown(1, "", {}, 40, 0),
    ],
    ListPage[WaitingCase]: [ListPage(_WAITING, 0, None, 1), ListPage(_WAITING[1:], 1, 0, None)],
    ListPage[SignedCase]: [
        ListPage([SignedCase(CASE, holds=True), SignedCase(CASE, holds=False)], 0, None, 1)
    ],
    SentBack: [SentBack(CASE, 1, "Ada Byron, MD", "Isn't it (2)?")],
    Part: [Part(((Run(CASE.title),),))],
}


def pages() -> Iterator[tuple[str, Page]]:
    """Each page, with a name to find it by."""
    for path in sorted((*FEATURES.rglob("*_view.py"), FEATURES / "shared" / "texts.py")):
        module = importlib.import_module(f"bot.features.{path.parent.name}.{path.stem}")
        for name, made in vars(module).items():
            page = inspect.unwrap(made) if callable(made) else None
            if not inspect.isfunction(page) or page.__module__ != module.__name__:
                continue
            if not name.startswith("_") and "words" in inspect.signature(page).parameters:
                yield f"{path.parent.name}/{path.stem}.{name}", page


def shown(page: Page, words: Words) -> list[str]:
    """All that the page says with each of the samples, buttons too: a text for each."""
    given = {
        name: [words] if name == "words" else _samples(page, name, parameter.annotation)
        for name, parameter in inspect.signature(page, eval_str=True).parameters.items()
    }
    most = max(map(len, given.values()))
    made = [
        page(**{name: values[n % len(values)] for name, values in given.items()})
        for n in range(most * 2 + 1)
    ]
    return [text for one in made for text in _texts(one)]


def _samples(page: Page, name: str, kind: Any) -> Sequence[object]:
    """What stands here for this page, else for this type, else for this name."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return [*kind]
    keys = (f"{page.__name__}.{name}", name, kind)
    if kind not in {int, str, bool, str | None}:
        keys = (keys[0], kind, name)
    found = next((SAMPLES[key] for key in keys if key in SAMPLES), None)
    assert found, f"tests/support/pages.py has no sample of {name}: {kind}"
    return found


def _texts(made: object) -> Iterator[str]:
    """What is read of it, whatever kind of page it is."""
    match made:
        case str():
            yield read_html(made)[0] if "</" in made else made
        case OwedCall():
            params = made.params
            yield from (read_html(params[key])[0] for key in _READ if key in params)
            yield from _texts(params.get("reply_markup", {}).get("inline_keyboard"))
        case Toast():
            yield made.text
        case Part():
            yield visible(made.paragraphs)
        case {"text": str(label)}:
            yield label
        case Mapping():
            yield from _texts([*made.values()])
        case [Run(), *_]:
            yield "".join(run.text for run in made if isinstance(run, Run))
        case Struct():
            yield from _texts([getattr(made, name) for name in made.__struct_fields__])
        case [*several]:
            for one in several:
                yield from _texts(one)
