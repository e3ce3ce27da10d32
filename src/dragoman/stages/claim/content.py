"""Events inside what others say, ask, refuse, threaten or agree to: which triggers are content of which."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.stages.claim.arguments import Scene
from dragoman.stages.claim.candidates import Match

# What these govern has not happened for that: it is part of their own meaning.
IRREAL = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN", "PROTEST"})
_CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "acl", "csubj:pass", "obl", "nmod"})
_NOMINAL = frozenset({"obj", "obl", "nmod", "nsubj:pass", "xcomp", "compound"})
# What follows these stands beside a happening, not in it.
BESIDE = frozenset(
    [
        "after",
        "before",
        "during",
        "since",
        "amid",
        "following",
        "in",
        "at",
        "while",
        "as",
        "when",
        "because",
        "by",
        "although",
        "though",
        "until",
        "despite",
        "near",
        "following",
    ]
)
_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Content:
    """A trigger that is the content of another, and whether it is told only as that."""

    match: Match
    governor: Match
    swallowed: bool


def contents(scene: Scene, matches: list[Match]) -> dict[int, Content]:
    """Return, by the main word of each trigger that is content, what it is content of."""
    by_word = {word: match for match in matches for word in match.frame.words if match.entry.means}
    found: dict[int, Content] = {}
    for match in matches:
        if not match.entry.means:
            continue
        governor = _governor(scene, match, by_word)
        if governor is not None:
            types = {each.type for each in governor.entry.means}
            found[match.frame.token] = Content(match, governor, bool(types & IRREAL) and _irreal(scene, match, types))
    return found


def _governor(scene: Scene, match: Match, by_word: dict[int, Match]) -> Match | None:
    """Return the trigger that governs a match as its complement, over verbs and nouns that are no triggers."""
    t = scene.tokens
    at = match.frame.verb if match.frame.verb is not None else match.frame.token
    carrier = by_word.get(at)
    if match.frame.carrier in {"support", "announced"} and carrier is not None and carrier is not match:
        return carrier  # "ordered the release": the order is told as one
    for _ in range(_MOST_STEPS):
        head, dep = t.head[at], t.dep[at]
        if head < 0:
            return None
        verbal = scene.clauses.is_verb(at)
        if dep == "conj":
            at = head
            continue
        if verbal and dep == "amod" and t.tag[at] == "VBG" and head < at:
            dep = "acl"  # "soldiers of massacring civilians"
        if dep not in (_CLAUSAL if verbal else _NOMINAL) or (dep == "acl" and t.tag[at] in {"VBN", "VBD"}):
            return None
        if dep in {"obl", "advcl"} and scene.clauses.preposition(at) in BESIDE:
            return None
        if head in by_word and by_word[head] is not match:
            return by_word[head]
        at = head
    return None


def _irreal(scene: Scene, match: Match, types: set[str]) -> bool:
    """Tell whether content is told only as asked, refused, threatened or agreed to."""
    t = scene.tokens
    carried = match.frame.carrier in {"support", "announced", "undergo", "happen"}
    verb = match.frame.verb if match.frame.verb is not None and not carried else match.frame.token
    if scene.clauses.is_verb(verb):
        past = t.tag[verb] == "VBD" or any(
            t.tag[each] in {"VBD", "VBZ", "VBP"} and t.lemma[each].lower() in {"have", "be"}
            for each in scene.clauses.children(verb, "aux", "aux:pass")
        )
        modal = any(t.tag[each] == "MD" for each in scene.clauses.children(verb, "aux"))
        participle = t.dep[verb] in {"acl", "amod"} and t.tag[verb] == "VBN"
        return not participle and (modal or not past)
    noun = match.frame.token
    definite = any(
        t.dep[each] == "nmod:poss" or (t.dep[each] == "det" and t.lemma[each].lower() in {"this", "these", "that", "those"})
        for each in t.children[noun]
    )
    conflict = any(each.type in {"ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE", "ACCUSE", "REQUEST"} for each in match.entry.means)
    the = any(t.dep[each] == "det" and t.lemma[each].lower() == "the" for each in t.children[noun])
    return not (conflict and (definite or the or carried))
