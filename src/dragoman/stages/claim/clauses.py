"""Logical subjects and objects of words: passive, control, raising, participles, relative clauses, shared subjects undone."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.types import Tokens

_RELATIVE = frozenset({"WP", "WDT", "WP$"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_VERBAL = frozenset({"VERB", "AUX"})
_DEPTH = 12
_SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")


class Clauses:
    """Who does and who undergoes, for any word of one report."""

    def __init__(self, tokens: Tokens, object_control: frozenset[str]) -> None:
        """Take the tree, and the verbs whose object is the subject of the clause they govern."""
        self.tokens = tokens
        self._object_control = object_control

    def children(self, token: int, *deps: str) -> list[int]:
        """Return the dependents of ``token`` with one of ``deps``, in order."""
        return [each for each in self.tokens.children[token] if self.tokens.dep[each] in deps]

    def is_verb(self, token: int) -> bool:
        """Tell whether the word is a verb."""
        return self.tokens.upos[token] in _VERBAL

    def is_passive(self, token: int) -> bool:
        """Tell whether a verb undergoes what it says: passive voice, or a bare past participle."""
        t = self.tokens
        deps = {t.dep[each] for each in t.children[token]}
        if deps & {"aux:pass", "nsubj:pass", "csubj:pass", "obl:agent"}:
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
        if dep in {"acl", "acl:relcl"}:
            if dep == "acl" and self._has_to(token):
                return self._holder(head, depth)
            return (head,)
        if dep == "conj":
            return self.surface_subject(head, depth + 1) if t.upos[head] in _VERBAL or self.children(head, "cop") else ()
        if dep in {"xcomp", "advcl", "ccomp"}:
            return self._controller(token, head, depth)
        if dep == "amod" and t.tag[token] == "VBN":
            return (head,)
        return ()

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
        own = self.children(token, "obj") or self.children(token, "iobj")
        if own:
            return self._antecedents(own[0], token)
        if t.dep[token] == "acl:relcl" and t.head[token] >= 0:
            subjects = self.children(token, *_SUBJECTS)
            if subjects and t.tag[subjects[0]] not in _RELATIVE and not self._stranded(token):
                return (t.head[token],)
        return self._shared_object(token)

    def preposition(self, token: int) -> str | None:
        """Return the preposition or subordinator of a phrase, in lower case, or None."""
        t = self.tokens
        for child in t.children[token]:
            if t.dep[child] in {"case", "mark"}:
                fixed = [each for each in t.children[child] if t.dep[each] == "fixed"]
                return " ".join(t.word[each].lower() for each in [child, *fixed])
        return None

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

    def words(self, token: int) -> list[str]:
        """Return the lemmas, in lower case, of a word and all that depends on it."""
        return [self.tokens.lemma[each].lower() for each in self.tokens.subtree(token)]

    def compound(self, token: int) -> str:
        """Return the lemma with the noun or adjective right before it ("peace talk"), in lower case."""
        t = self.tokens
        if token > 0 and t.head[token - 1] == token and t.dep[token - 1] in {"compound", "amod"}:
            return f"{t.lemma[token - 1].lower()} {t.lemma[token].lower()}"
        return t.lemma[token].lower()

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
        for child in t.children[verb]:
            if t.dep[child] in {"advmod", "obl"} and (t.tag[child] in _RELATIVE or t.tag[child] == "WRB"):
                return True
        return False

    def _controller(self, token: int, head: int, depth: int) -> tuple[int, ...]:
        """Return who does the clause at ``token`` that hangs without a subject on ``head``."""
        t = self.tokens
        if t.lemma[head].lower() in self._object_control:
            if self.is_passive(head):
                return self.surface_subject(head, depth + 1)
            objects = self.children(head, "iobj") or self.children(head, "obj")
            if objects:
                return self._antecedents(objects[0], head)
            if t.dep[token] != "advcl":
                return ()
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
