"""In which order facts of one commit are written."""

from storage import chat_facts as chats
from storage import facts
from storage import flag_facts as flags
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
    chats.DigestDone,
    chats.ChatLeft,
    chats.ChatWarned,
    facts.SnapshotTaken,
    facts.FigureKept,
    facts.CasePosted,
    chats.QuestionPut,
    facts.UnknownPollSeen,
    facts.PollRecognised,
    facts.PollClosed,
    facts.AnswerGiven,
    facts.ChoicesMarked,
    facts.MarksDropped,
    facts.AnswerWithdrawn,
    facts.AnswerParked,
    facts.AnswerUnparked,
    facts.ParkedVoterTold,
    chats.MessageFound,
    chats.TotalsSeen,
    chats.TallyDue,
    chats.TallyShown,
    chats.ClosingDue,
    facts.CaseRefused,
    chats.QuestionClosed,
    chats.TellingTried,
    chats.MayWriteAgain,
    chats.NameShown,
    chats.NameHidden,
    chats.DailySet,
    flags.NothingAwaited,
    flags.QuestionFlagged,
    flags.FlagClosed,
    flags.FlagTextAwaited,
    flags.ReplyAwaited,
)
