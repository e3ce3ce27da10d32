"""Labels, relations and consequences, from whole reports through the pipeline."""

from __future__ import annotations

import pytest

from dragoman import lexicon
from dragoman.pipeline import read
from dragoman.types import Label, Reading, Relation, Report, Span


def words(reading: Reading, side: str | Span) -> str:
    if isinstance(side, Span):
        return side.of(reading.report.text)
    claim = next(claim for claim in reading.claims if claim.id == side)
    return f"{claim.type} {claim.trigger.of(reading.report.text)}"


def label(text: str, name: str) -> tuple[Reading, Label]:
    reading = read(text, published="2024-03-05")
    for each in reading.labels:
        if name in each.label.of(text):
            return reading, each
    raise AssertionError(f"no label {name!r}; there are {[each.label.of(text) for each in reading.labels]}")


def relations(text: str) -> list[tuple[set[str | None], Relation]]:
    reading = read(text, published="2024-03-05")
    return [({each.a.country, each.b.country}, each) for each in reading.relations]


@pytest.mark.parametrize("name", ["labels", "relations", "causes"])
def test_lexicons_are_sorted_and_unique(name: str) -> None:
    for section, entries in lexicon.read("en", name).items():
        if isinstance(entries, list):
            ids = [entry["id"] for entry in entries]
            assert ids == sorted(ids), section
            assert len(ids) == len(set(ids)), section


# Labels


def test_a_name_given_by_somebody_is_his_and_contested() -> None:
    text = "The trainers, described by several embassies as mercenaries, arrived in Niger in 2022."
    reading, each = label(text, "mercenaries")
    assert each.about_span.of(text) == "The trainers"
    assert each.contested
    holder = next(item for item in reading.attributions if item.id == each.by)
    assert holder.source is not None
    assert holder.source.of(text) == "several embassies"


def test_a_naming_verb_in_the_active() -> None:
    text = "Ethiopia's prime minister called the rebels terrorists on Friday."
    reading, each = label(text, "terrorists")
    assert each.about_span.of(text) == "the rebels"
    assert each.contested
    assert each.by in {item.id for item in reading.attributions}


def test_so_called_keeps_its_distance() -> None:
    text = "Troops entered the capital of the so-called caliphate on Sunday."
    _, each = label(text, "caliphate")
    assert each.contested
    assert each.by is None


def test_a_loaded_word_of_the_reporter_is_not_contested() -> None:
    text = "The junta in Burkina Faso closed two radio stations on Monday."
    _, each = label(text, "junta")
    assert (each.by, each.contested) == (None, False)


def test_plain_names_are_no_labels() -> None:
    assert read("The health minister of Ghana opened a clinic in Accra.").labels == ()


# Relations


def test_two_states_with_good_relations() -> None:
    ((pair, each),) = relations("Togo and Benin enjoy good relations.")
    assert pair == {"TGO", "BEN"}
    assert (each.polarity, each.change, each.held_by) == ("positive", None, ())


def test_tensions_between_two_states() -> None:
    ((pair, each),) = relations("There are growing tensions between Peru and Chile over fishing rights.")
    assert pair == {"PER", "CHL"}
    assert each.polarity == "negative"


def test_a_change_and_its_beginning() -> None:
    found = relations("Relations between Peru and Chile have deteriorated since 2019.")
    assert [(pair, each.change) for pair, each in found] == [({"PER", "CHL"}, "worsening")]
    since = found[0][1].since
    assert since is not None
    assert since.startswith("2019")


def test_a_partner_told_by_a_speaker() -> None:
    text = "“Turkey is a strategic partner,” Somalia's foreign minister said."
    reading = read(text, published="2024-03-05")
    (each,) = reading.relations
    assert {each.a.country, each.b.country} == {"TUR", "SOM"}
    assert each.polarity == "positive"
    assert [voice.attribution for voice in each.held_by] == [
        item.id for item in reading.attributions if item.cue and item.cue[0].of(text) == "said"
    ]


def test_one_actor_has_no_relation_with_itself() -> None:
    assert relations("Chad's army has strong ties with Chad's army.") == []


# Consequences


