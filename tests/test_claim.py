"""The claim stage: slots, status, numbers, contents and joining, on reports read through the whole line."""

from __future__ import annotations

import pytest

from dragoman import pipeline
from dragoman.config import Config
from dragoman.errors import LexiconError
from dragoman.ontology import named
from dragoman.stages.claim import entries
from dragoman.stages.claim.numbers import bounds
from dragoman.types import Actor, Claim, Reading

PUBLISHED = "2024-02-28"


def read(text: str) -> Reading:
    """Read by the lexicon alone: what is tested here are its rules, not what the ranker makes of short sentences."""
    return pipeline.read(text, published=PUBLISHED, config=Config(ranker=""))


def only(text: str, type_: str) -> Claim:
    found = [claim for claim in read(text).claims if claim.type == type_]
    assert len(found) == 1, [(each.type, each.trigger.of(text)) for each in read(text).claims]
    return found[0]


def words(text: str, actors: tuple[Actor, ...]) -> list[str]:
    return [each.span.of(text) for each in actors if each.span is not None]


def countries(actors: tuple[Actor, ...]) -> list[str | None]:
    return [each.country for each in actors]


# -- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", (12, 12)),
        ("at least 12", (12, None)),
        ("more than 1,200", (1201, None)),
        ("up to 300", (None, 300)),
        ("as many as fifty", (None, 50)),
        ("between 10 and 20", (10, 20)),
        ("about 1,500", (1350, 1650)),
        ("nearly 40", (None, 40)),
        ("dozens of", (24, None)),
        ("hundreds of thousands of", (200_000, None)),
        ("two hundred", (200, 200)),
        ("twenty - five", (25, 25)),
        ("one hundred and five", (105, 105)),
        ("3.5 million", (3_500_000, 3_500_000)),
        ("two dozen", (24, 24)),
        ("several", (3, None)),
        ("fewer than 10", (None, 9)),
        ("the", None),
    ],
)
def test_bounds_say_what_the_words_say(text: str, expected: tuple[int | None, int | None] | None) -> None:
    assert bounds(text.split()) == expected


def test_absurd_numbers_are_no_counts() -> None:
    assert bounds(["9" * 400]) is None


# -- entries ------------------------------------------------------------------------------------


def test_forms_are_read() -> None:
    carry, launch = entries.forms("carry_out|launch>attack|raid/v")
    assert carry.governs
    assert carry.words == (frozenset({"carry"}), frozenset({"out"}), frozenset({"attack", "raid"}))
    assert launch.words == (frozenset({"launch"}), frozenset({"attack", "raid"}))
    assert entries.forms("hunger_strike/n")[0].anchor == frozenset({"strike"})


@pytest.mark.parametrize("text", ["attack", "attack/x", "/v", "_a/v"])
def test_a_bad_form_is_named(text: str) -> None:
    with pytest.raises(LexiconError, match="form"):
        entries.forms(text)


@pytest.mark.parametrize(
    "change",
    [
        {"colour": "red"},
        {"id": "Attack"},
        {"rolesets": []},
        {"where": {"actor": {"nice": True}}},
        {"numbers": {"cats": ["ARG1"]}},
        {"examples": []},
    ],
)
def test_a_bad_entry_is_refused(change: dict) -> None:
    good = {"id": "assault.attack", "rolesets": ["attack.01"], "means": {"type": "ASSAULT"}, "examples": ["x"]}
    assert entries.entry(good, named("plover")).id == "assault.attack"
    with pytest.raises(LexiconError, match="claim entry"):
        entries.entry({**good, **change}, named("plover"))


def test_a_bare_on_in_yaml_is_the_preposition() -> None:
    values = {
        "id": "assault.attack",
        "rolesets": ["attack.01"],
        "means": {"type": "ASSAULT"},
        "roles": {"recipient": ["ARG1", True]},
        "examples": ["x"],
    }
    assert entries.entry(values, named("plover")).roles["recipient"] == ("ARG1", "on")


# -- slots --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked soldiers near Gao.",
        "Soldiers were attacked by rebels near Gao.",
        "Soldiers attacked by rebels near Gao fled.",
        "Rebels who attacked soldiers near Gao fled.",
        "Rebels carried out an attack on soldiers near Gao.",
    ],
)
def test_voices_and_participles_give_the_same_slots(text: str) -> None:
    claim = only(text, "ASSAULT")
    assert [each.lower().split()[0] for each in words(text, claim.actors)] == ["rebels"]
    assert [each.lower().split()[0] for each in words(text, claim.recipients)] == ["soldiers"]


def test_a_shared_subject_acts_in_both() -> None:
    text = "Kenya condemned Uganda and recalled its ambassador from Kampala."
    accuse = only(text, "ACCUSE")
    assert (countries(accuse.actors), countries(accuse.recipients)) == (["KEN"], ["UGA"])


def test_a_nominal_names_its_actor_by_possessor_or_nationality() -> None:
    for text in ("Kenya's attack on the rebels began on Monday.", "The Kenyan attack on the rebels began on Monday."):
        claim = only(text, "ASSAULT")
        assert countries(claim.actors) == ["KEN"]


