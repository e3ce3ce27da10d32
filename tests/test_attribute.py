"""Who says what: quotation marks, cues, sources, contents, channels and nesting."""

from __future__ import annotations

import time

import pytest

from dragoman import lexicon
from dragoman.pipeline import read
from dragoman.stages.attribute import attributions_over
from dragoman.stages.attribute.quotes import scan
from dragoman.types import Attribution, Reading, Report, Span


def quoted(text: str) -> list[str]:
    return [text[each.start : each.end] for each in scan(text)]


def rows(text: str, **more: str) -> tuple[Reading, list[Attribution]]:
    reading = read(text, published="2024-03-05", **more)
    return reading, list(reading.attributions)


def by_cue(text: str, cue: str) -> tuple[Reading, Attribution]:
    reading, found = rows(text)
    for each in found:
        if any(cue in span.of(text) for span in each.cue):
            return reading, each
    raise AssertionError(f"no attribution with cue {cue!r}; there are {[[s.of(text) for s in each.cue] for each in found]}")


def said(each: Attribution, text: str) -> list[str]:
    return [part.of(text) for part in each.content]


def source(each: Attribution, text: str) -> str | None:
    return each.source.of(text) if each.source else None


# Quotation marks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“We go,” he said. “Now.”", ["“We go,”", "“Now.”"]),
        ('He said "no" and "never".', ['"no"', '"never"']),
        ("„Ja“, sagte er. »Nein«, sagte sie. «Si», dijo.", ["„Ja“", "»Nein«", "«Si»"]),
        ("''Stay,'' she said.", ["''Stay,''"]),
        ("彼は「はい」と言った", ["「はい」"]),
        ("”Come here,” he said.", ["”Come here,”"]),
        ("She said ‘don’t wait’ to the owners’ son.", ["‘don’t wait’"]),
        ("The '90s were rock 'n' roll, the ministers' sons said.", []),
        ("It is 5'10\" tall.", []),
        ("Nobody's fault, it's ours.", []),
    ],
)
def test_marks_of_all_kinds(text: str, found: list[str]) -> None:
    assert quoted(text) == found


def test_nested_marks_know_their_parent() -> None:
    text = "“He told me ‘go’ and “no”,” she said."
    outer, *inner = scan(text)
    assert (outer.depth, outer.parent) == (0, None)
    assert [(each.depth, each.parent) for each in inner] == [(1, 0), (1, 0)]


def test_a_quotation_over_paragraphs_is_one_chain() -> None:
    text = "“One.\n\n“Two.\n\n“Three.”\n\nRain fell."
    first, second, third = scan(text)
    assert [each.closed for each in (first, second, third)] == [False, False, True]
    assert (second.continues, third.continues) == (0, 1)


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“One and two.\n\nRain fell on “roofs”."
    assert quoted(text) == ["“One and two.", "“roofs”"]


