"""How a score adds up: what each criterion was given, what that means, and the points that it adds."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cireg.figures import number
from cireg.scoring import models
from cireg.scoring.grid import CRITERIA
from cireg.site.views.shown import Shown
from cireg.site.views.standing import Standing
from cireg.site.views.subject import Subject

BAR = 100
"""The width of the picture of a whole score, in its own units."""


class Points(NamedTuple):
    """A criterion's line: what was given, what that means here, and the points added of those there are.

    `width` and `room` draw it on a bar of `BAR` units: how wide it is, and how wide it could be.
    """

    name: str
    label: str
    given: str
    meaning: str
    added: str
    width: str
    room: str


def points(subject: Subject) -> tuple[Points, ...]:
    """The lines of the score: with points under the grid, with the inputs alone under other models."""
    config, words = subject.shown.config, subject.words
    model = config.get("scoring", "model")
    if model == "grid":
        return _grid(subject)
    given = subject.item.get("scores", model) or {}
    return tuple(
        Points(name, words.label(model, name), number(given[name]), "", "", "0", "0")
        for name in models.INPUTS[model]
        if name in given
    )


def _grid(subject: Subject) -> tuple[Points, ...]:
    if not subject.standing.parts:
        return ()
    shares = subject.shown.ranking.weights.shares()
    found = []
    for name, added, share in zip(CRITERIA, subject.standing.parts, shares, strict=True):
        given = subject.item.get("scores", name)
        key = "points", name, given
        if key not in subject.shown.made:
            subject.shown.made[key] = _criterion(subject, name, given, added, share)
        found.append(subject.shown.made[key])
    return tuple(found)


def _criterion(subject: Subject, name: str, given: int, added: float, share: float) -> Points:
    return Points(
        name,
        subject.words.label("criterion", name),
        subject.say("score.given", given=given),
        _anchor(subject.shown, name, given),
        subject.say("score.of", added=number(added), of=number(100 * share)),
        drawn(added),
        drawn(100 * share),
    )


def _anchor(shown: Shown, name: str, given: object) -> str:
    """What the register says that this number means."""
    anchors = shown.config.get("scoring", "anchors") or {}
    text = (anchors.get(name) or {}).get(str(given))
    return text if isinstance(text, str) else ""


@lru_cache(4096)
def drawn(length: float) -> str:
    """A length in a picture."""
    return f"{length * BAR / 100:.2f}".rstrip("0").rstrip(".")


class Segment(NamedTuple):
    """A part of a score in a narrow bar: the criterion, where it begins and how wide it is, of `BAR` units."""

    name: str
    x: str
    width: str


@lru_cache(1024)
def segments(standing: Standing) -> tuple[Segment, ...]:
    """The parts of a score side by side."""
    found, x = [], 0.0
    for name, added in zip(CRITERIA, standing.parts, strict=False):
        found.append(Segment(name, drawn(x), drawn(added)))
        x += added
    return tuple(found)


def in_words(standing: Standing, shown: Shown) -> str:
    """The parts of a score as the points they add, in one line."""
    key = "points", standing.parts
    if key not in shown.made:
        shown.made[key] = ", ".join(
            shown.say("score.part", criterion=shown.words.label("criterion", name), points=number(added))
            for name, added in zip(CRITERIA, standing.parts, strict=False)
        )
    return str(shown.made[key])
