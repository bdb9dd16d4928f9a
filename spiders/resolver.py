"""Name resolution under the address guard: a name that leads to a private address does not resolve."""

import logging
from collections.abc import Sequence
from typing import Any, Self

from scrapy.crawler import Crawler
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from aggregator.net.addresses import AddressGuard

log = logging.getLogger(__name__)


@implementer(IResolutionReceiver)
class _Sieve:
    """Receives resolved addresses and passes on those that the guard allows; names are Twisted's."""

    def __init__(self, receiver: Any, guard: AddressGuard, host: str, port: int) -> None:
        self._receiver = receiver
        self._guard = guard
        self._host = host
        self._port = port

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._guard.allows_resolved(self._host, self._port, address.host):
            self._receiver.addressResolved(address)
        else:
            log.warning("%s:%d leads to %s, which is not public: refused", self._host, self._port, address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """Passes on only those addresses of a name that the guard allows for this host and port.

    Every connection of the crawl asks here, literal addresses included, so that neither a name pointing to a
    private address nor one that changes its mind between two look-ups is ever connected to.
    """

    def __init__(self, inner: Any, guard: AddressGuard, reactor: Any) -> None:
        self._inner = inner
        self._guard = guard
        self._reactor = reactor

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """Scrapy's way to make one; it hands over the crawler process, which has the settings."""
        return cls(reactor.nameResolver, AddressGuard(set(crawler.settings.getlist("AGGREGATOR_ALLOW"))), reactor)

    def install_on_reactor(self) -> None:
        """Put this resolver in place of the reactor's own."""
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[Any] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolve as the inner resolver does, leaving out what the guard refuses."""
        sieve = _Sieve(resolutionReceiver, self._guard, hostName, portNumber)
        return self._inner.resolveHostName(sieve, hostName, portNumber, addressTypes, transportSemantics)
