from __future__ import annotations

import pytest

from kg.errors import UserError
from kg.reading import Unreadable, input_files, read_page


def test_files_and_folders(tmp_path):
    for name in ("b.txt", "a.md", "sub/c.HTML", "sub/d.jsonl", ".hidden.txt", ".git/e.txt", "f.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("好。", encoding="utf-8")
    names = [path.name for path in input_files([tmp_path, tmp_path / "b.txt"])]
    assert names == ["a.md", "b.txt", "c.HTML", "d.jsonl"]


def test_a_missing_path_is_told_in_one_line(tmp_path):
    with pytest.raises(UserError, match=r"absent\.txt") as caught:
        input_files([tmp_path / "absent.txt"])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", "好。", r"\.pdf"),
        ("a.txt", "  \n", "empty"),
        ("a.txt", "### \n■", "no text"),
        ("a.jsonl", '{"text": "好。"}\n{"text": ', "line 2"),
        ("a.jsonl", '{"text": "好。"}\n["text"]', "line 2"),
        ("a.jsonl", '{"headline": "好"}', "line 1"),
        ("a.jsonl", '{"text": "好"} {}', "line 1"),
        ("a.jsonl", '{"text": "\\ud800"}', "line 1"),
        ("a.html", "<html><body><nav>首页</nav></body></html>", "no text"),
    ],
)
def test_unreadable_pages(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(Unreadable, match=reason) as caught:
        read_page(path)
    assert "\n" not in str(caught.value)


def test_a_folder_is_no_page(tmp_path):
    with pytest.raises(Unreadable):
        read_page(tmp_path)
