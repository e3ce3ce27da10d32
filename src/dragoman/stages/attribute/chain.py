"""The chain of voices: who each source is, which stance it takes, through whom the report has it, what lies inside what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.stages.actor import actors_in
from dragoman.stages.attribute import sources, stance
from dragoman.stages.attribute.channels import Setting, carried, key, settings, who
from dragoman.stages.attribute.cues import Cues
from dragoman.stages.attribute.page import Draft, Page
from dragoman.types import Act, Actor, Attribution, Evidence, Kind, Span, Via, digest

_FIRST_PERSON = frozenset(("i", "we", "my", "our", "us", "me", "myself", "ourselves"))
_MARKS = "“”\"„‟«»‹›‘’‚‛'`「」『』＂"


def chain(here: Page, drafts: Sequence[Draft], cues: Cues, *, outlets: frozenset[str]) -> list[Attribution]:
    """Return finished attributions in the order of the drafts."""
    ordinals: dict[Span, int] = {}
    made: list[Attribution] = []
    for draft in drafts:
        anchor = draft.cue or draft.content[0]
        ordinal = ordinals.get(anchor, 0)
        ordinals[anchor] = ordinal + 1
        ident = digest(here.reading.report.id, "attribution", str(anchor.start), str(anchor.end), str(ordinal))
        made.append(_cued(here, draft, cues, ident) if draft.entry is not None else _continued(draft, made, ident))
    made = _leaning(_nest(made), drafts)
    made = _first_persons(here, made, drafts)
    return _channelled(here, made, drafts, settings(here, cues, outlets))


def _continued(draft: Draft, made: Sequence[Attribution], ident: str) -> Attribution:
    """Return the attribution of a quotation that goes on without a cue: whoever spoke before speaks on."""
    evidence = [Evidence("content", part, "attribute.continued") for part in draft.content]
    before = made[draft.continues] if draft.continues is not None else None
    if before is not None:
        evidence.append(Evidence("speaker", before.source or before.content[0], "attribute.continued"))
    return Attribution(
        id=ident,
        source=None,
        speaker=before.speaker if before else None,
        cue=(),
        content=draft.content,
        kind="direct",
        act=before.act if before else "speech",
        stance="asserts",
        candidates=before.candidates if before else (),
        score=draft.score,
        evidence=tuple(evidence),
    )


def _cued(here: Page, draft: Draft, cues: Cues, ident: str) -> Attribution:
    assert draft.entry is not None
    evidence = [Evidence("content", part, f"attribute.content.{draft.frame}") for part in draft.content]
    rule = f"{draft.entry.id}/{draft.form}"
    if draft.cue is not None:
        evidence.append(Evidence("cue", draft.cue, rule))
        evidence.append(Evidence("stance", draft.cue, rule + ("+negation" if draft.negated else "")))
    source: Span | None = None
    speaker: Actor | None = None
    candidates: tuple[Actor, ...] = ()
    act: Act = draft.entry.act
    if draft.source is not None:
        whole = sources.antecedent(here.tokens, draft.source) or draft.source
        named = sources.bare(here.tokens, whole)
        source = here.tokens.span(named.first, named.last)
        evidence.append(Evidence("source", source, named.rule))
        if whole is not draft.source:
            evidence.append(Evidence("source", here.tokens.span(draft.source.first, draft.source.last), draft.source.rule))
        elif named.last < whole.last:
            evidence.append(Evidence("source", here.tokens.span(named.first, whole.last), "attribute.source.described"))
        speaker, candidates, why = _speaker(here, named.head)
        evidence.extend(why)
        if act in ("speech", "document") and any(here.tokens.lemma[i] in cues.writings for i in range(named.first, named.head + 1)):
            act = "writing"
        elif act == "speech" and here.tokens.lemma[named.head] in cues.documents:
            act = "document"
        elif act == "document" and here.tokens.lemma[named.head] not in cues.documents:
            act = "speech"
    told = _kind(here, draft)
    if act == "thought" and told == "direct":
        act = "speech"
    return Attribution(
        id=ident,
        source=source,
        speaker=speaker,
        cue=(draft.cue,) if draft.cue else (),
        content=draft.content,
        kind=told,
        act=act,
        stance=stance.of(here, draft, cues),
        candidates=candidates,
        score=draft.score,
        evidence=tuple(evidence),
    )


def _kind(here: Page, draft: Draft) -> Kind:
    """Tell direct (nothing but quotation), mixed (some) and indirect (none) content apart."""
    if draft.frame in ("statement", "turn"):
        return "direct"
    quoted = [_quoted(here, part) for part in draft.content]
    if all(each == "all" for each in quoted):
        return "direct"
    return "indirect" if all(each == "none" for each in quoted) else "mixed"


def _quoted(here: Page, part: Span) -> str:
    first, last = here.quote_at(part.start), here.quote_at(part.end - 1)
    if first is not None and first == last and here.quotes[first].start >= part.start:
        return "all"
    index = here.after(part.start)
    some = index < len(here.quotes) and here.quotes[index].start < part.end
    return "some" if some else "none"


def _speaker(here: Page, head: int) -> tuple[Actor | None, tuple[Actor, ...], list[Evidence]]:
    """Return who the head word of a source is, who else it may be, and the words that say so."""
    for each in actors_in(here.reading, head):
        if each.actor is not None or each.candidates:
            words = Span(here.tokens.start[head], here.tokens.end[head])
            why = [Evidence("speaker", words, each.rule)]
            why.extend(Evidence("speaker", item.span, item.rule) for item in each.evidence if item.span != words)
            return each.actor, each.candidates, why
    return None, (), []


def _nest(made: list[Attribution]) -> list[Attribution]:
    """Say for each attribution which one holds it: the smallest whose content holds its cue (or its content)."""
    opened: list[tuple[int, int, int]] = []
    for index, each in enumerate(made):
        opened.extend((part.start, -part.end, index) for part in each.content)
    anchors = sorted(((each.cue or each.content)[0].start, (each.cue or each.content)[0].end, index) for index, each in enumerate(made))
    opened.sort()
    inside: dict[int, str] = {}
    stack: list[tuple[int, int, int]] = []
    place = 0
    for start, end, index in anchors:
        while place < len(opened) and opened[place][0] <= start:
            stack.append((opened[place][0], -opened[place][1], opened[place][2]))
            place += 1
        stack = [item for item in stack if item[1] >= end] if len(stack) > 24 else stack
        holding = [item for item in stack if item[1] >= end and item[2] != index and not (item[0] == start and item[1] == end)]
        if holding:
            inside[index] = made[min(holding, key=lambda item: (item[1] - item[0], item[2]))[2]].id
    nested = [replace(each, inside=inside.get(index)) for index, each in enumerate(made)]
    return _no_circles(nested)


def _leaning(made: list[Attribution], drafts: Sequence[Draft]) -> list[Attribution]:
    """Put who is cited inside the voice that cites: both have the same content."""
    found = list(made)
    for index, draft in enumerate(drafts):
        if draft.frame == "cited":
            outer = next(
                (each for each, other in zip(made, drafts, strict=True) if other.frame != "cited" and each.content == made[index].content),
                None,
            )
            found[index] = replace(made[index], inside=outer.id if outer is not None else None)
    return found


def _no_circles(made: list[Attribution]) -> list[Attribution]:
    """Cut a chain that leads back to itself (two contents that hold each other's cue)."""
    above = {each.id: each.inside for each in made}
    for each in made:
        seen, here = {each.id}, above[each.id]
        while here is not None and len(seen) < 50:
            if here in seen:
                above[each.id] = None
                break
            seen.add(here)
            here = above[here]
        else:
            if here is not None:
                above[each.id] = None
    return [replace(each, inside=above[each.id]) for each in made]


def _first_persons(here: Page, made: list[Attribution], drafts: Sequence[Draft]) -> list[Attribution]:
    """Give "I" and "we" inside a quotation the speaker of the attribution around them."""
    number = {each.id: index for index, each in enumerate(made)}
    for index, draft in enumerate(drafts):
        each = made[index]
        head = draft.source.head if draft.source is not None else None
        if head is None or each.inside is None or here.tokens.word[head].lower() not in _FIRST_PERSON:
            continue
        outer = made[number[each.inside]]
        if outer.speaker is None or each.source is None:
            continue
        words = Evidence("speaker", outer.source or outer.content[0], "attribute.first-person")
        kept = tuple(item for item in each.evidence if item.role != "speaker")
        made[index] = replace(each, speaker=outer.speaker, candidates=outer.candidates, evidence=(*kept, words))
    return made


def _channelled(here: Page, made: list[Attribution], drafts: Sequence[Draft], found: Sequence[Setting]) -> list[Attribution]:
    """Say through which outlet each statement came: its own words first, then an interview told before."""
    by_sentence: dict[int, list[Setting]] = {}
    for setting in found:
        by_sentence.setdefault(here.tokens.sentence[setting.token], []).append(setting)
    lasting = carried(here, found)
    for index, draft in enumerate(drafts):
        each = made[index]
        if draft.entry is None:
            before = made[draft.continues] if draft.continues is not None else None
            if before is not None and before.via is not None:
                made[index] = replace(each, via=before.via)
            continue
        own = _own(here, draft, by_sentence.get(here.tokens.sentence[draft.token], ()))
        rule = "attribute.via"
        if own is None and each.inside is None and each.speaker is not None and each.cue:
            own = next((s for token, whose, s in reversed(lasting) if token < draft.token and whose == key(each.speaker)), None)
            rule = "attribute.via.interview"
        outer = next((one.source for one in made if one.id == each.inside), None)
        if own is not None and outer is not None and outer.start <= here.tokens.start[own.outlet] < outer.end:
            own = None
        if own is not None and (draft.source is None or own.outlet != draft.source.head):
            span = here.tokens.span(own.first, own.last)
            made[index] = replace(each, via=Via(span, who(here, own.outlet)), evidence=(*each.evidence, Evidence("via", span, rule)))
    return made


def _own(here: Page, draft: Draft, found: Sequence[Setting]) -> Setting | None:
    """Return the setting of an attribution's own sentence: the same verb, or the same subject."""
    for setting in found:
        inside = any(part.start <= here.tokens.start[setting.token] < part.end for part in draft.content)
        if setting.token == draft.token:
            return setting
        if not inside and draft.source is not None and setting.speaker == draft.source.head:
            return setting
    return None
