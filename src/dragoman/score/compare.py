"""One text: what was said against the gold, layer by layer, into a ``Score``.

Fields are scored on the things that were found: the mode of a claim only where its type and trigger are right.
"""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.gold import Gold
from dragoman.score.answer import Answer
from dragoman.score.match import contents, half, pairs, shared, triggers
from dragoman.score.tally import Miss, Score
from dragoman.types import Actor, Attribution, Claim, Consequence, Label, Relation, Span, When

Code = tuple[str | None, str | None]


class Comparison:
    """Compares the answer to one text with its gold and counts into ``score``."""

    def __init__(self, gold: Gold, said: Answer, score: Score) -> None:
        self.gold, self.said, self.score = gold, said, score
        self.text = gold.report.text
        score.items += 1
        # Attributions of the gold by those said, and the other way round; claims' fields and nesting need them.
        self.same_voice = dict(pairs(gold.attributions, said.attributions, contents))

    def run(self) -> None:
        """Compare every layer that was annotated."""
        layers = self.gold.layers
        if "actors" in layers and self.said.mentions is not None:
            self._actors(self.said.mentions)
        if "times" in layers and self.said.times is not None:
            self._times(self.said.times)
        if "attributions" in layers:
            self._attributions()
        if "claims" in layers:
            self._claims()
        if "labels" in layers:
            self._labels()
        if "relations" in layers:
            self._relations()
        if "consequences" in layers:
            self._consequences()

    def _miss(self, layer: str, what: str, span: Span) -> None:
        self.score.misses.append(Miss(self.gold.id, layer, what, " ".join(span.of(self.text).split())))

    # -- actors and times ----------------------------------------------------------------------------

    def _actors(self, mentions: tuple[Actor, ...]) -> None:
        """Each mention of the gold: is there one with the same end, or else overlapping, and who is it said to be?"""
        by_end: dict[int, list[Actor]] = {}
        for mention in mentions:
            if mention.span is not None:
                by_end.setdefault(mention.span.end, []).append(mention)
        for chain in self.gold.chains.values():
            for span in chain.mentions:
                same = [each for each in by_end.get(span.end, []) if each.span]
                near = same or [each for each in mentions if each.span and each.span.overlaps(span)]
                best = max(near, key=lambda each: shared([span], [each.span]) if each.span else 0, default=None)
                found = _code(best) if best else None
                self.score.share("actors: country", best is not None and best.country == chain.actor.country)
                self.score.share("actors: country and sector", found == _code(chain.actor))
                if found != _code(chain.actor):
                    self._miss("actors", f"{_show(_code(chain.actor))} read as {_show(found) if found else 'nobody'}", span)

    def _times(self, times: tuple[When, ...]) -> None:
        def same(gold: When, said: When) -> float:
            return float(gold.span.overlaps(said.span) and (gold.from_, gold.until) == (said.from_, said.until))

        matched = pairs(self.gold.times, times, same)
        self.score.count("times", gold=len(self.gold.times), said=len(times), right=len(matched))
        for number, when in enumerate(self.gold.times):
            if number not in {g for g, _ in matched}:
                others = [f"{each.from_}..{each.until}" for each in times if each.span.overlaps(when.span)]
                self._miss("times", f"{when.from_}..{when.until} read as {', '.join(others) or 'nothing'}", when.span)

    # -- attributions ------------------------------------------------------------------------------

    def _attributions(self) -> None:
        gold, said = self.gold.attributions, self.said.attributions
        self.score.count("attributions", gold=len(gold), said=len(said), right=len(self.same_voice))
        for g, s in self.same_voice.items():
            self._voice(gold[g], said[s])
        for g, each in enumerate(gold):
            if g not in self.same_voice:
                self._miss("attributions", "missed", each.content[0])
        for s, each in enumerate(said):
            if s not in self.same_voice.values():
                self._miss("attributions", "made up", each.content[0])

    def _voice(self, gold: Attribution, said: Attribution) -> None:
        share = self.score.share
        source = half(_spans(gold.source), _spans(said.source))
        share("attributions: source", source)
        share("attributions: cue", bool(shared(gold.cue, said.cue)) or not (gold.cue or said.cue))
        share("attributions: speaker's country", _code(gold.speaker)[0] == _code(said.speaker)[0])
        share("attributions: speaker's country and sector", _code(gold.speaker) == _code(said.speaker))
        share("attributions: kind", gold.kind == said.kind)
        share("attributions: act", gold.act == said.act)
        share("attributions: stance", gold.stance == said.stance)
        if gold.via or said.via:
            share("attributions: via", bool(gold.via and said.via and gold.via.span.overlaps(said.via.span)))
        if gold.inside or said.inside:
            share("attributions: nesting", self._same_attribution(gold.inside, said.inside))
        if not source:
            self._miss(
                "attributions: source", f"read as {said.source.of(self.text) if said.source else 'nobody'}", gold.source or gold.content[0]
            )
        if _code(gold.speaker) != _code(said.speaker):
            self._miss(
                "attributions: speaker",
                f"{_show(_code(gold.speaker))} read as {_show(_code(said.speaker))}",
                gold.source or gold.content[0],
            )

    def _same_attribution(self, gold: str | None, said: str | None) -> bool:
        """Tell whether two ids stand for the same attribution, or both for none."""
        if gold is None or said is None:
            return gold is said
        numbers = {each.id: number for number, each in enumerate(self.gold.attributions)}
        found = self.same_voice.get(numbers.get(gold, -1))
        return found is not None and self.said.attributions[found].id == said

    # -- claims ------------------------------------------------------------------------------------

    def _claims(self) -> None:
        gold, said = self.gold.claims, self.said.claims
        matched = pairs(gold, said, triggers)
        right = [(gold[g], said[s]) for g, s in matched if gold[g].type == said[s].type]
        countries = [(g, s) for g, s in right if all(_cast(g, s, sectors=False))]
        sectors = [(g, s) for g, s in right if all(_cast(g, s, sectors=True))]
        for name, number in (
            ("claims: trigger", len(matched)),
            ("claims: type and trigger", len(right)),
            ("claims: with countries", len(countries)),
            ("claims: with countries and sectors", len(sectors)),
        ):
            self.score.count(name, gold=len(gold), said=len(said), right=number)
        for g, s in right:
            self._claim(g, s)
        self._claim_misses(matched)
        if not gold:
            self.score.rate("rows a text with nothing to code", len(said))
        for span, _ in self.gold.no_claim:
            self.score.share("words that are no claim: left alone", not any(each.trigger.overlaps(span) for each in said))

    def _claim_misses(self, matched: list[tuple[int, int]]) -> None:
        gold, said = self.gold.claims, self.said.claims
        found, used = dict(matched), {s for _, s in matched}
        for number, claim in enumerate(gold):
            other = said[found[number]].type if number in found else "-"
            self.score.confusion[claim.type, other] += 1
            if other != claim.type:
                self._miss("claims", f"{claim.type} read as {other}", claim.trigger)
        for number, claim in enumerate(said):
            if number in used:
                self.score.share("claims: duplicate rows", False)
                continue
            twice = any(claim.type == each.type and claim.trigger.overlaps(place) for each in gold for place in (each.trigger, *each.also))
            self.score.share("claims: duplicate rows", twice)
            self.score.confusion["-", claim.type] += 1
            self._miss("claims", f"{claim.type} {'told twice' if twice else 'made up'}", claim.trigger)

    def _claim(self, gold: Claim, said: Claim) -> None:
        share, miss = self.score.share, self._miss
        country, both = _cast(gold, said, sectors=False), _cast(gold, said, sectors=True)
        for place, name in enumerate(("actor", "recipient")):
            share(f"claims: {name}'s country", country[place])
            share(f"claims: {name}'s country and sector", both[place])
            if not country[place]:
                wanted, read = (_codes(each.actors if place == 0 else each.recipients) for each in (gold, said))
                miss(f"claims: {name}", f"{_list(wanted)} read as {_list(read)}", gold.trigger)
        fields = {
            "mode": bool(set(gold.modes) & set(said.modes)) or not (gold.modes or said.modes),
            "status": set(gold.status) == set(said.status),
            "held_by": self._held_by(gold) == {(each.attribution, each.stance) for each in said.held_by},
            "reporter's own voice or another's": bool(gold.held_by) == bool(said.held_by),
        }
        for name, well in fields.items():
            share(f"claims: {name}", well)
        for name in ("mode", "status"):
            if not fields[name]:
                pair = ((each.modes, each.status)[name == "status"] for each in (gold, said))
                miss(f"claims: {name}", " read as ".join((" ".join(each) or "-") for each in pair) + f" ({gold.type})", gold.trigger)
        self._when_and_where(gold, said)
        self.score.count(
            "claims: contexts", gold=len(gold.contexts), said=len(said.contexts), right=len({*gold.contexts} & {*said.contexts})
        )
        counts = ({(each.what, each.low, each.high) for each in claim.numbers} for claim in (gold, said))
        wanted_counts, read_counts = counts
        right = len(wanted_counts & read_counts)
        self.score.count("claims: numbers", gold=len(wanted_counts), said=len(read_counts), right=right)

    def _when_and_where(self, gold: Claim, said: Claim) -> None:
        if gold.when:
            well = said.when is not None and (gold.when.from_, gold.when.until) == (said.when.from_, said.when.until)
            self.score.share("claims: date", well)
            if not well:
                read = f"{said.when.from_}..{said.when.until}" if said.when else "nothing"
                self._miss(
                    "claims: date", f"{gold.when.from_}..{gold.when.until} read as {read} at {gold.trigger.of(self.text)!r}", gold.when.span
                )
        else:
            self.score.share("claims: spurious dates", said.when is not None)
            if said.when:
                self._miss("claims: date", f"made up: {said.when.span.of(self.text)!r}", gold.trigger)
        if gold.where:
            self.score.share("claims: place's country", said.where is not None and gold.where.country == said.where.country)
            if said.where is None or gold.where.country != said.where.country:
                self._miss(
                    "claims: place", f"{gold.where.country} read as {said.where.country if said.where else 'nothing'}", gold.where.span
                )
        else:
            self.score.share("claims: spurious places", said.where is not None)

    def _held_by(self, claim: Claim) -> set[tuple[str, str]]:
        """Return the gold's voices under the ids of those said; one that was not found keeps its own id."""
        numbers = {each.id: number for number, each in enumerate(self.gold.attributions)}
        voices: set[tuple[str, str]] = set()
        for voice in claim.held_by:
            found = self.same_voice.get(numbers[voice.attribution])
            voices.add((f"gold:{voice.attribution}" if found is None else self.said.attributions[found].id, voice.stance))
        return voices

    # -- labels, relations, consequences -----------------------------------------------------------

    def _labels(self) -> None:
        def same(gold: Label, said: Label) -> float:
            return float(half([gold.label], [said.label])) * (1 + (_code(gold.about)[0] == _code(said.about)[0]))

        matched = self._matched("labels", self.gold.labels, self.said.labels, same)
        for gold, said in matched:
            self.score.share("labels: about", _code(gold.about)[0] == _code(said.about)[0])
            self.score.share("labels: contested", gold.contested == said.contested)
            self.score.share("labels: by", self._same_attribution(gold.by, said.by))

    def _relations(self) -> None:
        def same(gold: Relation, said: Relation) -> float:
            parties = {gold.a.country, gold.b.country} == {said.a.country, said.b.country}
            return float(parties and gold.words.overlaps(said.words))

        for gold, said in self._matched("relations", self.gold.relations, self.said.relations, same):
            self.score.share("relations: polarity", gold.polarity == said.polarity)
            self.score.share("relations: change", gold.change == said.change)

    def _consequences(self) -> None:
        own = {each.id: (each.trigger, *each.also) for each in self.gold.claims}
        theirs = {each.id: (each.trigger, *each.also) for each in self.said.claims}

        def same(gold: Consequence, said: Consequence) -> float:
            cause = shared(_places(gold.cause, own), _places(said.cause, theirs))
            return float(bool(cause and shared(_places(gold.effect, own), _places(said.effect, theirs))))

        self._matched("consequences", self.gold.consequences, self.said.consequences, same)

    def _matched(self, layer: str, gold, said, weight):  # type: ignore[no-untyped-def]
        """Count a layer by pairs of positive weight, note the misses, and return the pairs."""
        matched = pairs(gold, said, weight)
        self.score.count(layer, gold=len(gold), said=len(said), right=len(matched))
        for number, each in enumerate(gold):
            if number not in {g for g, _ in matched}:
                self._miss(layer, "missed", _words(each))
        for number, each in enumerate(said):
            if number not in {s for _, s in matched}:
                self._miss(layer, "made up", _words(each))
        return [(gold[g], said[s]) for g, s in matched]


