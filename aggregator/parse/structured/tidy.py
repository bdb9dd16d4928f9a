"""Mends the ways JSON breaks on pages where only one reading is likely, in one pass over its tokens.

Mended: quotes inside a string, escapes JSON does not know, commas too many or too few, comments, a text cut off
before its end (an unfinished last member goes: "3" may be half of "3.5"). Whatever else is wrong stays wrong, so
that the strict decoder refuses it.
"""

import re

_SKIP = re.compile(r"(?:[\s\ufeff]+|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_WORD = re.compile(r"[^\s{}\[\],:\"]+")
_PART = re.compile(r'(?:[^"\\]|\\.)*+', re.DOTALL)
# what follows the quote that ends a value: in an object the next key, which needs its colon, in a list a value
_ENDS = {
    "{": re.compile(r"\s*(?:\}|\Z|,\s*(?:\}|//|/\*|\"(?:[^\"\\\n]|\\.){0,80}\"\s*:)|\s\"[@\w-]{1,60}\"\s*:)"),
    "[": re.compile(r"\s*(?:\]|\Z|,\s*(?:[\]\"{\[]|-?\d|true\b|false\b|null\b))"),
}
_ESCAPE = re.compile(r'\\(u[0-9a-fA-F]{4}|["\\/bfnrt])|\\|"')
_CLOSE = {"{": "}", "[": "]"}
_OTHER_WORDS = {"undefined": "null", "NaN": "null", "None": "null", "True": "true", "False": "false"}


def tidy(text: str) -> str | None:
    """`text` mended, to be decoded with control characters allowed; None when it is no object or list."""
    tokens, whole = _tokens(text)
    if not tokens or tokens[0] not in _CLOSE:
        return None
    if not whole and tokens[-1] not in ("}", "]"):
        commas = [index for index, mark in enumerate(tokens) if mark == ","]
        if not commas:
            return None
        tokens = tokens[: commas[-1]]
    out: list[str] = []
    stack: list[str] = []
    for mark in tokens:
        if mark == ",":
            continue
        if out and out[-1] not in ("{", "[", ":") and mark not in ("}", "]", ":"):
            out.append(",")
        if mark in _CLOSE:
            stack.append(mark)
        elif mark in ("}", "]") and stack:
            stack.pop()
        out.append(mark)
    return "".join(out) + "".join(_CLOSE[mark] for mark in reversed(stack))


def _tokens(text: str) -> tuple[list[str], bool]:
    """Tokens of the text, strings properly escaped, and whether every container and string was closed."""
    tokens: list[str] = []
    stack: list[str] = []
    at = 0
    while True:
        if skipped := _SKIP.match(text, at):
            at = skipped.end()
        if at >= len(text):
            return tokens, not stack
        char = text[at]
        if char == '"':
            is_key = bool(stack) and stack[-1] == "{" and tokens[-1] != ":"
            end = _string_end(text, at + 1, "" if is_key or not stack else stack[-1])
            if end < 0:
                return tokens, False
            tokens.append('"' + _ESCAPE.sub(_escaped, text[at + 1 : end]) + '"')
            at = end + 1
            continue
        if char in "{}[],:":
            tokens.append(char)
            at += 1
            if char in "{[":
                stack.append(char)
            elif char in "}]" and stack:
                stack.pop()
            continue
        word = _WORD.match(text, at)
        assert word is not None
        tokens.append(_OTHER_WORDS.get(word.group(), word.group()))
        at = word.end()


def _string_end(text: str, start: int, container: str) -> int:
    """Index of the quote that ends the string which starts at `start`; -1 if none does."""
    ends = _ENDS.get(container)
    at = start
    while True:
        part = _PART.match(text, at)
        at = part.end() if part else at
        if at >= len(text) or text[at] != '"':
            return -1
        if ends is None or ends.match(text, at + 1):
            return at
        at += 1


def _escaped(match: re.Match[str]) -> str:
    if match.group(1):
        return match.group()
    return '\\"' if match.group() == '"' else ""
