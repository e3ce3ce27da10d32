"""The country of a role that names none: that of its sentence, of the dateline, or of the report."""

from __future__ import annotations

from dragoman.stages.actor.describe import Description
from dragoman.stages.actor.scene import Land, Scene
from dragoman.types import Actor, Span

_HOME = frozenset(
    {"GOV", "MIL", "COP", "JUD", "LEG", "OPP", "SPY", "PTY", "LAB", "CVL", "REB", "EDU", "MED", "REL", "ELI", "AGR", "BUS", "SOC"}
)
_PUBLIC = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "OPP", "SPY", "PTY"})
_OWN_OFFICES = frozenset({"secretary", "spokesman", "spokesperson", "spokeswoman", "undersecretary"})
_ANYWHERE = frozenset({"analyst", "critic", "diplomat", "expert", "migrant", "observer", "refugee", "source"})


def country(scene: Scene, index: int, said: Description, *, strict: bool = False) -> tuple[Land | None, str, tuple[Actor, ...]]:
    """Return the land that the surroundings tell, the rule, and candidates where they tell several.

    A sentence with one country wins, then the dateline, then the one country that the report is of.
    ``strict`` asks that the report names next to no other country: for persons, whom one wrong guess
    would follow through the report. It holds for rebels as well, who are named beside those they fight.
    """
    if not said.sectors or not set(said.sectors) & _HOME or said.lemma in _ANYWHERE:
        return None, "role", ()
    own = said.agent.form if said.agent else ()  # the "foreign" of a foreign minister is none of abroad
    before = {scene.tokens.word[child].lower() for child in scene.tokens.children[said.head]}
    if any(word in scene.know.words.abroad and word not in own for word in before):
        return None, "role", ()
    number = scene.sentence(index)
    public = bool(set(said.sectors) & _PUBLIC)
    ground = () if public or said.sectors[0] == "REB" else scene.grounds_in[number]
    if said.lemma in scene.know.words.things and len(ground) != 1:
        return None, "role", ()
    official = said.kind == "person" and not said.plural and said.sectors[0] == "GOV"
    here = (scene.owners_in if official else scene.codes_in)[number]
    earlier = scene.codes_in[number - 1] if number else ()
    report = (scene.main,) if scene.main else ()
    choices: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("context.ground", ground if len(ground) == 1 else ()),
        ("context.sentence", here if len(here) == 1 else ()),
        ("context.before", earlier if public and len(earlier) == 1 and not here and earlier[0] in scene.topic else ()),
        ("context.dateline", (scene.dateline,) if scene.dateline and (not scene.topic or scene.dateline in scene.topic) else ()),
        ("context.report", report),
        ("context.before", earlier if public and len(earlier) == 1 and not here else ()),
    )
    if official and scene.publisher is not None and scene.publisher.country and _of_publisher(scene, index, said):
        choices = (("context.publisher", (scene.publisher.country,)),)
    elif strict or said.sectors[0] == "REB":
        choices = (("context.report", (scene.alone,) if scene.alone else ()),)
    for rule, codes in choices:
        state = scene.know.state(codes[0]) if codes else None
        if state is not None:
            return Land(state, span_of(scene, index, state.code), rule), rule, ()
    doubt = tuple(Actor(None, _name(scene, index), code, said.sectors) for code in (here or scene.topic)[:3])
    return None, "role", doubt


def _of_publisher(scene: Scene, index: int, said: Description) -> bool:
    """Tell whether an office without a country is one of the state whose body published the report.

    Secretaries and spokesmen are; ministers where no name follows that the report may know from another state.
    """
    if said.lemma in _OWN_OFFICES:
        return True
    mention = scene.mentions[index]
    named = mention.kind == "name" or (mention.last < len(scene.tokens) and scene.cover[mention.last] >= 0)
    return said.lemma == "minister" and not named and said.definite and not scene.owners_in[scene.sentence(index)]


def span_of(scene: Scene, index: int, code: str | None) -> Span | None:
    """Return the words nearest before a mention that name a country."""
    for each in range(index, max(-1, index - 60), -1):
        if any(entry.code == code for entry in scene.entries[each][:1]):
            return scene.mentions[each].span
    return None


def _name(scene: Scene, index: int) -> str:
    return " ".join(scene.words(index))
