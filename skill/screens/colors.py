"""The colors of the screens, dark, and which of them stand on which: a test computes the contrast of every pair.

AA: 4.5 to 1 for text, 3 to 1 for large text and for what shows where a button ends (W3C: WCAG 2.1, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

COLORS = {
    "ground": "#0B1220",
    "surface": "#1C2A3F",
    "text": "#F4F7FB",
    "quiet": "#B9C6D6",
    "accent": "#8FD3FF",
    "warning": "#3D2B00",
    "warningTitle": "#FFC94D",
    "button": "#1F5FA8",
    "focus": "#FFD166",
    "emergency": "#9B0A1B",
    "urgent": "#7A3A00",
    "urgentText": "#FFFFFF",
    "urgentQuiet": "#FFE3D6",
    "urgentButton": "#FFFFFF",
    "urgentButtonText": "#3A0008",
}

TEXT_ON = (
    ("text", "ground"),
    ("quiet", "ground"),
    ("accent", "ground"),
    ("text", "surface"),
    ("accent", "surface"),
    ("text", "warning"),
    ("warningTitle", "warning"),
    ("text", "button"),
    ("urgentText", "emergency"),
    ("urgentText", "urgent"),
    ("urgentQuiet", "emergency"),
    ("urgentQuiet", "urgent"),
    ("urgentButtonText", "urgentButton"),
)
"""Every pair of text and what is behind it."""

EDGE_ON = (
    ("focus", "ground"),
    ("focus", "surface"),
    ("focus", "button"),
    ("focus", "emergency"),
    ("focus", "urgent"),
    ("urgentButton", "emergency"),
    ("urgentButton", "urgent"),
    ("warningTitle", "ground"),
)
"""Every pair of an edge that has to be seen and what is behind it."""
