"""The errors that a user can mend."""


class UserError(Exception):
    """The message says what is wrong, where, and what to do; no traceback is shown.

    ``exit_code`` is what the program ends with.
    """

    exit_code = 1
