"""Privacy policy and terms of use: the texts of docs/store/ with an operator's own particulars, as pages to publish."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jinja2 import Environment, PackageLoader, select_autoescape
from markdown_it import MarkdownIt

from skill.errors import Fault, InputInvalid, PackageInvalid
from skill.library.locales import PLACEHOLDER
from skill.library.store import Library

POLICIES = ("privacy-policy", "terms-of-use")
LONGEST = 200
"""Characters of one particular: more is a slip, not a name."""
_EMAIL = re.compile(r"[^@\s<>\"]+@[^@\s<>\"]+\.[A-Za-z]{2,}")
_PAGE = re.compile(r"https://[^\s<>\"]+\.[^\s<>\"]+")


@dataclass(frozen=True)
class Operator:
    """Who answers for the skill."""

    name: str
    contact: str
    """An e-mail address, or the https address of a page with a form."""
    country: str
    """Whose law holds, as in the middle of a sentence: "the United States"."""
    host: str
    """Whose computers it runs on."""
    effective: date
    """The day from which the pages hold."""


def operator_faults(operator: Operator) -> Iterator[Fault]:
    """Every particular that cannot be printed."""
    given = {"--operator": operator.name, "--country": operator.country, "--host": operator.host}
    for option, value in given.items():
        if not value.strip() or not value.isprintable() or len(value) > LONGEST:
            remedy = f"Give 1 to {LONGEST} characters on one line."
            yield Fault(option, "", f"{value[:LONGEST]!r} cannot be printed.", remedy)
    if not (_EMAIL.fullmatch(operator.contact) or _PAGE.fullmatch(operator.contact)):
        problem = f"{operator.contact[:LONGEST]!r} is no way to reach you."
        yield Fault("--contact", "", problem, "Give an e-mail address, or the https address of a page.")


def write_policies(
    source: Path, folder: Path, operator: Operator, skill_name: str, library: Library
) -> tuple[Path, ...]:
    """Fills the texts of `source` in and writes each as one HTML file; gives their paths.

    Raises PackageInvalid with every particular that will not do, and InputInvalid for a text with a placeholder that
    nothing fills, or a file that is there already.
    """
    faults = list(operator_faults(operator))
    if faults:
        raise PackageInvalid(faults)
    values = {
        "skill": html.escape(skill_name),
        "operator": html.escape(operator.name),
        "contact": _link(operator.contact),
        "country": html.escape(operator.country),
        "host": html.escape(operator.host),
        "effective": f"{operator.effective.day} {operator.effective:%B %Y}",
        "intended_use": html.escape(library.said.intended_use[0]),
        "review_state": html.escape(_review_state(library)),
    }
    filled = {folder / f"{name}.html": _page(source / f"{name}.md", values) for name in POLICIES}
    there = [str(path) for path in filled if path.exists()]
    if there:
        raise InputInvalid(f"{', '.join(there)}: there already. Move it away, or name another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in filled.items():
        path.write_text(text, encoding="utf-8")
    return tuple(filled)


def _page(source: Path, values: dict[str, str]) -> str:
    """One text as a whole HTML page. Filled in after Markdown is rendered, so that no value is taken for markup."""
    text = source.read_text(encoding="utf-8")
    unknown = sorted(set(PLACEHOLDER.findall(text)) - values.keys())
    if unknown:
        raise InputInvalid(f"{source}: nothing fills {', '.join(f'{{{name}}}' for name in unknown)}.")
    body = PLACEHOLDER.sub(lambda found: values[found.group(1)], MarkdownIt("js-default").render(text))
    title = re.sub(r"<[^>]+>", "", body.partition("</h1>")[0])
    page = Environment(loader=PackageLoader("skill.store_package"), autoescape=select_autoescape())
    return page.get_template("policy.html").render(title=html.unescape(title), body=body) + "\n"


def _review_state(library: Library) -> str:
    """Who has read the texts, as of the content that these pages are written beside."""
    unsigned, total = len(library.unreviewed), len(library.names)
    if unsigned == total:
        return library.said.review_unreviewed[0]
    if unsigned:
        return f"A clinician has reviewed our wording on {total - unsigned} of {total} topics, and not on the others."
    return f"A clinician has reviewed our wording on all {total} topics."


def _link(contact: str) -> str:
    address = contact if contact.startswith("https://") else f"mailto:{contact}"
    return f'<a href="{html.escape(address)}">{html.escape(contact)}</a>'
