"""The one door to a register's files: listed and read link-proof, replaced whole or not at all."""

from cireg.files.cache import Cache
from cireg.files.commit import CommitTree
from cireg.files.memory import MemoryTree, Special, Symlink
from cireg.files.save import NotConfirmed, Write, write_all, write_atomically
from cireg.files.tree import Entry, FileRefused, Kind, Refusal, Tree, WorkTree

__all__ = [
    "Cache",
    "CommitTree",
    "Entry",
    "FileRefused",
    "Kind",
    "MemoryTree",
    "NotConfirmed",
    "Refusal",
    "Special",
    "Symlink",
    "Tree",
    "WorkTree",
    "Write",
    "write_all",
    "write_atomically",
]
