"""Short reports and what they tell: ``golden/<language>/claims.yaml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dragoman import pipeline

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "golden" / "en" / "claims.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_a_report_tells_what_it_should(case: dict[str, Any]) -> None:
    claims = pipeline.read(case["text"], published="2024-02-28").claims
    if case["type"] is None:
        assert claims == ()
        return
    found = [claim for claim in claims if claim.type == case["type"]]
    assert found, [claim.type for claim in claims]
    claim = found[0]
    assert case.get("mode") is None or case["mode"] in claim.modes, claim.modes
    assert case.get("status") is None or case["status"] in claim.status
    for role, actors in (("actor", claim.actors), ("recipient", claim.recipients)):
        assert case.get(role) is None or case[role] in {each.country for each in actors}, (role, [each.name for each in actors])
