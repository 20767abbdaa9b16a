"""In which order facts of one commit are written."""

from storage import chat_facts as chats
from storage import facts
from storage import flag_facts as flags
from storage import mark_facts as marks
from storage import poll_facts as polls
from storage import practice_facts as practice
from storage import question_facts as questions
from storage.facts import Fact

# What refers to a thing is written after the thing; forgetting comes before anything newly owed.
FACT_ORDER: tuple[type[Fact], ...] = (
    facts.PersonMet,
    facts.LanguageChosen,
    facts.PersonLeft,
    facts.PersonForgotten,
    chats.ChatJoined,
    chats.ChatMoved,
    chats.ChatSet,
    chats.CaseHeld,
    chats.QueueSet,
    chats.DigestDone,
    chats.ChatLeft,
    chats.ChatWarned,
    facts.SnapshotTaken,
    facts.FigureKept,
    facts.CasePosted,
    questions.QuestionPut,
    polls.UnknownPollSeen,
    polls.PollRecognised,
    polls.PollFound,
    polls.PollClosed,
    facts.AnswerGiven,
    practice.ConfidenceSaid,
    practice.ConfidenceTaken,
    practice.PictureRecognised,
    practice.FoldingBegun,
    practice.CardFolded,
    practice.AnswersFolded,
    practice.ObjectivePaused,
    practice.ObjectiveResumed,
    facts.ChoicesMarked,
    facts.MarksDropped,
    facts.AnswerWithdrawn,
    polls.AnswerParked,
    polls.AnswerUnparked,
    polls.ParkedVoterTold,
    questions.MessageFound,
    questions.TotalsSeen,
    questions.TallyDue,
    questions.TallyShown,
    questions.ClosingDue,
    questions.ExplanationForAll,
    facts.CaseRefused,
    questions.QuestionClosed,
    questions.TellingTried,
    questions.MayWriteAgain,
    chats.NameShown,
    chats.NameHidden,
    chats.NameTakenOut,
    chats.DailySet,
    flags.NothingAwaited,
    flags.QuestionFlagged,
    flags.FlagWordsAdded,
    flags.FlagClosed,
    flags.FlagTextAwaited,
    flags.ReplyAwaited,
    flags.CommandAwaited,
    marks.CaseSaved,
    marks.CaseUnsaved,
    marks.CasePassed,
    marks.PreferencesSet,
)