def _words(value: Label | Relation | Consequence) -> Span:
    if isinstance(value, Label):
        return value.label
    return value.words if isinstance(value, Relation) else value.cue


def _places(value: str | Span, claims: dict[str, tuple[Span, ...]]) -> tuple[Span, ...]:
    return claims.get(value, ()) if isinstance(value, str) else (value,)


def _spans(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _code(actor: Actor | None) -> Code:
    """Return country and main sector."""
    return (actor.country, actor.sectors[0] if actor.sectors else None) if actor else (None, None)


def _codes(actors: Iterable[Actor]) -> set[Code]:
    return {_code(actor) for actor in actors}


def _cast(gold: Claim, said: Claim, *, sectors: bool) -> tuple[bool, bool]:
    """Tell whether the codes of the actors, and those of the recipients, are the same."""

    def codes(actors: tuple[Actor, ...]) -> set[Code]:
        return _codes(actors) if sectors else {(country, None) for country, _ in _codes(actors)}

    return codes(gold.actors) == codes(said.actors), codes(gold.recipients) == codes(said.recipients)


def _show(code: Code) -> str:
    return " ".join(part for part in (code[0] or "XXX", code[1]) if part)


def _list(codes: set[Code]) -> str:
    return ", ".join(sorted(map(_show, codes))) or "nobody"
