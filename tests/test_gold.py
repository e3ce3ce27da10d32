"""Annotated texts: words to spans, values, actors, and clear errors."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

import pytest

from dragoman import gold
from dragoman.errors import ReportError
from dragoman.gold import value, words
from dragoman.types import Span, Voice

CORPUS = Path(__file__).parents[1] / "training" / "corpus"

ITEM = """
id: port-raid
published: 2024-05-14
text: |
  Kenya on Monday accused Somali pirates of raiding a port in Lamu, where two guards were killed.
  The pirates' spokesman denied it. "We raided nothing," he told Coast Radio.
actors:
  kenya: [KEN, Kenya]
  pirates: [SOM CRM, Somali pirates, "The pirates'"]
  spokesman: [SOM CRM, "The pirates' spokesman", he]
  guards: [KEN CVL, two guards]
  radio: [KEN JRN, Coast Radio]
times: [on Monday = 2024-05-13]
places: [Lamu = KEN]
attributions:
  - {id: a1, source: Kenya, speaker: kenya, cue: accused, content: of raiding ... killed}
  - {id: a2, source: he, speaker: spokesman, cue: told, content: '"We raided nothing,"', stance: denies, via: radio}
claims:
  - {trigger: accused, type: ACCUSE, modes: allege, actors: kenya, recipients: pirates, when: on Monday}
  - {trigger: raiding, also: raided, type: ASSAULT, actors: pirates, recipients: guards, where: Lamu,
     numbers: two guards = dead 2, held_by: [a1, a2 denies]}
no_claim: [Coast Radio = name]
"""


def read(tmp_path: Path, text: str, **options: object) -> list[gold.Gold]:
    path = tmp_path / "items.yaml"
    path.write_text(text, encoding="utf-8")
    return list(gold.read(path, **options))  # type: ignore[arg-type]


def test_item_becomes_domain_values(tmp_path: Path) -> None:
    (item,) = read(tmp_path, ITEM)
    accuse, raid = item.claims
    text = item.report.text
    assert accuse.held_by == ()  # not by its own attribution
    assert raid.held_by == (Voice("a1", "asserts"), Voice("a2", "denies"))
    assert [each.of(text) for each in raid.also] == ["raided"]
    assert raid.where is not None
    assert raid.where.country == "KEN"
    assert (raid.numbers[0].what, raid.numbers[0].low, raid.numbers[0].high) == ("dead", 2, 2)
    assert accuse.when is not None
    assert accuse.when.from_ == "2024-05-13"
    assert item.attributions[1].kind == "direct"
    assert item.attributions[1].via is not None
    assert item.attributions[1].via.span.of(text) == "Coast Radio"


def test_voices_follow_from_contents(tmp_path: Path) -> None:
    (item,) = read(tmp_path, ITEM.replace(", held_by: [a1, a2 denies]", ""))
    assert item.claims[1].held_by == (Voice("a1", "asserts"),)


def test_nested_attribution_lies_inside(tmp_path: Path) -> None:
    text = """
id: nested
published: 2024-05-14
text: The agency reported that the minister said troops had left.
actors: {agency: [XXX JRN, The agency], minister: [XXX GOV, the minister]}
attributions:
  - {id: a1, source: The agency, speaker: agency, cue: reported, content: that the minister ... left}
  - {id: a2, source: the minister, speaker: minister, cue: said, content: troops had left}
claims:
  - {trigger: left, type: RETREAT, modes: withdraw}
