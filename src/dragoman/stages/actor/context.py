"""The country of a role that names none: that of its sentence, of the dateline, or of the report."""

from __future__ import annotations

from dragoman.stages.actor.describe import Description
from dragoman.stages.actor.scene import Land, Scene
from dragoman.types import Actor, Span

_HOME = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "OPP", "SPY", "PTY", "LAB", "CVL", "REB", "EDU", "MED", "REL", "ELI", "SOC"})
_ANYWHERE = frozenset({"analyst", "critic", "diplomat", "expert", "migrant", "observer", "refugee", "source"})


def country(scene: Scene, index: int, said: Description) -> tuple[Land | None, str, tuple[Actor, ...]]:
    """Return the land that the surroundings tell, the rule, and candidates where they tell several.

    A sentence with one country wins, then the dateline, then the one country that the report is of.
    """
    if not said.sectors or not set(said.sectors) & _HOME or said.lemma in _ANYWHERE:
        return None, "role", ()
    if any(scene.tokens.word[child].lower() in scene.know.words.abroad for child in scene.tokens.children[said.head]):
        return None, "role", ()
    here = scene.codes_in[scene.sentence(index)]
    choices = (("context.sentence", here if len(here) == 1 else ()), ("context.dateline", (scene.dateline,) if scene.dateline else ()))
    for rule, codes in (*choices, ("context.report", scene.topic[:1] if len(scene.topic) == 1 else ())):
        if rule == "context.dateline" and scene.topic and codes and codes[0] not in scene.topic:
            continue
        state = scene.know.state(codes[0]) if codes else None
        if state is not None:
            return Land(state, span_of(scene, index, state.code), rule), rule, ()
    doubt = tuple(Actor(None, _name(scene, index), code, said.sectors) for code in (here or scene.topic)[:3])
    return None, "role", doubt


def span_of(scene: Scene, index: int, code: str | None) -> Span | None:
    """Return the words nearest before a mention that name a country."""
    for each in range(index, max(-1, index - 60), -1):
        if any(entry.code == code for entry in scene.entries[each][:1]):
            return scene.mentions[each].span
    return None


def _name(scene: Scene, index: int) -> str:
    return " ".join(scene.words(index))