def test_two_sided_events_have_actors_only() -> None:
    text = "The foreign minister of Ghana met the Togolese president on Monday."
    claim = only(text, "CONSULT")
    assert countries(claim.actors) == ["GHA", "TGO"]
    assert claim.recipients == ()


def test_who_is_not_told_stays_empty() -> None:
    claim = only("Three soldiers were killed near Gao on Monday.", "ASSAULT")
    assert claim.actors == ()


# -- contents -----------------------------------------------------------------------------------


def test_what_is_demanded_is_no_claim_of_its_own() -> None:
    reading = read("The United Nations demanded that Ethiopia withdraw its troops.")
    assert [claim.type for claim in reading.claims] == ["REQUEST"]
    assert reading.claims[0].modes == ("yield",)
    assert countries(reading.claims[0].recipients) == ["ETH"]


def test_an_accusation_and_what_it_alleges_are_two_claims() -> None:
    reading = read("The Kenyan government accused Ethiopia of killing 40 civilians.")
    accuse = next(claim for claim in reading.claims if claim.type == "ACCUSE")
    kill = next(claim for claim in reading.claims if claim.type == "ASSAULT")
    assert accuse.held_by == ()
    assert len(kill.held_by) == 1
    assert countries(kill.actors) == ["ETH"]
    assert [(each.what, each.low, each.high) for each in kill.numbers] == [("dead", 40, 40)]


# -- status -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("Rebels attacked soldiers near Gao.", "ASSAULT", ()),
        ("Rebels did not attack soldiers near Gao.", "ASSAULT", ("negation",)),
        ("Rebels will attack soldiers near Gao.", "ASSAULT", ("future",)),
        ("Rebels could attack soldiers near Gao.", "ASSAULT", ("hypothetical",)),
        ("Rebels attacked soldiers near Gao in 2012.", "ASSAULT", ("historical",)),
        ("Police failed to arrest the rebels.", "COERCE", ("negation",)),
        ("Police plan to arrest the rebels.", "COERCE", ("future",)),
        ("If police arrest the rebels, the talks will end.", "COERCE", ("hypothetical",)),
    ],
)
def test_status_is_of_the_happening(text: str, type_: str, status: tuple[str, ...]) -> None:
    assert only(text, type_).status == status


def test_future_cooperation_is_agreed() -> None:
    claim = only("Kenya's president will visit Uganda next week.", "AGREE")
    assert claim.status == ()


def test_an_announced_withdrawal_is_conceded() -> None:
    claim = only("France will withdraw its troops from Niger.", "CONCEDE")
    assert claim.status == ()
    assert countries(claim.actors) == ["FRA"]


# -- joining ------------------------------------------------------------------------------------


def test_mentions_of_one_happening_are_one_claim() -> None:
    text = "Kenya's foreign minister visited Uganda on Monday. During the visit, he toured a camp."
    claim = only(text, "CONSULT")
    assert [each.of(text) for each in claim.also] == ["visit"]


def test_dead_and_wounded_of_one_attack_are_one_claim() -> None:
    text = "Gunmen killed 12 people and wounded 30 others in Gao on Monday."
    claim = only(text, "ASSAULT")
    assert [(each.what, each.low) for each in claim.numbers] == [("dead", 12), ("injured", 30)]


def test_two_attacks_on_two_days_are_two_claims() -> None:
    reading = read("Rebels attacked soldiers near Gao on Monday. Rebels attacked soldiers near Kidal on Thursday.")
    assert [claim.type for claim in reading.claims] == ["ASSAULT", "ASSAULT"]


# -- laws ---------------------------------------------------------------------------------------

REPORT = (
    "NAIROBI (Agency) - Gunmen killed at least 12 people in an attack on a police post in Garissa on Monday, officials said.\n"
    "Kenya condemned the attack and urged Somalia to arrest the attackers. The two countries will hold talks next week.\n"
)


def test_every_field_has_evidence_in_the_text() -> None:
    for claim in read(REPORT).claims:
        roles = {each.role for each in claim.evidence}
        wanted = {"trigger", "type"}
        for name, filled in (
            ("actor", claim.actors),
            ("recipient", claim.recipients),
            ("mode", claim.modes),
            ("when", claim.when),
            ("where", claim.where),
            ("number", claim.numbers),
            ("held_by", claim.held_by),
            ("status", claim.status),
            ("context", claim.contexts),
        ):
            if filled:
                wanted.add(name)
        assert wanted <= roles
        assert all(0 <= each.span.start < each.span.end <= len(REPORT) and each.rule for each in claim.evidence)


def test_two_readings_are_equal_and_ids_unique() -> None:
    first, second = read(REPORT), read(REPORT)
    assert first.claims == second.claims
    assert len({claim.id for claim in first.claims}) == len(first.claims) > 0


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x01", "🙂🙂🙂", "?!", "no verbs here", "a" * 5000])
def test_odd_text_gives_no_claims(text: str) -> None:
    from dataclasses import replace

    from dragoman import registry
    from dragoman.config import Config
    from dragoman.types import Report

    reading = Reading(report=Report(text))
    for name in ("split", "encode", "mention", "actor", "time", "place", "attribute", "claim"):
        reading = registry.find("stage", name)(Config())(reading)
    assert replace(reading).claims == ()


