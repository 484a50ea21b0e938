"""Where pages stand, and how one leads to another."""

import pytest

from cireg.site.page import field_id, field_url, relative, rule_url


@pytest.mark.parametrize(
    ("here", "target", "expected"),
    [
        # to pages
        ("improvements/ci-0001/", "register/", "../../register/"),
        ("improvements/ci-0001/", "improvements/ci-0002/", "../ci-0002/"),
        ("register/", "improvements/ci-0001/", "../improvements/ci-0001/"),
        ("", "register/", "register/"),
        ("register/", "", "../"),
        ("", "", "./"),
        ("practices/", "practices/desk/", "desk/"),
        ("practices/desk/", "practices/", "../"),
        # to files
        ("improvements/ci-0001/", "assets/cireg/register.js", "../../assets/cireg/register.js"),
        ("", "register.json", "register.json"),
        # to places
        ("register/", "register/#open", "#open"),
        ("", "#top", "#top"),
        ("register/", "archive/#failed", "../archive/#failed"),
        ("register/", "#attention", "../#attention"),
    ],
)
def test_a_link_leads_from_one_page_to_another(here: str, target: str, expected: str) -> None:
    """Relative, so that the site may stand anywhere."""
    assert expected == relative(here, target)


def test_rules_and_fields_have_an_address() -> None:
    """By their names, whatever characters these hold."""
    assert "rules/no-movement/" == rule_url("no-movement")
    assert "reference/improvement/#field-plan-steps-by" == field_url("improvement", "plan.steps[].by")
    assert "field-source-ref" == field_id("source_ref")
