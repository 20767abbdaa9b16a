"""Commands in private chats, and the list that Telegram shows of them."""

from collections.abc import Awaitable, Callable

from msgspec import Struct
from telegram import CallbackQuery, Message
from telegram.ext import CommandHandler, filters

from bot.base.i18n import Words
from bot.features.assignments.make_assignment import assign
from bot.features.cases import references
from bot.features.cases.send_case import next_case
from bot.features.cohorts.cohort import cohort
from bot.features.cohorts.own_cohorts import own_cohorts
from bot.features.daily.set_up_daily import daily
from bot.features.finding import saved, topics
from bot.features.finding.find_case import ask_for_words, find_case
from bot.features.flags.awaited_text import cancel
from bot.features.practice.send_review import review
from bot.features.preferences import set_preferences
from bot.features.privacy import own_data, own_data_view
from bot.features.progress.show_progress import progress
from bot.features.reports.cohort_report import report
from bot.features.roles.give_roles import is_author
from bot.features.settings.channels import channel
from bot.features.shared import texts
from bot.features.shared.buttons import RUN
from bot.features.shared.visitors import Visit, said
from bot.features.sittings import set_up
from bot.features.start import start, start_view
from bot.features.writing.own_drafts import drafts
from bot.features.writing.write import write
from bot.routes.reading_updates import command, press
from bot.services import Context, Services
from storage.flag_facts import CommandAwaited, NothingAwaited
from storage.outcome import Outcome

Act = Callable[[Services, Visit, str], Awaitable[Outcome]]


async def _case(services: Services, who: Visit, argument: str) -> Outcome:
    return await (find_case(services, who, argument) if argument else next_case(services, who))


async def _find(services: Services, who: Visit, argument: str) -> Outcome:
    if argument:
        return await find_case(services, who, argument)
    return ask_for_words(services, who)


async def _topics(services: Services, who: Visit, _argument: str) -> Outcome:
    return await topics.topics(services, who)


async def _references(services: Services, who: Visit, argument: str) -> Outcome:
    return await references.of_case(services, who, argument)


async def _language(services: Services, who: Visit, _argument: str) -> Outcome:
    known = services.languages
    return said(who, start_view.languages(who.person_id, known, who.language, who.words))


async def _help(services: Services, who: Visit, _argument: str) -> Outcome:
    me, administers = who.person_id, who.person_id in services.settings.admins
    writes = await is_author(services, me)
    helped = start_view.help_text(me, who.words, administers=administers, writes=writes)
    return said(who, helped)


async def _about(services: Services, who: Visit, _argument: str) -> Outcome:
    return said(who, start_view.about(who.person_id, len(services.library.cases), who.words))


async def _privacy(services: Services, who: Visit, _argument: str) -> Outcome:
    kept = own_data_view.privacy(who.person_id, services.settings.retention, who.words)
    return said(who, *kept)


async def _my_data(services: Services, who: Visit, _argument: str) -> Outcome:
    return await own_data.my_data(services, who)


async def _forget(services: Services, who: Visit, _argument: str) -> Outcome:
    kept = services.settings.retention
    return said(who, own_data_view.forget_question(who.person_id, kept, who.words))


class Command(Struct, frozen=True):
    """A command: its name, its line in Telegram's menu, and what it does."""

    name: str
    description: Callable[[Words], str]
    act: Act


COMMANDS = (
    Command("case", lambda words: words.say("A case you have not seen"), _case),
    Command("find", lambda words: words.say("Find a case by a word"), _find),
    Command("review", lambda words: words.say("What you answered, when it is due again"), review),
    Command("topics", lambda words: words.say("Choose a topic"), _topics),
    Command("saved", lambda words: words.say("Cases you saved"), saved.saved),
    Command("refs", lambda words: words.say("References of your last case"), _references),
    Command("daily", lambda words: words.say("A case a day, at your time"), daily),
    Command("progress", lambda words: words.say("How you are doing"), progress),
    Command("practice", lambda words: words.say("Several cases, or an exam"), set_up.practice),
    Command("assign", lambda words: words.say("Give your cohort cases to do"), assign),
    Command("preferences", lambda words: words.say("Which cases you want"), set_preferences.show),
    Command("report", lambda words: words.say("How your cohort is doing"), report),
    Command("channel", lambda words: words.say("Cases for your channel"), channel),
    Command("cohorts", lambda words: words.say("Cohorts you are in"), own_cohorts),
    Command("cohort", lambda words: words.say("For educators: cohorts you teach"), cohort),
    Command("write", lambda words: words.say("For authors: write a case"), write),
    Command("drafts", lambda words: words.say("Cases you are writing"), drafts),
    Command("help", lambda words: words.say("What I can do"), _help),
    Command("language", lambda words: words.say("The language I speak"), _language),
    Command("mydata", lambda words: words.say("Everything kept about you"), _my_data),
    Command("forget", lambda words: words.say("Erase what is kept about you"), _forget),
    Command("privacy", lambda words: words.say("What is kept, why, and how long"), _privacy),
    Command("about", lambda words: words.say("Who makes this"), _about),
    Command("cancel", lambda words: words.say("Skip what I asked you to write"), cancel),
    Command("start", lambda words: words.say("Begin"), start.start),
)


def handler_of(one: Command) -> CommandHandler[Context, None]:
    """Takes the command in private chats."""

    async def act(services: Services, who: Visit, _message: Message, argument: str) -> Outcome:
        return await _done(one, services, who, argument)

    return command(one.name, act, filters.ChatType.PRIVATE)


async def run(services: Services, who: Visit, name: str, argument: str) -> Outcome:
    """Do what a command does that was not written as one."""
    return await _done(_BY_NAME[name], services, who, argument)


async def run_button(services: Services, who: Visit, query: CallbackQuery) -> Outcome:
    """The same for a button that names it."""
    name, _, argument = (query.data or "").removeprefix(RUN).partition(" ")
    if name not in _BY_NAME:
        return Outcome(toast=texts.old_button(who.words))
    return await run(services, who, name, argument)


async def _done(one: Command, services: Services, who: Visit, argument: str) -> Outcome:
    done = await one.act(services, who, argument)
    if any(isinstance(fact, CommandAwaited) for fact in done.facts):
        return done
    # Whoever was asked to write something has something else in mind.
    return Outcome((NothingAwaited(who.person_id),)) + done


_BY_NAME = {one.name: one for one in COMMANDS}

HANDLERS = (*map(handler_of, COMMANDS), press(run_button, f"^{RUN}"))
