"""The country of a role that names none: the one that its surroundings speak for most."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict

from dragoman.stages.actor.describe import Description
from dragoman.stages.actor.scene import Land, Scene, Sign
from dragoman.types import Actor, Span

_OWN_OFFICES = frozenset({"secretary", "spokesman", "spokesperson", "spokeswoman", "undersecretary"})
_ANYWHERE = frozenset({"analyst", "critic", "diplomat", "expert", "observer", "source"})

# How much a word that tells of a country speaks for it, by its kind, and what is left of that with each sentence away.
_WEIGHTS = {"state": 1.5, "adjective": 1.0, "capital": 0.7, "seat": 0.7, "ground": 0.7, "demonym": 0.1}
_OTHER = 0.1
_FADES = 0.8
_REACH = 30  # sentences further away say nothing any more
_NEAR = 1.5
_DATELINE = 2.0
_TELLER = 1.0  # for a public body or official whose statement a role stands in
_OFFICIAL = (("GOV",), ("MIL",), ("COP",), ("LEG",), ("JUD",))
_MOST = 0.55  # share of the whole that the first country must have
_STRICT = 0.65


def country(scene: Scene, index: int, said: Description, *, strict: bool = False) -> tuple[Land | None, str, tuple[Actor, ...]]:
    """Return the land that the surroundings tell, the rule, and candidates where they tell several.

    Every word that tells of a country speaks for it, near ones more than far ones, one that acts or owns more than
    one that is visited or accused. ``strict`` asks for a clearer answer: for persons, whom one wrong guess would
    follow through the report, and for rebels, who are named beside those they fight.
    """
    if said.lemma in _ANYWHERE or said.sectors == ("UNK",) or _is_foreign(scene, said):
        return None, "role", ()
    if scene.publisher is not None and _is_official(scene.publisher, said) and _of_publisher(scene, index, said):
        state = scene.know.state(scene.publisher.country)
        if state is not None:
            return Land(state, span_of(scene, index, state.code), "context.publisher"), "context.publisher", ()
    strict = strict or said.sectors[:1] == ("REB",)
    land = nearest(scene, index, share=_STRICT if strict else _MOST, others=not strict)
    if land is not None:
        return land, land.rule, ()
    ranked = sorted(_votes(scene, index, others=not strict).items(), key=lambda pair: (-pair[1], pair[0]))
    return None, "role", tuple(Actor(None, _name(scene, index), each, said.sectors) for each, _ in ranked[:3])


def nearest(scene: Scene, index: int, *, share: float = _MOST, others: bool = True) -> Land | None:
    """Return the country that the report speaks for most at a mention, None where no country has ``share`` of the votes.

    Without ``others`` the countries that are only visited, accused or dealt with do not count.
    """
    votes = _votes(scene, index, others=others)
    if not votes:
        return None
    code, most = min(votes.items(), key=lambda pair: (-pair[1], pair[0]))
    state = scene.know.state(code)
    if state is None or most < share * sum(votes.values()):
        return None
    return Land(state, span_of(scene, index, code), _rule(scene, index, code))


def _is_official(publisher: Actor, said: Description) -> bool:
    """Tell whether somebody holds an office such as the publisher, a public body, has: of government, or of the army."""
    if said.kind == "institution" and said.definite and said.lemma in publisher.name.lower().split():
        return True
    return said.kind == "person" and not said.plural and said.sectors[:1] in (("GOV",), publisher.sectors[:1])


def _is_foreign(scene: Scene, said: Description) -> bool:
    """Tell whether an adjective places a role abroad or nowhere: "foreign", "Western", "regional"."""
    own = said.agent.form if said.agent else ()  # the "foreign" of a foreign minister is none of abroad
    before = (scene.tokens.word[child].lower() for child in scene.tokens.children[said.head])
    return any(word in scene.know.words.abroad and word not in own for word in before)


def _votes(scene: Scene, index: int, *, others: bool) -> dict[str, float]:
    """Count how much the report speaks for each country at a mention; see :func:`nearest`."""
    here, head = scene.sentence(index), scene.mentions[index].head
    votes: defaultdict[str, float] = defaultdict(float)
    for sign in _signs(scene, here, _REACH):
        if not others and sign.standing == "other":
            continue
        votes[sign.code] += (
            _weight(sign) * _FADES ** abs(here - sign.sentence) * (1 + _NEAR / (1 + abs(head - sign.head)) if here == sign.sentence else 1)
        )
    if scene.dateline:
        votes[scene.dateline] += _DATELINE
    teller = _teller(scene, head)
    if teller is not None:
        votes[teller] += _TELLER
    return votes


def _signs(scene: Scene, sentence: int, reach: int) -> list[Sign]:
    """Return the signs that stand no further than ``reach`` sentences away; they are in the order of the text."""
    first = bisect_left(scene.signs, sentence - reach, key=lambda sign: sign.sentence)
    last = bisect_right(scene.signs, sentence + reach, key=lambda sign: sign.sentence)
    return scene.signs[first:last]


def _teller(scene: Scene, head: int) -> str | None:
    """Return the country of who is told as saying the clause of a word: "Israel's military said troops had left"."""
    tokens = scene.tokens
    clause = head
    for _ in range(6):
        if tokens.dep[clause] in ("ccomp", "parataxis") and (verb := tokens.head[clause]) >= 0:
            subject = tokens.child(verb, "nsubj")
            if subject is None or tokens.lemma[verb].lower() not in scene.know.words.speech:
                return None
            mention = scene.find(subject)
            result = scene.results[mention] if mention is not None else None
            actor = result.actor if result is not None else None
            return actor.country if actor is not None and actor.sectors[:1] in _OFFICIAL else None
        clause = tokens.head[clause]
        if clause < 0:
            return None
    return None


def _weight(sign: Sign) -> float:
    weight = _WEIGHTS.get(sign.what, 1.0)
    return weight * _OTHER if sign.standing == "other" else weight


def _rule(scene: Scene, index: int, code: str) -> str:
    """Name the nearest of what speaks for a country: the sentence, the dateline, or the report."""
    if any(sign.code == code for sign in _signs(scene, scene.sentence(index), 0)):
        return "context.sentence"
    return "context.dateline" if scene.dateline == code else "context.report"


def _of_publisher(scene: Scene, index: int, said: Description) -> bool:
    """Tell whether an office without a country is one of the state whose body published the report.

    Secretaries, spokesmen, and those with a charge of their own ("Minister for X") are; so is whoever is named with an
    office, unless the sentence names a state that acts or owns.
    """
    if said.lemma in _OWN_OFFICES or said.kind == "institution":
        return True
    mention = scene.mentions[index]
    tokens = scene.tokens
    if any(
        tokens.dep[child] == "nmod" and "for" in (tokens.word[each].lower() for each in tokens.children[child])
        for child in tokens.children[said.head]
    ):
        return True
    if mention.kind != "name" and (said.lemma != "minister" or not said.definite):
        return False
    return not any(sign.standing == "owner" for sign in _signs(scene, scene.sentence(index), 0))


def span_of(scene: Scene, index: int, code: str | None) -> Span | None:
    """Return the words nearest before a mention that name a country."""
    for each in range(index, max(-1, index - 60), -1):
        if any(entry.code == code for entry in scene.entries[each][:1]):
            return scene.mentions[each].span
    return None


def _name(scene: Scene, index: int) -> str:
    return " ".join(scene.words(index))
