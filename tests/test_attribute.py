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


def test_a_quotation_taken_up_again_after_the_cue_stands_by_itself() -> None:
    text = "“The road is open,” the governor said. “Trucks will pass tonight.” Rain is expected."
    _, found = rows(text)
    first, second = found
    assert said(first, text) == ["“The road is open,”"]
    assert said(second, text) == ["“Trucks will pass tonight.”"]
    assert (second.cue, second.source, second.kind, second.speaker) == ((), None, "direct", first.speaker)


def test_an_inverted_cue_has_its_source_without_the_apposition() -> None:
    text = "“The harvest is lost,” said Ama Doku, a farmer in the eastern hills."
    _, each = by_cue(text, "said")
    assert source(each, text) == "Ama Doku"
    described = [item.span.of(text) for item in each.evidence if item.rule == "attribute.source.described"]
    assert described == ["Ama Doku, a farmer in the eastern hills"]
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


@pytest.mark.parametrize(
    ("text", "cue", "who", "content"),
    [
        (
            "Two of the men had been beaten, said the doctor who examined them; the army has opened an inquiry.",
            "said",
            "the doctor",
            ["Two of the men had been beaten"],
        ),
        (
            "No tank left its shed, the commander said in a note that two papers printed.",
            "said",
            "the commander",
            ["No tank left its shed"],
        ),
        (
            "If the road stays shut, aid workers say, the camps will run out of flour.",
            "say",
            "aid workers",
            ["If the road stays shut", "the camps will run out of flour"],
        ),
        (
            "Lusaka halted the talks on Monday and, its envoy said, will not return.",
            "said",
            "its envoy",
            ["will not return"],
        ),
        ("If the bridge closes, as two officials hinted, farmers will lose the market.", "hinted", "two officials", ["the bridge closes"]),
        ("The valley was, as a shepherd put it, “as quiet as soup”.", "put it", "a shepherd", ["The valley was", "“as quiet as soup”"]),
        ("Athens closed the port on Friday; Ankara said the pilots had struck.", "said", "Ankara", ["the pilots had struck"]),
        (
            "The governor said the dam had held, a claim that engineers called absurd.",
            "said",
            "The governor",
            ["the dam had held"],
        ),
    ],
)
def test_commas_and_semicolons_bound_what_is_said(text: str, cue: str, who: str, content: list[str]) -> None:
    _, each = by_cue(text, cue)
    assert source(each, text) == who
    assert said(each, text) == content


def test_a_statement_after_a_colon_goes_on_without_marks() -> None:
    text = "The foreign minister met his counterpart in Lima.\n\nThe foreign minister said:\n\nWe welcome the truce.\n\nWe will send doctors to the border."
    _, each = by_cue(text, "said")
    assert said(each, text) == ["We welcome the truce.\n\nWe will send doctors to the border."]
    assert each.kind == "direct"


def test_the_turns_of_an_interview() -> None:
    text = (
        "Kenya's water minister spoke in Nairobi on Monday.\n\nQ: Why did the talks fail?\n\n"
        "A: They asked for the whole river and offered nothing.\n\nQ: And now?\n\nA: We wait until the rains have come and gone."
    )
    _, found = rows(text)
    turns = [each for each in found if not each.cue]
    assert [part for each in turns for part in said(each, text)] == [
        "They asked for the whole river and offered nothing.",
        "We wait until the rains have come and gone.",
    ]


# Kinds of cue


@pytest.mark.parametrize(
    ("text", "cue", "act", "stance"),
    [
        ("The company denied that it had paid bribes.", "denied", "speech", "denies"),
        ("Diplomats doubt that the deadline will hold.", "doubt", "thought", "doubts"),
        ("The government plans to close the camp next month.", "plans", "intention", "intends"),
        ("The union asked whether the factory would reopen.", "asked", "speech", "asks"),
        ("The analysts do not believe that the envoy has left.", "believe", "thought", "doubts"),
        ("A survey by the institute shows that trust has fallen.", "shows", "document", "asserts"),
        ("Analysts believe the talks will resume in May.", "believe", "thought", "asserts"),
        ("She wrote that the files were gone.", "wrote", "writing", "asserts"),
    ],
)
def test_act_and_stance(text: str, cue: str, act: str, stance: str) -> None:
    _, each = by_cue(text, cue)
    assert (each.act, each.stance) == (act, stance)


@pytest.mark.parametrize(
    ("text", "cue", "who", "content", "stance"),
    [
        ("The envoy accused rebels in the north of shelling the school.", "accused", "The envoy", "of shelling the school", "asserts"),
        ("Three officers are suspected of selling the rifles.", "suspected", None, "of selling the rifles", "asserts"),
        ("Harare was urged by the bank on Friday to repay the loan.", "urged", "the bank", "to repay the loan", "asks"),
        ("Colombo blamed the group for the blast at the market.", "blamed", "Colombo", "for the blast at the market", "asserts"),
        ("The doctors' union put the number of dead at forty.", "put", "The doctors' union", "the number of dead at forty", "asserts"),
        ("The captain denied having ordered the raid.", "denied", "The captain", "having ordered the raid", "denies"),
        (
            "The palace let it be known that the king would abdicate.",
            "let it be known",
            "The palace",
            "that the king would abdicate",
            "asserts",
        ),
        ("The cabinet is committed to holding the vote in May.", "committed", "The cabinet", "to holding the vote in May", "intends"),
        ("The opposition wants an inquiry.", "wants", "The opposition", "an inquiry", "asks"),
        ("The clerk has agreed to open the files.", "agreed", "The clerk", "to open the files", "intends"),
        ("The army called the report a fiction.", "called", "The army", "the report a fiction", "denies"),
        ("A strike, as defined in the manual, is any blow from the air.", "defined", "the manual", "A strike", "asserts"),
    ],
)
def test_what_each_kind_of_cue_takes(text: str, cue: str, who: str | None, content: str, stance: str) -> None:
    _, each = by_cue(text, cue)
    assert source(each, text) == who
    assert said(each, text)[0] == content
    assert each.stance == stance


@pytest.mark.parametrize(
    "text",
    [
        "The two leaders discussed trade.",
        "The coalition supports the rebels with training.",
        "Police questioned two men.",
        "The minister would not say whether the envoy had left.",
        "Nobody said that the bridge was safe.",
        "We believe that the truce will hold.",
    ],
)
def test_what_tells_of_no_statement(text: str) -> None:
    assert rows(text)[1] == []


def test_a_public_body_has_no_attribution_to_itself() -> None:
    text = "The United States condemns the attack on the mosque. The mayor said that ten people had died."
    _, found = rows(text, publisher="US State Department")
    assert [source(each, text) for each in found] == ["The mayor"]


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


@pytest.mark.parametrize(
    ("text", "cue", "via"),
    [
        ("The port is closed, an officer told the daily El Faro.", "told", "the daily El Faro"),
        ("The port is closed, an officer said on state radio.", "said", "state radio"),
        ("The port is closed, according to a letter seen by Reuters.", "according to", "Reuters"),
    ],
)
def test_the_outlet_that_carried_it(text: str, cue: str, via: str) -> None:
    _, each = by_cue(text, cue)
    assert each.via is not None
    assert each.via.span.of(text) == via


def test_who_is_cited_says_the_same_inside_the_voice_that_cites() -> None:
    text = "The bridge was blown up by rebels, Anadolu reported, citing a court official."
    _, each = by_cue(text, "citing")
    _, outer = by_cue(text, "reported")
    assert source(each, text) == "a court official"
    assert (each.content, each.inside) == (outer.content, outer.id)


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
