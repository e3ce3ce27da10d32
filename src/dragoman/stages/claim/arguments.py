"""Slots of a matched trigger: from PropBank arguments, the dependency tree and prepositions, each a backup of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dragoman.stages.actor import actors_in
from dragoman.stages.claim.clauses import Clauses
from dragoman.stages.claim.entries import DEFAULT_ROLES, Entry
from dragoman.types import Actor, Predicate, Reading, Resolution

Support = dict[str, frozenset[str]]
_PRONOUNS = frozenset({"PRP", "WP"})
_HUMAN = frozenset({"PER", "ORG", "LOC", "MISC"})
_PREPOSITIONAL = frozenset({"obl", "nmod", "obl:agent", "advcl", "acl", "ccomp", "xcomp"})
_NOMINAL = frozenset({"nmod", "obl", "obl:agent"})
_CLOSE_ONLY = frozenset({"of", "in", "at", "as", "about"})  # these belong to the noun right before them
_PARTICLES = frozenset({"out", "off", "back", "away"})  # after a verb hardly ever anything else
_BARE = frozenset(["thing", "something", "nothing", "everything", "it", "this", "that", "what", "which"])


@dataclass(frozen=True, slots=True)
class Frame:
    """The words of a trigger: its main word, the verb and noun that share its meaning, and their predicates.

    ``carrier`` is how the verb stands to the noun: "" for a plain trigger, "support", "announced",
    "undergo" or "happen" for a noun under such a verb, "form" where the lexicon names verb and noun together.
    """

    token: int
    words: tuple[int, ...]
    verb: int | None = None
    noun: int | None = None
    carrier: str = ""

    @property
    def heads(self) -> tuple[int, ...]:
        """The words that arguments may hang on, the main one first."""
        return tuple(dict.fromkeys(each for each in (self.token, self.noun, self.verb) if each is not None))


@dataclass(frozen=True, slots=True)
class Phrase:
    """The head of a phrase that fills a slot, where it was found, and how surely."""

    head: int
    source: str
    score: float = 1.0


class Scene:
    """One report's grammar with what the claim stage asks of it; nothing outlives the report."""

    def __init__(self, reading: Reading, support: Support) -> None:
        """Take a reading whose actors are filled, and the lexicon of verbs around event words."""
        self.reading = reading
        self.tokens = reading.grammar.tokens
        self.support = support
        self.clauses = Clauses(self.tokens, support["object_control"], support["documents"])
        self.predicates: dict[int, Predicate] = {each.token: each for each in reading.grammar.predicates}
        self.event_types: Callable[[int], frozenset[str]] = lambda token: frozenset()
        self.named = {token: name for name in self.tokens.names for token in range(name.first, name.last)}
        self._resolved: dict[int, tuple[Resolution, ...]] = {}

    def resolutions(self, head: int) -> tuple[Resolution, ...]:
        """Return who the word ``head`` names."""
        if head not in self._resolved:
            self._resolved[head] = actors_in(self.reading, head)
        return self._resolved[head]

    def inner(self, head: int, *, deep: bool = False) -> int:
        """Return whom a counting noun counts: "hundreds of protesters" -> protesters.

        A word that itself names someone stays, unless ``deep``.
        """
        t = self.tokens
        for _ in range(4):
            if t.lemma[head].lower() not in self.support["quantities"] or (not deep and self.resolutions(head)):
                break
            below = [each for each in self.clauses.children(head, "nmod") if self.clauses.preposition(each) == "of"]
            if not below:
                break
            head = below[0]
        return head

    def particle(self, token: int) -> str | None:
        """Return the particle of a verb in lower case ("out"), or None."""
        t = self.tokens
        found = self.clauses.children(token, "compound:prt")
        if not found and token + 1 < len(t) and (t.tag[token + 1] == "RP" or t.word[token + 1].lower() in _PARTICLES):
            found = [token + 1]
        return t.word[found[0]].lower() if found else None

    def lemma(self, token: int) -> str:
        """Return the lemma with its particle ("carry_out"), in lower case."""
        base, particle = self.tokens.lemma[token].lower(), self.particle(token)
        return f"{base}_{particle}" if particle else base

    def phrases(self, frame: Frame, source: str) -> list[Phrase]:
        """Return the phrases that ``source`` (a role, subj, obj, a preposition ...) names for a trigger."""
        if source.startswith("ARG"):
            return self._role(frame, source)
        if source in {"subj", "obj", "iobj"}:
            return self._logical(frame, source)
        if source in {"poss", "amod", "compound"}:
            return self._modifiers(frame, source)
        return self._prepositional(frame, source)

    def slot(self, frame: Frame, entry: Entry, slot: str) -> list[Phrase]:
        """Return the phrases of the first source of a slot that yields any."""
        sources = entry.roles.get(slot, DEFAULT_ROLES.get(slot, (slot,)))
        for source in sources:
            found = self.phrases(frame, source)
            if found:
                return found
        return []

    def _role(self, frame: Frame, role: str) -> list[Phrase]:
        if role == "ARG0" and (subject := self._plain_subject(frame)) is not None:
            return [Phrase(subject, role)]
        if role == "ARG1" and (whom := self._whom(frame)) is not None:
            return [Phrase(whom, role)]
        for word in frame.heads:
            predicate = self.predicates.get(word)
            if predicate is None or (frame.carrier == "undergo" and word == frame.verb):
                continue
            heads = [(self._antecedent(each.head), each.score) for each in predicate.arguments if each.role == role]
            kept = [Phrase(head, role, score) for head, score in heads if self._free(head, frame) and not self._above(head, word)]
            if frame.verb is None and not self.clauses.is_verb(word):
                below = set(self.tokens.subtree(word))
                kept = [each for each in kept if each.head in below]
            if kept and role in {"ARG0", "ARG1"}:
                tree = {each.head for each in self._from_tree(frame, role, taken=False)}
                if any(self.tokens.upos[each] == "NUM" for each in tree):  # "and 60 arrested": the encoder names those before
                    return [Phrase(min(tree), role)]
                return [max(kept, key=lambda each: (each.head in tree, each.score, -each.head))]
            if kept:
                return kept
            if role in {"ARG0", "ARG1"} and frame.carrier == "form" and (found := self._from_tree(frame, role)):
                return found  # what the verb of a form governs goes before the roles of its noun
        return self._from_tree(frame, role) if role in {"ARG0", "ARG1"} else []

    def _whom(self, frame: Frame) -> int | None:
        """Return whom a relative clause is about by "whom" without a preposition: the object of its verb, whatever the roles say."""
        t = self.tokens
        for child in t.children[frame.token] if self.clauses.is_verb(frame.token) else ():
            if t.word[child].lower() == "whom" and t.dep[child] in {"obj", "iobj", "obl"} and t.child(child, "case") is None:
                antecedent = self._antecedent(child)
                return antecedent if antecedent != child else None
        return None

    def _plain_subject(self, frame: Frame) -> int | None:
        """Return the subject beside an active verb, where the encoder's roles do not speak against its acting.

        The tree is surer of such a subject than the roles are.
        """
        verb = frame.token
        if not self.clauses.is_verb(verb) or self.clauses.is_passive(verb) or frame.carrier == "happen":
            return None
        own = self.clauses.children(verb, "nsubj")
        predicate = self.predicates.get(verb)
        if not own or predicate is None:
            return None
        heads = self.clauses.subject(verb)
        others = {self._antecedent(each.head) for each in predicate.arguments if each.role != "ARG0" and not each.role.startswith("R-")}
        return heads[0] if heads and heads[0] not in others and heads[0] not in frame.words else None

    def _above(self, head: int, word: int) -> bool:
        """Tell whether an argument is in truth a verb that governs the trigger (a parsing slip)."""
        return self.tokens.head[word] == head and self.clauses.is_verb(head)

    def _from_tree(self, frame: Frame, role: str, *, taken: bool = True) -> list[Phrase]:
        """Return the logical subject for ARG0, the logical object for ARG1; not one that has the other role where ``taken``."""
        other = {"ARG0": "ARG1", "ARG1": "ARG0"}[role]
        source = {"ARG0": "subj", "ARG1": "obj"}[role]
        if frame.verb is None and not self.clauses.is_verb(frame.token):
            return []
        if frame.carrier in {"happen", "undergo"} or (frame.carrier in {"support", "announced", "undergo"} and role == "ARG1"):
            return []
        others = {
            self._antecedent(each.head)
            for word in frame.heads
            if word in self.predicates
            for each in self.predicates[word].arguments
            if taken and each.role == other
        }
        return [Phrase(each.head, each.source, 0.9) for each in self._logical(frame, source) if each.head not in others]

    def _antecedent(self, head: int) -> int:
        t = self.tokens
        if t.tag[head] not in {"WP", "WDT", "WP$"}:
            return head
        verb = t.head[head]
        while verb >= 0 and t.dep[verb] not in {"acl:relcl", "root"}:
            verb = t.head[verb]
        return t.head[verb] if verb >= 0 and t.dep[verb] == "acl:relcl" else head

    def _logical(self, frame: Frame, source: str) -> list[Phrase]:
        verb = frame.token if self.clauses.is_verb(frame.token) else frame.verb
        if verb is None or frame.carrier == "happen" or (frame.carrier == "undergo" and source == "subj"):
            return []
        if source == "subj":
            heads = self.clauses.subject(verb)
        elif source == "obj":
            heads = self.clauses.object(verb)
        else:
            heads = tuple(self.clauses.children(verb, "iobj"))
        return [Phrase(head, source) for head in heads if self._free(head, frame)]

    def _free(self, head: int, frame: Frame) -> bool:
        """Tell whether a word may fill a slot: it is no word of the trigger, but for a noun that the verb of a form governs."""
        return head not in frame.words or (frame.carrier == "form" and head == frame.noun)

    def _modifiers(self, frame: Frame, source: str) -> list[Phrase]:
        dep = {"poss": "nmod:poss", "amod": "amod", "compound": "compound"}[source]
        for word in frame.heads:
            if self.clauses.is_verb(word):
                continue
            heads = [self._antecedent(each) for each in self.clauses.children(word, dep) if each not in frame.words]
            if source != "poss":
                heads = [each for each in heads if self.known(each)]
            if heads:
                return [Phrase(each, source) for each in heads]
        return []

    def _prepositional(self, frame: Frame, preposition: str) -> list[Phrase]:
        """Return the phrase that a preposition hangs on the trigger.

        Where it hangs on the trigger's object or on a noun below it instead ("an attack on a village by
        gunmen", "sought recognition from Chile"), it is taken from there, for parsers and readers alike
        are unsure where such phrases belong.
        """
        for word in frame.heads:
            found = self._phrase_under(word, frame, preposition, deps=_PREPOSITIONAL)
            if found is not None:
                return [Phrase(self._antecedent(found), preposition)]
        if preposition in _CLOSE_ONLY:
            return []
        for word in frame.heads:
            below = self.clauses.object(word) if self.clauses.is_verb(word) else self.clauses.children(word, "nmod")
            for noun in below:
                if "RETREAT" in self.event_types(noun):
                    continue  # where one is to withdraw from
                found = self._phrase_under(noun, frame, preposition, deps=_NOMINAL)
                if found is not None and noun not in frame.words and self.is_actor(found):
                    return [Phrase(found, preposition, 0.8)]
        return []

    def _phrase_under(self, word: int, frame: Frame, preposition: str, *, deps: frozenset[str]) -> int | None:
        for child in self.tokens.children[word]:
            if self.tokens.dep[child] in deps and child not in frame.words and self.clauses.preposition(child) == preposition:
                return child
        return None

    def known(self, head: int) -> bool:
        """Tell whether the word resolves to an actor."""
        return any(each.actor is not None for each in self.resolutions(head))

    def is_actor(self, head: int) -> bool:
        """Tell whether a phrase names someone who can act: an actor, known or not, a name, or a person's pronoun."""
        head = self.inner(head)
        if self.resolutions(head) or (self.tokens.tag[head] in _PRONOUNS and self.tokens.lemma[head].lower() not in _BARE):
            return True
        name = self.named.get(head)
        return (name is not None and name.label in _HUMAN) or bool(self.clauses.forms(head) & self.support["people"])


