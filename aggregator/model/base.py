"""What all our records share: strict fields, finite numbers, ISO dates as precise as stated."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

ISO_DATE = (
    r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])"
    r"(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$"
)
IsoDate = Annotated[str, StringConstraints(pattern=ISO_DATE)]
"""YYYY, YYYY-MM, YYYY-MM-DD or a date-time: never more precise than its source."""


class Record(BaseModel):
    """A record of the public contract: unknown keys and non-finite numbers are refused."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
