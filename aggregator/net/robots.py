"""robots.txt as RFC 9309 has it; a further line kind is read in `_Reader.line`.

Beyond the RFC: Crawl-delay and Sitemap lines are read, common misspellings of Disallow are understood, and
`Allow: /dir/index.html` also allows `/dir/`. Percent-encoding is compared as the RFC demands (unreserved
octets decoded, reserved ones kept), on both sides.
"""

import re
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import quote, urlsplit

SIZE_LIMIT = 500 * 1024
"""Bytes of a robots.txt that are read (RFC 9309, section 2.5)."""

_TOKEN = re.compile(r"[A-Za-z_-]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_DISALLOW = {"disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"}
_USER_AGENT = {"user-agent", "useragent", "user agent"}
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow line: the literal pieces between its wildcards, in normal form."""

    allow: bool
    pieces: tuple[str, ...]
    anchored: bool
    length: int

    def __str__(self) -> str:
        return f"{'Allow' if self.allow else 'Disallow'}: {'*'.join(self.pieces)}{'$' if self.anchored else ''}"

    def matches(self, path: str) -> bool:
        """Whether the rule covers `path` (already in normal form)."""
        first, *rest = self.pieces
        if not path.startswith(first):
            return False
        at = len(first)
        if not rest:
            return not self.anchored or at == len(path)
        *middle, last = rest
        for piece in middle:
            found = path.find(piece, at)
            if found < 0:
                return False
            at = found + len(piece)
        if self.anchored:
            return len(path) - len(last) >= at and path.endswith(last)
        return path.find(last, at) >= 0


@dataclass(slots=True)
class Group:
    """The rules for some agents."""

    rules: list[Rule] = field(default_factory=list)
    crawl_delay: float | None = None


@dataclass(frozen=True, slots=True)
class Robots:
    """A robots.txt that has been read. `groups` maps a lower-case product token, or `*`, to its rules."""

    groups: dict[str, Group]
    sitemaps: tuple[str, ...] = ()
    forbids_all: bool = False

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read the first 500 KiB; lines that mean nothing are passed over, nothing raises."""
        if len(body) > SIZE_LIMIT:
            # the line that is cut in two is left out: half an Allow would allow too much
            body = re.sub(rb"[^\r\n]*\Z", b"", body[:SIZE_LIMIT])
        for byte in (b"\xef", b"\xbb", b"\xbf"):  # a byte order mark, whole or cut short
            if not body.startswith(byte):
                break
            body = body[1:]
        reader = _Reader()
        for line in _LINE_END.split(body.decode("utf-8", "surrogateescape")):
            reader.line(line)
        return cls(reader.groups, tuple(reader.sitemaps))

    @classmethod
    def answer(cls, status: int | None, body: bytes = b"") -> Self:
        """What an answer to /robots.txt means: 2xx its text, 4xx no rules; 429, 5xx, anything else and no
        answer at all (None) forbid the whole host.
        """
        if status is not None and 200 <= status < 300:
            return cls.parse(body)
        # 429 is no statement about rules but a request to stay away for now
        if status is not None and 400 <= status < 500 and status != 429:
            return cls({})
        return cls({}, forbids_all=True)

    def allowed(self, url: str, agent: str) -> bool:
        """Whether `agent` (a product token or a whole User-Agent header) may fetch `url`.

        The longest matching rule decides, Allow wins a tie; /robots.txt itself is always allowed.
        """
        if _path_of(url) == "/robots.txt":
            return True
        if self.forbids_all:
            return False
        rule = self.rule_for(url, agent)
        return rule is None or rule.allow

    def rule_for(self, url: str, agent: str) -> Rule | None:
        """The rule that decides about an address for `agent`; None where none matches, which allows it."""
        path = _path_of(url)
        best: Rule | None = None
        for rule in self._group(agent).rules:
            weight = (best.length, best.allow) if best else (0, True)
            if (rule.length, rule.allow) > weight and rule.matches(path):
                best = rule
        return best

    def crawl_delay(self, agent: str) -> float | None:
        """Seconds the site asks `agent` to leave between requests; None when it does not say."""
        return self._group(agent).crawl_delay

    def _group(self, agent: str) -> Group:
        return self.groups.get(product_token(agent)) or self.groups.get("*") or Group()


def product_token(agent: str) -> str:
    """The lower-case product token of a User-Agent: `film-review-aggregator/0.1 (+…)` gives the part before `/`."""
    found = _TOKEN.match(agent.strip())
    return found.group().lower() if found else ""


class _Reader:
    """Reads lines in order; only Allow and Disallow end a list of User-agent lines."""

    def __init__(self) -> None:
        self.groups: dict[str, Group] = {}
        self.sitemaps: list[str] = []
        self._current: list[Group] = []
        self._rules_begun = False

    def line(self, text: str) -> None:
        key, value = _key_value(text)
        if key in _USER_AGENT:
            self._agent(value)
        elif key == "allow" or key in _DISALLOW:
            self._rules_begun = True
            self._rule(value, allow=key == "allow")
        elif key in {"crawl-delay", "crawldelay"}:
            self._delay(value)
        elif key in {"sitemap", "site-map"} and value:
            self.sitemaps.append(value)

    def _agent(self, value: str) -> None:
        if self._rules_begun:
            self._current, self._rules_begun = [], False
        token = "*" if value.split(maxsplit=1)[:1] == ["*"] else product_token(value)
        # an agent line that names nobody still begins a group, whose rules then bind nobody
        self._current.append(self.groups.setdefault(token, Group()) if token else Group())

    def _rule(self, value: str, *, allow: bool) -> None:
        rules = [_rule(value, allow=allow)] if value else []
        stem, slash, leaf = value.rpartition("/")
        if allow and slash and leaf.startswith("index.htm"):
            rules.append(_rule(f"{stem}/$", allow=True))
        for group in self._current:
            group.rules.extend(rules)

    def _delay(self, value: str) -> None:
        if not re.fullmatch(r"\d{1,9}(\.\d{0,9})?|\.\d{1,9}", value):
            return
        for group in self._current:
            group.crawl_delay = max(group.crawl_delay or 0.0, float(value))


def _key_value(text: str) -> tuple[str, str]:
    text = text.partition("#")[0].strip(" \t\0")
    key, colon, value = text.partition(":")
    if not colon:
        # "Disallow /path": accepted when exactly two words stand there
        words = text.split()
        if len(words) != 2:
            return "", ""
        key, value = words
    return key.strip().lower(), value.strip()


def _rule(value: str, *, allow: bool) -> Rule:
    anchored = value.endswith("$")
    pattern = normal_path(value[:-1] if anchored else value, keep="*")
    return Rule(allow, tuple(re.sub(r"\*+", "*", pattern).split("*")), anchored, len(pattern) + anchored)


def _path_of(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    # the query is kept even when empty: "/a?" is another address than "/a"
    query = f"?{parts.query}" if parts.query or url.partition("#")[0].endswith("?") else ""
    return normal_path(path + query)


def normal_path(text: str, keep: str = "") -> str:
    """Path and query with percent-encoding in normal form: unreserved octets bare, all others as `%XX`,
    ASCII delimiters as written. `*` and `$` are encoded, so that they never look like the rule signs, unless
    named in `keep`.
    """
    pieces = re.split(r"(%[0-9A-Fa-f]{2})", text)
    for at, piece in enumerate(pieces):
        if at % 2:
            char = chr(int(piece[1:], 16))
            pieces[at] = char if char in _UNRESERVED else piece.upper()
        else:
            raw = piece.encode("utf-8", "surrogateescape")
            pieces[at] = quote(raw, safe="/?#[]@!&'()+,;=:%" + keep)
    return "".join(pieces)