def people(scene: Scene, phrases: Iterable[Phrase], *, owners: bool = False) -> list[tuple[Actor, Resolution, Phrase]]:
    """Return the actors of phrases with conjuncts, in order, each once.

    ``owners`` also takes the owner of a thing that is no actor itself: "an army post", "Russia's invasion".
    """
    found: list[tuple[Actor, Resolution, Phrase]] = []
    for phrase in phrases:
        for head in scene.clauses.conjuncts([phrase.head]):
            inner = scene.inner(head)
            direct = [(each.actor, each, phrase) for each in scene.resolutions(inner) if each.actor is not None]
            if not direct and (unknown := _unknown(scene, inner)) is not None:
                direct = [(unknown, Resolution(unknown, "words-only"), phrase)]
            if not direct and scene.tokens.upos[inner] == "NUM":
                counted = [each for noun in scene.clauses.counted(inner) for each in scene.resolutions(scene.inner(noun))]
                direct = [(each.actor, each, phrase) for each in counted if each.actor is not None]
            if not direct and owners:
                direct = _owners(scene, inner, phrase)
            found.extend(each for each in direct if all(each[0] != other[0] for other in found))
    return found


def _unknown(scene: Scene, head: int) -> Actor | None:
    """Return the words that name someone of whom nothing else is known ("the council", "both sides")."""
    t = scene.tokens
    name = scene.named.get(head)
    if not scene.resolutions(head) or t.upos[head] not in {"NOUN", "PROPN"} or (name is not None and name.label == "LOC"):
        return None
    return by_words(scene, head)


