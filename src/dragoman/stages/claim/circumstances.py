"""When and where a claim happened: the expressions of time and place that hang on its trigger; nothing is guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dragoman.stages.claim.arguments import Frame, Scene
from dragoman.types import Span, When, Where

_NOWHERE = frozenset({"from", "of", "for", "with", "by", "against"})
_SPANS = frozenset({"span", "decade", "century"})
_SIZE = {"place": 0, "admin1": 1, "region": 2, "country": 3}
_FAR = 6
_CLOSE = 2
_GOING = frozenset({"to", "into", "toward", "towards", "for"})
_PRECISION = {"minute": 0, "day": 1, "week": 2, "month": 3, "season": 4, "quarter": 4, "year": 5, "span": 6, "decade": 7, "century": 8}


class Circumstances:
    """Times and places of one report, each by the word that it hangs on."""

    def __init__(self, scene: Scene, triggers: Iterable[int], contents: Mapping[int, list[int]]) -> None:
        """Take the report, all words that are part of a trigger, and the triggers that are content of another."""
        self._contents = contents
        self._scene = scene
        self.triggers = frozenset(triggers)
        self._times: dict[int, list[When]] = {}
        self._dated: dict[int, list[tuple[When, int]]] = {}  # by the number of the sentence
        self._places: dict[int, list[tuple[Where, int]]] = {}
        self._settled: dict[int, list[tuple[Where, int]]] = {}  # by the number of the sentence
        for time in scene.reading.times:
            head = self._head(time.span)
            if head is not None:
                self._times.setdefault(self._governor(head), []).append(time)
                if time.from_ is not None or time.until is not None:
                    self._dated.setdefault(scene.tokens.sentence[head], []).append((time, head))
        for place in scene.reading.places:
            head = self._head(place.span)
            if head is not None:
                self._places.setdefault(self._governor(head), []).append((place, head))
                if place.precision in {"place", "admin1"}:
                    self._settled.setdefault(scene.tokens.sentence[head], []).append((place, head))

    def when(self, frame: Frame) -> When | None:
        """Return the time told with a trigger: the most precise of those that hang on it, then the first."""
        for word in self._words(frame):
            found = self._times.get(word)
            if found:
                return min(found, key=lambda each: (_PRECISION[each.precision], each.span.start))
        return None

    def close(self, frame: Frame) -> When | None:
        """Return the time of the clause around, for a trigger that tells none, where no verb of saying stands between.

        "Gunmen killed two guards on Sunday and wounded a third" dates both; "said on Tuesday that gunmen killed ..." neither.
        """
        t, clauses = self._scene.tokens, self._scene.clauses
        best: tuple[int, int] | None = None
        chosen: When | None = None
        for time, head in self._dated.get(t.sentence[frame.token], ()):
            governor = t.head[head]
            while governor >= 0 and not clauses.is_verb(governor) and governor not in self.triggers:
                governor = t.head[governor]
            if governor >= 0 and (self._scene.lemma(governor) in self._scene.support["said"] or not self._shares(frame, governor)):
                continue
            steps = self._steps(frame.token, head)
            if steps is None or steps > _CLOSE:
                continue
            rank = (steps, abs(head - frame.token))
            if best is None or rank < best:
                best, chosen = rank, time
        return chosen

    def _shares(self, frame: Frame, governor: int) -> bool:
        """Tell whether the time of another word may be a trigger's too: it is no trigger itself, or the two are joined."""
        t = self._scene.tokens
        if governor not in self.triggers or governor in frame.heads:
            return True
        at = frame.verb if frame.verb is not None else frame.token
        joined = t.dep[at] == "conj" or (t.dep[at] == "advcl" and t.tag[at] == "VBG")
        return joined and t.head[at] == governor

    def before(self, frame: Frame) -> When | None:
        """Return the span of time that a happening opens: "in the last four years, following the overthrow of ..."."""
        scene = self._scene
        if frame.noun is None or scene.clauses.preposition(frame.noun) not in {"following", "after", "since"}:
            return None
        at = scene.tokens.head[frame.noun]
        while at >= 0 and not scene.clauses.is_verb(at):
            at = scene.tokens.head[at]
        spans = [each for each in self._times.get(at, ()) if each.precision in _SPANS and each.span.end <= scene.tokens.start[frame.noun]]
        return spans[-1] if spans else None

    def where(self, frame: Frame, *, destination: bool = False) -> Where | None:
        """Return the place told with a trigger: locative ones, and for a visit where it goes.

        The smallest place wins ("in Gao, Mali"), then the first.
        """
        for word in self._words(frame):
            found = [place for place, head in self._places.get(word, ()) if self._locative(place, head, frame, destination=destination)]
            if found:
                return min(found, key=lambda each: (_SIZE[each.precision], each.span.start))
        return None

    def near(self, frame: Frame) -> Where | None:
        """Return the settled place told nearest to a trigger in its sentence, over at most a few steps of grammar.

        It is for happenings that take place somewhere and are told with no place of their own: the place then stands
        with those who take part ("shot a guard at the port of Mombasa") or with the clause around.
        """
        t = self._scene.tokens
        best: tuple[int, int] | None = None
        chosen: Where | None = None
        for place, head in self._settled.get(t.sentence[frame.token], ()):
            steps = self._steps(frame.token, head)
            if (
                steps is None
                or (self._scene.known(head) and "locative" not in place.rule)
                or self._scene.clauses.preposition(head) in _NOWHERE - {"of"}
            ):
                continue
            rank = (steps, abs(head - frame.token))
            if best is None or rank < best:
                best, chosen = rank, place
        return chosen

    def _steps(self, a: int, b: int) -> int | None:
        """Return how many steps of grammar lie between two words; None for too many."""
        t = self._scene.tokens
        above: dict[int, int] = {}
        at, steps = a, 0
        while at >= 0 and steps <= _FAR:
            above[at] = steps
            at, steps = t.head[at], steps + 1
        at, steps = b, 0
        while at >= 0 and steps <= _FAR:
            if at in above:
                return steps + above[at] if steps + above[at] <= _FAR else None
            at, steps = t.head[at], steps + 1
        return None

    def _words(self, frame: Frame) -> list[int]:
        """Return the words whose times and places are the trigger's, the nearest first."""
        t, clauses = self._scene.tokens, self._scene.clauses
        words = list(frame.heads)
        noun = frame.noun
        if noun is not None:
            words.extend(
                each for each in clauses.children(noun, "acl", "acl:relcl") if self._scene.lemma(each) in self._scene.support["happen"]
            )
        verb = frame.verb if frame.verb is not None else frame.token
        for _ in range(3):
            head = t.head[verb]
            shared = t.dep[verb] == "conj" and t.child(verb, "nsubj", "nsubj:pass") is None
            if head < 0 or not clauses.is_verb(head) or (head in self.triggers and not shared) or not (t.dep[verb] == "xcomp" or shared):
                break
            if not clauses.is_verb(verb):
                break
            words.append(head)
            verb = head
        return words

    def _head(self, span: Span) -> int | None:
        t = self._scene.tokens
        inside = t.within(span)
        if inside is None:
            return None
        first, last = inside
        for token in range(first, last):
            if not first <= t.head[token] < last:
                return token
        return first

    def _governor(self, token: int) -> int:
        """Return the trigger or verb that an expression hangs on; -1 when there is none."""
        t = self._scene.tokens
        at = t.head[token]
        while at >= 0 and at not in self.triggers and not self._scene.clauses.is_verb(at):
            at = t.head[at]
        return self._lower(at, token) if at in self.triggers else at

    def _lower(self, governor: int, token: int) -> int:
        """Return the content of a trigger where it stands before the expression: "accused X of killing Y in 2019"."""
        inside = [each for each in self._contents.get(governor, ()) if governor < each < token]
        return max(inside) if inside else governor

    def _locative(self, place: Where, head: int, frame: Frame, *, destination: bool) -> bool:
        t = self._scene.tokens
        if self._in_subject(head, frame) or (not destination and self._scene.clauses.preposition(head) in _NOWHERE):
            return False
        if "locative" in place.rule:
            return True
        if destination and (t.dep[head] in {"obj", "nmod:poss"} or self._scene.clauses.preposition(head) in _GOING):
            return True
        for word in frame.heads:
            predicate = self._scene.predicates.get(word)
            if predicate is not None and any(each.role == "ARGM-LOC" and each.first <= head < each.last for each in predicate.arguments):
                return True
        return False

    def _in_subject(self, head: int, frame: Frame) -> bool:
        """Tell whether a place belongs to who acts ("rebels in Mali said"), not to what happened."""
        t = self._scene.tokens
        at = head
        while at >= 0 and at not in frame.heads:
            if t.dep[at] in {"nsubj", "obl:agent"} and t.head[at] in frame.heads:
                return True
            at = t.head[at]
        return False
