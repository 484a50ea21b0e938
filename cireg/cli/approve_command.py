"""`cireg approve`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cireg import query
from cireg.approving import APPROVED, CONDITIONAL, DECLINED, Decision, Written, approve
from cireg.cli.changes import from_here, next_steps, show_changes
from cireg.cli.session import note, open_register, out
from cireg.errors import CiregError
from cireg.files import WorkTree, write_all
from cireg.git import Git
from cireg.people import person_with
from cireg.text import safe_text


@click.command("approve")
@click.argument("identity", metavar="ID")
@click.option("--as", "role", metavar="ROLE", required=True, help="In which role, or as which person of the policy.")
@click.option("--decline", is_flag=True, help="Say no.")
@click.option("--conditional", is_flag=True, help="Say yes if a condition is met; --note says which.")
@click.option("--note", "words", metavar="TEXT", help="The condition or the reason.")
@click.option("--by", metavar="PERSON", help="Who decided. Default: you, if cireg.yaml has your e-mail address.")
@click.option("--dry-run", is_flag=True, help="Show the change, and write nothing.")
def command(
    identity: str, role: str, decline: bool, conditional: bool, words: str | None, by: str | None, dry_run: bool
) -> None:
    """Write down a decision on an improvement's plan, with the fingerprint of what it covers.

    \b
      cireg approve CI-0031 --as sponsor
      cireg approve CI-0031 --as sponsor --conditional --note 'Not before May.'
      cireg approve CI-0031 --as security-lead --decline --note 'The audit comes first.'

    It covers the target and its day, the measures, the planned money and the scores, as they are now. When one of
    these changes the approval is stale, and the gate that needs it asks again. Commit the decision yourself: a
    commit under your own address is what cireg audit can show for it.
    """
    if decline and conditional:
        raise click.UsageError("Either --decline or --conditional.")
    session = open_register("now")
    root, register = session.root, session.register
    git = Git(root)
    item = query.find(register, identity)
    you = person_with(register.config, (git.user() or ("", ""))[1])
    who = by or you
    if who is None:
        raise CiregError("cireg.yaml has nobody with your e-mail address", "say who decided with --by")
    decision = DECLINED if decline else CONDITIONAL if conditional else APPROVED
    made = Decision(who, role, decision, session.as_of.date, words)
    written = approve(WorkTree(root), register, item, made)
    if dry_run:
        show_changes([written.change])
        return
    write_all([written.change.as_write(root)], root=root)
    path = from_here(root, [item.path])[0]
    out(safe_text(f"{item.id}  {decision} by {who} as {role}  {path}"))
    for line in _told(written, made, item.owner, you):
        note(line)
    note("")
    note(f"The decision on {item.id} is written down. Then:")
    verb = {APPROVED: "Approve", DECLINED: "Decline", CONDITIONAL: "Approve with a condition"}[decision]
    branch = f"{'decline' if decline else 'approve'}/{item.id.lower()}-{role}"
    for line in next_steps(git, register.config, [path], branch, f"{verb} {item.id} as {role}"):
        note(line)


def _told(written: Written, made: Decision, owner: str | None, you: str | None) -> Iterator[str]:
    """What the decision covers, what is still waited for, and what an auditor would ask."""
    if made.decision != DECLINED:
        covers = written.covers
        listed = " and ".join([", ".join(covers[:-1]), covers[-1]] if covers[1:] else covers)
        yield (
            f"It covers {listed} as they are now."
            if covers
            else "It covers nothing: no target, plan or score is there."
        )
    if written.waits_for:
        yield f"The next status still waits for {' and '.join(written.waits_for)}."
    if made.by == owner and made.decision != DECLINED:
        yield f"{made.by} owns the improvement: check asks for somebody else's consent."
    if you != made.by:
        yield f"git does not know you as {made.by}: the decision will count as stated, not proven."
