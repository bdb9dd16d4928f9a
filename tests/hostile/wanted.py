"""What must come of a hostile host: said by hand beside its traps, judged by `judge`."""

import dataclasses


@dataclasses.dataclass
class Wanted:
    """What must come of a host. `read` are the pages whose review is stored, `part` those that may be, marked partial;
    `never` what must not be asked for (beginnings of paths), `once` whether every path is asked for once only.
    """

    read: set[str]
    never: tuple[str, ...] = ()
    once: bool = True
    part: set[str] = dataclasses.field(default_factory=set)
