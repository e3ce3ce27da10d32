"""Counts of people told with a claim, with the bounds that the words give."""

from __future__ import annotations

from dragoman.stages.claim.arguments import Frame, Scene
from dragoman.stages.claim.entries import Entry
from dragoman.types import Number, NumberOf, Span

_UNITS = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
_TENS = dict(zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True))
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
# What an open plural means at least: two of its kind.
_OPEN = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2_000, "millions": 2_000_000, "several": 3, "tens": 20}
_SINGLE = {"a": 1, "an": 1, "another": 1, "one": 1}
_OUTCOMES: dict[str, NumberOf] = {
    "dead": "dead", "killed": "dead", "wounded": "injured", "injured": "injured", "hurt": "injured",
    "homeless": "displaced", "displaced": "displaced", "arrested": "arrested", "detained": "arrested",
}  # fmt: skip
_COUNTING = frozenset(
    ["nummod", "det", "amod", "advmod", "compound", "case", "fixed", "nmod", "obl", "flat", "cc", "conj", "nmod:unmarked", "obl:unmarked"]
)
# What words of outcome around a trigger may count, by the type of the claim.
_TOLD: dict[str, tuple[str, ...]] = {"ASSAULT": ("dead", "injured", "displaced"), "PROTEST": ("dead", "injured"), "COERCE": ("arrested",)}
_CUES = frozenset(
    [
        "at",
        "least",
        "no",
        "fewer",
        "less",
        "more",
        "than",
        "over",
        "up",
        "to",
        "as",
        "many",
        "most",
        "under",
        "above",
        "upwards",
        "of",
        "exceeding",
        "nearly",
        "almost",
        "about",
        "around",
        "some",
        "roughly",
        "approximately",
        "an",
        "estimated",
        "circa",
        "between",
        "and",
        "or",
        "-",
        "–",
        "a",
        "minimum",
    ]
)
_SPECIAL = frozenset({"by", "with", "from", "including", "against"})
_PEOPLE = 10_000_000_000


def bounds(words: list[str]) -> tuple[int | None, int | None] | None:
    """Read the bounds of a count from its words, in lower case; None when they tell none.

    "more than 12" is 13 or more, "up to 300" 300 or less, "about 300" a tenth either way, "dozens" 24 or more.
    """
    values = _values(words)
    text = f" {' '.join(words)} "
    if not values:
        return _open_bounds(words)
    value = values[0]
    if len(values) == 2 and (" between " in text or " to " in text or "-" in words or "–" in words or " or " in text):
        return min(values), max(values)
    if any(cue in text for cue in (" at least ", " no fewer than ", " no less than ", " or more ", " minimum ")):
        return value, None
    if any(cue in text for cue in (" up to ", " as many as ", " at most ", " no more than ")):
        return None, value
    if any(cue in text for cue in (" more than ", " over ", " above ", " upwards of ", " exceeding ")):
        return value + 1, None
    if any(cue in text for cue in (" fewer than ", " less than ", " under ")):
        return None, value - 1 if value > 0 else 0
    if any(cue in text for cue in (" nearly ", " almost ")):
        return None, value
    if any(cue in text for cue in (" about ", " around ", " some ", " roughly ", " approximately ", " estimated ", " circa ")):
        return value - value // 10, value + -(-value // 10)
    return value, value


def _open_bounds(words: list[str]) -> tuple[int | None, int | None] | None:
    for place, word in enumerate(words):
        if word in {"tens", "hundreds", "dozens"} and words[place + 1 : place + 2] == ["of"]:
            for scale in words[place + 2 : place + 4]:
                if scale in {"thousands", "millions"}:
                    return {"tens": 20, "hundreds": 200, "dozens": 24}[word] * _SCALES[scale[:-1]], None
        if word in _OPEN:
            return _OPEN[word], None
    return None


def _values(words: list[str]) -> list[int]:
    """Return the numbers that stand in words, in order ("twenty - five" is one)."""
    found: list[int] = []
    total, current, seen = 0, 0.0, False
    for word in [*words, ""]:
        plain = word.replace(",", "")
        if plain.isdecimal() and plain.isascii() and len(plain) <= 12:
            if seen:
                found.append(total + int(current))
                total, current = 0, 0.0
            current, seen = float(int(plain)), True
        elif plain.count(".") == 1 and plain.replace(".", "").isdecimal() and plain.isascii() and len(plain) <= 12:
            current, seen = float(plain), True
        elif word in _UNITS or word in _TENS:
            current, seen = current + (_UNITS.get(word) or _TENS.get(word) or 0), True
        elif word in _SCALES and (seen or word == "hundred"):
            current = (current or 1) * _SCALES[word]
            if word != "hundred":
                total, current = total + int(current), 0.0
        elif word == "dozen":
            current, seen = (current or 1) * 12, True
        elif seen and word in {"-", "–"} and current in _TENS.values():
            continue
        elif seen and not (word == "and" and current % 100 == 0 and current >= 100):
            found.append(total + int(current))
            total, current, seen = 0, 0.0, False
    return [each for each in found if each < _PEOPLE]


