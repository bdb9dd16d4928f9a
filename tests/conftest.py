"""What all tests share: no test depends on how fast the machine is or on the moment it was collected."""

import hashlib

import pytest
from hypothesis import settings

from aggregator.store import open_store

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


def pytest_make_parametrize_id(config, val, argname):
    """Bytes are named by their length and argument: a gzip header holds the time, which would differ by worker."""
    if isinstance(val, bytes) and len(val) > 12:
        shown = hashlib.sha1(val).hexdigest()[:6] if val[:2] != b"\x1f\x8b" and b"\x1f\x8b" not in val else "gzip"
        return f"{argname}-{len(val)}-{shown}"
    return None


@pytest.fixture
def store(tmp_path):
    """An empty store in the test's own folder."""
    with open_store(tmp_path) as opened:
        yield opened
