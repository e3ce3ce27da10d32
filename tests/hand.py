"""A reading made by hand: what tests of exports, sheets and commands print without any model."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from dragoman.types import (
    Actor,
    Attribution,
    Claim,
    Consequence,
    Evidence,
    Label,
    Number,
    Reading,
    Rejected,
    Relation,
    Report,
    Span,
    Split,
    Via,
    Voice,
    When,
    Where,
    digest,
)

TEXT = (
    "LUSAKA — Zambia\u2019s foreign minister met his Malawian counterpart in Lusaka on Monday.\r\n"
    "\u201cOur countries are old friends,\u201d the minister told Radio Copper. Police denied that "
    "officers had arrested 12 protesters, whom state television called \u201cvandals\u201d. "
    "The rally led to the closure of two roads.\r\n"
)
ZMB = "Zambia\u2019s foreign minister"


def span(words: str, text: str = TEXT) -> Span:
    """Return where some words first stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def split(text: str) -> Split:
    """Cut a text at spaces and full stops: enough for tests, no stage."""
    tokens = [found.span() for found in re.finditer(r"\w+|[^\w\s]", text)]
    sentences, first = [], 0
    for number, (start, _) in enumerate(tokens):
        if text[start] in ".!?":
            sentences.append((first, number + 1))
            first = number + 1
    if first < len(tokens):
        sentences.append((first, len(tokens)))
    return Split(tuple(s for s, _ in tokens), tuple(e for _, e in tokens), tuple(sentences), (0,) * len(sentences))


def report(text: str = TEXT) -> Report:
    """Return the report that the reading is of."""
    return Report(text, published=date(2024, 2, 28), publisher="Lakeside News Agency")


def reading(source: Report | None = None) -> Reading:
    """Return a reading in which every field of every kind is filled at least once."""
    source = source or report()
    text = source.text
    if text != TEXT:
        return Reading(report=source, split=split(text), coder="hand 1")
    minister = Actor("office:zmb.foreign", "Zambia\u2019s foreign minister", "ZMB", ("GOV",), span(ZMB))
    guest = Actor(None, "Malawian counterpart", "MWI", ("GOV",), span("Malawian counterpart"))
    police = Actor(None, "Police", "ZMB", ("COP",), span("Police"))
    crowd = Actor(None, "protesters", "ZMB", ("CVL",), span("protesters"))
    said = Attribution(
        id=digest(source.id, "said"),
        source=span("the minister"),
        speaker=minister,
        cue=(span("told"),),
        content=(span("Our countries are old friends"),),
        kind="direct",
        act="speech",
        stance="asserts",
        candidates=(minister, guest),
        via=Via(span("Radio Copper"), None),
        score=0.91239,
        evidence=(Evidence("cue", span("told"), "tell.01"), Evidence("source", span("the minister"), "definite-office")),
    )
    denied = Attribution(
        id=digest(source.id, "denied"),
        source=span("Police"),
        speaker=police,
        cue=(span("denied"),),
        content=(span("officers had arrested 12 protesters"),),
        kind="indirect",
        act="speech",
        stance="denies",
        evidence=(Evidence("cue", span("denied"), "deny.01"),),
    )
    met = Claim(
        id=digest(source.id, "met"),
        type="CONSULT",
        trigger=span("met"),
        quad=1,
        intensity=4.0,
        modes=("visit",),
        contexts=("diplomatic",),
        actors=(minister,),
        recipients=(guest,),
        when=When("2024-02-26", "2024-02-26", "day", span("on Monday"), "weekday"),
        where=Where("Lusaka", "ZMB", "place", span("Lusaka", TEXT), lat=-15.406690001, lon=28.2871, gazetteer_id="909137"),
        score=0.87654321,
        evidence=(
            Evidence("trigger", span("met"), "consult.meet"),
            Evidence("actor", span(ZMB), "ARG0"),
            Evidence("when", span("on Monday"), "weekday"),
            Evidence("odd", span("Zambia"), "a-role-nobody-knows"),
        ),
    )
    arrested = Claim(
        id=digest(source.id, "arrested"),
        type="COERCE",
        trigger=span("arrested"),
        quad=4,
        intensity=-7.0,
        modes=("arrest",),
        actors=(police,),
        recipients=(crowd,),
        status=("negation",),
        held_by=(Voice(denied.id, "denies"),),
        numbers=(Number("arrested", 12, 12, span("12")),),
        incomplete=False,
        evidence=(Evidence("trigger", span("arrested"), "coerce.arrest"), Evidence("number", span("12"), "ARG1")),
    )
    old = Relation(
        digest(source.id, "old"), minister, guest, span("old friends"), "positive", "improving", "1964", None, (Voice(said.id, "asserts"),)
    )
    vandals = Label(digest(source.id, "vandals"), crowd, span("protesters"), span("vandals"), None, True, 0.5)
    led = Consequence(digest(source.id, "led"), arrested.id, span("the closure of two roads"), span("led to"))
    return replace(
        Reading(report=source, split=split(text), coder="hand 1"),
        attributions=(said, denied),
        claims=(met, arrested),
        labels=(vandals,),
        relations=(old,),
        consequences=(led,),
        rejected=(Rejected(span("LUSAKA"), "dateline"),),
    )
