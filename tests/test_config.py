"""aggregator.toml: what it may say, how mistakes are told, how it is written to."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from aggregator import settings
from aggregator.cli import build_app
from aggregator.cli.jobs import groups
from aggregator.cli.opml import read_opml
from aggregator.cli.schedule import is_due, missed_runs
from aggregator.cli.targets import Given, plan
from aggregator.cli.units import checked, command_line, cron_line, units
from aggregator.config import (
    Config,
    Limits,
    Source,
    interval,
    line_of,
    parse_config,
    with_source,
    without_source,
    write_config,
)
from aggregator.errors import AggregatorError, ConfigError, UnreadableInputError, UsageError
from spiders.base import MAX_PAGES_PER_SOURCE, Aim
from spiders.discovery import MAX_DEPTH
from spiders.traps import FRUITLESS, SAME_SHAPE

WHOLE = """contact = "critic@filmarchive.museum"
store = "sqlite:///elsewhere.sqlite"
archive = "/srv/pages"
user_agent = "film-archive-bot"
delay = 3
jobs = 2
allow = ["127.0.0.1:8000"]
score = "median-v1"
[[source]]
name = "lantern"
start = "https://www.lantern.example/"
ways = ["sitemap", "links"]
language = "de"
schedule = "6h"
profile = "magazine"
limits = {pages = 100, depth = 4, delay = 5.5}

# a comment with [brackets]
[[source]]
name = "reel"
start = "https://reel.example/"
[source.limits]
pages = 7

