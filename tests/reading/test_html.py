"""HTML as sites write it: what readers do not see is no text, what stands round an article is no part of it."""

from __future__ import annotations

import re

import pytest
from effort import growth
from sample_pages import read, texts

from kg.model import Role
from kg.reading.html import html_document
from kg.reading.sentences import sentences

HEADLINE = "梨园变公园"
FIRST, SECOND = "近日，西岭县把梨园改建成公园，种下梨树800棵。", "县林业局局长沈佳余说，居民满意率达97%。"
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"


def body_of(source: str) -> list[str]:
    (article,) = read(source, ".html")
    assert article.headline == HEADLINE
    return texts(article)


UNSEEN = {
    "display none": '<div style="display:none">旧稿：种下梨树300棵。</div>',
    "display none, spaced": '<p class="x" style="color:red; DISPLAY : none !important">旧稿300棵。</p>',
    "visibility hidden": "<div style='visibility:hidden'><p>旧稿300棵。</p><div>再</div></div>",
    "attribute hidden": "<section hidden><p>旧稿300棵。</p></section>",
    "hidden with a value": '<div id="a" hidden="until-found">旧稿300棵。</div>',
    "hidden, never closed, in a block": "<div><p hidden>旧稿300棵。<p>尾。</p></div>",
    "hidden items": "<ul><li hidden>旧稿300棵。<li hidden>又300棵。</ul>",
    "template": "<template><p>旧稿300棵。</p></template>",
    "noscript": "<noscript><p>请打开脚本，300次。</p></noscript>",
    "deleted": "<p><del>旧稿300棵。</del></p>",
    "struck out": "<p><s>300棵</s><strike>又300棵</strike></p>",
    "struck out by style": '<p><span style="text-decoration:line-through">300棵。</span></p>',
    "struck out by a longer style": '<p><span style="text-decoration: underline line-through red">300棵。</span></p>',
    "style and script": "<style>p{width:300px}</style><script>var n = '<p>300棵。</p>'</script>",
    "comment": "<!-- <p>旧稿300棵。</p> -->",
    "vector image": "<svg><text>300棵</text></svg>",
    "frame": "<iframe src='x'>300棵</iframe>",
    "dialog": "<dialog><p>订阅满300人。</p></dialog>",
    "in place of what cannot be shown": "<video>300棵</video><object><p>又300棵。</p></object><canvas>再300棵</canvas>",
}


@pytest.mark.parametrize("piece", UNSEEN.values(), ids=UNSEEN)
def test_what_readers_do_not_see_is_no_text(piece):
    found = body_of(f"<html><body><h1>{HEADLINE}</h1><p>{FIRST}</p>{piece}<p>{SECOND}</p></body></html>")
    assert [text for text in found if text != "尾。"] == [FIRST, SECOND]


@pytest.mark.parametrize(
    "style", ["visibility: hidden; opacity: 0;", "opacity:0;visibility:hidden", "VISIBILITY:hidden; opacity: 0"]
)
def test_an_article_that_a_script_reveals_is_text(style):
    found = body_of(f"<h1>{HEADLINE}</h1><div id=js_content style='{style}'><p>{FIRST}</p><p>{SECOND}</p></div>")
    assert found == [FIRST, SECOND]
    hidden = f"<p style='{style}; display: none'>旧稿300棵。</p>"
    assert body_of(f"<h1>{HEADLINE}</h1><p>{FIRST}</p>{hidden}<dialog open>{SECOND}</dialog>") == [FIRST, SECOND]


def test_how_a_word_is_spoken_is_no_text():
    marked = FIRST[:1] + f"<ruby>{FIRST[1]}<rp>(</rp><rt>yin</rt><rp>)</rp></ruby>" + FIRST[2:]
    assert body_of(f"<h1>{HEADLINE}</h1><p>{marked}</p><p>{SECOND}</p>") == [FIRST, SECOND]


def test_within_a_sentence_too():
    page = f"<h1>{HEADLINE}</h1><p>种下梨树<del>300</del><ins>800</ins>棵<span hidden>（旧：300棵）</span>。</p>"
    assert body_of(page) == ["种下梨树800棵。"]


