"""The one door to git: few processes, nothing of the caller's environment or of a hostile name obeyed."""

from cireg.git.objects import Change, Commit, Merged, TreeFile, Unread, blob_id
from cireg.git.repository import FileDates, Git

__all__ = ["Change", "Commit", "FileDates", "Git", "Merged", "TreeFile", "Unread", "blob_id"]
