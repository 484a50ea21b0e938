"""Where a person has to judge: pet projects, own results, titles that say the same."""

from __future__ import annotations

from cireg import lifecycle
from cireg.findings import Severity
from cireg.model import Improvement, Register
from cireg.money import amount, planned_cost
from cireg.rules.declare import Hit, Hits, rule
from cireg.similar import Lookalikes

_EACH = 3  # so many elder look-alikes are named for each title, the most alike
_ONE, _TWO = "improvements/CI-0001.yaml", "improvements/CI-0002.yaml"


@rule(
    "CI401", severity="warning",
    mend="name the goal that it serves in vision.goal, or withdraw it",
    bad="status: on-hold\nvision: {benefit: Nicer colours.}\nhistory:\n"
    "  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
    "  - {on: 2026-11-09, status: on-hold, by: improvement-manager, note: After the move., until: 2027-02-01}\n",
    good="status: on-hold\nvision: {goal: g-happier-users}\nhistory:\n"
    "  - {on: 2026-11-02, status: proposed, by: service-desk-lead}\n"
    "  - {on: 2026-11-09, status: on-hold, by: improvement-manager, note: After the move., until: 2027-02-01}\n",
)  # fmt: skip
def pet_project(item: Improvement, register: Register) -> Hits:
    """An open improvement serves a goal.

    Without one it is a pet project: it takes time and money from what matters. A fresh proposal is only
    reminded of it; from assessed on the gate asks for it.
    """
    if item.get("vision", "goal") or not lifecycle.is_open(item.status):
        return
    if not item.light and lifecycle.reached(item) != lifecycle.line()[0]:
        return  # the gate of assessed says it
    severity: Severity | None = "info" if item.status == lifecycle.line()[0] else None
    yield Hit(item.key_at("vision", "goal"), "it is tied to no goal", severity=severity)


_OWN = "status: closed\nreview: {on: 2026-11-09, by: service-desk-lead, verdict: achieved, evidence: [REP-19]}\n"


@rule(
    "CI402",
    mend="let somebody else review it: a data analyst, the improvement manager, the process owner",
    bad=_OWN + "money: {costs: [{what: New portal, kind: tools, planned: 25000}]}\n",
    good=_OWN.replace("by: service-desk-lead", "by: data-analyst")
    + "money: {costs: [{what: New portal, kind: tools, planned: 25000}]}\n",
)
def own_result(item: Improvement, register: Register) -> Hits:
    """An owner does not confirm the own result.

    From the cost in policy.independent_review on it is an error, below it a warning. On the light track the
    owner may review.
    """
    owner, reviewer = item.owner, item.get("review", "by")
    if item.light or owner is None or owner != reviewer:
        return
    limit = amount(register.config.get("policy", "independent_review", "cost"))
    cost = planned_cost(item, register.config)
    severe = cost is not None and cost >= limit
    yield Hit(item.at("review", "by"), f"{owner} owns it and reviewed it", severity=None if severe else "warning")


@rule(
    "CI403", severity="warning", scope="register",
    mend="link them with relates_to, follows or duplicate_of, or say in the title how they differ",
    bad={_ONE: "title: Answer portal requests sooner\n", _TWO: "title: Answer portal requests soon\n"},
    good={_ONE: "title: Answer portal requests sooner\n", _TWO: "title: Close printer tickets at the desk\n"},
)  # fmt: skip
def similar_title(register: Register) -> Hits:
    """No two improvements have nearly the same title.

    One idea in two files is decided twice and owned by nobody. limits.similar_title in cireg.yaml says how
    alike two titles may be.
    """
    items = register.improvements
    titles = {item.id: item.title for item in items.values()}
    for one, other, share in Lookalikes(titles).pairs(register.config.get("limits", "similar_title"), each=_EACH):
        elder, younger = items[min(one, other)], items[max(one, other)]
        if not (lifecycle.is_open(elder.status) or lifecycle.is_open(younger.status)):
            continue
        if not _linked(elder, younger):
            message = f"the title is {share:.0%} like that of {elder.id}: {elder.title}"
            yield Hit(younger.at("title"), message)


def _linked(one: Improvement, other: Improvement) -> bool:
    return any(target == other.id for _, target in one.linked()) or any(
        target == one.id for _, target in other.linked()
    )


RULES = (pet_project, own_result, similar_title)
