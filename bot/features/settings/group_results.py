"""`/results` and `/report` in a group, for its administrators."""

from bot.features.membership.warn_inviter import can_be_told
from bot.features.reports.group_report import group_report
from bot.features.results.case_results import asked_here, must_write_first, results, title_of
from bot.features.results.results_view import administrators_only, never_asked
from bot.features.settings import questions_view as views
from bot.features.settings.answers_view import administrators_only as not_for_members
from bot.features.settings.settings_session import latest_cases
from bot.features.settings.settings_view import LatestCases, SettingsMessage
from bot.features.shared.messages import message
from bot.features.shared.served_chat import ServedChat
from bot.features.shared.texts import rights_unknown
from bot.features.shared.visitors import Visit
from bot.services import Services
from bot.telegram.administrators import Administers
from storage.outcome import Outcome


async def results_of_group(
    services: Services, served: ServedChat, visit: Visit | None, argument: str
) -> Outcome:
    """The results of a case, or the latest cases as buttons; rights are asked for now.

    Either comes in private. ``visit`` is None for an anonymous administrator: then it is whoever
    presses a button in the group, since people press under their own names. Nothing that a press
    does changes what others read there.
    """
    chat_id, words = served.chat.id, served.words
    if visit is None:
        return await _to_press(services, served, argument)
    match services.rights.administers(chat_id, visit.person_id):
        case Administers.NO:
            return Outcome(owed=(administrators_only(chat_id, words),))
        case Administers.UNKNOWN:
            return Outcome(owed=(rights_unknown(chat_id, words),))
    if argument:
        return await results(services, served, visit, argument)
    if not await can_be_told(services, visit.person_id):
        return must_write_first(services, served, visit, by_press=False)
    latest = await latest_cases(services, chat_id)
    if not latest:
        return Outcome(owed=(views.none_posted(chat_id, words),))
    where = SettingsMessage(chat_id, visit.person_id)
    listed = views.results_of_which(latest, where, served.chat.title, visit.words)
    return Outcome(owed=(listed, views.listed_in_private(chat_id, words)))


async def report_of_group(services: Services, served: ServedChat, visit: Visit | None) -> Outcome:
    """How the group does, in private; rights are asked for now. ``visit`` as above."""
    chat_id, words = served.chat.id, served.words
    if visit is None:
        return Outcome(owed=(views.report_to_press(chat_id, words),))
    match services.rights.administers(chat_id, visit.person_id):
        case Administers.NO:
            return Outcome(owed=(message(chat_id, not_for_members(words)),))
        case Administers.UNKNOWN:
            return Outcome(owed=(rights_unknown(chat_id, words),))
    return await group_report(services, served, visit)


async def _to_press(services: Services, served: ServedChat, argument: str) -> Outcome:
    chat_id, words = served.chat.id, served.words
    if argument:
        found = await asked_here(services, chat_id, argument)
        cases: LatestCases = ((found[-1].case_id, title_of(found)),) if found else ()
        none = never_asked(chat_id, words)
    else:
        cases = await latest_cases(services, chat_id)
        none = views.none_posted(chat_id, words)
    where = SettingsMessage(chat_id, chat_id)
    listed = views.results_of_which(cases, where, served.chat.title, words)
    return Outcome(owed=(listed if cases else none,))
