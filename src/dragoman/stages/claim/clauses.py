"""Logical subjects and objects of words: passive, control, raising, participles, relative clauses, shared subjects undone."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.types import Tokens

_RELATIVE = frozenset({"WP", "WDT", "WP$"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_VERBAL = frozenset({"VERB", "AUX"})
_DEPTH = 12
_NOUN_PLACES = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod"})
_VERB_SIGNS = frozenset({"obj", "xcomp", "ccomp", "aux", "aux:pass", "nsubj", "nsubj:pass", "mark", "compound:prt", "cop"})
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")


class Clauses:
    """Who does and who undergoes, for any word of one report."""

    def __init__(self, tokens: Tokens, object_control: frozenset[str], documents: frozenset[str]) -> None:
        """Take the tree, the verbs whose object is the subject of the clause they govern, and the nouns that speak for their makers."""
        self.tokens = tokens
        self._forms: dict[int, frozenset[str]] = {}
        self._documents = documents
        self._object_control = object_control

    def children(self, token: int, *deps: str) -> list[int]:
        """Return the dependents of ``token`` with one of ``deps``, in order."""
        return [each for each in self.tokens.children[token] if self.tokens.dep[each] in deps]

    def is_verb(self, token: int) -> bool:
        """Tell whether the word is a verb; a gerund that stands where a noun does and governs nothing is none ("fighting broke out")."""
        t = self.tokens
        if t.tag[token] == "VBG" and t.dep[token] in _NOUN_PLACES:
            return bool({t.dep[each] for each in t.children[token]} & _VERB_SIGNS)
        return self.tokens.upos[token] in _VERBAL or self.tokens.tag[token].startswith("VB")

    def is_passive(self, token: int) -> bool:
        """Tell whether a verb undergoes what it says: passive voice, or a bare past participle."""
        t = self.tokens
        deps = {t.dep[each] for each in t.children[token]}
        if deps & {"aux:pass", "nsubj:pass", "csubj:pass", "obl:agent"}:
            return True
        if t.tag[token] == "VBN" and any(t.lemma[each].lower() == "be" and t.dep[each] in {"cop", "aux"} for each in t.children[token]):
            return True
        if t.tag[token] != "VBN" or "aux" in deps or "obj" in deps:
            return False
        if t.dep[token] == "conj":
            return t.head[token] >= 0 and not deps & set(_SUBJECTS) and self.is_passive(t.head[token])
        return t.dep[token] in {"acl", "amod", "advcl", "xcomp"}

    def surface_subject(self, token: int, depth: int = 0) -> tuple[int, ...]:
        """Return the heads of the grammatical subject, inherited where the clause has none of its own."""
        t = self.tokens
        own = self.children(token, *_SUBJECTS)
        if own:
            nominal = [each for each in own if t.upos[each] in _NOMINAL]
            return self._antecedents((nominal or own)[0], token)
        head = t.head[token]
        if head < 0 or depth > _DEPTH:
            return ()
        dep = t.dep[token]
        if dep == "conj" and t.tag[token] in {"VBN", "VBD"} and t.upos[token - 1] == "NUM" and t.head[token - 1] in {token, head}:
            return (token - 1,)  # "12 were killed and 30 wounded"
        if dep in {"acl", "acl:relcl"}:
            if dep == "acl" and (self._has_to(token) or (t.tag[token] == "VBG" and t.lemma[head].lower() in self._documents)):
                return self._holder(head, depth)
            return (head,)
        if dep == "conj":
            return self.surface_subject(head, depth + 1) if t.upos[head] in _VERBAL or self.children(head, "cop") else ()
        if dep in {"xcomp", "advcl", "ccomp"}:
            return self._controller(token, head, depth)
        if dep == "amod" and (t.tag[token] == "VBN" or (t.tag[token] in _FINITE | {"VBG"} and head < token)):
            return (head,)
        return self._misplaced_subject(token)

    def _misplaced_subject(self, token: int) -> tuple[int, ...]:
        """Return the noun right before a finite verb that a parser took for a part of it ("Qatar mended ties")."""
        t = self.tokens
        if t.tag[token] not in _FINITE:
            return ()
        return tuple(each for each in self.children(token, "compound", "amod") if each < token and t.upos[each] in {"NOUN", "PROPN"})[-1:]

    def subject(self, token: int) -> tuple[int, ...]:
        """Return the heads of who does it: the subject, in the passive the agent."""
        if not self.is_passive(token):
            return self.surface_subject(token)
        agents = self.children(token, "obl:agent") or [each for each in self.children(token, "obl") if self.preposition(each) == "by"]
        return tuple(agents[:1])

    def object(self, token: int) -> tuple[int, ...]:
        """Return the heads of who or what undergoes it: the object, in the passive the subject."""
        t = self.tokens
        if self.is_passive(token):
            return self.surface_subject(token)
        own = self.children(token, "obj") or self.children(token, "iobj") or self._second_subject(token)
        if own:
            return self._antecedents(own[0], token)
        if t.dep[token] == "acl:relcl" and t.head[token] >= 0:
            subjects = self.children(token, *_SUBJECTS)
            if subjects and t.tag[subjects[0]] not in _RELATIVE and not self._stranded(token):
                return (t.head[token],)
        return self._shared_object(token)

    def _second_subject(self, token: int) -> list[int]:
        """Return the noun after a verb that a parser took for another subject of it ("Malawi asked South Africa for aid")."""
        subjects = self.children(token, "nsubj")
        return [each for each in subjects if each > token][:1] if len(subjects) > 1 and subjects[0] < token else []

    def preposition(self, token: int) -> str | None:
        """Return the preposition or subordinator of a phrase, in lower case, or None."""
        t = self.tokens
        for child in t.children[token]:
            if t.dep[child] in {"case", "mark"}:
                fixed = [each for each in t.children[child] if t.dep[each] == "fixed"]
                return " ".join(t.word[each].lower() for each in [child, *fixed])
        return None

    def counted(self, numeral: int) -> tuple[int, ...]:
        """Return whom a bare numeral counts: those that the clause before it counts ("12 people were killed and 30 wounded")."""
        t = self.tokens
        verb = t.head[numeral]
        if verb >= 0 and t.dep[verb] == "conj" and t.head[verb] >= 0:
            verb = t.head[verb]
        if verb < 0 or not self.is_verb(verb):
            return ()
        before = self.object(verb) or self.surface_subject(verb)
        return tuple(each for each in before if each < numeral)

    def conjuncts(self, heads: Iterable[int]) -> list[int]:
        """Return the heads with all nouns joined to them by "and", in order."""
        found: list[int] = []
        open_ = list(heads)
        while open_:
            head = open_.pop(0)
            if head in found:
                continue
            found.append(head)
            open_.extend(each for each in self.children(head, "conj") if self.tokens.upos[each] in _NOMINAL)
        return sorted(found)

    def forms(self, token: int) -> frozenset[str]:
        """Return all that a word may be looked up by: lemma, word, and the word without a plural ending."""
        known = self._forms.get(token)
        if known is not None:
            return known
        word = self.tokens.word[token].lower()
        found = {self.tokens.lemma[token].lower(), word}
        if self.tokens.tag[token] in {"NNS", "NNPS"} or self.tokens.upos[token] in {"NOUN", "PROPN"}:
            if word.endswith("ies"):
                found.add(word[:-3] + "y")
            elif word.endswith("s") and not word.endswith("ss"):
                found.add(word[:-1])
        self._forms[token] = frozenset(found)
        return self._forms[token]

    def compounds(self, token: int) -> frozenset[str]:
        """Return a noun with the noun or adjective right before it ("peace talk"), in all its forms."""
        t = self.tokens
        if token > 0 and t.head[token - 1] == token and t.dep[token - 1] in {"compound", "amod"}:
            return frozenset(f"{before} {word}" for before in self.forms(token - 1) for word in self.forms(token))
        return frozenset()

    def _antecedents(self, token: int, verb: int) -> tuple[int, ...]:
        t = self.tokens
        if t.tag[token] in _RELATIVE or (t.lemma[token].lower() == "that" and t.dep[verb] == "acl:relcl"):
            clause = verb
            while t.dep[clause] == "conj" and t.head[clause] >= 0:
                clause = t.head[clause]
            if t.dep[clause] == "acl:relcl" and t.head[clause] >= 0:
                return (t.head[clause],)
        return (token,)

    def _has_to(self, token: int) -> bool:
        return any(self.tokens.tag[each] == "TO" for each in self.children(token, "mark"))

    def _stranded(self, verb: int) -> bool:
        """Tell whether the relative pronoun belongs to a preposition or adverb ("in which", "where")."""
        t = self.tokens
        return any(t.tag[each] in _RELATIVE or t.tag[each] == "WRB" for each in self.children(verb, "advmod", "obl"))

    def _controller(self, token: int, head: int, depth: int) -> tuple[int, ...]:
        """Return who does the clause at ``token`` that hangs without a subject on ``head``."""
        t = self.tokens
        if t.lemma[head].lower() in self._object_control:
            if self.is_passive(head):
                return self.surface_subject(head, depth + 1)
            objects = self.children(head, "iobj") or self.children(head, "obj")
            if objects:
                return self._antecedents(objects[0], head)
        if t.upos[head] in {"NOUN", "PROPN"} and not self.children(head, "cop"):
            return self._holder(head, depth)
        return self.surface_subject(head, depth + 1)

    def _holder(self, noun: int, depth: int) -> tuple[int, ...]:
        """Return whose the noun is: its possessor, or the subject of the verb that it completes."""
        t = self.tokens
        owners = self.children(noun, "nmod:poss")
        if owners:
            return (owners[0],)
        by = [each for each in self.children(noun, "nmod") if self.preposition(each) in {"by", "of"}]
        if by and self.preposition(by[0]) == "by":
            return (by[0],)
        head = t.head[noun]
        if head >= 0 and t.dep[noun] in {"obj", "xcomp", "obl"} and t.upos[head] in _VERBAL and not self.is_passive(head):
            return self.surface_subject(head, depth + 1)
        return ()

    def _shared_object(self, token: int) -> tuple[int, ...]:
        """Return the object that coordinated verbs share ("arrested and beat protesters")."""
        t = self.tokens
        for verb in self.children(token, "conj"):
            objects = self.children(verb, "obj")
            if t.upos[verb] in _VERBAL and objects and not self.children(verb, *_SUBJECTS) and verb - token <= 3:
                return self._antecedents(objects[0], verb)
        head = t.head[token]
        if t.dep[token] == "conj" and head >= 0 and t.upos[head] in _VERBAL:
            objects = self.children(head, "obj")
            if objects and objects[0] > token:
                return self._antecedents(objects[0], head)
        return ()


def search(clauses: Clauses, tokens: list[int], words: frozenset[str]) -> int | None:
    """Return the first of ``tokens`` that is one of ``words``, or begins a phrase that is; None when there is none.

    A phrase ("peace talk", "riot police") stands on neighbouring tokens.
    """
    phrases = {word.split(" ")[0] for word in words if " " in word}
    inside = set(tokens)
    for token in tokens:
        forms = clauses.forms(token)
        if forms & words:
            return token
        if forms & phrases and any(_begins(clauses, inside, token, words=word.split(" ")) for word in words if " " in word):
            return token
    return None


def _begins(clauses: Clauses, inside: set[int], token: int, *, words: list[str]) -> bool:
    return all(token + place in inside and word in clauses.forms(token + place) for place, word in enumerate(words))
