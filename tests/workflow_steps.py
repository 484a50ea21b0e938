"""Steps of workflows, run as they stand: scripts with a host that only plays the part, shell as a runner runs it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.node_packages import node
from tests.test_workflows import GITHUB

NODE = node()

with_node = pytest.mark.skipif(NODE is None, reason="the scripts of workflows are not run: there is no Node")

# Runs a script as actions/github-script does, with a host whose answers a test gives, and prints what was asked of it.
HARNESS = """\
const fs = require('fs');
const { script, payload, answers } = JSON.parse(fs.readFileSync(0, 'utf8'));
const asked = [];
const rest = (group) => new Proxy({}, { get: (_, name) => {
  const call = async (given) => { asked.push([`${group}.${name}`, given]);
    const answer = answers[`${group}.${name}`];
    if (answer === 'refused') throw new Error('refused');
    return answer ?? {}; };
  call.route = `${group}.${name}`;
  return call;
}});
const github = {
  rest: new Proxy({}, { get: (_, group) => rest(group) }),
  paginate: async (call, given) => { asked.push([call.route, given]); return answers[call.route] ?? []; },
};
const context = { repo: { owner: 'it', repo: 'register' }, payload };
const core = {
  info: (text) => asked.push(['info', text]),
  setFailed: (text) => asked.push(['failed', text]),
  setOutput: (name, value) => asked.push(['output', [name, value]]),
};
const AsyncFunction = (async () => {}).constructor;
new AsyncFunction('github', 'context', 'core', 'require', script)(github, context, core, require)
  .then(() => console.log(JSON.stringify(asked)));
"""


def workflow(name: str) -> dict[str, Any]:
    """A workflow, parsed."""
    return dict(yaml.safe_load((GITHUB / "workflows" / f"{name}.yml").read_text(encoding="utf-8")))


def step(name: str, job: str, title: str) -> dict[str, Any]:
    """The step of a workflow's job whose title begins like this."""
    (found,) = (each for each in workflow(name)["jobs"][job]["steps"] if each["name"].startswith(title))
    return dict(found)


def script(
    given: dict[str, Any], folder: Path, payload: dict[str, Any], answers: dict[str, Any], **environment: str
) -> list[list[Any]]:
    """What a step's script asks of the host, and what it says; `answers` are the host's, by what is asked."""
    assert NODE
    handed = {"script": given["with"]["script"], "payload": payload, "answers": answers}
    ran = subprocess.run(
        [NODE, "-e", HARNESS],
        input=json.dumps(handed),
        cwd=folder,
        capture_output=True,
        text=True,
        env={"PATH": os.environ["PATH"], **environment},
        timeout=60,
    )
    assert 0 == ran.returncode, ran.stderr
    return list(json.loads(ran.stdout))


def shell(given: dict[str, Any], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step's shell; programs that lie in the folder `bin` stand before the machine's."""
    path = f"{folder}/bin:{folder}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-c", given["run"]],
        cwd=folder,
        env={"PATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )
