"""Turns the findings of a review into the plain tree that the contract validates, with evidence for every value."""

from hashlib import sha256
from typing import Any

from aggregator.model import Rating
from aggregator.parse.candidate import Candidate, Place
from aggregator.parse.comments import mark_critic
from aggregator.parse.fields.rating import rating_key
from aggregator.parse.rank import evidence
from aggregator.parse.review import Findings

Tree = dict[str, Any]


def review_id(url: str | None, place_on_page: int, fallback: str) -> str:
    """The stable id of a review: hash of its canonical address (or its text, when saved without one) and place."""
    basis = f"{url or fallback}#{place_on_page}"
    return "r-" + sha256(basis.encode("utf-8", "replace")).hexdigest()[:16]


def assemble(found: Findings, place_on_page: int = 0) -> Tree:
    """One review as the contract's plain tree."""
    reading = found.reading
    doc = reading.doc
    canonical = doc.link("canonical") or doc.url
    proof: dict[str, Tree] = {}
    review: Tree = {"film": {}, "url": doc.url, "canonical_url": canonical, "language": reading.language}
    for name in ("headline", "outlet", "published", "modified"):
        _take(found, name, review, name, proof)
    for name in ("title", "original_title", "year"):
        _take(found, name, review["film"], f"film.{name}", proof, name)
    if winner := _winner(found, "critics"):
        review["critics"] = list(winner.value)
        for index in range(len(winner.value)):
            proof[f"critics[{index}]"] = evidence(winner)
    if canonical and doc.url is None and not canonical.startswith("http"):
        review["canonical_url"] = None
    if reading.fetched_at:
        review["fetched_at"] = reading.fetched_at
    review["film"]["same_as"] = _same_as(found)
    _rating(found, review, proof)
    _lists(found, review, proof)
    _text(found, review, proof)
    title = str(review["film"].get("title") or review.get("headline") or "")
    review["id"] = review_id(canonical, place_on_page, f"{title}|{review.get('body') or ''}")
    review["evidence"] = proof
    return review


def _winner(found: Findings, name: str) -> Candidate | None:
    choice = found.choices.get(name)
    return choice.winner if choice else None


def _take(found: Findings, name: str, into: Tree, path: str, proof: dict[str, Tree], key: str | None = None) -> None:
    if winner := _winner(found, name):
        into[key or name] = winner.value
        proof[path] = evidence(winner)


def _proof(rule: str, where: Place | None, raw: str, tier: str) -> Tree:
    return {"rule": rule, "locator": where.locator() if where else "page", "raw": raw[:300], "tier": tier}


def _rating(found: Findings, review: Tree, proof: dict[str, Tree]) -> None:
    review["rating_status"] = found.status
    if winner := _winner(found, "rating"):
        rating = _completed(winner.value, [c.value for c, _ in found.choices["rating"].weighed])
        review["rating"] = _with_scale(found, rating).model_dump()
        proof["rating.value"] = evidence(winner)
        if review["rating"]["scale_from"] == "profile":
            profile = found.reading.profile
            name = profile.name if profile else ""
            proof["rating.score"] = _proof("profile.scale", Place(fixed="profile"), name, "profile")
    if found.audience:
        rating, where = found.audience
        review["audience_rating"] = rating.model_dump()
        proof["audience_rating"] = _proof("audience", where, rating.raw, "visible")
    review["other_ratings"] = [entry for entry, _ in found.other_ratings]
    for index, (entry, where) in enumerate(found.other_ratings):
        proof[f"other_ratings[{index}]"] = _proof("rating.other", where, entry["raw"], "visible")


def _completed(rating: Rating, others: list[Rating]) -> Rating:
    """The rating with the ends of its scale that only an agreeing statement of the page prints."""
    agreeing = [other for other in others if rating_key(other) == rating_key(rating)]
    update: Tree = {}
    for end in ("best", "worst"):
        stated = {getattr(other, end) for other in agreeing} - {None}
        if getattr(rating, end) is None and len(stated) == 1:
            update[end] = stated.pop()
    return rating.model_copy(update=update)


def _with_scale(found: Findings, rating: Rating) -> Rating:
    """The rating with the scale it was given on: the page's own, else the profile's; then its score."""
    from aggregator.score.scale import score

    profile = found.reading.profile
    update: Tree = {}
    scaled = rating
    if rating.best is not None:
        update["scale_from"] = "page"
    elif profile and profile.scale and rating.value is not None and rating.value <= profile.scale.best:
        scaled = rating.model_copy(update={"best": profile.scale.best})
        update["scale_from"] = "profile"
    if result := score(scaled):
        update["score"], update["score_profile"] = result
    return rating.model_copy(update=update)


def _lists(found: Findings, review: Tree, proof: dict[str, Tree]) -> None:
    for name in ("credits", "certificates", "releases", "genres", "countries", "languages"):
        values: list[Any] = []
        for candidate in found.lists.get(name, []):
            if candidate.value in values:
                continue
            proof[f"{name}[{len(values)}]"] = evidence(candidate)
            values.append(candidate.value)
        review[name] = values
    for candidate in found.lists.get("access", []):
        review["access"] = candidate.value
        proof["access"] = evidence(candidate)
    runtimes = found.lists.get("runtime_minutes", [])
    if runtimes:
        review["runtime_minutes"] = runtimes[0].value
        proof["runtime_minutes"] = evidence(runtimes[0])
        if other := next((c for c in runtimes if c.value != runtimes[0].value), None):
            said = f"{runtimes[0].rule} says {runtimes[0].value}, {other.rule} says {other.value}"
            found.reading.problem("conflict", said, "runtime_minutes")


def _text(found: Findings, review: Tree, proof: dict[str, Tree]) -> None:
    text = found.text
    if text is not None:
        review["body"], review["excerpt"] = text.body, text.excerpt()
        review["sections"] = list(text.sections)
        if text.body:
            proof["body"] = _proof("body", text.where, text.paragraphs[0], "visible")
        if text.spoilers is not None:
            review["spoilers"] = True
            where = (
                Place(text.spoilers.node) if text.spoilers.line is None else Place(fixed=f"text:{text.spoilers.line}")
            )
            proof["spoilers"] = _proof("spoiler_warning", where, text.spoilers.text, "visible")
    thread = found.thread
    if thread is not None:
        review["comments"], review["comments_declared"] = thread.comments, thread.declared
        mark_critic(thread.comments, list(review.get("critics") or []))
        if thread.truncated:
            found.reading.problem("cut", f"only the first {len(thread.comments)} comments are read", "comments")
        if thread.comments or thread.declared is not None:
            proof["comments"] = _proof("comments", thread.place, "", "visible")


def _same_as(found: Findings) -> list[str]:
    """Addresses that identify the film elsewhere, from structured data and links in the article."""
    urls: list[str] = []
    for review in found.reading.data.reviews:
        if review.movie:
            urls += [fact.value for fact in review.movie.same_as]
    return list(dict.fromkeys(url for url in urls if url.startswith("http")))
