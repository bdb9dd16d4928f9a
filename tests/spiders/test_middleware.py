"""Middlewares whose decisions need no server."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from scrapy.http import Response

from aggregator import settings
from aggregator.net.contact import contact_problem, user_agent
from spiders.middleware.politeness import retry_after
from tests.spiders.loopback import ROOT


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), (" 0 ", 0.0), ("", None), ("soon", None), ("-5", None), ("1.5", None),
     ("٣", None), ("9" * 400, 999999999.0)],
)  # fmt: skip
def test_retry_after_seconds(value, seconds):
    assert retry_after(Response("https://a.example", headers={"Retry-After": value})) == seconds


def test_retry_after_dates():
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    found = retry_after(Response("https://a.example", headers={"Retry-After": later}))
    assert 80 < found <= 90
    assert retry_after(Response("https://a.example", headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})) == 0
    assert retry_after(Response("https://a.example")) is None


@pytest.mark.parametrize(
    "contact", ["", " ", "CONTACT", "me", "you@example.com", "https://example.org/bot", "http://localhost/",
                "me@example.net",
                "a@b", "https://your-site.com/", "name@domain.com", "x (y)@a.museum", "https://bot.test/"],
)  # fmt: skip
def test_contacts_that_will_not_do(contact):
    assert contact_problem(contact)


@pytest.mark.parametrize(
    "contact", ["critic@filmarchive.museum", "mailto:crawler@filmarchive.museum", "https://filmarchive.museum/about-our-crawler",
                "http://films.museum"],
)  # fmt: skip
def test_contacts_that_will_do(contact):
    assert contact_problem(contact) is None


def test_the_user_agent_cannot_carry_a_header():
    assert "\r" not in user_agent("a@b.museum\r\nX-Evil: 1", "0.1")
    assert user_agent("a@b.museum", "0.1") == "film-review-aggregator/0.1 (+a@b.museum)"


def test_safe_settings():
    assert settings.REMOTE_CONTROL_ENABLED is False
    assert settings.TELNETCONSOLE_ENABLED is False
    assert settings.DOWNLOAD_VERIFY_CERTIFICATES is True
    assert settings.COOKIES_ENABLED is False
    assert settings.HTTPPROXY_ENABLED is False
    assert settings.TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS == ""
    assert settings.DOWNLOAD_MAXSIZE == 16 * 1024 * 1024
    assert settings.DOWNLOAD_TIMEOUT == 60
    assert settings.REDIRECT_MAX_TIMES == 5
    assert settings.RETRY_TIMES == 4
    assert settings.CONCURRENT_REQUESTS_PER_DOMAIN == 1
    assert settings.DOWNLOAD_DELAY >= 2


def test_parts_of_two_installations_are_not_mixed(tmp_path):
    (tmp_path / "spiders").mkdir()
    (tmp_path / "spiders" / "__init__.py").touch()
    done = subprocess.run(
        [sys.executable, "-c", "import aggregator.settings"], env=os.environ | {"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "ConfigError: parts of different installations would be mixed" in done.stderr
    assert str(tmp_path) in done.stderr
