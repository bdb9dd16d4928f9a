"""`aggregator verify`: read every stored review again from its archived bytes and name what differs."""

from pathlib import Path
from typing import Annotated

import typer

from aggregator.cli.build import ConfigFile, Data, StoreUrl
from aggregator.cli.crawl import ArchiveFolder


def verify(
    *,
    data: Data = Path("aggregator-data"),
    config: ConfigFile = None,
    store: StoreUrl = None,
    archive: ArchiveFolder = None,
    limit: Annotated[int, typer.Option(help="How many differences to print.")] = 50,
) -> None:
    """Re-derive every stored value from the archive; differences are named, nothing is changed.

    Example: aggregator verify --data aggregator-data
    """
    from aggregator.archive import Place, read
    from aggregator.config import read_config
    from aggregator.errors import ArchiveError
    from aggregator.store import open_store
    from aggregator.verify import appeared, differences
    from pipelines.folder import ARCHIVE
    from pipelines.profiles import Profiles
    from pipelines.steps import digest_of, normalised, parse_page

    profiles, folder = Profiles(read_config(data, config).readings()), archive or data / ARCHIVE
    found: list[str] = []
    reviews = pages = 0
    with open_store(store or data, create=False, read_only=True) as opened:
        staged: dict[str, list[tuple[str, dict[str, object]]]] = {}
        for review in opened.iter_reviews():
            staged.setdefault(review.page_url, []).append((review.review_id, review.data))
        for page in opened.iter_pages():
            held = staged.get(page["url"], [])
            if not held or not page["archive_file"]:
                continue
            pages += 1
            try:
                archived = read(folder, Place(page["archive_file"], page["archive_offset"]))
            except ArchiveError as error:
                found.append(f"{page['url']}: {error}")
                continue
            if digest_of(archived.body) != page["digest"]:
                found.append(f"{page['url']}: the archived bytes are not those that were read (digest differs)")
            again = normalised(archived, parse_page(archived, profiles.of(archived))).model_dump(mode="json")
            now = {entry["id"]: entry for entry in again["reviews"]}
            for review_id, stored in held:
                reviews += 1
                found += [each.line() for each in differences(review_id, stored, now.get(review_id))]
            known = {review_id for review_id, _ in held}
            found += [appeared(review_id).line() for review_id in now if review_id not in known]
    for line in found[:limit]:
        typer.echo(line)
    typer.echo(f"{reviews} reviews on {pages} pages verified, {len(found)} differences", err=True)
    if found or not reviews:
        raise typer.Exit(1)
