"""Directors as Japanese and Korean texts name them ("是枝裕和監督"); what is no name is in data/prose.toml."""

import re
from collections.abc import Iterator

from aggregator.notation.titles import fold_title
from aggregator.parse.fields.prose_names import Prose, Statement, words

_JAPANESE = re.compile(
    r"(?P<who>(?<![\u3400-\u9fff々])[\u3400-\u9fff々]{3,5}|(?<![ァ-ヴー・])[ァ-ヴー]{2,}(?:[・＝][ァ-ヴー]+)+)監督(?![賞官業作])"
)
_KOREAN = re.compile(r"(?<![가-힣])(?P<who>[가-힣]{3})\s?감독(?!상|판)")
_OF_ANOTHER = re.compile(r"(?:の|의)[^。.『「<《〈‘“'\"]{0,12}[『「<《〈‘“'\"](?P<title>[^』」>》〉’”'\"]{1,40})")
_FAMILIES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진엄채원천"
    "방공현함변염여추도소석선설마길연위표명기반왕금옥봉나"
)


def directors(prose: Prose) -> Iterator[Statement]:
    """The one person whom the text calls director; none where it calls several so, or only of another film."""
    pattern, sign = (_JAPANESE, "監督") if prose.reading.language == "ja" else (_KOREAN, "감독")
    found: dict[str, Statement] = {}
    for block in prose.blocks:
        for match in pattern.finditer(block.text) if sign in block.text else ():
            name = match["who"]
            if not _is_name(name) or _of_another(prose, block.text, match.end()):
                continue
            found.setdefault(name, Statement("director", name, block, *match.span("who"), "prose.director_east"))
    if len(found) == 1:
        yield from found.values()


def _is_name(name: str) -> bool:
    if any(part in name for part in words("east", "in_no_name")):
        return False
    return not re.match("[가-힣]", name) or (name[0] in _FAMILIES and name[-1] not in "의적한인")


def _of_another(prose: Prose, text: str, end: int) -> bool:
    """Whether the words behind give the director another film: "X監督の『Y』"."""
    match = _OF_ANOTHER.match(text, end)
    if match is None:
        return False
    title = fold_title(match["title"])
    return not any(title in own or own in title for own in prose.titles if own)