@pytest.mark.parametrize(
    ("text", "cue", "cause", "effect"),
    [
        ("The attack led to the closure of the border.", "led to", "attack", "closure"),
        ("The arrest of the editor sparked protests in Dakar.", "sparked", "arrest", "protests"),
        ("The army withdrew from the town because of the shelling.", "because of", "shelling", "withdrew"),
        ("Police fired tear gas in response to the protest.", "in response to", "protest", "fired"),
        ("The coup helped speed up the withdrawal of French troops.", "helped speed up", "coup", "withdrawal"),
        ("The protests were triggered by the arrest of a student.", "triggered by", "arrest", "protests"),
    ],
)
def test_causes_and_effects(text: str, cue: str, cause: str, effect: str) -> None:
    reading = read(text, published="2024-03-05")
    (each,) = reading.consequences
    assert each.cue.of(text) == cue
    assert cause in words(reading, each.cause)
    assert effect in words(reading, each.effect)


@pytest.mark.parametrize(
    "text",
    [
        "Troops withdrew following the elections.",
        "After the strike the port reopened.",
        "The strike did not lead to the closure of the port.",
        "The minister led the delegation to Geneva.",
    ],
)
def test_what_only_follows_is_no_consequence(text: str) -> None:
    assert read(text, published="2024-03-05").consequences == ()


# Laws


@pytest.mark.parametrize("text", ["", "\n", "so-called", "because of", "“”", "🙂 led to 🙂", "relations between and"])
def test_odd_texts_do_not_fail(text: str) -> None:
    from dragoman.config import Config
    from dragoman.stages.relate import load

    reading = load(Config())(Reading(report=Report(text)))
    assert (reading.labels, reading.relations, reading.consequences) == ((), (), ())
    if text.strip():
        read(text)


def test_ids_and_evidence() -> None:
    text = "Togo and Benin enjoy good relations. The so-called front attacked Lome, which led to protests. Togo's president called the attackers bandits."
    one, two = read(text), read(text)
    for field in ("labels", "relations", "consequences"):
        made = getattr(one, field)
        assert made == getattr(two, field)
        assert len({each.id for each in made}) == len(made)
        for each in made:
            assert each.evidence
            assert all(0 <= item.span.start < item.span.end <= len(text) and item.rule for item in each.evidence)


@pytest.mark.parametrize(
    ("text", "countries", "polarity", "words_"),
    [
        ("ISIL is a threat to all Iraqis.", {"IMG", "IRQ"}, "negative", "a threat"),
        ("Iran is deeply hostile to Israel.", {"IRN", "ISR"}, "negative", "hostile"),
        (
            "Kenya and Uganda signed the accord. The two countries have had strained relations since 2010.",
            {"KEN", "UGA"},
            "negative",
            "strained",
        ),
        ("India and Pakistan, bitter rivals since 1947, have fought three wars.", {"IND", "PAK"}, "negative", "rivals"),
        ("“We will stand by our Turkish allies,” the US defence secretary said.", {"USA", "TUR"}, "positive", "allies"),
    ],
)
def test_ties_told_in_other_ways(text: str, countries: set[str], polarity: str, words_: str) -> None:
    found = [each for pair, each in relations(text) if pair == countries]
    assert [each.polarity for each in found] == [polarity]
    assert words_ in found[0].words.of(text)


def test_a_name_is_labelled_once_a_voice() -> None:
    text = "The regime arrested ten men. The regime denied it. A bishop said the regime was afraid."
    reading = read(text, published="2024-03-05")
    assert [(each.label.of(text), each.by is None) for each in reading.labels] == [("regime", True), ("regime", False)]


def test_a_judging_adjective_and_a_hedge_belong_to_the_label() -> None:
    text = "The envoy condemned the brutal militias. Fighters left their self-proclaimed capital."
    reading = read(text, published="2024-03-05")
    assert [each.label.of(text) for each in reading.labels] == ["brutal militias", "self-proclaimed capital"]


@pytest.mark.parametrize(
    ("text", "cue", "sides"),
    [
        ("Rebels burned the bridge on Friday. Because of that, the army closed the road.", "Because of", ("burned", "closed")),
        ("Thousands marched through the capital over the arrest of the editor.", "over", ("arrest", "marched")),
        ("The army said two herders were killed for blocking the road.", "for", ("blocking", "killed")),
    ],
)
def test_consequences_told_in_other_ways(text: str, cue: str, sides: tuple[str, str]) -> None:
    reading = read(text, published="2024-03-05")
    found = [each for each in reading.consequences if each.cue.of(text) == cue]
    assert [(sides[0] in words(reading, each.cause), sides[1] in words(reading, each.effect)) for each in found] == [(True, True)]


@pytest.mark.parametrize(
    "text",
    [
        "The history of values is good because wisdom is ageless.",
        "The rule could lead to delays.",
    ],
)
def test_how_things_are_is_no_consequence(text: str) -> None:
    assert read(text, published="2024-03-05").consequences == ()