ROUND = {
    "share bar": '<div class="share-bar">分享到：<a>微信</a> <a>微博</a> 已有300人分享</div>',
    "share bar of a service": '<div class="bdsharebuttonbox" id="bdshare_share"><a>已被300人分享</a></div>',
    "camel case": '<div class="shareBox"><span>300次分享</span></div>',
    "related articles": '<div class="relatedNews"><h3>相关</h3><p>东湖区新添车位300个。</p></div>',
    "recommended": "<ul id=recommend><li>东湖区新添车位300个<li>又300个</ul>",
    "comments": '<section class="comments-area"><p>网友：种了300棵？</p></section>',
    "bread crumbs": '<div class="crumbs">首页 &gt; 要闻</div>',
    "reading count": "<p>阅读：300次</p>",
    "reading count and likes": "<div>阅读 300 点赞 12</div>",
    "foot": '<div class="footer"><p>本站访问300万人次</p></div>',
    "a list of links": "<ul>" + "".join(f"<li><a href=x>{n}区新添车位300个</a></li>" for n in "东西南北") + "</ul>",
    "links one under another": "".join(f"<p><a href=x>{n}区新添车位300个</a></p>" for n in "东西南北"),
    "links with dates": "<p>相关阅读：</p><ul><li><a href=x>东湖区新添车位300个</a></li></ul>",
    "buttons": "<button>点赞 300</button><select><option>300棵</select>",
    "navigation": "<nav><ul><li>300个栏目</ul></nav>",
}


@pytest.mark.parametrize("piece", ROUND.values(), ids=ROUND)
def test_what_stands_round_an_article_is_no_part_of_it(piece):
    for page in (f"<h1>{HEADLINE}</h1>{BODY}{piece}", f"<h1>{HEADLINE}</h1>{piece}{BODY}"):
        found = body_of(f"<html><body><div class='page'>{page}</div></body></html>")
        assert [text for text in found if "300" in text] == []
        assert FIRST in found
        assert SECOND in found


SKELETONS = {
    "plain": f"<html><head><title>{HEADLINE}_西岭新闻网</title></head><body><h1>{HEADLINE}</h1>{BODY}</body></html>",
    "no head, no body": f"<title>{HEADLINE} - 西岭新闻网</title>{BODY}",
    "head never closed": f"<html><head><meta charset=utf-8><title>{HEADLINE}</title>{BODY}",
    "all in one form": f"<body><form id=aspnetForm><input type=hidden value=x><h1>{HEADLINE}</h1>{BODY}</form></body>",
    "form and search": f"<form>搜索<input></form><form id=f><h1>{HEADLINE}</h1><div>{BODY}</div></form>",
    "paragraphs never closed": f"<h1>{HEADLINE}</h1><p>{FIRST}<p>{SECOND}",
    "line breaks": f"<h1>{HEADLINE}</h1><div>{FIRST}<br><br>　　{SECOND}<br></div>",
    "laid out by tables": f"<table><tr><td><h1>{HEADLINE}</h1><tr><td>{BODY}<td>广告</table>",
    "tables in tables": f"<table><tr><td><table><tr><td><h1>{HEADLINE}</h1></table>{BODY}</table>",
    "upper case": f"<HTML><BODY><H1>{HEADLINE}</H1><P>{FIRST}</P><P>{SECOND}</P></BODY></HTML>",
    "spans of an editor": f"<h1>{HEADLINE}</h1><p><span style='color:red'>{FIRST[:9]}</span>{FIRST[9:]}<p>{SECOND}",
    "word's own": f"<h1>{HEADLINE}</h1><p class=MsoNormal>{FIRST}<o:p></o:p></p><p>{SECOND}<![endif]>",
    "shown by a script": f'<h1>{HEADLINE}</h1><div id=c style="display:none">{BODY}</div>',
    "called share": f'<div class="share"><h1>{HEADLINE}</h1>{BODY}</div>',
    "called related": f'<h1>{HEADLINE}</h1><div class="main related-content">{BODY}</div><div>广告</div>',
    "article": f"<header>西岭日报</header><article><h1>{HEADLINE}</h1>{BODY}</article><aside>广告300个</aside>",
    "body twice": f"<head></head><body><nav>首页</nav><body><h1>{HEADLINE}</h1>{BODY}",
    "stray ends": f"</div></p><h1>{HEADLINE}</h1></nav></form>{BODY}</table></body></html>",
    "xml": f'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C"><html><body><h1>{HEADLINE}</h1>{BODY}</body></html>',
    "references": f"<h1>{HEADLINE}</h1>{BODY}".replace("。", "&#12290;").replace("，", "&#xff0c;"),
    "headings as divs": f"<title>{HEADLINE}</title><div class=t>{FIRST}</div><div>{SECOND}</div>",
}


