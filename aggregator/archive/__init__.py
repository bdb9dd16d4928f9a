"""The raw pages, kept for good as WARC files; a new input container (like .wacz) belongs in `reader`."""

from aggregator.archive.decode import BODY_LIMIT, BodyRefusedError, decode_body
from aggregator.archive.lock import FolderLock
from aggregator.archive.mend import Mended, mend
from aggregator.archive.page import FetchedPage, Place, utc_now
from aggregator.archive.reader import PAGES, iter_responses, read
from aggregator.archive.writer import ArchiveWriter

__all__ = [
    "BODY_LIMIT",
    "PAGES",
    "ArchiveWriter",
    "BodyRefusedError",
    "FetchedPage",
    "FolderLock",
    "Mended",
    "Place",
    "decode_body",
    "iter_responses",
    "mend",
    "read",
    "utc_now",
]