"""
    (item,) = read(tmp_path, text)
    assert item.attributions[1].inside == "a1"
    assert [voice.attribution for voice in item.claims[0].held_by] == ["a2", "a1"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("Somali pirates, ", "Somali sailors, "), "the text does not say 'Somali sailors'"),
        (("cue: told", "cue: The"), "line missing"),
        (("type: ASSAULT", "type: ATTACK"), "ATTACK"),
        (("modes: allege", "modes: firearms"), "firearms"),
        (("actors: kenya", "actors: uganda"), "'uganda' is none of the item's actors"),
        (("SOM CRM, Somali", "SOM XYZ, Somali"), "'XYZ' is no sector"),
        (("on Monday = 2024-05-13", "on Monday = Monday"), "'Monday' is no date"),
        (("= dead 2,", "= killed 2,"), "'killed 2' is no count"),
        (("where: Lamu", "where: Mombasa"), "'Mombasa' is not listed"),
        (("content: of raiding ... killed", "content: of raiding ... arrested"), "'arrested' after 'of raiding'"),
        (("published: 2024-05-14", "published: May 14"), "no date YYYY-MM-DD"),
        (("he told", "they told"), "the text does not say 'he'"),
    ],
)
def test_faults_say_what_is_wrong(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    if said == "line missing":
        change, said = (("cue: told", "cue: pirates"), "'pirates' stands 2 times in the text; write #1 to #2")
    with pytest.raises(ReportError) as caught:
        read(tmp_path, ITEM.replace(*change))
    assert said in str(caught.value)
    assert "items.yaml:2: port-raid" in str(caught.value)


def test_faults_can_be_collected_and_the_rest_goes_on(tmp_path: Path) -> None:
    both = "".join(f"- {part}" for part in (_indented(ITEM.replace("kenya: [KEN,", "kenya: [Ken,")), _indented(ITEM)))
    errors: list[str] = []
    found = read(tmp_path, both, errors=errors)
    assert len(found) == 1
    assert len(errors) == 1
    assert "'Ken' is no code" in errors[0]


def test_unknown_field_and_repeated_key_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="unknown field `motive`"):
        read(tmp_path, ITEM + "motive: greed\n")
    with pytest.raises(ReportError, match="'places' is given twice"):
        read(tmp_path, ITEM + "places: []\n")


def test_text_that_stands_elsewhere_is_joined_and_checked(tmp_path: Path) -> None:
    text = "Chad expelled the envoy."
    hashed = sha256(text.encode()).hexdigest()
    item = f"id: far\ndocument: set/one\nsha256: {hashed}\nactors: {{chad: [TCD, '@0-4']}}\nclaims:\n  - {{trigger: '@5-13', type: SANCTION, actors: chad}}\n"
    assert read(tmp_path, item) == []
    (found,) = read(tmp_path, item, texts={"set/one": text}.get)
    assert found.claims[0].trigger.of(text) == "expelled"
    assert found.part in ("dev", "test")
    with pytest.raises(ReportError, match="sha256 differs"):
        read(tmp_path, item, texts={"set/one": text + " "}.get)


def _indented(item: str) -> str:
    return item.strip().replace("\n", "\n  ") + "\n"


class TestWords:
    text = "The army said the army's camp fell; army\n officers fled the army."

    def test_occurrences_end_at_words(self) -> None:
        assert words.find("army#2", self.text) == Span(18, 22)
        assert words.find("camp", self.text).of(self.text) == "camp"
        with pytest.raises(ValueError, match="does not say"):
            words.find("arm", self.text)

    def test_white_space_stands_for_any(self) -> None:
        assert words.find("army officers", self.text).of(self.text) == "army\n officers"

    def test_gap_takes_the_nearest_end(self) -> None:
        assert words.find("the army's ... fell", self.text).of(self.text) == "the army's camp fell"
        assert words.find("The ... army", self.text).of(self.text) == "The army"

    def test_offsets(self) -> None:
        assert words.find("@4-8", self.text).of(self.text) == "army"
        with pytest.raises(ValueError, match="outside"):
            words.find("@4-800", self.text)

    @pytest.mark.parametrize("span", [Span(4, 8), Span(18, 22), Span(0, 13), Span(5, 7)])
    def test_written_words_are_found_again(self, span: Span) -> None:
        assert words.find(words.write(span, self.text), self.text) == span


@pytest.mark.parametrize(
    ("written", "from_", "until", "precision"),
    [
        ("2024-05-14", "2024-05-14", "2024-05-14", "day"),
        ("2024-05-14T09:30", "2024-05-14", "2024-05-14", "minute"),
        ("2024-W20", "2024-05-13", "2024-05-19", "week"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2024-Q2", "2024-04-01", "2024-06-30", "quarter"),
        ("1990s", "1990-01-01", "1999-12-31", "decade"),
        ("C19", "1801-01-01", "1900-12-31", "century"),
        ("1960/..", "1960-01-01", None, "span"),
        ("../2024-05", None, "2024-05-31", "span"),
        ("2024-06/2024-08 season", "2024-06-01", "2024-08-31", "season"),
    ],
)
def test_values_of_time(written: str, from_: str | None, until: str | None, precision: str) -> None:
    found = value.when(written, Span(0, 1))
    assert (found.from_, found.until, found.precision) == (from_, until, precision)


@pytest.mark.parametrize(
    ("written", "low", "high"), [("dead 12", 12, 12), ("dead 12..", 12, None), ("crowd ..500", None, 500), ("injured 3..5", 3, 5)]
)
def test_counts(written: str, low: int | None, high: int | None) -> None:
    found = value.number(written, Span(0, 1))
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("written", ["dead", "dead ..", "dead 5..3", "sheep 3"])
def test_wrong_counts_are_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"count|bounds"):
        value.number(written, Span(0, 1))


def test_parts_are_stable() -> None:
    assert [gold.split_of(name) for name in ("assault-a-001", "assault-a-002", "assault-a-003")] == ["train", "train", "train"]
    assert {gold.split_of(f"x-{number}", standoff=True) for number in range(40)} == {"dev", "test"}


def lint():  # type: ignore[no-untyped-def]
    sys.path.insert(0, str(CORPUS.parent))
    try:
        import corpus_lint
    finally:
        sys.path.pop(0)
    return corpus_lint


def test_lint_refuses_what_the_format_allows(tmp_path: Path) -> None:
    wrong = ITEM.replace("type: ASSAULT, actors", "type: AID, status: future, actors").replace("Coast Radio = name", "raiding = boredom")
    (item,) = read(tmp_path, wrong)
    faults = "\n".join(lint().faults(item))
    assert "a future AID is folded" in faults
    assert "'boredom' is none of" in faults
    assert "'raiding' is a trigger and no claim" in faults


def test_lint_refuses_filled_templates(tmp_path: Path) -> None:
    items = "".join(
        f"- id: {name.lower()}\n  published: 2024-05-14\n  text: Soldiers from {name} shot {count} farmers dead near the river port of {place} on Monday.\n"
        for name, count, place in (("Chad", "12", "Bol"), ("Mali", "30", "Gao"))
    )
    found = read(tmp_path, items)
    assert len(list(lint().duplicates(found))) == 1
    assert not list(lint().duplicates(found[:1]))


def test_lint_refuses_words_of_a_text_that_stands_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "far.yaml"
    sealed = "id: far\ndocument: set/one\nsha256: abc\nattributions:\n- {id: a1, cue: '@0-4', content: ['@5-9']}\n"
    path.write_text(sealed, encoding="utf-8")
    assert not list(lint().unsealed([path]))
    path.write_text(sealed.replace("'@5-9'", "Chad left"), encoding="utf-8")
    assert len(list(lint().unsealed([path]))) == 1


def test_schema_is_fresh() -> None:
    sys.path.insert(0, str(CORPUS.parents[1] / "tools"))
    try:
        import gold_schema
    finally:
        sys.path.pop(0)
    assert gold_schema.PATH.read_text(encoding="utf-8") == gold_schema.schema()


@pytest.mark.skipif(not list(CORPUS.rglob("*.yaml")), reason="no corpus")
def test_corpus_has_no_fault() -> None:
    corpus_lint = lint()
    errors: list[str] = []
    golds = list(gold.read(CORPUS, errors=errors))
    errors += [f"{each.id}: {fault}" for each in golds for fault in corpus_lint.faults(each)]
    errors += corpus_lint.duplicates([each for each in golds if each.item.document is None])
    errors += corpus_lint.unsealed(sorted((CORPUS / "real").glob("*.yaml")))
    assert errors == []