@pytest.mark.parametrize("page", SKELETONS.values(), ids=SKELETONS)
def test_pages_as_sites_write_them(page):
    found = body_of(page)
    assert [text for text in found if text != "广告"] == [FIRST, SECOND]


def tables(*cells: str) -> str:
    """A page that is laid out by a table with a row for each cell."""
    return "<table>" + "".join(f"<tr><td>{cell}</td></tr>" for cell in cells) + "</table>"


LINKS = "<a href=/>首页</a><br><a href=/x>要闻</a>"
TOLD_OF = "2024-05-06 来源：西岭日报 作者：沈佳余 点击数：1234"
TABLED = {
    "links beside it": f"<title>{HEADLINE}_西岭新闻网</title><table><tr><td>{LINKS}</td><td>"
    + tables(HEADLINE, TOLD_OF, BODY)
    + "</table>",
    "the site's name for a title": "<title>西岭日报 数字报</title>"
    + tables("第3版：民生")
    + tables(f"<b>{HEADLINE}</b>", "本报记者 沈佳余", BODY),
    "a title that says nothing": "<title>新闻详情</title>" + tables(HEADLINE, "2024年5月6日", BODY),
    "a menu": "<title>西岭日报</title>" + tables("首页 | 要闻 | 民生") + tables(HEADLINE, "2024年5月6日", BODY),
    "a path and the next article": f"<title>{HEADLINE} - 西岭在线</title>"
    + tables("当前位置：首页 &gt; 民生", HEADLINE, f"{FIRST}<br>{SECOND}", "下一篇：东湖区加装电梯300部"),
    "a title with column and site": f"<title>{HEADLINE}-西岭要闻-西岭网</title><div>{HEADLINE}</div>{BODY}",
    "the site first": f"<title>西岭在线 - {HEADLINE}</title><div>西岭在线</div><div>{HEADLINE}</div>{BODY}",
}


@pytest.mark.parametrize("name", TABLED)
def test_a_page_laid_out_by_tables_has_its_headline_and_its_text(name):
    (article,) = read(TABLED[name], ".html")
    assert article.headline == HEADLINE
    assert texts(article) == [FIRST, SECOND]
    assert [p.text for p in article.paragraphs if p.role is Role.HEADLINE] == [HEADLINE]


@pytest.mark.parametrize("title", ["守住青山绿水 捧起金色饭碗", "西岭日报报道的好人", "让群众看得见的政府网站怎么建"])
def test_a_title_that_no_line_repeats_is_the_headline(title):
    (article,) = read(f"<title>{title}</title><h2>一、种树</h2>{BODY}", ".html")
    assert article.headline == title


def test_what_a_sentence_repeats_is_no_headline():
    page = f"<title>{HEADLINE}</title><p>{FIRST}</p><p>{HEADLINE}</p><p>{SECOND}</p>"
    assert FIRST in body_of(page)


NOTES = ["[3]", "3", "〔3〕", "（12）", "[3,4]", "[3-5]", "①", "注3", "*", "<a href='#n3'>[3]</a>"]


@pytest.mark.parametrize("mark", NOTES)
@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_the_mark_of_a_note_is_no_number_and_parts_none(mark, suffix):
    page = f"近日，西岭县种下梨树800<sup>{mark}</sup>棵，新添车位<sup class='n'>{mark}</sup>个<sup>{mark}</sup>。"
    source = f"<h1>{HEADLINE}</h1><p>{page}</p>" if suffix == ".html" else f"# {HEADLINE}\n\n{page}\n"
    (article,) = read(source, suffix)
    assert texts(article) == ["近日，西岭县种下梨树800棵，新添车位个。"]


