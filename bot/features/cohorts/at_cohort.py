"""An educator at one of their cohorts."""

from msgspec import Struct

from bot.features.cohorts.cohort import page
from bot.features.shared.messages import edited
from bot.features.shared.visitors import Visit, said
from bot.services import Services
from storage.cohorts import Cohort
from storage.outcome import Outcome, OwedCall, Toast


class AtCohort(Struct, frozen=True):
    """Somebody who teaches a cohort presses a button of a message about it."""

    services: Services
    who: Visit
    cohort: Cohort
    number: int
    message_id: int

    def showing(self, call: OwedCall) -> Outcome:
        """This in place of the message."""
        return said(self.who, edited(call, self.message_id))

    def refusing(self, sentence: str) -> Outcome:
        """Nothing happens, and this is why."""
        return Outcome((self.who.met,), toast=Toast(sentence, alert=True))

    async def showing_page(self) -> Outcome:
        """The cohort's page in place of the message."""
        return self.showing(await page(self.services, self.who, self.cohort))
