"""`cireg new`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from cireg import create
from cireg.cli.changes import next_steps
from cireg.cli.session import note, open_register, out
from cireg.cli.ticket_files import read_tickets, ticket_options
from cireg.create import Draft, Fault, Refused
from cireg.errors import CiregError
from cireg.files import WorkTree, write_atomically
from cireg.git import Git
from cireg.layout import IMPROVEMENTS
from cireg.model import Config, Register
from cireg.schema import choices, field
from cireg.spotting import proposal
from cireg.spotting.spots import spots
from cireg.text import safe_text, wrap

_ASKED = ("title", "opportunity")  # first, because they tell whether the idea is there already
_OFFERED = ("source", "services")


def _about(name: str) -> str:
    """What a field of the improvement is for, as the schema says it."""
    return field("improvement", name).description


def _one_of(name: str) -> str:
    return f"{_about(name)} One of: {', '.join(choices('improvement', name))}."


@click.command("new")
@click.option("--title", metavar="TEXT", help=_about("title"))
@click.option("--opportunity", metavar="TEXT", help=_about("opportunity"))
@click.option("--source", metavar="SOURCE", type=click.Choice(choices("improvement", "source")), help=_one_of("source"))
@click.option("--source-ref", metavar="TEXT", help=_about("source_ref"))
@click.option("--on-behalf-of", metavar="TEXT", help=_about("on_behalf_of"))
@click.option("--by", metavar="WHO", help="Who proposes it, in any words. Default: you, as git knows you.")
@click.option("--owner", metavar="PERSON", help=_about("owner"))
@click.option("--goal", metavar="ID", help=_about("vision.goal"))
@click.option("--practice", "practices", multiple=True, metavar="ID", help=_about("practices"))
@click.option("--service", "services", multiple=True, metavar="ID", help=_about("services"))
@click.option("--tag", "tags", multiple=True, metavar="WORD", help=_about("tags"))
@click.option("--track", type=click.Choice(choices("improvement", "track")), help=_about("track"))
@click.option("--follows", metavar="ID", help=_about("links.follows"))
@click.option("--part-of", metavar="ID", help=_about("links.part_of"))
@click.option(
    "--from-spot", metavar="N", type=click.IntRange(1), help="Line N of what `cireg spot` shows, with figures."
)
@ticket_options("--tickets-by")
@click.option("--yes", is_flag=True, help="Do not ask whether it is one of those that it resembles.")
@click.option("--no-input", is_flag=True, help="Ask nothing; take what the options say.")
def command(
    yes: bool, no_input: bool, from_spot: int | None, tickets: Path | None, map_file: Path | None, group: str | None,
    sheet: str | None, **given: Any,
) -> None:  # fmt: skip
    """Propose an improvement.

    \b
      cireg new
      cireg new --title 'Answer portal requests within a day' --opportunity 'They wait three days.'
      cireg new --follows CI-0007
      cireg new --from-spot 7 --tickets examples/tickets.csv

    It asks for what a proposal needs and the options have not said, shows the improvements that it resembles, and
    writes the file with everything else ready to be filled in. The options --practice, --service and --tag may be
    given several times.

    --from-spot takes the number of a line that `cireg spot` shows for the same tickets: its figures become the
    opportunity and the baseline, its KPI the measure. What other options say stands over that.
    """
    session = open_register("now")
    root, register = session.root, session.register
    git = Git(root)
    counted = read_tickets(tickets, map_file, group, sheet, session.as_of.date)
    evidence: dict[str, Any] = {}
    if from_spot is not None:
        evidence = proposal.answers(spots(register, counted).at(from_spot), counted, register)
        note(f"Line {from_spot}: {evidence['title']}")
    elif counted is not None:
        raise click.UsageError("--tickets goes with --from-spot: cireg spot shows the numbers.")
    answers = evidence | _answers(given, create.proposer(git.user(), register.config), evidence)
    _refuse([each for name, value in answers.items() if value for each in create.faults_of(name, value, register)])
    asking = not no_input and _is_interactive()
    if asking:
        _ask(_ASKED, answers, register)
    if _is_known(answers, register, asking=asking and not yes):
        note("Nothing was written. What you know belongs into that one: cireg show ID")
        return
    if asking:
        _ask((*_OFFERED, "by"), answers, register, by_default=given["by"] is None)
    try:
        names = git.names_in_branches(IMPROVEMENTS)
        made = create.draft(WorkTree(root), register, names, answers, session.as_of.date)
    except Refused as refused:
        _refuse(refused.faults)
        raise
    write_atomically(root / made.path, made.text.encode(), expected=None, root=root)
    path = os.path.relpath(root / made.path)
    out(safe_text(path))
    for line in _next_steps(made, path, git, register.config):
        note(line)


def _answers(given: dict[str, Any], proposer: str, evidence: dict[str, Any]) -> dict[str, Any]:
    """The options as the fields that they fill; one that is not given leaves the evidence as it is."""
    places = {"goal": "vision.goal", "follows": "links.follows", "part_of": "links.part_of"}
    named = {places.get(name, name): value for name, value in given.items()} | {"by": given["by"] or proposer}
    return {name: value for name, value in named.items() if value or name not in evidence}


def _is_interactive() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _ask(names: Sequence[str], answers: dict[str, Any], register: Register, *, by_default: bool = True) -> None:
    """Ask for each field that has no answer yet, until the answer is right."""
    for name in names:
        if answers.get(name) and not (name == "by" and by_default):
            continue
        for line in _choices(name, register):
            note(line)
        question = "Who proposes it?" if name == "by" else field("improvement", name).ask
        while True:
            default = answers["by"] if name == "by" else ""
            said = click.prompt(question or name, default=default, show_default=bool(default), err=True)
            answer = tuple(said.replace(",", " ").split()) if name == "services" else said
            faults = create.faults_of(name, answer, register)
            if not faults:
                break
            _tell(faults)
        answers[name] = answer


def _choices(name: str, register: Register) -> Iterator[str]:
    """What a question may be answered with, where there is a choice."""
    known = dict(field("improvement", name).choices) if name in _OFFERED else {}
    if name == "services":
        known = {identity: str(each.get("name", "")) for identity, each in register.config.services.items()}
    longest = max(map(len, known), default=0)
    yield from (f"  {value:<{longest}}  {meaning}" for value, meaning in known.items())


def _is_known(answers: dict[str, Any], register: Register, *, asking: bool) -> bool:
    """Show the improvements that the idea resembles; whether the person says that it is one of them."""
    found = create.lookalikes(register, answers["title"] or "", answers["opportunity"] or "")
    if not found:
        return False
    note("It resembles:" if len(found) == 1 else "It resembles these:")
    for item, share in found:
        head = f"  {item.id}  {share:4.0%}  "
        lines = wrap(f"{item.title} ({item.status})", 80 - len(head))
        for place, line in enumerate(lines):
            note((" " * len(head) if place else head) + line)
    question = "Is it this one?" if len(found) == 1 else "Is it one of these?"
    return asking and click.confirm(question, default=False, err=True)


def _refuse(faults: Sequence[Fault]) -> None:
    """End the command where there are faults, after naming them all."""
    if faults:
        _tell(faults)
        raise CiregError("nothing was written", "correct these answers and call it again")


def _tell(faults: Sequence[Fault]) -> None:
    for fault in faults:
        note(fault.message)
        if fault.help:
            note(f"  {fault.help}")


def _next_steps(made: Draft, path: str, git: Git, config: Config) -> Iterator[str]:
    """What to do with the new file."""
    for finding in made.warnings:
        yield f"Worth a look: {finding.message}. {finding.help}"
    yield ""
    yield f"{made.id} is proposed. Open the file and say what else you know; then:"
    branch = "propose/" + Path(made.path).stem.lower()
    yield from next_steps(git, config, [path], branch, f"Propose {made.id}")