@pytest.mark.parametrize("suffix", [".html", ".md"])
@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("占地80m<sup>2</sup>", "占地80m2"),
        ("水面3.5 km<sup>2</sup>", "水面3.5 km2"),
        ("场馆15米<sup>2</sup>", "场馆15米2"),
        ("库容6m<sup>3</sup>", "库容6m3"),
        ("商标KG<sup>TM</sup>", "商标KGTM"),
        ("建成9个<sup>2</sup>", "建成9个"),
        ("CO<sub>2</sub>", "CO2"),
    ],
)
def test_powers_of_units_are_read_with_them(printed, read_as, suffix):
    page = f"{FIRST}{printed}。"
    source = f"<h1>{HEADLINE}</h1><p>{page}</p>" if suffix == ".html" else f"# {HEADLINE}\n\n{page}\n"
    (article,) = read(source, suffix)
    assert texts(article) == [f"{FIRST}{read_as}。"]
    for sentence in sentences(article):
        for piece in sentence.pieces:
            assert 0 <= piece.start < piece.end <= len(source)


def test_notes_of_markdown_are_no_text():
    (article,) = read(f"# {HEADLINE}\n\n种下梨树800[^4]棵[^n]。\n", ".md")
    assert texts(article) == ["种下梨树800棵。"]


