"""Speech that no quotation marks hold: statements after "the minister said:", and the turns of interviews and transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.stages.attribute import sources
from dragoman.stages.attribute.cues import Cue, Cues
from dragoman.stages.attribute.page import Draft, Page
from dragoman.types import Span

_LABEL = re.compile(
    r"(?P<name>[A-Z](?:[A-Z.'’ -]{1,40}[A-Z.])?|(?:M[rs]s?|Dr)\.? [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?|Question|Answer)(?: \([^()\n]{1,60}\))?:\s"
)
_ASKS = frozenset(("q", "question", "moderator", "interviewer", "reporter", "journalist"))
_ANSWERS = frozenset(("a", "answer"))
_TITLES = frozenset(
    ("mr", "ms", "mrs", "dr", "secretary", "minister", "president", "ambassador", "general", "senator", "chairman", "chairwoman")
)
_PERSONS = frozenset(("i", "we", "my", "our", "us", "me", "i’m", "i'm"))
_SAYING = frozenset(("cue:verb/say", "cue:verb/write", "cue:verb/report", "cue:verb/complain"))
_FEWEST_WORDS = 5
_LONGEST_QUESTION = 70
_MARKS = "“\"„«‘'「"

Paragraph = tuple[int, int]


def find(here: Page, cues: Cues, drafts: Sequence[Draft], *, found: Sequence[Cue]) -> list[Draft]:
    """Return the drafts with statements and turns added; a draft of the same cue that read something else goes."""
    paragraphs = _paragraphs(here)
    stated = list(_statements(here, cues, found, paragraphs))
    turns = list(_turns(here, cues, paragraphs))
    taken = {each.token for each in stated}
    kept = [each for each in drafts if each.token not in taken]
    return sorted((*kept, *stated, *turns), key=lambda each: (each.token, each.frame)) if stated or turns else list(drafts)


def _paragraphs(here: Page) -> list[Paragraph]:
    """Return the paragraphs as ranges of code points."""
    tokens, numbers = here.tokens, here.reading.split.paragraphs
    found: list[Paragraph] = []
    last = None
    for sentence, (first, end) in enumerate(tokens.sentences):
        number = numbers[sentence] if sentence < len(numbers) else 0
        if number == last:
            found[-1] = (found[-1][0], tokens.end[end - 1])
        else:
            found.append((tokens.start[first], tokens.end[end - 1]))
        last = number
    return found


def _statements(here: Page, cues: Cues, found: Sequence[Cue], paragraphs: list[Paragraph]) -> Iterator[Draft]:
    """Yield what stands without marks after a colon that ends a paragraph, or that a first person follows."""
    tokens, text = here.tokens, here.text
    last: dict[int, Cue] = {}
    for cue in found:
        if tokens.upos[cue.token] == "VERB" and not cue.passive and any(entry.id in _SAYING for entry in cue.entries):
            last[tokens.sentence[cue.token]] = cue
    for cue in last.values():
        end = tokens.sentences[tokens.sentence[cue.token]][1]
        colon = next((i for i in range(cue.last, end) if tokens.word[i] == ":"), None)
        if (
            colon is None
            or any(tokens.upos[i] == "VERB" for i in range(cue.last, colon))
            or here.quote_at(tokens.start[cue.token]) is not None
        ):
            continue
        place = next(i for i, (start, stop) in enumerate(paragraphs) if start <= tokens.start[colon] < stop)
        stop = paragraphs[place][1]
        start = tokens.end[colon]
        ends = not text[start:stop].strip()
        if ends:
            if place + 1 >= len(paragraphs):
                continue
            place += 1
            start, stop = paragraphs[place]
        start += len(text[start:stop]) - len(text[start:stop].lstrip())
        if text[start : start + 1] in _MARKS or not text[start : start + 1].isupper() or not (ends or _first_person(text[start:stop])):
            continue
        source = sources.find(tokens, cue, cues, predicates=here.predicates)
        if source is None:
            continue
        stop = _block(here, paragraphs, place, last, tokens.word[source.head])
        entry = next(entry for entry in cue.entries if entry.id in _SAYING)
        first = max(cue.first, min(source.last, cue.token)) if source.first < cue.token else cue.first
        yield Draft(cue.token, entry, cue.form, tokens.span(first, cue.last), source, (Span(start, stop),), "statement")


def _block(here: Page, paragraphs: list[Paragraph], place: int, saying: dict[int, Cue], speaker: str) -> int:
    """Return where a statement ends: before a paragraph that names its speaker again, quotes, or has another voice.

    Where another voice ends it the report is no press release, and only paragraphs in the first person go on.
    """
    text, after = here.text, place + 1
    voiced = {here.tokens.start[cue.token] for cue in saying.values() if not _own_words(here, cue)}
    while after < len(paragraphs):
        start, stop = paragraphs[after]
        quoted = text[start] in _MARKS
        voice = quoted or any(start <= each < stop for each in voiced)
        if voice or re.search(rf"\b{re.escape(speaker)}\b", text[start:stop]):
            if voice:
                first = place + 1
                while first < after and _first_person(text[slice(*paragraphs[first])]):
                    first += 1
                after = first
            break
        after += 1
    return paragraphs[after - 1][1]


def _own_words(here: Page, cue: Cue) -> bool:
    """Tell whether the subject of a cue is "I" or "we"."""
    subject, _ = sources.subject(here.tokens, cue.token)
    return subject is not None and here.tokens.word[subject].lower() in _PERSONS


def _first_person(words: str) -> bool:
    return any(word in _PERSONS for word in re.findall(r"[\w’']+", words.lower()))


def _turns(here: Page, cues: Cues, paragraphs: list[Paragraph]) -> Iterator[Draft]:
    """Yield the turns of a transcript with names or letters, or the answers to questions that stand alone."""
    labelled = [_LABEL.match(here.text, start, stop) for start, stop in paragraphs]
    found = [each for each in labelled if each is not None]
    if len(found) >= 2 and any(_kind(each) == "asks" or each["name"].split()[0].lower().rstrip(".") in _TITLES for each in found):
        yield from _labelled(here, cues, paragraphs, labelled)
        return
    asked = [_asks(here, paragraph) for paragraph in paragraphs]
    if sum(asked) >= 3 or (sum(asked) == 2 and "interview" in here.text.lower()):
        yield from _answers(here, cues, paragraphs, asked)


def _kind(label: re.Match[str]) -> str:
    name = label["name"].lower()
    return "asks" if name in _ASKS else "answers" if name in _ANSWERS else "named"


def _labelled(here: Page, cues: Cues, paragraphs: list[Paragraph], labelled: Sequence[re.Match[str] | None]) -> Iterator[Draft]:
    number = 0
    while number < len(paragraphs):
        label = labelled[number]
        after = number + 1
        while after < len(paragraphs) and labelled[after] is None and here.text[paragraphs[after][0]] not in "([":
            after += 1
        if label is not None and _kind(label) != "asks" and label["name"] not in ("ANSWER", "Answer"):
            start, stop = label.end(), paragraphs[after - 1][1]
            source = None
            if _kind(label) == "named":
                within = here.tokens.within(Span(label.start("name"), label.end("name")))
                source = sources.run(here.tokens, *within) if within is not None else None
            if len(here.text[start:stop].split()) >= _FEWEST_WORDS:
                yield _turn(here, cues, Span(start, stop), source)
        number = after


def _asks(here: Page, paragraph: Paragraph) -> bool:
    words = here.text[slice(*paragraph)].strip()
    return len(words.split()) <= _LONGEST_QUESTION and words.endswith("?") and words[0] not in _MARKS and not words.endswith('?"')


def _answers(here: Page, cues: Cues, paragraphs: list[Paragraph], asked: Sequence[bool]) -> Iterator[Draft]:
    """Yield each paragraph after a question as an answer of its own; one that ends in a colon goes on with those after it."""
    number, answering = 0, False
    while number < len(paragraphs):
        if asked[number]:
            answering = True
        elif answering:
            start, stop = paragraphs[number]
            while here.text[stop - 1] in ":;" and number + 1 < len(paragraphs) and not asked[number + 1]:
                number += 1
                stop = paragraphs[number][1]
            words = here.text[start:stop]
            if len(words.split()) >= _FEWEST_WORDS and words[-1] in ".!…" and "Image:" not in words:
                yield _turn(here, cues, Span(start, stop), None)
        number += 1


def _turn(here: Page, cues: Cues, span: Span, source: sources.Source | None) -> Draft:
    entry = next(each for each in cues.verbs["say"] if each.id == "cue:verb/say")
    return Draft(here.token_at(span.start), entry, "", None, source, (span,), "turn")
