"""Content encodings taken off a body within a hard limit; add an encoding to `_DECODERS`."""

import importlib
import zlib
from collections.abc import Callable, Iterator
from typing import Any

BODY_LIMIT = 16 * 1024 * 1024
"""Bytes of a body, on the wire and unpacked."""

MAX_ENCODINGS = 2
_CHUNK = 64 * 1024


class BodyRefusedError(ValueError):
    """A body that is torn, larger than the limit, or packed in a way we do not unpack."""


def _zlib_chunks(data: bytes, wbits: int) -> Iterator[bytes]:
    # a gzip body may be several members one after the other
    while data:
        unpacker = zlib.decompressobj(wbits)
        while True:
            yield unpacker.decompress(data, _CHUNK)
            if unpacker.eof:
                break
            data = unpacker.unconsumed_tail
            if not data:
                # all input is inside: what is still pending comes out, or the stream is torn
                rest = unpacker.decompress(b"", _CHUNK)
                if rest:
                    yield rest
                elif not unpacker.eof:
                    raise BodyRefusedError("the packed body ends too early")
        # what follows a whole stream and is not another gzip member is padding, as browsers see it
        data = unpacker.unused_data if unpacker.unused_data.startswith(b"\x1f\x8b") else b""


def _gzip_chunks(data: bytes) -> Iterator[bytes]:
    return _zlib_chunks(data, 31)


def _deflate_chunks(data: bytes) -> Iterator[bytes]:
    # "deflate" should carry a zlib header; many servers send it raw
    zlib_header = len(data) >= 2 and data[0] & 0x0F == 8 and (data[0] * 256 + data[1]) % 31 == 0
    return _zlib_chunks(data, 15 if zlib_header else -15)


def _brotli_chunks(data: bytes) -> Iterator[bytes]:
    unpacker = importlib.import_module("brotli").Decompressor()
    chunk = unpacker.process(data, output_buffer_limit=_CHUNK)
    while chunk:
        yield chunk
        chunk = b"" if unpacker.is_finished() else unpacker.process(b"", output_buffer_limit=_CHUNK)
    if not unpacker.is_finished():
        raise BodyRefusedError("the packed body ends too early")


def _zstd_chunks(data: bytes) -> Iterator[bytes]:
    unpacker = _zstd().ZstdDecompressor()
    yield unpacker.decompress(data, _CHUNK)
    while not unpacker.eof:
        if unpacker.needs_input:
            raise BodyRefusedError("the packed body ends too early")
        yield unpacker.decompress(b"", _CHUNK)


def _zstd() -> Any:
    try:
        return importlib.import_module("compression.zstd")  # Python 3.14
    except ImportError:
        return importlib.import_module("backports.zstd")


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip_chunks,
    "x-gzip": _gzip_chunks,
    "deflate": _deflate_chunks,
    "br": _brotli_chunks,
    "zstd": _zstd_chunks,
}


def split_encodings(value: str | None) -> list[str]:
    """The encodings named by a Content-Encoding value, in the order they were put on; `identity` is none."""
    names = [part.strip().lower() for part in (value or "").split(",")]
    return [name for name in names if name and name != "identity"]


def decode_body(body: bytes, content_encoding: str | None, limit: int = BODY_LIMIT) -> bytes:
    """The body with its content encodings taken off.

    Raises BodyRefusedError for more than two encodings, an unknown one, a torn or broken stream, or more than
    `limit` bytes (memory stays near the limit whatever the stream claims).
    """
    names = split_encodings(content_encoding)
    if len(names) > MAX_ENCODINGS:
        raise BodyRefusedError(f"more than {MAX_ENCODINGS} content encodings")
    for name in reversed(names):
        if name not in _DECODERS:
            raise BodyRefusedError(f"unknown content encoding {name[:40]!r}")
        body = _unpack(name, body, limit)
    if len(body) > limit:
        raise BodyRefusedError(f"body larger than {limit} bytes")
    return body


def _unpack(name: str, body: bytes, limit: int) -> bytes:
    if not body:
        return b""  # an empty body with a Content-Encoding is common and harmless (HEAD, 204)
    try:
        return _collected(_DECODERS[name](body), limit)
    except BodyRefusedError:
        raise
    except ImportError as error:
        raise BodyRefusedError(f"{name} bodies need a library that is not installed") from error
    except Exception as error:
        # each library has errors of its own; all mean a broken body
        raise BodyRefusedError(f"broken {name} body: {error}") from error


def _collected(chunks: Iterator[bytes], limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise BodyRefusedError(f"body larger than {limit} bytes once unpacked")
        parts.append(chunk)
    return b"".join(parts)
