"""Ends a crawl quickly when the user wants it ended: what waits is dropped, what hangs is cut off."""

from types import FrameType

from scrapy.crawler import AsyncCrawlerProcess

GRACE = 3.0
"""Seconds that an answer under way has to come to its end."""


class StoppableProcess(AsyncCrawlerProcess):
    """Scrapy's own waits for every request in hand, which may be a minute of Crawl-delay or a server that hangs."""

    def _signal_shutdown(self, signum: int, frame: FrameType | None) -> None:
        from twisted.internet import reactor

        super()._signal_shutdown(signum, frame)
        reactor.callFromThread(self._hurry)

    def _hurry(self) -> None:
        from twisted.internet import reactor

        from spiders.middleware.politeness import PolitenessMiddleware

        for crawler in self.crawlers:
            politeness = crawler.get_downloader_middleware(PolitenessMiddleware)
            if politeness is not None:
                politeness.stop()
        reactor.callLater(GRACE, _cut_connections)  # type: ignore[arg-type]


def _cut_connections() -> None:
    from twisted.internet import reactor, tcp

    for connection in reactor.getReaders():  # type: ignore[misc]
        if isinstance(connection, tcp.Client):
            connection.abortConnection()
