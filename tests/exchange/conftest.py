"""A workshop to import into, and a way to write tables."""

import csv
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # so that the tests here find their samples

from exchange_samples import make


@pytest.fixture
def new_folder(tmp_path):
    """Makes workshop folders by name."""
    made = []

    def new(name, *args, **facts):
        made.append(make(tmp_path / name, *args, **facts))
        return made[-1]

    yield new
    for folder in made:
        folder.close()


@pytest.fixture
def folder(new_folder):
    return new_folder("workshop")


@pytest.fixture
def table(tmp_path):
    """Writes rows, given as dictionaries, as a table."""

    def write(*rows, name="table.csv"):
        header = list(dict.fromkeys(key for row in rows for key in row))
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, header, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return tmp_path / name

    return write
