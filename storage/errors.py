"""What can go wrong with the database, in two kinds that call for different answers."""


class StorageError(Exception):
    """The database could not do its work just now (locked, full, damaged, read-only).

    Nothing was written. The same call may succeed later.
    """


class DamagedDatabaseError(StorageError):
    """The file is not what a database must be; the message says what is wrong first."""


class RejectedError(Exception):
    """The database is well, but refuses these values for good (a broken rule, a wrong type).

    Nothing was written. The same call will fail again.
    """


class DamagedPartError(RejectedError):
    """A table is damaged that the rest can do without: what needs it fails, and nothing else."""


class ForeignDatabaseError(Exception):
    """The database belongs to another bot, or to a later version of the project."""
