"""Where the time of a page goes, by named steps of the parser; a new step is a row of STAGES."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cached_property
from importlib import import_module
from typing import Any
from unittest.mock import patch

STAGES = {
    "guard": ("aggregator.parse.document:guard",),
    "decode": ("aggregator.parse.document:decode",),
    "tree": ("aggregator.parse.document:Document._tree",),
    "walk": ("aggregator.parse.document:Document._walked",),
    "structured": ("aggregator.parse.reading:read_structured",),
    "regions": ("aggregator.parse.regions:cut",),
    "language": ("aggregator.parse.reading:detect",),
    "obstacles": ("aggregator.parse.engine:obstacles",),
    "facts": ("aggregator.parse.review:read_facts",),
    "field title": ("aggregator.parse.fields.titles:read",),
    "field critics": ("aggregator.parse.fields.critics:read", "aggregator.parse.fields.critics:outlet"),
    "field dates": ("aggregator.parse.fields.dates:read",),
    "field rating": (
        "aggregator.parse.fields.rating:read",
        "aggregator.parse.fields.rating:others",
        "aggregator.parse.fields.rating:audience",
        "aggregator.parse.fields.rating:status",
    ),
    "field credits": ("aggregator.parse.fields.credits:read",),
    "field certificates": ("aggregator.parse.fields.certificates:read",),
    "field runtimes": ("aggregator.parse.fields.runtimes:read",),
    "field releases": ("aggregator.parse.fields.releases:read",),
    "field words": ("aggregator.parse.fields.words:read",),
    "field body": ("aggregator.parse.fields.body:read", "aggregator.parse.fields.body:headline"),
    "page type": ("aggregator.parse.review:judge",),
    "comments": ("aggregator.parse.review:read_comments",),
    "round-up": ("aggregator.parse.engine:sections",),
    "assemble": ("aggregator.parse.engine:assemble",),
    "validate": ("aggregator.parse.engine:ParsedPage.model_validate",),
    "rest": ("aggregator.parse.engine:explain",),
}
"""Stage -> the functions whose own time it is; what stands under another stage counts there."""


class Clock:
    """CPU seconds by stage, and the worst page of each stage; time spent in an inner stage is the inner one's."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.worst: dict[str, tuple[float, str]] = defaultdict(lambda: (0.0, ""))
        self.page = ""
        self._inner: list[float] = []

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, timed under `stage`."""

        def timed(*args: Any, **options: Any) -> Any:
            self._inner.append(0.0)
            started = time.process_time()
            try:
                result = function(*args, **options)
                # a field may be a generator: its work is done when it is read
                return list(result) if isinstance(result, Iterator) else result
            finally:
                whole = time.process_time() - started
                own = whole - self._inner.pop()
                if self._inner:
                    self._inner[-1] += whole
                self.seconds[stage] += own
                self.worst[stage] = max(self.worst[stage], (own, self.page))

        return timed


@contextmanager
def timed_stages() -> Iterator[Clock]:
    """A clock that runs in every stage while the block lasts."""
    clock = Clock()
    with ExitStack() as stack:
        for stage, targets in STAGES.items():
            for target in targets:
                stack.enter_context(_timed(clock, stage, target))
        yield clock


def _timed(clock: Clock, stage: str, target: str) -> Any:
    module, _, path = target.partition(":")
    owner: Any = import_module(module)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    original = vars(owner).get(name, getattr(owner, name))
    if isinstance(original, cached_property):
        timed = cached_property(clock.wrap(stage, original.func))
        timed.__set_name__(owner, name)
        return patch.object(owner, name, timed)
    return patch.object(owner, name, clock.wrap(stage, getattr(owner, name)))
