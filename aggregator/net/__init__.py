"""What may be asked of whom: robots.txt and network addresses, as pure functions; no network, no Scrapy here."""