def by_words(scene: Scene, head: int) -> Actor:
    """Return an actor of whom no more is known than the words of a noun phrase."""
    t = scene.tokens
    first = head
    while (
        first > 0 and t.head[first - 1] == head and t.dep[first - 1] in {"amod", "compound", "nummod", "det"} and t.tag[first - 1] != "DT"
    ):
        first -= 1
    span = t.span(first, head + 1)
    return Actor(id=None, name=span.of(scene.reading.report.text), country=None, span=span)


def _owners(scene: Scene, head: int, phrase: Phrase) -> list[tuple[Actor, Resolution, Phrase]]:
    clauses, t = scene.clauses, scene.tokens
    if t.upos[head] not in {"NOUN", "PROPN"}:
        return []
    by = [each for each in clauses.children(head, "nmod") if clauses.preposition(each) == "by"]
    by.extend(each for clause in clauses.children(head, "acl") if clauses.is_passive(clause) for each in clauses.subject(clause))
    of = [each for each in clauses.children(head, "nmod") if clauses.preposition(each) in {"of", "for", "belonging to"}]
    for group in (clauses.children(head, "nmod:poss"), by, clauses.children(head, "compound", "amod"), of):
        for each in group:
            for resolution in scene.resolutions(scene.inner(each)):
                if resolution.actor is not None:
                    return [(resolution.actor, resolution, phrase)]
    return []
