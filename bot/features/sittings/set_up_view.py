"""`/practice`: what to practise, chosen by buttons."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.base.i18n import Words
from bot.features.shared.case_names import topic_name
from bot.features.shared.messages import MOST_DATA, Button, in_rows, list_page, message, press
from bot.features.sittings.plan import SIZES, CaseSource, Mode, Plan
from bot.features.sittings.sitting_buttons import BEGIN, PLAN, PLAN_TOPICS
from storage.outcome import OwedCall, Toast

ON_A_PAGE = 30  # topics, two to a row


def choose(chat_id: int, plan: Plan, fitting: int, words: Words) -> OwedCall:
    """The plan so far, how many cases fit it, and what else there is."""
    fit = words.count("{n} case fits.", "{n} cases fit.", fitting)
    head = words.say("**What do you want to practise?**")
    sentence = f"{head}\n\n{_explained(plan.mode, words)}\n\n{fit}"
    sizes = [_choice(str(size), replace(plan, size=size), plan) for size in SIZES]
    sources = [
        _choice(_source(source, words), replace(plan, source=source), plan) for source in CaseSource
    ]
    modes = [_choice(_mode(mode, words), replace(plan, mode=mode), plan) for mode in Mode]
    topic = topic_name(plan.topic, words) if plan.topic else words.say("all topics")
    label = words.say("Topic: {topic}", topic=topic)
    rows = [sizes, sources, modes, [press(label, f"{PLAN_TOPICS}0:{plan}")]]
    if fitting:
        rows.append([press(words.say("Begin"), f"{BEGIN}{plan}")])
    return message(chat_id, sentence, rows)


def topics(chat_id: int, plan: Plan, names: Sequence[str], page: int, words: Words) -> OwedCall:
    """The topics, a press on one of which leads back."""
    shown = list_page([one for one in names if _fits(replace(plan, topic=one))], page, ON_A_PAGE)
    rows = in_rows((_topic(one, plan, words) for one in shown.items), 2)
    turn = shown.turning(lambda sign, to: press(sign, f"{PLAN_TOPICS}{to}:{plan}"), "«»")
    every = [_choice(words.say("All topics"), replace(plan, topic=""), plan)]
    return message(chat_id, words.say("**Which topic?**"), [every, *rows, *turn])


def none_fits(words: Words) -> Toast:
    """A plan that no case fits any more."""
    return Toast(words.say("No case fits that."), alert=True)


def _explained(mode: Mode, words: Words) -> str:
    if mode is Mode.STUDY:
        return words.say("Study: each case is explained once you have answered it.")
    return words.say(
        "Exam: 90 seconds a question, and nothing is explained before you hand in. Until then"
        " answers can be changed and questions marked for later. When the time is up, it is handed"
        " in as it stands."
    )


def _source(source: CaseSource, words: Words) -> str:
    names = {
        CaseSource.UNSEEN: words.say("Unseen"),
        CaseSource.DUE: words.say("Due"),
        CaseSource.MISSED: words.say("Missed"),
        CaseSource.ALL: words.say("All"),
    }
    return names[source]


def _mode(mode: Mode, words: Words) -> str:
    return words.say("Study") if mode is Mode.STUDY else words.say("Exam")


def _topic(topic: str, plan: Plan, words: Words) -> Button:
    return _choice(topic_name(topic, words), replace(plan, topic=topic), plan)


def _choice(name: str, chosen: Plan, plan: Plan) -> Button:
    """A button that leads to a plan; the one that is chosen is marked."""
    return press(f"✓ {name}" if chosen == plan else name, f"{PLAN}{chosen}")


def _fits(plan: Plan) -> bool:
    """Whether a button can name the plan, whatever else of it is chosen."""
    longest = replace(plan, size=max(SIZES), source=CaseSource.UNSEEN, mode=Mode.STUDY)
    return len(f"{PLAN_TOPICS}00:{longest}".encode()) <= MOST_DATA
