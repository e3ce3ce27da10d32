"""Modes of a claim: what the entry says, what words in the clause add, and what the content of a demand or threat is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dragoman.stages.claim.arguments import Frame, Scene
from dragoman.stages.claim.clauses import search
from dragoman.stages.claim.entries import Entry, Meaning

Words = Mapping[str, Mapping[str, frozenset[str]]]
_OTHER_CLAUSES = frozenset({"ccomp", "parataxis", "advcl", "acl:relcl", "csubj", "dislocated"})
# Type of the event that is asked for, refused or threatened -> mode of the asking, refusing, threatening.
_ASKED = {
    "AID": "assist", "COOPERATE": "assist", "SUPPORT": "assist", "CONSULT": "meet", "RETREAT": "yield", "CONCEDE": "yield",
}  # fmt: skip
REFUSED = {**_ASKED, "AGREE": "assist"}  # type of what somebody will not do -> mode of the refusal
_THREATENED = {"ASSAULT": "violence", "MOBILIZE": "violence", "SANCTION": "relations", "COERCE": "restrict", "PROTEST": "relations"}


@dataclass(frozen=True, slots=True)
class Found:
    """A mode or context, the token that gives it, and the rule that read it."""

    name: str
    token: int
    rule: str


def clause(scene: Scene, frame: Frame) -> list[int]:
    """Return the tokens of the trigger's own clause: without clauses under it and other verbs joined to it."""
    t = scene.tokens
    seen: set[int] = set()
    open_ = [*frame.heads]
    while open_:
        token = open_.pop()
        if token in seen:
            continue
        seen.add(token)
        for child in t.children[token]:
            other = t.dep[child] in _OTHER_CLAUSES or (t.dep[child] == "conj" and scene.clauses.is_verb(child))
            if not other and t.upos[child] != "PUNCT":
                open_.append(child)
    return sorted(seen)


def read(scene: Scene, frame: Frame, entry: Entry, *, meaning: Meaning, generic: Words, content: Iterable[str] = ()) -> list[Found]:
    """Return the modes of one meaning of a matched entry, the entry's own first, each once.

    Words of the whole language's lexicon are looked at only where neither entry nor content gives a mode.
    """
    found = [Found(mode, frame.token, entry.id) for mode in meaning.modes]
    tokens = clause(scene, frame)
    for mode, words in entry.modes_by.items():
        at = search(scene.clauses, tokens, words)
        if at is not None:
            found.append(Found(mode, at, entry.id))
    if not found:
        found = _from_content(meaning.type, content, frame)
    if not found:
        for mode, words in generic.get(meaning.type, {}).items():
            at = search(scene.clauses, tokens, words)
            if at is not None:
                found.append(Found(mode, at, "mode-words"))
                break
    unique: dict[str, Found] = {}
    for each in found:
        unique.setdefault(each.name, each)
    return list(unique.values())


def _from_content(type_: str, content: Iterable[str], frame: Frame) -> list[Found]:
    table = {"REQUEST": _ASKED, "REJECT": _ASKED, "THREATEN": _THREATENED}.get(type_, {})
    return [Found(table[each], frame.token, "mode-of-content") for each in content if each in table][:1]