def count(scene: Scene, head: int) -> tuple[int | None, int | None, Span] | None:
    """Return the bounds and words of the count in a noun phrase, or None where it tells none."""
    t = scene.tokens
    inner = scene.inner(head, deep=True)
    first, floor = min(head, inner), t.sentences[t.sentence[head]][0]
    mine = {head, inner}
    while first > floor and _counts(scene, first - 1, mine):
        first -= 1
        mine.add(first)
    last = max(head, inner)
    numeral = inner == head and (t.upos[head] == "NUM" or t.lemma[head].lower() in scene.support["quantities"])
    words = [t.word[each].lower() for each in range(first, last + (1 if numeral else 0))]
    found = bounds(words)
    if found is not None:
        return found[0], found[1], t.span(first, last + 1)
    single = [each for each in scene.clauses.children(head, "det", "nummod") if t.word[each].lower() in _SINGLE]
    if single and t.tag[head] == "NN" and t.lemma[head].lower() not in scene.support["quantities"]:
        return 1, 1, t.span(single[0], head + 1)
    return None


def _counts(scene: Scene, token: int, mine: set[int]) -> bool:
    """Tell whether a word left of a noun phrase's words is part of its count."""
    t = scene.tokens
    word = t.word[token].lower()
    if t.head[token] in mine and t.dep[token] in _COUNTING and word not in _SPECIAL:
        return True
    counted = any(_numeric(t.word[each].lower()) for each in mine)
    return _numeric(word) or (counted and word in _CUES)


def _numeric(word: str) -> bool:
    return (
        word.replace(",", "").replace(".", "").isdecimal()
        or word in _UNITS
        or word in _TENS
        or word in _SCALES
        or word == "dozen"
        or word in _OPEN
    )


def read(scene: Scene, frame: Frame, entry: Entry) -> list[Number]:
    """Return the counts that an entry's slots and the outcomes told around the trigger give; the first of a kind."""
    found: dict[NumberOf, Number] = {}
    for what, sources in entry.numbers.items():
        for source in sources:
            phrases = scene.slot(frame, entry, source) if source in entry.roles else scene.phrases(frame, source)
            for phrase in phrases:
                told = count(scene, phrase.head) if _countable(scene, phrase.head) else None
                if told is not None and what not in found:
                    found[what] = Number(what, *told)
    for number in _outcomes(scene, frame):
        if any(number.what in _TOLD.get(meaning.type, ()) for meaning in entry.means):
            found.setdefault(number.what, number)
    return list(found.values())


def _countable(scene: Scene, head: int) -> bool:
    """Tell whether a counted noun is of people: nobody counts the fish that a heat wave killed."""
    t = scene.tokens
    inner = scene.inner(head, deep=True)
    number = t.upos[inner] == "NUM" or bool(scene.clauses.forms(inner) & (scene.support["quantities"] | scene.support["people"]))
    return number or any(scene.is_actor(each) for each in scene.clauses.conjuncts([head, inner]))


def _outcomes(scene: Scene, frame: Frame) -> list[Number]:
    """Return counts before words of outcome: "leaving 12 people dead", "30 wounded"."""
    t = scene.tokens
    top = frame.verb if frame.verb is not None else frame.token
    found = []
    for token in t.subtree(top):
        what = _OUTCOMES.get(t.word[token].lower())
        if what is None or token in frame.words:
            continue
        if t.child(token, "nummod") is not None or (token and _numeric(t.word[token - 1].lower())):
            told = count(scene, token)
        else:
            nouns = (
                [each for each in t.children[t.head[token]] if t.dep[each] == "obj"]
                if t.head[token] >= 0 and t.dep[token] == "xcomp"
                else []
            )
            nouns = nouns or ([t.head[token]] if t.head[token] >= 0 and t.dep[token] == "amod" and t.head[token] < token else [])
            told = count(scene, nouns[0]) if nouns else None
        if told is not None:
            found.append(Number(what, *told))
    return found
