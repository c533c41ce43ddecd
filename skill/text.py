"""One utterance made comparable: case, contractions, spelling, digits, tokens. Pure functions, English.

The matcher that plays Alexa has its own, frozen, way of doing this; what is here serves the understanding.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

# Spellings that differ between the five locales, folded to one. Those that are spoken stand in words.yaml as well;
# a test holds the two together.
_SPELLINGS = {
    "anaemia": "anemia", "anaemic": "anemic", "anaesthetic": "anesthetic", "behaviour": "behavior",
    "caesarean": "cesarean", "caesarian": "cesarean", "centre": "center", "colour": "color", "coloured": "colored",
    "diarrhoea": "diarrhea", "oedema": "edema", "oestrogen": "estrogen", "fibre": "fiber", "flavour": "flavor",
    "grey": "gray", "gynaecologist": "gynecologist", "haemorrhoids": "hemorrhoids", "haemorrhage": "hemorrhage",
    "haemorrhaging": "hemorrhaging", "labour": "labor", "litre": "liter", "moisturiser": "moisturizer",
    "mum": "mom", "mums": "moms", "odour": "odor", "pyjamas": "pajamas", "paediatrician": "pediatrician",
    "tumour": "tumor", "tummy": "belly", "pre-eclampsia": "preeclampsia",
}  # fmt: skip

_IRREGULAR = {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not", "ain't": "is not",
              "im": "i am", "ive": "i have", "cant": "can not", "dont": "do not", "isnt": "is not",
              "doesnt": "does not", "didnt": "did not", "wasnt": "was not", "couldnt": "could not", "hasnt": "has not",
              "havent": "have not", "cannae": "can not", "dinnae": "do not", "gonna": "going to",
              "wanna": "want to", "gotta": "got to", "dunno": "do not know"}  # fmt: skip
_PRONOUNS = "he|she|it|that|there|what|where|who|how|when|this|everything|something|nothing|here|baby|head|heart"
_CONTRACTIONS = (
    (re.compile(r"\b(\w+)n't\b"), r"\1 not"),
    (re.compile(r"\b(i)'m\b"), r"\1 am"),
    (re.compile(r"\b(\w+)'ve\b"), r"\1 have"),
    (re.compile(r"\b(\w+)'re\b"), r"\1 are"),
    (re.compile(r"\b(\w+)'ll\b"), r"\1 will"),
    (re.compile(r"\b(\w+)'d\b"), r"\1 would"),
    (re.compile(rf"\b({_PRONOUNS})'s\b"), r"\1 is"),
    (re.compile(r"\b(\w+)'s\b"), r"\1"),
)
_ENTITY = re.compile(r"&(?:amp;)*(#?\w+);")
_LOOKALIKES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'") | {"\u00ba": "\u00b0"})
"""Written for an apostrophe; and the ordinal sign, which stands for degrees and would become the letter o."""
_INVISIBLE = frozenset({"Cf", "Cc", "Mn"})
"""Unicode's categories of what is no letter and no space: soft hyphens and marks of direction, controls, accents."""
_TAG = re.compile(
    r"</?(?:speak|audio|break|emphasis|lang|mark|p|phoneme|prosody|s|say-as|sub|voice|w|amazon:\w+)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>",
    re.IGNORECASE,
)
"""Of SSML alone: what else stands between angle brackets may be words."""
_OVER = re.compile(r"(?<=\d)\s*/\s*(?=\d{2})")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NOT_WORD = re.compile(r"[^a-z']+")


def _spell_number(match: re.Match[str]) -> str:
    """`38.5` → ` thirty eight point five `; numbers too long to be said are left out."""
    if len(match.group()) > 12:
        return " "
    from num2words import num2words  # noqa: PLC0415 - it loads every language it knows, and few people say digits

    return f" {num2words(float(match.group()) if '.' in match.group() else int(match.group()))} "


def legible(text: str) -> str:
    """Anything that arrives as spoken → the same with words that can be read: entities and full-width or ornamental
    letters as plain ones, without what is invisible inside a word and without SSML. What a recogniser or a person
    writes, and whatever is plain already, stays as it is.
    """
    if text.isascii() and text.isprintable() and not {"&", "<"} & {*text}:
        return text
    text = _ENTITY.sub(lambda found: html.unescape(f"&{found[1]};"), text)
    text = unicodedata.normalize("NFKD", text.translate(_LOOKALIKES))
    visible = (sign for sign in text if sign.isspace() or unicodedata.category(sign) not in _INVISIBLE)
    return _TAG.sub(" ", "".join(visible))


@lru_cache(maxsize=4096)
def comparable(utterance: str) -> str:
    """Any text → lower-case words with single spaces: contractions opened, spelling folded, digits spelled.

    "My waters've gone, I can't feel him!" → "my waters have gone i can not feel him". Anything that is not a letter
    becomes a space, so the result may be empty.
    """
    text = utterance.lower().replace("\u2019", "'").replace("pre-eclampsia", "preeclampsia")
    # A slash between two numbers is a blood pressure, said with "over": 170/110.
    text = _NUMBER.sub(_spell_number, _OVER.sub(" over ", text))
    words = _NOT_WORD.sub(" ", text).split()
    text = " ".join(_IRREGULAR.get(word.strip("'"), word.strip("'")) for word in words)
    for contraction, opened in _CONTRACTIONS:
        text = contraction.sub(opened, text)
    return " ".join(_SPELLINGS.get(word, word) for word in text.replace("'", "").split())


def tokens(utterance: str) -> list[str]:
    """Comparable words in order."""
    return comparable(utterance).split()