@pytest.mark.parametrize(
    "text",
    [
        "The striker attacked down the left and shot past the keeper.",
        "The shares hit a record low on Monday.",
        "The city will mark the anniversary of the battle with a parade.",
        "Security forces and the defence minister attended the match.",
    ],
)
def test_what_is_no_event_gives_no_violence(text: str) -> None:
    assert [claim for claim in read(text).claims if claim.type == "ASSAULT"] == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Police stopped beating the prisoners.", None),
        ("Kenya will not release the prisoners.", "REJECT"),
        ("Kenya announced the release of two prisoners.", "CONCEDE"),
    ],
)
def test_what_is_over_refused_or_announced(text: str, status: str | None) -> None:
    found = [claim.type for claim in read(text).claims]
    assert (found == []) if status is None else (status in found)


def test_the_mode_is_told_by_words_of_the_clause() -> None:
    assert only("A suicide bomber killed 30 worshippers at a mosque in Lahore.", "ASSAULT").modes == ("suicide-attack",)
    assert "drone" in only("The army killed a rebel commander in a drone strike on Tuesday.", "ASSAULT").modes


def test_an_anniversary_is_no_attack() -> None:
    assert read("Hundreds of people attended a memorial for victims of the 2004 bombing.").claims == ()


def test_what_is_set_aside_keeps_its_reason() -> None:
    reading = read("The striker attacked down the left and shot past the keeper.")
    assert reading.claims == ()
    assert any("sport" in each.reason for each in reading.rejected)


# -- demands by "must" ----------------------------------------------------------------------------


def test_what_a_voice_says_another_must_do_is_asked_of_the_other() -> None:
    text = '"Russia must withdraw its troops," the Ukrainian president said on Monday.'
    claim = only(text, "REQUEST")
    assert claim.trigger.of(text) == "must"
    assert claim.modes == ("yield",)
    assert countries(claim.actors) == ["UKR"]
    assert countries(claim.recipients) == ["RUS"]
    assert claim.status == ()
    assert claim.held_by == ()  # to say so is the asking


def test_what_a_voice_says_of_itself_or_nobody_says_is_no_demand() -> None:
    assert [claim.type for claim in read("The army must withdraw.").claims] == ["RETREAT"]
    assert not [claim for claim in read("Kenya said it must withdraw its troops.").claims if claim.type == "REQUEST"]


def test_whom_a_relative_clause_accuses_is_its_antecedent_and_does_what_it_says() -> None:
    text = "The senators whom Canada accuses of financing gangs left the country."
    accuse, aid = only(text, "ACCUSE"), only(text, "AID")
    assert words(text, accuse.recipients) == ["The senators"]
    assert words(text, aid.actors) == ["The senators"]
    assert countries(accuse.actors) == ["CAN"]


def test_a_retold_noun_keeps_who_whom_and_when() -> None:
    text = (
        "On February 26, French forces conducted 20 strikes against jihadists in Mali and Niger. "
        "Near Gao, two strikes destroyed a bridge. Near Menaka, one strike destroyed a truck."
    )
    strikes = [claim for claim in read(text).claims if claim.type == "ASSAULT"]
    assert len(strikes) == 3
    assert all(claim.when is not None and claim.when.from_ == "2024-02-26" for claim in strikes)
    assert all([each.country for each in claim.actors] == ["FRA"] for claim in strikes)


def test_a_happening_takes_the_place_of_those_who_take_part() -> None:
    claim = only("Policemen in the streets of Mombasa shot a trader.", "ASSAULT")
    assert claim.where is not None
    assert claim.where.country == "KEN"


def test_joined_verbs_share_their_day() -> None:
    claims = read("Rebels killed two guards on Sunday and wounded a Chadian soldier.").claims
    assert {claim.when.from_ for claim in claims if claim.when} == {"2024-02-25"}


def test_who_will_meet_another_agrees_with_him() -> None:
    claim = only("Kenya's president will meet the Ugandan president on Friday.", "AGREE")
    assert ([each.country for each in claim.actors], [each.country for each in claim.recipients]) == (["KEN"], ["UGA"])


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Israel promised to free forty prisoners.", "CONCEDE"),
        ("Israel promised to bomb Gaza.", "THREATEN"),
        ("Israel promised to help Kenya.", "AGREE"),
        ("Serbia and Kosovo failed to reach an agreement.", "REJECT"),
    ],
)
def test_what_is_promised_decides(text: str, type_: str) -> None:
    assert type_ in {claim.type for claim in read(text).claims}


def test_private_people_are_no_parties() -> None:
    assert read("Canada is cold. The baker asked a neighbour for help.").claims == ()


def test_months_are_no_marches() -> None:
    assert "PROTEST" not in {claim.type for claim in read("The exhibition in Kenya runs through March 9.").claims}
