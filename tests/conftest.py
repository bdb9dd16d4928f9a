"""What all tests share: names of parametrized cases that do not depend on the moment they were made."""

import hashlib


def pytest_make_parametrize_id(config, val, argname):
    """Bytes are named by their length and argument: a gzip header holds the time, which would differ by worker."""
    if isinstance(val, bytes) and len(val) > 12:
        shown = hashlib.sha1(val).hexdigest()[:6] if val[:2] != b"\x1f\x8b" and b"\x1f\x8b" not in val else "gzip"
        return f"{argname}-{len(val)}-{shown}"
    return None