[[source]]
name = "third"
start = "https://third.example/"
"""


def test_every_key_is_read():
    config = parse_config(WHOLE, "x")
    lantern, reel, _ = config.source
    assert (config.delay, config.jobs, config.allow) == (3, 2, ("127.0.0.1:8000",))
    assert config.score == "median-v1"
    assert lantern.limits == Limits(pages=100, depth=4, delay=5.5)
    assert lantern.ways == ("sitemap", "links")
    assert reel.limits.pages == 7
    assert config.readings() == {"lantern": {"profile": "magazine", "language": "de"}}


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "word"),
    [
        ("delay = 3\n", "delay = -3\n", 5, "delay", "greater than"),
        ('contact = "critic@filmarchive.museum"', "contact = 3", 1, "contact", "string"),
        ('start = "https://reel.example/"', 'start = "reel"', 21, "source.start", "http"),
        ('schedule = "6h"', 'schedule = "sometimes"', 14, "source.schedule", "daily"),
        ('profile = "magazine"', 'profile = "nowhere"', 15, "source.profile", "nowhere"),
        ('name = "reel"\n', "", 19, "source.name", "missing"),
        ('name = "reel"', 'name = "lantern"', 20, "source.name", "two sources"),
        ("pages = 7", "page = 7", 23, "source.limits.page", "no such key"),
        ("depth = 4", "depth = 0", 16, "source.limits.depth", "greater"),
        ('ways = ["sitemap", "links"]', 'ways = ["magic"]', 12, "source.ways", "sitemap"),
        ('allow = ["127.0.0.1:8000"]', 'allow = ["127.0.0.1"]', 7, "allow", "HOST:PORT"),
        ('user_agent = "film-archive-bot"', 'user_agent = "a b"', 4, "user_agent", "pattern"),
        ('score = "median-v1"', 'score = "fancy"', 8, "score", "median-v1"),
        ("jobs = 2", "jobs = 2\nspeed = 3", 7, "speed", "no such key"),
        ('language = "de"', 'language = "German"', 13, "source.language", "pattern"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_key(old, new, line, key, word):
    with pytest.raises(ConfigError) as caught:
        parse_config(WHOLE.replace(old, new, 1), "aggregator.toml")
    message = str(caught.value)
    assert message.startswith(f"aggregator.toml, line {line}: {key}: "), message
    assert word in message
    assert "\n" not in message


def test_broken_toml_is_told_with_its_line():
    with pytest.raises(ConfigError, match=r"aggregator\.toml: .*line 2"):
        parse_config("delay = 3\n[[source\n", "aggregator.toml")
    with pytest.raises(ConfigError, match="line 1: source"):
        parse_config("source = 3", "aggregator.toml")


NAMES = st.text(alphabet=st.characters(exclude_categories=["Cs", "Z", "Cc"], exclude_characters="/"), min_size=1)


@given(st.lists(NAMES, unique=True, min_size=1, max_size=4), st.data())
def test_sources_are_written_and_taken_out_again(names, data):
    text = WHOLE
    names = [name for name in names if name not in ("lantern", "reel", "third")]
    for number, name in enumerate(names):
        source = Source(
            name=name, start=f"https://a.example/{number}", schedule="weekly", limits=Limits(pages=number + 1)
        )
        text = with_source(text, source)
        assert parse_config(text, "x").named(name) == source
    taken = data.draw(st.sampled_from([*names, "lantern", "reel", "third"]))
    after = parse_config(without_source(text, taken, "x"), "x")
    assert {one.name for one in after.source} == {*names, "lantern", "reel", "third"} - {taken}


def test_what_would_be_wrong_is_not_written(tmp_path):
    path = tmp_path / "aggregator.toml"
    write_config(path, WHOLE)
    with pytest.raises(ConfigError):
        write_config(path, "delay = -1")
    assert path.read_text() == WHOLE
    assert list(tmp_path.iterdir()) == [path]


def test_options_win_over_the_file(tmp_path):
    path = tmp_path / "aggregator.toml"
    path.write_text(WHOLE)
    told = plan(["lantern", "https://x.example/"], Given(tmp_path, path))
    assert told.aims[0].limits == {"depth": 4, "delay": 5.5}
    assert (told.aims[0].max_pages, told.aims[0].ways) == (100, ("sitemap", "links"))
    assert told.aims[1] == Aim("https://x.example/", "x.example")
    assert told.jobs == 2
    assert (told.config.store, told.config.archive) == ("sqlite:///elsewhere.sqlite", "/srv/pages")
    given = Given(
        tmp_path, path, store="s", archive=tmp_path, contact="c", user_agent="u", delay=0.5, jobs=1, max_pages=4,
        allow=("127.0.0.1:9",), ways=("feed",), limits=("depth=2",), language="fr", profile="magazine",
    )  # fmt: skip
    told = plan(["lantern"], given)
    options, (aim,) = told.options, told.aims
    assert (aim.max_pages, aim.ways, aim.limits) == (4, ("feed",), {"depth": 2})
    assert (options.store, options.contact, options.user_agent, options.delay) == ("s", "c", "u", 0.5)
    assert options.allow == ["127.0.0.1:8000", "127.0.0.1:9"]
    assert options.readings == {"lantern": {"profile": "magazine", "language": "fr"}}


@pytest.mark.parametrize(
    ("target", "more", "word"),
    [
        ("nobody", {}, "lantern, reel, third"),
        ("ftp://a.example/", {}, "http"),
        ("reel", {"ways": ("magic",)}, "--way"),
        ("reel", {"limits": ("speed=3",)}, "--limit speed=3"),
        ("reel", {"limits": ("depth=far",)}, "no number"),
        ("reel", {"limits": ("depth=0",)}, "--limit"),
        ("reel", {"profile": "nowhere"}, "nowhere"),
        ("reel", {"config": Path("missing.toml")}, "missing.toml"),
    ],
)
def test_wrong_options_are_one_line(tmp_path, target, more, word):
    (tmp_path / "aggregator.toml").write_text(WHOLE)
    with pytest.raises(UsageError) as caught:
        plan([target], Given(tmp_path, **{"config": tmp_path / "aggregator.toml"} | more))
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_lines_are_found_as_near_as_can_be():
    assert line_of(WHOLE, ["source", 0, "limits", "pages"]) == 16
    assert line_of(WHOLE, ["source", 2, "language"]) == 25


@pytest.mark.parametrize(("text", "hours"), [("hourly", 1), ("daily", 24), ("6h", 6), ("2w", 336), ("monthly", 720)])
def test_intervals(text, hours):
    assert interval(text) == timedelta(hours=hours)


NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "last", "due", "missed"),
    [
        ("daily", None, True, 0),
        ("daily", ("2026-03-02T05:00:00Z", None), True, 0),  # broken off
        ("daily", ("2026-03-02T00:00:00Z", "2026-03-02T01:00:00Z"), False, 0),
        ("daily", ("2026-03-01T06:10:00Z", "2026-03-01T07:00:00Z"), True, 0),
        (None, ("2026-02-25T06:00:00Z", "2026-02-25T07:00:00Z"), True, 4),
        ("weekly", ("2026-02-25T06:00:00Z", "2026-02-25T07:00:00Z"), False, 0),
        ("6h", ("2026-03-01T06:00:00Z", "2026-03-01T07:00:00Z"), True, 3),
    ],
)
def test_what_is_due_and_what_was_missed(schedule, last, due, missed):
    assert is_due(schedule, last, NOW) is due
    assert missed_runs(schedule, last, NOW) == missed


def test_sources_that_share_a_host_or_a_name_stay_together():
    starts = ["https://a.example/", "https://b.example/", "http://www.a.example:443/x", "https://c.example/"]
    aims = [Aim(start, f"n{number}") for number, start in enumerate(starts)] + [Aim("https://d.example/", "n1")]
    assert [[aim.name for aim in group] for group in groups(aims)] == [["n0", "n2"], ["n1", "n1"], ["n3"]]


OPML = b"""<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<opml version="2.0"><head><title>&x;</title></head><body><outline text="Films">
<outline type="rss" text="Lantern" xmlUrl="https://www.lantern.example/feed" htmlUrl="https://www.lantern.example/"/>
<outline type="rss" text="Reel" XMLURL="https://reel.example/rss.xml"/>
<outline type="rss" text="again" xmlUrl="https://reel.example/other.xml"/>
<outline type="rss" text="local" xmlUrl="file:///etc/passwd"/></outline></body></opml>"""


def test_subscriptions_become_sources(tmp_path):
    path = tmp_path / "subscriptions.opml"
    path.write_bytes(OPML)
    lantern, reel = read_opml(path, "weekly")
    assert (lantern.name, lantern.start, lantern.ways) == ("lantern.example", "https://www.lantern.example/", ())
    assert (reel.start, reel.ways, reel.schedule) == ("https://reel.example/rss.xml", ("feed",), "weekly")


@pytest.mark.parametrize("body", [b"", b"<html/>", b"<opml><body/></opml>", b"\0"])
def test_no_subscriptions(tmp_path, body):
    path = tmp_path / "x.opml"
    path.write_bytes(body)
    with pytest.raises(UnreadableInputError):
        read_opml(path)
    with pytest.raises(AggregatorError):
        read_opml(tmp_path / "missing.opml")


def test_units_and_cron_line(tmp_path):
    command = command_line(tmp_path / 'a "b" 50% $x', None, tmp_path / "out")
    made = units(command, timedelta(hours=6))
    problem = checked(made)
    assert problem is None or "not here" in problem
    assert "OnCalendar=hourly" in made["film-review-aggregator.timer"]
    assert 'a \\"b\\" 50%% $$x"' in made["film-review-aggregator.service"]
    assert cron_line(command, timedelta(days=1)).startswith("17 4 * * * ")
    assert "50\\% " in cron_line(command, timedelta(days=1))
    broken = {"film-review-aggregator.service": made["film-review-aggregator.service"].replace("oneshot", "twice")}
    assert checked(broken) is not None


CRAWL_PAGE = Path(__file__).parent.parent / "docs" / "crawl.md"


def rows_of(heading):
    """First and second cells of the table whose heading row begins so; there may be several such tables."""
    text = CRAWL_PAGE.read_text(encoding="utf-8")
    tables = [block for block in text.split("\n\n") if block.startswith(heading)]
    return [
        tuple(cell.strip(" `") for cell in row.split("|")[1:3]) for table in tables for row in table.split("\n")[2:]
    ]


def test_every_key_is_documented_and_is_an_option_too():
    """The page on crawling names every key with its option, which commands really take, and every budget with the
    value it has when nobody gives one.
    """
    told = dict(rows_of("| key | option |"))
    assert set(told) == set(Config.model_fields) | set(Source.model_fields)
    group = get_command(build_app())
    taken = {"TARGET", "URL"}
    for command in (group.commands["crawl"], group.commands["build"], group.commands["source"].commands["add"]):
        taken.update(option for parameter in command.params for option in parameter.opts)
    assert set(told.values()) <= taken
    values = {
        "pages": MAX_PAGES_PER_SOURCE,
        "depth": MAX_DEPTH,
        "shape": SAME_SHAPE,
        "fruitless": FRUITLESS,
        "delay": 2,
    }
    assert dict(rows_of("| key | if not given |")) == {name: str(value) for name, value in values.items()}
    assert set(values) == set(Limits.model_fields)
    assert values["delay"] == settings.DOWNLOAD_DELAY


def test_the_file_shown_is_right():
    (shown,) = re.findall(r"```toml\n(.*?)```", CRAWL_PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(parse_config(shown, "crawl.md").source) == 2


def test_every_reason_shown_is_one_that_a_run_gives():
    text = " ".join(cell for row in rows_of("| reason |") for cell in row)
    named = set(re.findall(r"limit reached: (\w+)", text)) | {"entries"}
    code = "".join(path.read_text(encoding="utf-8") for path in (CRAWL_PAGE.parent.parent / "spiders").glob("*.py"))
    assert named == {"same_shape", "repeating_path", "fruitless", "depth", "pages_per_source", "sitemaps", "entries",
                     "failures_in_a_row"}  # fmt: skip
    assert [name for name in named if f'"{name}"' not in code] == []
