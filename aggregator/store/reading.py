"""Questions to the store: pages, staged reviews and figures; a new figure for `status` is added here."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from aggregator.store.records import StagedReview, StagedRow
from aggregator.store.schema import fetches, films, frontier, pages, review_versions, reviews, sources
from aggregator.store.staging import url_key

_GROUP = 500
"""Rows asked for at once."""
_LARGE = 10
"""The same where each row may hold a long text or a thousand comments."""

_ORDER = (pages.c.url_key, reviews.c.place, reviews.c.review_id)
_AS_TEXT = sa.cast(reviews.c.data, sa.Text).label("text")

# made once: a crawl asks them of every page
_PAGE = sa.select(pages).where(pages.c.url_key == sa.bindparam("key"))
_LIVE_REVIEW = (
    sa.select(reviews.c.id)
    .join(pages, pages.c.id == reviews.c.page_id)
    .where(pages.c.url_key == sa.bindparam("key"), reviews.c.status == "live")
    .limit(1)
)


def as_dict(row: Any) -> dict[str, Any]:
    """A row as a plain dict."""
    return dict(row._mapping)  # noqa: SLF001  the documented way to a row's mapping


def page_row(connection: sa.Connection, url: str) -> Any:
    """The row of this exact address, or null."""
    return connection.execute(_PAGE, {"key": url_key(url)}).first()


def has_live_reviews(connection: sa.Connection, url: str) -> bool:
    """Whether the page of this address holds reviews that are not gone."""
    return connection.execute(_LIVE_REVIEW, {"key": url_key(url)}).first() is not None


def source_has_reviews(connection: sa.Connection, source: str) -> bool:
    """Whether any page of the source holds reviews that are not gone."""
    held = (
        sa.select(reviews.c.id)
        .join(pages, pages.c.id == reviews.c.page_id)
        .where(pages.c.source == source, reviews.c.status == "live")
    )
    return connection.execute(held.limit(1)).first() is not None


def iter_pages(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """Every page in the order first stored."""
    every = sa.select(pages).order_by(pages.c.id).execution_options(yield_per=500)
    with connection.execute(every) as rows:
        for row in rows:
            yield as_dict(row)


def iter_reviews(connection: sa.Connection) -> Iterator[StagedReview]:
    """Every staged review with its older versions, ordered by address and place, whatever came first."""
    versions = _versions(connection)
    statement = (
        sa.select(reviews, pages.c.url, pages.c.source, pages.c.part_of, pages.c.next)
        .join(pages, pages.c.id == reviews.c.page_id)
        .order_by(*_ORDER)
    )
    with connection.execute(statement.execution_options(yield_per=_LARGE)) as rows:
        for row in rows:
            yield StagedReview(
                review_id=row.review_id,
                place=row.place,
                status=row.status,
                data=row.data,
                page_url=row.url,
                source=row.source,
                part_of=row.part_of,
                next=row.next,
                versions=tuple(versions.get(row.id, ())),
            )


def iter_rows(connection: sa.Connection) -> Iterator[StagedRow]:
    """Every staged review in the order of `iter_reviews`, its JSON as it lies there."""
    versions: dict[int, tuple[tuple[str, str], ...]] = {}
    known = sa.select(review_versions.c.review, review_versions.c.seen_at, review_versions.c.digest)
    for row in connection.execute(known.order_by(review_versions.c.id)):
        versions[row.review] = (*versions.get(row.review, ()), (row.seen_at, row.digest))
    statement = (
        sa.select(
            reviews.c.id, reviews.c.review_id, reviews.c.place, reviews.c.status, _AS_TEXT, reviews.c.digest,
            pages.c.url, pages.c.source, pages.c.part_of, pages.c.next,
        )
        .join(pages, pages.c.id == reviews.c.page_id)
        .order_by(*_ORDER)
    )  # fmt: skip
    with connection.execute(statement.execution_options(yield_per=_LARGE)) as rows:
        for row in rows:
            yield StagedRow(
                row=row.id,
                review_id=row.review_id,
                place=row.place,
                status=row.status,
                text=row.text,
                digest=row.digest,
                page_url=row.url,
                source=row.source,
                part_of=row.part_of,
                next=row.next,
                versions=versions.get(row.id, ()),
            )


def texts_of(connection: sa.Connection, rows: Sequence[int]) -> Iterator[tuple[int, str]]:
    """(row, Review as JSON) of these staged reviews, in no order."""
    for start in range(0, len(rows), _GROUP):
        wanted = sa.select(reviews.c.id, _AS_TEXT).where(reviews.c.id.in_(rows[start : start + _GROUP]))
        yield from ((name, text) for name, text in connection.execute(wanted))


def versions_of(connection: sa.Connection, rows: Sequence[int]) -> dict[int, list[tuple[str, dict[str, Any]]]]:
    """The older contents of these staged reviews as (seen_at, Review), oldest first."""
    found: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    for start in range(0, len(rows), _GROUP):
        of_them = review_versions.c.review.in_(rows[start : start + _GROUP])
        for row in connection.execute(sa.select(review_versions).where(of_them).order_by(review_versions.c.id)):
            found.setdefault(row.review, []).append((row.seen_at, row.data))
    return found


def visits(connection: sa.Connection, source: str) -> list[dict[str, Any]]:
    """A source's pages: url, status, first_seen, fetched_at (of the content held), checked_at (last answer),
    changed_at (last time a review moved) and published (of its first review), each null where not known.
    """
    checked = sa.select(sa.func.max(fetches.c.fetched_at)).where(fetches.c.page_id == pages.c.id)
    changed = sa.select(sa.func.max(reviews.c.changed_at)).where(reviews.c.page_id == pages.c.id)
    first = sa.select(reviews.c.data["published"].as_string()).where(
        reviews.c.page_id == pages.c.id, reviews.c.place == 0
    )
    columns = (pages.c.url, pages.c.status, pages.c.first_seen, pages.c.fetched_at)
    rows = connection.execute(
        sa.select(
            *columns,
            checked.scalar_subquery().label("checked_at"),
            changed.scalar_subquery().label("changed_at"),
            first.limit(1).scalar_subquery().label("published"),
        )
        .where(pages.c.source == source)
        .order_by(pages.c.id)
    )
    return [as_dict(row) for row in rows]


def _versions(connection: sa.Connection) -> dict[int, list[tuple[str, dict[str, Any]]]]:
    found: dict[int, list[tuple[str, dict[str, Any]]]] = {}
    for row in connection.execute(sa.select(review_versions).order_by(review_versions.c.id)):
        found.setdefault(row.review, []).append((row.seen_at, row.data))
    return found


def counts(connection: sa.Connection) -> dict[str, int]:
    """Rows of each kind."""
    wanted = {
        "sources": sa.select(sa.func.count()).select_from(sources),
        "pages": sa.select(sa.func.count()).select_from(pages),
        "pages_gone": sa.select(sa.func.count()).where(pages.c.status == "gone"),
        "reviews": sa.select(sa.func.count()).select_from(reviews),
        "reviews_gone": sa.select(sa.func.count()).where(reviews.c.status == "gone"),
        "versions": sa.select(sa.func.count()).select_from(review_versions),
        "to_visit": sa.select(sa.func.count()).where(frontier.c.state == "pending"),
        "films": sa.select(sa.func.count()).select_from(films),
    }
    return {name: int(connection.execute(query).scalar_one()) for name, query in wanted.items()}


def problem_counts(connection: sa.Connection) -> dict[str, int]:
    """Pages by code of problem, most frequent first."""
    found: Counter[str] = Counter()
    for problems in connection.execute(sa.select(pages.c.problems).where(pages.c.problems.is_not(None))).scalars():
        found.update({problem["code"] for problem in problems})
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def damage(connection: sa.Connection) -> list[str]:
    """What SQLite finds wrong with its file and keys; PostgreSQL looks after its own."""
    if connection.dialect.name != "sqlite":
        return []
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    return found + [f"row {row[1]} of table {row[0]} refers to a row of {row[2]} that is not there" for row in broken]


def source_table(connection: sa.Connection) -> list[dict[str, Any]]:
    """One row a source: name, start_url, pages, pages_gone, pages_with_problems, reviews, to_visit, failed."""
    page_figures = _by_source(
        sa.select(
            pages.c.source,
            sa.func.count().label("pages"),
            _how_many(pages.c.status == "gone").label("pages_gone"),
            _how_many(pages.c.problems.is_not(None)).label("pages_with_problems"),
        ).group_by(pages.c.source),
        connection,
    )
    review_figures = _by_source(
        sa.select(pages.c.source, sa.func.count().label("reviews"))
        .join(reviews, reviews.c.page_id == pages.c.id)
        .group_by(pages.c.source),
        connection,
    )
    frontier_figures = _by_source(
        sa.select(
            frontier.c.source,
            _how_many(frontier.c.state.in_(("pending", "left"))).label("to_visit"),
            _how_many(frontier.c.state == "failed").label("failed"),
        ).group_by(frontier.c.source),
        connection,
    )
    empty = {"pages": 0, "pages_gone": 0, "pages_with_problems": 0, "reviews": 0, "to_visit": 0, "failed": 0}
    rows = connection.execute(sa.select(sources.c.name, sources.c.start_url).order_by(sources.c.name)).all()
    return [
        {"name": row.name, "start_url": row.start_url}
        | empty
        | page_figures.get(row.name, {})
        | review_figures.get(row.name, {})
        | frontier_figures.get(row.name, {})
        for row in rows
    ]


def _how_many(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, 1), else_=0))


def _by_source(statement: sa.Select[Any], connection: sa.Connection) -> dict[str, dict[str, int]]:
    found = {}
    for row in connection.execute(statement):
        figures = as_dict(row)
        source = figures.pop("source")
        found[source] = {name: int(number) for name, number in figures.items()}
    return found
