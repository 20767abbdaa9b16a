"""A text in private: the code of a live round, what was asked for, a command without its slash, or
a case's words.
"""

from collections.abc import Awaitable, Callable, Iterable

from bot.features.cases.withdrawn import why_withdrawn
from bot.features.finding.find_case import bring
from bot.features.finding.search import NoMatch, search
from bot.features.flags import awaited_text
from bot.features.items import decide
from bot.features.live import join_round
from bot.features.reviewing import send_back
from bot.features.shared import texts
from bot.features.shared.visitors import Visit, said
from bot.features.shared.written_words import WRITE_WITHIN_MS, written
from bot.features.start.typed_words import meant, nearest
from bot.services import Services
from content.markup import CONTROLS
from storage.flags import AwaitedCommand
from storage.outcome import Outcome

Run = Callable[[str, str], Awaitable[Outcome]]
"""Does what a command does, by its name and what stands after it."""


async def take_text(services: Services, who: Visit, text: str, run: Run) -> Outcome:
    """What was asked for comes first, if it was asked for within the hour.

    But the code of a live round is nothing else: whoever sits in that room is not kept out of it.
    """
    if (joined := await join_round.typed(services, who, text)) is not None:
        return joined
    awaited = await services.store.flags.awaited(who.person_id)
    if awaited is not None and services.clock.now() - awaited.asked_at <= WRITE_WITHIN_MS:
        if isinstance(awaited, AwaitedCommand):
            name, _, begun = awaited.command.partition(" ")
            if name == decide.KEEP:
                taken = await decide.keep(services, who, begun, written(text))
            elif name == send_back.REVIEWING:
                taken = await send_back.take(services, who, begun, text)
            else:
                return await run(name, f"{begun} {text}".strip())
        else:
            taken = await awaited_text.take(services, who, awaited, text)
        if taken is not None:
            return taken
    command = meant(text, who.words)
    if command is not None:
        return await run(command.name, command.argument)
    if (why := await why_withdrawn(services, who, text)) is not None:
        return said(who, why)
    # What people say to each other begins many a word of an explanation: that is for /find.
    found = search(text, services.library, frozenset(), who.words)
    if isinstance(found, NoMatch):
        if (wait := join_round.meant_code(services, who, text)) is not None:
            return said(who, wait)
        return said(who, texts.not_understood(who.person_id, who.words))
    return await bring(services, who, found)


def unknown_command(who: Visit, text: str, names: Iterable[str]) -> Outcome:
    """A command that does not exist; the one that is most like it is a press away."""
    written, _, argument = CONTROLS.sub(" ", text).partition(" ")
    name = nearest(written.removeprefix("/").partition("@")[0], names)
    command = None if name is None else f"{name} {argument}".strip()
    return said(who, texts.unknown_command(who.person_id, who.words, command))
