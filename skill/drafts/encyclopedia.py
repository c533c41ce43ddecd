"""A plain-text encyclopedia page → the sections of a draft: in order, nothing lost, every one marked for rewriting.

A line is a heading when it stands for itself and reads like one: a known name, a numbered or marked line, or a short
line without an end mark that is followed by a paragraph. Unknown headings are kept and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from skill.drafts.draft import Imported

_KNOWN = {
    "summary": ("introduction", "overview", "summary", "definition", "description", "background", "about"),
    "causes": ("causes", "cause", "etiology", "aetiology", "reasons", "why it happens", "pathogenesis"),
    "checks": ("related examinations", "related examination", "related inspection", "examinations", "examination",
               "inspection", "tests", "checks", "diagnosis", "diagnostic tests"),
    "differentials": ("differential diagnosis", "differential diagnoses", "differentials", "what else it could be",
                      "other causes", "similar conditions"),
    "relief": ("treatment", "treatments", "self care", "self-care", "relief", "what helps", "prevention", "care",
               "management"),
    "when_to_call": ("when to call", "when to see a doctor", "when to seek help", "warning signs", "red flags",
                     "complications"),
    "sources": ("sources", "references", "further reading", "bibliography"),
}  # fmt: skip
_GOES_TO = {name: key for key, names in _KNOWN.items() for name in names}
_MARKS = re.compile(r"^(?:#+\s*|=+\s*|\*+\s*|(?:\d+|[IVX]+|[a-z])[.)]\s*)")
_UNDERLINE = re.compile(r"^\s*(?:=+|-+|~+|\*+)\s*$")
_MOST_WORDS_OF_A_HEADING = 8


def goes_to(heading: str) -> str | None:
    """The key of the article that a heading stands for; None where it is not known."""
    return _GOES_TO.get(_bare(heading).lower())


def _bare(line: str) -> str:
    return _MARKS.sub("", line.strip()).strip(" :=*#-").strip()


def read_page(text: str) -> tuple[Imported, ...]:
    """The sections of a page, in order. Every line that is not blank or an underline stands in one of them."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    for lines in _blocks(text):
        heading, rest = _heading(lines)
        if heading is not None:
            sections.append((heading, []))
        if rest:
            sections[-1][1].append(" ".join(rest))
    return tuple(
        Imported(heading=heading, goes_to=goes_to(heading), paragraphs=tuple(paragraphs))
        for heading, paragraphs in sections
        if heading or paragraphs
    )


def _blocks(text: str) -> Iterator[list[str]]:
    """Runs of lines between blank ones; a known heading begins a block of its own."""
    block: list[str] = []
    for line in text.splitlines():
        if not line.strip() or (goes_to(line) is not None and block):
            if block:
                yield block
            block = []
        if line.strip():
            block.append(line.strip())
    if block:
        yield block


def _heading(lines: list[str]) -> tuple[str | None, list[str]]:
    """The heading a block begins with, as the page has it, and the lines after it."""
    first, rest = lines[0], lines[1:]
    underlined = bool(rest) and bool(_UNDERLINE.match(rest[0]))
    marked = first.startswith(("#", "="))
    known = goes_to(first) is not None
    alone = not rest and _reads_like_a_heading(first)
    if underlined or marked or known or alone:
        return _bare(first) or first, [line for line in rest if not _UNDERLINE.match(line)]
    match = re.match(r"^([A-Za-z][A-Za-z -]{2,40}):\s+(.+)$", first)
    if match and goes_to(match.group(1)) is not None:
        return match.group(1), [match.group(2), *rest]
    return None, lines


def _reads_like_a_heading(line: str) -> bool:
    short = len(line.split()) <= _MOST_WORDS_OF_A_HEADING
    return short and not re.search(r"[.?!;,]$", line) and bool(re.match(r"[A-Z0-9#]", line))
