"""Words that are used alike weigh alike, as far as their gold does not tell them apart."""

import numpy as np
import pytest

from scripts.learning.fit import Example, learn
from scripts.learning.likeness import Alike, Likeness, condensed, uses
from scripts.learning.network import Network, parameters

SENTENCES = (
    "柳河区推出楼栋积分制",
    "松山街道推行楼栋积分制",
    "柳河区推行邻里议事制度",
    "松山街道推出邻里议事制度",
    "社区里住着三百多位老人",
    "这些老人多数独居",
    "网格员每天上门看望老人",
)


@pytest.fixture(scope="module")
def found() -> dict[str, np.ndarray]:
    return uses(SENTENCES)


def test_words_used_alike_are_nearer(found: dict[str, np.ndarray]) -> None:
    apart = np.linalg.norm
    assert apart(found["推出"] - found["推行"]) < apart(found["推出"] - found["老人"])


def test_a_sentence_is_read_alike_whatever_stands_beside_it() -> None:
    network = Network()
    alone = network.states(["松山街道推出积分制"])[0]
    beside = network.states(["松山街道推出积分制", "这些老人多数独居，网格员每天上门看望"])[0]
    assert alone.shape == (9, 256)
    assert np.allclose(alone, beside, atol=1e-5)


def test_the_network_has_the_layers_that_are_read() -> None:
    assert parameters("gru_0.w_0").shape == (128, 384)
    assert parameters("fc_2.w_0").shape == (256, 384)


def test_main_directions_are_kept() -> None:
    rows = np.array([[0.0, 3, 0], [0, -3, 0], [0.1, 0, 0], [-0.1, 0, 0]], dtype=np.float32)
    assert np.abs(condensed(rows, 1)[:2]).min() > np.abs(condensed(rows, 1)[2:]).max() * 10


def test_a_word_without_gold_weighs_what_words_like_it_weigh() -> None:
    length = 32
    up, down = np.eye(length, dtype=np.float32)[:2]
    alike = Alike(Likeness({"推出": up, "推行": up, "老人": down, "居民": down}), ("before",))
    examples = [
        Example(f"{word}{n}", ("always", f"before={word}"), right)
        for n in range(12)
        for word, right in (("推出", 1.0), ("老人", 0.0))
    ]
    seldom = [Example("one", ("always", "before=推行"), 0.0), Example("one", ("always", "before=居民"), 0.0)]
    weights = learn([*examples, *seldom], "x", strength=1, alike=alike).of_feature
    assert weights["before=推行"] > 0 > weights["before=居民"]
    assert "before=推行" not in learn([*examples, *seldom], "x", strength=1).of_feature
