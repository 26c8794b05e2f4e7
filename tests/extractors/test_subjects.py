"""What numbers are about: the account of an article, and the candidates with what speaks for each."""

from dataclasses import replace

from kg.extractors import extract_all
from kg.extractors.context.discourse import discourse
from kg.extractors.context.things import things
from kg.extractors.metric.subjects import Subjects
from kg.language.clauses import told_by
from kg.language.tokens import tokenize
from kg.model import Article, Paragraph
from kg.reading.sentences import sentences
from scripts.learning.fit import Example, learn

STORY = (
    "成都市武侯区推广“小板凳议事”机制。该机制运行以来，武侯区民政局办结诉求230件。",
    "武侯区又办起“巧手坊”，全区建成驿站45个。",
)


def text_of(*paragraphs):
    article = Article("x.txt", "", tuple(Paragraph(p, tuple(range(len(p)))) for p in paragraphs))
    return tokenize(article, sentences(article))


def account():
    text = text_of(*STORY)
    return text, extract_all(text)


def test_all_candidates_are_told_with_their_weights_and_the_first_is_taken():
    text, found = account()
    subjects = Subjects(text, found)
    for metric in found.metrics:
        *judged, number = subjects.judged(metric)
        assert (number.decision, number.probability) == ("numbers", metric.probability)
        assert [j.accepted for j in judged] == [True] + [False] * (len(judged) - 1)
        assert all(j.score == sum(weight for _, weight in j.weights) for j in judged)
        assert judged[0].candidate == things(text, found).of[metric.subject].first.name
        assert all(j.probability <= judged[0].probability for j in judged)


def test_a_number_without_anything_named_is_about_nothing():
    found = extract_all(text_of("建成驿站45个。"))
    assert [m.subject for m in found.metrics] == [None]


def test_a_number_is_surer_where_its_clause_names_what_it_is_about():
    text = text_of("成都市武侯区推出“石榴籽”工程。“石榴籽”工程建成驿站45个。日子过得越来越好，合计有了7处。")
    near, far = extract_all(text).metrics
    assert near.probability > far.probability


def test_forms_of_a_name_are_one_thing_and_the_most_named_comes_first():
    text, found = account()
    first, second = things(text, found).places[:2]
    assert ({m.name for m in first.mentions}, first.rank, first.share) == ({"武侯区", "全区"}, 0, "far")
    assert (second.first.name, second.rank, second.share) == ("成都市", 1, "once")


def test_a_sentence_names_what_it_takes_up_again():
    text, found = account()
    again = next(n for n in discourse(text, found).namings(1) if n.thing.family == "program")
    assert (text.sentences[1].text[again.start : again.end], again.mention.sentence) == ("机制", 0)


def test_a_place_that_introduces_another_is_told_from_it():
    text, found = account()
    chain = [(n.mention.name, n.introduces) for n in discourse(text, found).namings(0) if n.thing.family == "place"]
    assert chain == [("成都市", True), ("武侯区", False)]


def test_who_speaks_is_told_before_and_after_a_speech():
    assert told_by("武侯区民政局局长张敏说：“已建成驿站45个。”") == (0, 12)
    assert told_by("“已建成驿站45个。”武侯区民政局局长张敏介绍。") == (11, 24)
    assert told_by("据介绍") == (0, 0)


def test_what_is_worked_out_lasts_until_more_is_named():
    text, found = account()
    known = things(text, found)
    assert things(text, found.grown(())) is known
    assert things(text, found.grown(found.of_kind("District"))) is not known


def features_in(text):
    """The features of the candidates of an article's only number, by name."""
    found = extract_all(text)
    subjects = Subjects(text, found)
    (metric,) = found.metrics
    return {r.candidate.thing.first.name: r.features for r in subjects.ranked(metric.sentence, metric.start)}


def test_what_only_begins_a_chain_of_places_is_told_from_its_end():
    told = features_in(text_of("在成都市武侯区，建成驿站45个。"))
    assert {"following=place, chain", "preceding=place, 在"} <= set(told["成都市"])
    assert {"following=place, stop", "preceding=place, chain"} <= set(told["武侯区"])


def test_a_clause_repeats_more_or_less_of_a_name():
    story = "成都市武侯区推出“巧手坊”工程、“石榴籽”工程。"
    for counted, shared in {"建成巧手站45个。": 1, "建成驿站45个。": 0, "巧手坊建成驿站45个。": None}.items():
        told = features_in(text_of(story, counted))
        name = next(name for name in told if name.startswith("巧手坊"))
        assert f"wording=program, {'named' if shared is None else shared}" in told[name]
        assert "wording=program, 0" in told["石榴籽工程"]
        assert not any(feature.startswith("wording") for feature in told["武侯区"])


def test_signs_beside_a_name_are_told_without_quotation_marks():
    told = features_in(text_of("成都市武侯区推出“石榴籽”工程。", "区里通过“巧手坊”，累计建成驿站45个。"))
    name = next(name for name in told if name.startswith("巧手坊"))
    assert {"sign before=program, here, 过", "sign after=program, here, ，", "result=program, here"} <= set(told[name])
    assert not any(feature.startswith(("sign", "gap")) for feature in told["石榴籽工程"])
    assert "result=program, away" in told["石榴籽工程"]


def test_how_far_before_the_clause_of_a_number_a_name_stands_is_told():
    for between, gap in {"": 0, "去年以来走村入户，": 3, "去年以来他们一直走村入户看望许多老人家，": 6}.items():
        told = features_in(text_of(f"成都市武侯区的“巧手坊”，{between}建成驿站45个。"))
        name = next(name for name in told if name.startswith("巧手坊"))
        assert f"gap=program, {gap}" in told[name]


def test_it_counts_where_the_most_named_of_a_family_stands():
    told = features_in(
        text_of("成都市武侯区推出“石榴籽”工程，“石榴籽”工程里开办“巧手坊”。", "“石榴籽”工程和“巧手坊”建成驿站45个。")
    )
    assert {"prominent=program, clause, 0", "told=program, clause, program"} <= set(told["石榴籽工程"])
    assert {"prominent=program, clause, 1"} <= set(told["巧手坊"])
    assert {"told=place, earlier, program"} <= set(told["武侯区"]) & set(told["成都市"])


def test_one_of_each_group_is_learned_to_be_chosen():
    def group(source, number, *candidates):
        return [Example(source, ("always", *features), right, number) for features, right in candidates]

    sources = [f"page{n}" for n in range(8)]
    examples = [
        example
        for source in sources
        for example in [
            *group(source, 1, (("near",), 1.0), (("far",), 0.0)),
            *group(source, 2, (("near", "place"), 0.15), (("near", "program"), 1.0)),
            *group(source, 3, (("seldom",), 0.0)),
        ]
    ]
    weights = learn(examples, "x", strength=1).of_feature
    assert weights["near"] > 0 > weights["far"]
    assert weights["program"] > 0 > weights["place"]
    assert "seldom" not in weights
    shared = learn([replace(e, right=1.0) if e.right else e for e in examples], "x", strength=1).of_feature
    assert "program" not in shared
