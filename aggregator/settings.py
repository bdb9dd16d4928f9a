"""Scrapy's settings for every crawl of ours: polite and safe unless a user says otherwise; see docs/politeness.md.

Own settings begin with AGGREGATOR_. From the shell they are set with `-s NAME=VALUE` or, for DATA, STORE and
CONTACT, by environment variables of the same name.
"""

import os
from importlib.util import find_spec
from pathlib import Path

from aggregator import __version__
from aggregator.errors import ConfigError
from aggregator.net.contact import user_agent

BOT_NAME = "film-review-aggregator"
SPIDER_MODULES = ["spiders"]
NEWSPIDER_MODULE = "spiders"

# ours
AGGREGATOR_DATA = os.environ.get("AGGREGATOR_DATA", "aggregator-data")
AGGREGATOR_STORE = os.environ.get("AGGREGATOR_STORE", "")  # database address, when not in the data folder
AGGREGATOR_ARCHIVE = os.environ.get("AGGREGATOR_ARCHIVE", "")  # folder of the WARC files, when not in the data folder
AGGREGATOR_CONTACT = os.environ.get("AGGREGATOR_CONTACT", "")
AGGREGATOR_ALLOW: list[str] = []  # host:port that may be reached although not public
AGGREGATOR_BUILD = True
AGGREGATOR_SCORE = ""
AGGREGATOR_RUN_KIND = "crawl"
AGGREGATOR_REVISIT = "all"  # or "due": known pages only when their time has come
AGGREGATOR_PROFILES: dict[str, dict[str, str]] = {}  # source -> profile and language of its pages
AGGREGATOR_SHARED = False  # another process of ours holds the data folder

USER_AGENT = user_agent(AGGREGATOR_CONTACT, __version__)

# one request at a time to a host:port, with a gap; robots.txt by our own middleware, which fails closed
CONCURRENT_REQUESTS = 16
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0  # ours only lengthens the gap: middleware/politeness.py
ROBOTSTXT_OBEY = False
RETRY_TIMES = 4  # five attempts
RETRY_HTTP_CODES = [408, 429, 500, 502, 503, 504, 522, 524]
REDIRECT_MAX_TIMES = 5
METAREFRESH_MAXDELAY = 5

# limits of one response: size on the wire and unpacked, and wall-clock time from connect to last byte
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 60
DOWNLOAD_FAIL_ON_DATALOSS = True
DOWNLOAD_VERIFY_CERTIFICATES = True

# nothing but http and https; no proxy, which would resolve names where our guard cannot see
DOWNLOAD_HANDLERS = {
    "http": "spiders.handler.PoliteHandler",
    "https": "spiders.handler.PoliteHandler",
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
}
HTTPPROXY_ENABLED = False
TWISTED_DNS_RESOLVER = "spiders.resolver.GuardedResolver"

# no door into the process, nothing asked of third parties, nothing carried from one site to another
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS = ""
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
HTTPCACHE_ENABLED = False
FEED_EXPORTERS = {"pickle": None, "marshal": None}

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "spiders.middleware.guard.GuardMiddleware": 10,
    "spiders.middleware.politeness.PolitenessMiddleware": 20,
    "spiders.middleware.robots.RobotsMiddleware": 100,
    "spiders.middleware.once.OnceMiddleware": 105,
    "spiders.middleware.conditional.ConditionalMiddleware": 110,
    "spiders.middleware.retry.PoliteRetryMiddleware": 550,
    "spiders.middleware.compression.CompressionMiddleware": 590,
}
EXTENSIONS = {
    "scrapy.extensions.telnet.TelnetConsole": None,
    "scrapy.extensions.remote_control.RemoteControl": None,
    "pipelines.folder.DataFolder": 0,
}
ITEM_PIPELINES = {
    "pipelines.p1_archive.ArchivePipeline": 100,
    "pipelines.p2_parse.ParsePipeline": 200,
    "pipelines.p3_normalise.NormalisePipeline": 300,
    "pipelines.p4_stage.StagePipeline": 400,
    "pipelines.p5_build.BuildPipeline": 900,
}

LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 0


def check_one_tree() -> None:
    """Stop when aggregator, spiders and pipelines come from different places.

    The last two are names that another wheel may bring: a crawl must not run half of one installation and half
    of another. Raises ConfigError naming the places.
    """
    places = {}
    for name in ("aggregator", "spiders", "pipelines"):
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise ConfigError(f"package {name} is missing; install the whole project, or run from its folder")
        places[name] = Path(spec.origin).resolve().parent.parent
    if len(set(places.values())) > 1:
        where = ", ".join(f"{name} from {place}" for name, place in places.items())
        raise ConfigError(f"parts of different installations would be mixed ({where}); uninstall one of them")


check_one_tree()