@pytest.mark.parametrize("piece", ['"a ', "“", "'a ", "“a' ", "“a\n\n", "’"])
def test_the_scan_is_linear(piece: str) -> None:
    began = time.perf_counter()
    scan(piece * (200_000 // len(piece)))
    assert time.perf_counter() - began < 5


# Lexicon


def test_the_lexicon_knows_three_hundred_verbs_sorted_and_unique() -> None:
    cues = lexicon.read("en", "cues")
    for section in ("verbs", "nouns", "adjectives", "adverbs", "adjuncts"):
        ids = [entry["id"] for entry in cues[section]]
        assert ids == sorted(ids)
        assert len(set(ids)) == len(ids)
    for entry in cues["verbs"]:
        assert len(set(entry["forms"])) == len(entry["forms"]), entry["id"]
    assert len({form for entry in cues["verbs"] for form in entry["forms"]}) >= 300


@pytest.mark.parametrize("section", ["verbs", "nouns", "adjectives", "adverbs", "adjuncts"])
def test_every_entry_finds_its_example(section: str) -> None:
    missing = []
    for entry in lexicon.read("en", "cues")[section]:
        for example in entry["examples"]:
            reading = read(example)
            rules = {
                item.rule.split("/")[0] + "/" + item.rule.split("/")[1]
                for each in reading.attributions
                for item in each.evidence
                if "/" in item.rule
            }
            if entry["id"] not in rules:
                missing.append(entry["id"])
    assert len(missing) <= 0.2 * len(lexicon.read("en", "cues")[section]), missing


# Spans


def test_an_indirect_statement() -> None:
    text = "The health ministry said that three clinics had been closed in the north."
    _, each = by_cue(text, "said")
    assert source(each, text) == "The health ministry"
    assert said(each, text) == ["that three clinics had been closed in the north"]
    assert (each.kind, each.act, each.stance) == ("indirect", "speech", "asserts")


def test_a_direct_quotation_takes_its_marks_and_goes_on_after_the_cue() -> None:
    text = "“The road is open,” the governor said. “Trucks will pass tonight.” Rain is expected."
    _, each = by_cue(text, "said")
    assert said(each, text) == ["“The road is open,”", "“Trucks will pass tonight.”"]
    assert each.kind == "direct"


def test_an_inverted_cue_has_its_whole_source() -> None:
    text = "“The harvest is lost,” said Ama Doku, a farmer in the eastern hills."
    _, each = by_cue(text, "said")
    assert source(each, text) == "Ama Doku, a farmer in the eastern hills"
    assert said(each, text) == ["“The harvest is lost,”"]


def test_an_interrupted_statement_has_two_parts() -> None:
    text = "Prices, the bank said, will fall before the summer."
    _, each = by_cue(text, "said")
    assert said(each, text) == ["Prices", "will fall before the summer"]


def test_a_statement_partly_quoted_is_mixed() -> None:
    text = "The envoy said the talks were “a waste of time” for both sides."
    _, each = by_cue(text, "said")
    assert each.kind == "mixed"
    assert said(each, text)[0].startswith("the talks were “a waste of time”")


def test_a_quotation_in_the_next_paragraph_goes_on_without_a_cue() -> None:
    text = "“We lost everything,” the mayor said. “The bridge is gone.\n\n“We will build it again, stone by stone.”\n\nIt rained on Friday."
    _, found = rows(text)
    assert any("stone by stone" in part.of(text) for each in found for part in each.content)
    going_on = [each for each in found if not each.cue]
    for each in going_on:
        assert each.source is None
        assert each.kind == "direct"


# Kinds of cue


@pytest.mark.parametrize(
    ("text", "cue", "act", "stance"),
    [
        ("The company denied that it had paid bribes.", "denied", "speech", "denies"),
        ("Diplomats doubt that the deadline will hold.", "doubt", "thought", "doubts"),
        ("The government plans to close the camp next month.", "plans", "intention", "intends"),
        ("The union asked whether the factory would reopen.", "asked", "speech", "asks"),
        ("The minister did not confirm that the envoy had left.", "confirm", "speech", "doubts"),
        ("A survey by the institute shows that trust has fallen.", "shows", "document", "asserts"),
        ("Analysts believe the talks will resume in May.", "believe", "thought", "asserts"),
        ("She wrote that the files were gone.", "wrote", "writing", "asserts"),
    ],
)
def test_act_and_stance(text: str, cue: str, act: str, stance: str) -> None:
    _, each = by_cue(text, cue)
    assert (each.act, each.stance) == (act, stance)


def test_according_to_before_and_after() -> None:
    before = "According to the police, three people were hurt in the blast."
    _, each = by_cue(before, "According to")
    assert source(each, before) == "the police"
    assert said(each, before) == ["three people were hurt in the blast"]
    after = "Three people were hurt in the blast, according to the police."
    _, each = by_cue(after, "according to")
    assert source(each, after) == "the police"
    assert said(each, after) == ["Three people were hurt in the blast"]


def test_adverbs_report_without_a_source() -> None:
    text = "The general reportedly fled to the coast on Sunday."
    _, each = by_cue(text, "reportedly")
    assert each.source is None
    assert each.speaker is None
    assert each.content


def test_a_refusal_to_comment() -> None:
    text = "The ministry did not respond to a request for comment."
    _, each = by_cue(text, "respond")
    assert source(each, text) == "The ministry"
    assert each.stance == "denies"


def test_a_noun_inside_a_denial_gives_two_voices() -> None:
    text = "Kenya denied a Somali accusation that its jets had bombed a village."
    reading, found = rows(text)
    start = text.index("bombed")
    over = attributions_over(reading, Span(start, start + 6))
    assert [each.stance for each in over] == ["asserts", "denies"]
    assert over[0].inside == over[1].id
    assert len(found) == 2


# Chain


def test_a_hearer_that_is_an_outlet_is_the_channel() -> None:
    text = "“It is over,” the army chief told Reuters on Monday."
    _, each = by_cue(text, "told")
    assert each.via is not None
    assert each.via.span.of(text) == "Reuters"


def test_an_interview_lasts_for_its_speaker() -> None:
    text = (
        "In an interview with the BBC, Malawi's foreign minister said the border would open.\n\n"
        "“We have nothing to hide,” the foreign minister said.\n\nPolice said the road was closed."
    )
    _, found = rows(text)
    ways = {source(each, text): each.via.span.of(text) if each.via else None for each in found if each.cue}
    assert ways["Malawi's foreign minister"] == "the BBC"
    assert ways["the foreign minister"] == "the BBC"
    assert ways["Police"] is None


def test_the_first_person_in_a_quotation_is_its_speaker() -> None:
    text = "“We intend to reopen the mine,” Zambia's president said."
    _, each = by_cue(text, "intend")
    _, outer = by_cue(text, "said")
    assert (each.stance, each.act) == ("intends", "intention")
    assert each.inside == outer.id
    assert each.speaker == outer.speaker
    assert outer.speaker is not None
    assert outer.speaker.country == "ZMB"


# Robustness and laws


@pytest.mark.parametrize(
    "text", ["", "\n\n", "“", "”””", "“said", "said.", "He said", "According to", "😀 “😀,” 😀 said.", "a\x0bb said “c\x07”.", "—" * 50]
)
def test_odd_texts_do_not_fail(text: str) -> None:
    from dragoman.config import Config
    from dragoman.stages.attribute import load

    stage = load(Config())
    assert stage(Reading(report=Report(text))).attributions == ()
    if text.strip():
        read(text)


def test_evidence_and_ids() -> None:
    text = "The mayor said the dam was safe, and warned that the river would rise. “Leave now,” he told residents."
    reading, found = rows(text)
    assert len({each.id for each in found}) == len(found)
    assert [each.id for each in found] == [each.id for each in read(text, published="2024-03-05").attributions]
    ids = {each.id for each in found}
    for each in found:
        assert each.inside is None or each.inside in ids
        assert each.content
        assert {"content", "cue", "stance"} <= {item.role for item in each.evidence}
        assert all(0 <= item.span.start < item.span.end <= len(reading.report.text) for item in each.evidence)


def test_long_quotations_have_a_voice_or_a_reason() -> None:
    text = (
        "“The water came in the night and took the houses,” said a fisherman.\n\n"
        "The banner read “Give us back our land and our boats now”.\n\n"
        "Nobody was seen near “the old house behind the grey church wall” on Sunday."
    )
    reading, found = rows(text)
    for quote in scan(text):
        inside = any(part.overlaps(Span(quote.start, quote.end)) for each in found for part in each.content)
        assert inside or any(each.span.start == quote.start for each in reading.rejected)


def test_a_claim_and_its_denial_in_one_sentence() -> None:
    text = "The army said it had retaken the bridge, a claim the rebels denied."
    reading, found = rows(text)
    start = text.index("retaken")
    over = attributions_over(reading, Span(start, start + 7))
    assert {(source(each, text), each.stance) for each in over} == {("The army", "asserts"), ("the rebels", "denies")}
    assert all(said(each, text) == ["it had retaken the bridge"] for each in found)


def test_a_participle_after_a_comma_is_the_speakers() -> None:
    text = "Kenya denied on Tuesday a Somali accusation that its aircraft had bombed a border village, saying its forces had not crossed the frontier."
    _, each = by_cue(text, "saying")
    assert source(each, text) == "Kenya"
    assert said(each, text) == ["its forces had not crossed the frontier"]