HEAD = "<tr><th>街道</th><th>纳凉点（处）</th><th>接待居民（万人次）</th></tr>"
FIGURES = "<tr><td>东湖街道</td><td>9</td><td>2.5</td></tr><tr><td>西桥街道</td><td>1,204</td><td>0.4</td></tr>"
TOLD = ["东湖街道纳凉点9处", "东湖街道接待居民2.5万人次", "西桥街道纳凉点1,204处", "西桥街道接待居民0.4万人次"]
TABLES = {
    "th": (f"<table>{HEAD}{FIGURES}</table>", TOLD),
    "td": (f"<table><tbody>{HEAD.replace('th', 'td')}{FIGURES}</tbody></table>", TOLD),
    "ends left out": (f"<table>{HEAD}{FIGURES}</table>".replace("</td>", "").replace("</tr>", ""), TOLD),
    "paragraphs in cells": (f"<table>{HEAD}{FIGURES}</table>".replace("<td>", "<td><p>"), TOLD),
    "numbered rows": (
        f"<table>{HEAD}{FIGURES}</table>".replace("<tr><th>", "<tr><th>序号<th>").replace("<tr><td>", "<tr><td>1<td>"),
        TOLD,
    ),
    "units with the figures": (
        "<table><tr><td>项目<td>数量</tr><tr><td>纳凉点<td>9处</tr><tr><td>入户率<td>92%</tr></table>",
        ["纳凉点数量9处", "入户率数量92%"],
    ),
    "an empty cell": (
        "<table><tr><td>街道<td>车位（个）<td>备注</tr><tr><td>东湖街道<td>80<td></tr></table>",
        ["东湖街道车位80个"],
    ),
    "words alone": (
        "<table><tr><td>时间<td>地点</tr><tr><td>周一<td>东湖书房</tr></table>",
        ["时间", "地点", "周一", "东湖书房"],
    ),
    "no names of columns": ("<table><tr><td>东湖街道<td>9<td>2.5</tr></table>", ["东湖街道", "9", "2.5"]),
    "uneven": (
        "<table><tr><td>街道<td>车位</tr><tr><td colspan=2>80</tr></table>",
        ["街道", "车位", "80"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_figures_of_tables_come_with_row_and_column(name):
    source, expected = TABLES[name]
    (article,) = read(page := f"<h1>{HEADLINE}</h1><p>{FIRST}</p>{source}<p>{SECOND}</p>", ".html")
    told = [text for text in texts(article) if text not in {FIRST, SECOND}]
    assert [text for text in told if text != "1"] == expected
    for sentence in sentences(article):
        shown = "".join(re.sub(r"<[^>]*>", "", page[piece.start : piece.end]) for piece in sentence.pieces)
        assert shown == sentence.text


def test_a_table_of_figures_gives_metrics_of_its_rows(tmp_path):
    from kg.build import read_article
    from kg.reading import read_page

    path = tmp_path / "page.html"
    path.write_text(f"<h1>杭州市西湖区避暑</h1><p>2024年情况：</p><table>{HEAD}{FIGURES}</table>", encoding="utf-8")
    (article,) = read_page(path).articles
    found = {(str(o.metric.value), o.metric.unit) for o in read_article(article).observations}
    assert {("9", "处"), ("25000", "人次"), ("1204", "处"), ("4000", "人次")} <= found


SLOW = {
    "spaces in a title": lambda n: f"<title>甲{' ' * n}乙</title>",
    "spaces and marks in a title": lambda n: f"<title>甲乙丙丁{' _' * n}{' - ' * n}</title>",
    "a long name of an attribute": lambda n: f"<meta {'a' * min(n, 19_000)}>" * max(1, n // 19_000),
    "many attributes": lambda n: f"<div {'a = ' * min(n, 4_000)}>" * max(1, n // 4_000),
    "spaces in a tag": lambda n: f"<meta name{' ' * min(n, 19_000)}>" * max(1, n // 19_000),
    "navigation and other ends": lambda n: "<nav>" * n + "</form>" * n + "</footer>" * n,
    "navigation in and out": lambda n: "<nav><footer>" * n + "</footer></nav>" * n,
    "hidden in hidden": lambda n: "<div hidden>" * n + "甲" + "</div>" * n,
    "hidden items": lambda n: "<li hidden>甲" * n,
    "forms": lambda n: "<form>甲</form>" * n,
    "links": lambda n: "<p><a>甲乙</a></p>" * n,
    "one table": lambda n: "<table>" + "<tr><td>甲<td>1" * n,
    "tables": lambda n: "<table><tr><td>甲<td>乙<tr><td>丙<td>1" * n,
    "half tags": lambda n: "<a '" * n + '<a "' * n,
    "styles": lambda n: f'<p style="{"display:" * min(n, 2_000)}">甲' * max(1, n // 2_000),
    "classes": lambda n: f'<p class="{"aB" * min(n, 9_000)}">甲' * max(1, n // 9_000),
    "raw": lambda n: "<script>" * n + "<template>" * n + "<svg>" * n,
}


@pytest.mark.parametrize("name", SLOW)
def test_no_page_is_slow(name):
    """Eight times the page is about eight times the work."""
    html_document(SLOW[name](1_000))
    assert growth(lambda size: html_document(SLOW[name](size)), 4_000, 8, most=20) <= 20


IGNORABLE = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u200e\u200f\u200b\u2060"
    "\u00ad\u034f\u115f\u180b\u3164\ufe00\ufe0f\uffa0\U000e0001\U000e0041\U000e0100\U000e01ef"
)


@pytest.mark.parametrize("mark", IGNORABLE)
@pytest.mark.parametrize("suffix", [".txt", ".html", ".md", ".jsonl"])
def test_marks_of_direction_change_no_number_and_no_place(mark, suffix, tmp_path):
    from kg.build import read_article
    from kg.reading import read_page

    text = f"2024年，西湖区建成纳凉点1{mark}2处，{mark}服务居民{mark}3{mark}.5{mark}万{mark}人次。"
    wrap = {
        ".txt": "避暑\n\n{}\n", ".md": "# 避暑\n\n{}\n", ".html": "<h1>避暑</h1><p>{}</p>",
        ".jsonl": '{{"headline": "避暑", "text": "{}"}}',
    }  # fmt: skip
    path = tmp_path / f"page{suffix}"
    path.write_text(wrap[suffix].format(text), encoding="utf-8")
    page = read_page(path)
    (article,) = page.articles
    found = [(str(o.metric.value), o.metric.unit) for o in read_article(article).observations]
    assert sorted(found) == [("12", "处"), ("35000", "人次")]
    sentence = sentences(article)[-1]
    assert sentence.text == "2024年，西湖区建成纳凉点12处，服务居民3.5万人次。"
    assert "".join(page.text[piece.start : piece.end].replace(mark, "") for piece in sentence.pieces) == sentence.text
