"""The workflow that publishes the site: its build is run as it stands, with the address that Pages gives."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.running import ROOT, environment, program

STEPS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8"))[
    "jobs"
]["build"]["steps"]
NAMES = [step["name"] for step in STEPS]


def built(folder: Path, address: str) -> Path:
    """The site of a new register, made by the workflow's step; `address` is what Pages says."""
    register = folder / "register"
    assert 0 == program(folder, "init", "register").code
    (step,) = (step for step in STEPS if step["name"] == "Build the site")
    given = {name: value.replace("${{ steps.pages.outputs.base_url }}", address) for name, value in step["env"].items()}
    assert not any("${{" in value for value in given.values())
    cireg = folder / "cireg"
    cireg.write_text(f'#!/bin/sh\nexec {sys.executable} -m cireg "$@"\n', encoding="utf-8")
    cireg.chmod(0o755)
    more = {"PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=register, env=environment(**more, **given), capture_output=True,
        text=True, check=False, timeout=300,
    )  # fmt: skip
    assert 0 == ran.returncode, ran.stdout + ran.stderr
    return register / "site"


@pytest.mark.parametrize("address", ["https://octo.example/register", "https://register.example"])
def test_the_published_site_knows_where_it_is(tmp_path: Path, address: str) -> None:
    """Every page in the sitemap, a canonical link on each, and styles on the page for what is missing at any depth."""
    site = built(tmp_path, address)
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    pages = {path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("index.html")}
    listed = set(re.findall(r"<loc>([^<]*)</loc>", sitemap))
    assert f"{address}/" in listed
    assert len(listed) > 10
    assert {url.removeprefix(f"{address}/") for url in listed} <= pages
    register_page = (site / "register" / "index.html").read_text("utf-8")
    assert re.search(rf'<link[^>]*rel="?canonical"?[^>]*href="?{re.escape(address)}/register/', register_page)
    base = re.sub(r"https://[^/]*", "", address)
    styles = re.findall(r'<link[^>]*href="([^"]*\.css[^"]*)"', (site / "404.html").read_text("utf-8"))
    assert styles
    assert [] == [style for style in styles if not style.startswith(f"{base}/")]
    assert all((site / style.removeprefix(f"{base}/").partition("?")[0]).is_file() for style in styles)


def test_the_address_is_asked_for_before_the_site_is_built() -> None:
    """By the step whose output the build takes."""
    (asked,) = (step for step in STEPS if step.get("id") == "pages")
    assert asked["uses"].startswith("actions/configure-pages@")
    assert NAMES.index(asked["name"]) < NAMES.index("Build the site") < NAMES.index("Hand the site over")
