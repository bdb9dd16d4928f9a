"""Why a request was not made; each reason is an exception that Scrapy hands to the request's errback."""

from scrapy.exceptions import IgnoreRequest


class RefusedError(IgnoreRequest):
    """A request that we decided not to make; `reason` is one word for the counts."""

    reason = "refused"


class AddressNotAllowedError(RefusedError):
    """Not a public address, not http(s), or no contact was given."""

    reason = "address"


class RobotsForbidError(RefusedError):
    """The site's robots.txt forbids it: counted, not a failure."""

    reason = "robots"


class RobotsUnreadableError(RefusedError):
    """robots.txt could not be read, so nothing of the host may be."""

    reason = "robots_unreadable"


class HostDeferredError(RefusedError):
    """The host asked us to stay away for longer than this run waits."""

    reason = "retry_after"


class HostBusyError(RefusedError):
    """Another process of the same run asks this host: never two at once."""

    reason = "host_busy"


class CircleError(RefusedError):
    """A redirect leads back to where it came from."""

    reason = "redirects"


class KnownAlreadyError(RefusedError):
    """A redirect leads to a page that this crawl asks for anyway: no failure."""

    reason = "known"


class StoppedError(RefusedError):
    """The user ended the run before the request was made."""

    reason = "stopped"


class BadBodyError(RefusedError):
    """The body was torn, too large, or packed in a way we do not unpack."""

    reason = "body"
