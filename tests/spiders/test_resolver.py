"""The last line of the address guard: what a connection is really made to."""

# ruff: noqa: ARG002, N802  the methods are those of Twisted's interfaces

import os
import subprocess
import sys

from twisted.internet.address import IPv4Address, IPv6Address

from aggregator.net.addresses import AddressGuard
from spiders.resolver import GuardedResolver
from tests.spiders.loopback import ROOT, Answer, Loopback


class Names:
    """An inner resolver with a fixed answer."""

    def __init__(self, *hosts):
        self.hosts = hosts

    def resolveHostName(self, receiver, host, port=0, types=None, semantics="TCP"):
        receiver.resolutionBegan(self)
        for text in self.hosts:
            receiver.addressResolved((IPv6Address if ":" in text else IPv4Address)("TCP", text, port))
        receiver.resolutionComplete()
        return self


class Receiver:
    def __init__(self):
        self.found = []
        self.events = []

    def resolutionBegan(self, resolution):
        self.events.append("began")

    def addressResolved(self, address):
        self.found.append(address.host)

    def resolutionComplete(self):
        self.events.append("complete")


def resolve(host, port, *answers, allow=()):
    receiver = Receiver()
    GuardedResolver(Names(*answers), AddressGuard(set(allow)), None).resolveHostName(receiver, host, port)
    assert receiver.events == ["began", "complete"]
    return receiver.found


def test_a_name_that_leads_inside_does_not_resolve():
    assert resolve("site.example", 80, "93.184.216.34", "10.0.0.1", "::1", "2606:4700::1111") == [
        "93.184.216.34",
        "2606:4700::1111",
    ]
    assert resolve("site.example", 80, "127.0.0.1", "169.254.169.254", "::ffff:7f00:1") == []
    assert resolve("site.example", 80, "127.0.0.1", allow=["site.example:8000"]) == []
    assert resolve("site.example", 8000, "127.0.0.1", allow=["site.example:8000"]) == ["127.0.0.1"]


def test_every_connection_asks_the_resolver():
    """Even without our middlewares, and for a literal address, Scrapy connects to nothing the guard refuses."""
    with Loopback({"/": Answer(b"inside")}) as site:

        def fetch(*settings):
            return subprocess.run(
                [sys.executable, "-m", "scrapy", "fetch", "--nolog", site.origin + "/", "-s", "RETRY_ENABLED=0",
                 "-s", "TWISTED_DNS_RESOLVER=spiders.resolver.GuardedResolver", "-s", "REMOTE_CONTROL_ENABLED=0",
                 "-s", "TELNETCONSOLE_ENABLED=0", *settings],
                cwd="/", env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60,
                check=False,
            ).stdout.strip()  # fmt: skip

        assert fetch() == ""
        assert site.asked == []
        assert fetch("-s", f"AGGREGATOR_ALLOW={site.key}") == "inside"
