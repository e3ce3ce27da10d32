"""Whom a voice leans on: "..., Anadolu reported, citing a court official" - the official says the same thing, inside the agency's words."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.stages.attribute import sources
from dragoman.stages.attribute.cues import Cue, Cues
from dragoman.stages.attribute.page import Draft, Page

_CITING = frozenset(("cite", "quote"))
_TELLING = frozenset(("clause", "aside", "quote", "around", "parenthesis"))


def find(here: Page, cues: Cues, drafts: Sequence[Draft], *, found: Sequence[Cue]) -> list[Draft]:
    """Return the drafts with those of "citing X": X is the source, and what the verb above it tells the content."""
    tokens = here.tokens
    made = {}
    for cue in found:
        thing = tokens.child(cue.token, "obj") if cue.form in _CITING and tokens.tag[cue.token] == "VBG" else None
        if thing is None or tokens.upos[cue.token] != "VERB" or thing < cue.token or not _may_say(here, cues, thing):
            continue
        voice = _voice(here, cue, drafts)
        if voice is not None:
            source = sources.phrase(tokens, thing, cue.token, rule="cited")
            made[cue.token] = Draft(
                cue.token, cue.entries[0], cue.form, tokens.span(cue.token, cue.token + 1), source, voice.content, "cited", score=0.7
            )
    return [*(each for each in drafts if each.token not in made), *made.values()]


def _voice(here: Page, made: Cue, drafts: Sequence[Draft]) -> Draft | None:
    """Return what the verb that "citing" hangs on, or the nearest one of its sentence, tells."""
    sentence = here.tokens.sentence[made.token]
    near = [each for each in drafts if each.token != made.token and here.tokens.sentence[each.token] == sentence and each.frame in _TELLING]
    near = [each for each in near if here.same_quote(each.token, made.token)]
    above = [each for each in near if each.token == here.tokens.head[made.token]]
    near.sort(key=lambda each: abs(each.token - made.token))
    return next(iter((*above, *near)), None)


def _may_say(here: Page, cues: Cues, thing: int) -> bool:
    """Tell whether what is cited is somebody or a text, not a reason ("citing unpaid bills")."""
    tokens = here.tokens
    if tokens.lemma[thing] in cues.documents or tokens.upos[thing] == "PROPN":
        return True
    return here.names_somebody(thing)
