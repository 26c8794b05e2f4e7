import random
import tempfile

import pytest

from kg.export import sorting
from kg.export.sorting import in_order


@pytest.mark.parametrize("run", [1, 50, 3_000, 10**9])
def test_lines_come_in_order_and_once_however_little_is_held(run, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(sorting, "MOST_RUNS", 5)
    chance = random.Random(7)
    lines = [f"{chance.randrange(300)}\t{chance.choice('甲乙ab')}\n".encode() for _ in range(1_500)]
    assert list(in_order(iter(lines), run)) == sorted(set(lines))
    assert not list(tmp_path.iterdir())


def test_nothing_stays_when_the_reader_stops_early(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    lines = in_order((b"%d\n" % each for each in range(100)), run=20)
    assert next(lines) == b"0\n"
    assert list(tmp_path.iterdir())
    lines.close()
    assert not list(tmp_path.iterdir())
