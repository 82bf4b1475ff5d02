"""How many rosters give exactly their people? ``python -m tests.exchange.corpus [WORD]``"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.exchange.corpus.holding import faults
from tests.exchange.corpus.mixing import mixed
from tests.exchange.corpus.pages import Book
from tests.exchange.test_corpus import CASES

_MIXED = 300


def main(word: str = "") -> None:
    """Tell every fault, then right and all files by category, and the people in them."""
    books = [(c.category, c.name, c.book()) for c in CASES if word in f"{c.category}-{c.name}"]
    books += [("mixed", f"mixed-{n}", mixed(n)) for n in range(_MIXED) if word in f"mixed-{n}"]
    right, every, people = Counter[str](), Counter[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        for category, name, book in books:
            told = _faults(book, Path(folder), f"{category}-{name}")
            every[category] += 1
            right[category] += not told
            people += sum(len(page.expected) for page in book.pages)
            if told:
                _say(f"{category}-{name}", *(f"    {one}" for one in told))
    _say(*(f"{category:14}{right[category]:5} of {every[category]}" for category in every))
    _say(f"{'all':14}{right.total():5} of {every.total()}, {people} people")


def _faults(book: Book, folder: Path, name: str) -> list[str]:
    return faults(book, folder, name.replace("\\", "_"))


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
