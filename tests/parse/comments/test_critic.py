"""Which comments are by the one who wrote the review."""

from aggregator.parse.comments import mark_critic
from tests.parse.comments.pages import below, thread

ITEM = (
    '<li class="comment {classes}" id="comment-{n}"><cite class="fn"><a href="{link}">{name}</a></cite>'
    '<div class="comment-content">words {n}</div>{inner}</li>'
)


def item(n: int, name: str, *, classes: str = "", link: str = "http://x.example/", inner: str = "") -> str:
    children = f'<ol class="children">{inner}</ol>' if inner else ""
    return ITEM.format(n=n, name=name, classes=classes, link=link, inner=children)


def critics(items: str, *, head: str = "") -> list[str]:
    return [c["id"] for c in below(f'<ol class="commentlist">{items}</ol>', head=head).comments if c["by_critic"]]


def test_marked_by_the_page() -> None:
    assert critics(item(1, "Bo") + item(2, "Edda", classes="bypostauthor")) == ["comment-2"]


def test_marked_once_is_marked_always() -> None:
    items = item(1, "Edda", classes="bypostauthor") + item(2, "Bo") + item(3, "edda")
    assert critics(items) == ["comment-1", "comment-3"]


def test_same_name_as_the_post() -> None:
    head = '<meta name="author" content="Edda Marsh">'
    assert critics(item(1, "Edda Marsh") + item(2, "Bo"), head=head) == ["comment-1"]


def test_link_to_the_sites_own_front_page() -> None:
    own = "https://stairwell.example/"
    assert critics(item(1, "Edda", link=own) + item(2, "Bo")) == ["comment-1"]
    # two of them: staff, and nothing says which
    assert critics(item(1, "Edda", link=own) + item(2, "Bo", link=own)) == []
    # the post is by somebody else
    head = '<meta name="author" content="Greta Holm">'
    assert critics(item(1, "Edda", link=own) + item(2, "Bo"), head=head) == []


def test_who_answers_everybody() -> None:
    answered = "".join(item(n, f"P{n}", inner=item(n + 50, "Edda")) for n in range(1, 4))
    assert critics(answered) == ["comment-51", "comment-52", "comment-53"]
    # one is left unanswered
    assert critics(answered + item(9, "P9")) == []
    # two are too few
    assert critics("".join(item(n, f"P{n}", inner=item(n + 50, "Edda")) for n in range(1, 3))) == []


def test_top_level_comments_of_the_host_need_no_answer() -> None:
    answered = "".join(item(n, f"P{n}", inner=item(n + 50, "Edda")) for n in range(1, 4))
    assert critics(item(9, "Edda") + answered) == ["comment-9", "comment-51", "comment-52", "comment-53"]


def test_mark_critic_by_name() -> None:
    comments = below(f'<ol class="commentlist">{item(1, "Edda M") + item(2, "Bo")}</ol>').comments
    mark_critic(comments, ["EDDA  M"])
    assert [c["by_critic"] for c in comments] == [True, False]


def test_forum_topic_is_not_a_comment_but_its_author_the_critic() -> None:
    post = (
        '<div class="post" id="p{0}"><p class="author">by <strong><a class="username" href="u">{1}</a></strong> »'
        ' Sat May 05, 2012 8:1{0} am</p><div class="content">{2}</div></div>'
    )
    body = (
        '<html><head><title>Lodger</title></head><body><div id="page-body"><h2>Lodger</h2>'
        + post.format(1, "edda", "A long first post about the film, which is the review that the others answer. " * 3)
        + post.format(2, "bo", "Agreed.")
        + post.format(3, "edda", "Thanks.")
        + "</div></body></html>"
    )
    found = thread(body, "https://forum.example/viewtopic.php?t=1")
    assert [(c["id"], c["by_critic"]) for c in found.comments] == [("p2", False), ("p3", True)]
    later = thread(body, "https://forum.example/viewtopic.php?t=1&start=15")
    assert [c["id"] for c in later.comments] == ["p1", "p2", "p3"]
