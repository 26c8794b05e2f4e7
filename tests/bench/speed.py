"""Measures how quickly pages are read, against `jieba.posseg` on the same text: `python -m tests.bench.speed`.

Of the files and folders given; without any, a megabyte is made of the articles of `seeds/` and `tests/articles/`:
pages of several articles each, in changing order, their sentences shuffled, so that no page stands twice. One process,
warmed up, without its start; from the file to its quads, as `kg build` reads it. Then the share of each step and of
each extractor.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba
from jieba import posseg

from kg.build import read_file
from kg.extractors import Found, extractors
from kg.language.tokens import tokenize
from kg.linking import link
from kg.model import Article, Role
from kg.rdf import n_quads
from kg.reading import input_files, read_page
from kg.reading.sentences import sentences

ROOT = Path(__file__).parent.parent.parent
ARTICLES_A_PAGE = 5
SENTENCES_A_PARAGRAPH = 4


def made_pages(folder: Path, size: int) -> list[Path]:
    """Pages of so many bytes in all, made of the repository's articles."""
    originals = input_files([ROOT / "seeds", ROOT / "tests" / "articles"])
    articles = [article for path in originals for article in read_page(path).articles]
    chance = random.Random(7)
    paths: list[Path] = []
    written = 0
    while written < size:
        chosen = chance.sample(articles, ARTICLES_A_PAGE)
        path = folder / f"{len(paths):04}.txt"
        path.write_text("\n\n\n".join(shuffled(article, chance) for article in chosen) + "\n", encoding="utf-8")
        paths.append(path)
        written += path.stat().st_size
    return paths


def shuffled(article: Article, chance: random.Random) -> str:
    """An article's text with the sentences of its body in another order."""
    body = "".join(p.text for p in article.paragraphs if p.role is not Role.HEADLINE)
    cut = [sentence + "。" for sentence in body.split("。") if sentence]
    chance.shuffle(cut)
    starts = range(0, len(cut), SENTENCES_A_PARAGRAPH)
    return "\n".join([article.headline, "", *("".join(cut[i : i + SENTENCES_A_PARAGRAPH]) for i in starts)])


def read(paths: Sequence[Path]) -> None:
    """Files to their quads, as `kg build` reads them."""
    for path in paths:
        read_file(path)


def tag(texts: Sequence[str]) -> None:
    """The same texts cut and tagged by jieba."""
    for text in texts:
        posseg.lcut(text)


def seconds(work: Callable[[], object]) -> float:
    """The processor time that some work takes: others on the machine do not count."""
    started = time.process_time()
    work()
    return time.process_time() - started


def steps(paths: Sequence[Path]) -> Counter[str]:
    """Seconds spent on each step of the way, the extractors one by one."""
    spent: Counter[str] = Counter()
    last = time.process_time()

    def done(step: str) -> None:
        nonlocal last
        now = time.process_time()
        spent[step] += now - last
        last = now

    for path in paths:
        page = read_page(path)
        done("reading: page to articles")
        for article in page.articles:
            cut = sentences(article)
            done("reading: sentences")
            text = tokenize(article, cut)
            done("tokens")
            found = Found()
            for name, extractor in extractors().items():
                facts = list(extractor.extract(text, found))
                done(f"extractor: {name}")
                found = found.grown(facts)
                done("facts found, sorted")
            linked = link(text, found)
            done("linking")
            n_quads(linked)
            done("N-Quads")
    return spent


def measure(paths: Sequence[Path], rounds: int) -> float:
    """Prints the figures; gives the ratio of the two speeds, the best of so many rounds each, taken in turn."""
    texts = [read_page(path).text for path in paths]
    size = sum(len(text.encode()) for text in texts) / 1000
    read(paths[:3])
    tag(texts[:3])
    reading, tagging = [], []
    for _ in range(rounds):
        reading.append(seconds(lambda: read(paths)))
        tagging.append(seconds(lambda: tag(texts)))
    ours, theirs = size / min(reading), size / min(tagging)
    print(f"{len(paths)} pages, {size:.0f} KB of text, one process, best of {rounds}")
    print(f"kg, file to quads    {ours:6.0f} KB/s   (first round {size / reading[0]:.0f})")
    print(f"jieba.posseg         {theirs:6.0f} KB/s")
    print(f"ratio                {ours / theirs:6.2f}")
    shares = steps(paths)
    for step, taken in shares.most_common():
        print(f"  {step:28}{taken / shares.total():6.1%}")
    return ours / theirs


def main() -> None:
    """Prints the figures of the given files and folders, or of pages made for the purpose."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="*", type=Path)
    parser.add_argument("--kilobytes", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        jieba.dt.tmp_dir = folder  # jieba trusts the cache file that it finds in the common folder
        made = made_pages(Path(folder), wanted.kilobytes * 1000) if not wanted.path else input_files(wanted.path)
        measure(made, wanted.rounds)


if __name__ == "__main__":
    main()
