"""Every error a user can meet, in one tree; add a class only where a caller must tell it from the others."""


class AggregatorError(Exception):
    """Something the user can mend: its text is one line that names the input and the way out."""

    exit_code = 1


class UsageError(AggregatorError):
    """The command was called wrongly: unknown option value, missing file, unknown source."""

    exit_code = 2


class ConfigError(UsageError):
    """aggregator.toml, a site profile or decisions.toml says something we cannot follow."""


class UnreadableInputError(AggregatorError):
    """A file or page that cannot be read as what it claims to be."""


class StoreError(AggregatorError):
    """The store is locked, missing, from another version, or cannot be written."""


class ArchiveError(AggregatorError):
    """A WARC file is torn, foreign or cannot be written."""


class ExportError(AggregatorError):
    """An export could not be written whole; what stood there before is untouched."""
