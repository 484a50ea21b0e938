"""Addresses outside the site: a file at the forge, and the records of other systems that an id stands for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from cireg.model import Config
from cireg.patterns import matches

_GITLAB = ("/-/edit/{}", "/-/commits/{}", "/-/raw/{}")
_GITEA = ("/_edit/{}", "/commits/branch/{}", "/raw/branch/{}")
_GITHUB = ("/edit/{}", "/commits/{}", "/raw/{}")


@dataclass(frozen=True, slots=True)
class FileAtForge:
    """Where a file can be changed, where its history is, and the file as it is."""

    edit: str
    history: str
    raw: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A record of another system: what such records are called, and its address, "" where none is known."""

    name: str
    url: str


def file_at_forge(config: Config, path: str) -> FileAtForge | None:
    """The addresses of a file of the repository, None where cireg.yaml names no forge.

    They are of GitHub's form, unless the host's name speaks of GitLab, or of Gitea, Forgejo or Codeberg.
    """
    url = config.get("forge", "url")
    if not isinstance(url, str) or not url.startswith("https://"):
        return None
    branch = config.get("forge", "branch") or "main"
    place = quote(f"{branch}/{path}")
    return FileAtForge(*(url.rstrip("/") + form.format(place) for form in _forms(url)))


def commit_at_forge(config: Config, commit: str) -> str:
    """The address of a commit, given by its full id; "" where cireg.yaml names no forge."""
    url = config.get("forge", "url")
    if not isinstance(url, str) or not url.startswith("https://"):
        return ""
    return url.rstrip("/") + ("/-/commit/" if _forms(url) is _GITLAB else "/commit/") + quote(commit)


def _forms(url: str) -> tuple[str, str, str]:
    host = urlsplit(url).netloc.lower()
    if "gitlab" in host:
        return _GITLAB
    if any(name in host for name in ("gitea", "forgejo", "codeberg")):
        return _GITEA
    return _GITHUB


def outside(config: Config, record: str) -> Outside | None:
    """What cireg.yaml says about records like this one; only an https address is followed."""
    for _, link in config.entries("links"):
        if matches(link.get("pattern", ""), record):
            url = str(link.get("url", "")).replace("{id}", quote(record, safe=""))
            return Outside(link.get("name", ""), url if url.startswith("https://") else "")
    return None
