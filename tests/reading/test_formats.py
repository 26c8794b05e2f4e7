from __future__ import annotations

import json

from sample_pages import read, texts

from kg.model import Role
from kg.reading.sentences import sentences

HTML = """<!doctype html><html><head><title>西岭：小窗口办大事_西岭新闻网</title>
<meta name="author" content="沈佳余"><meta property="article:published_time" content="2022-03-04T08:00:00+08:00">
<style>p {}</style></head><body><nav>首页 &gt; 新闻</nav><div>当前位置：首页</div>
<h1>西岭：小窗口&amp;大服务</h1><div>来源：西岭日报</div>
<p>近日，<b>西岭县</b>上线&ldquo;一窗通&rdquo;。<br>办件
 1200 件。</p><script>var a = "<p>不要</p>";</script><!-- <p>也不要</p> -->
<h2>一、做法</h2><ul><li>推进一件事</li><li>落实两张表</li></ul>
<figure><img src="x>y"><figcaption>窗口一角</figcaption></figure>
<p>责任编辑：魏东</p><footer>版权所有</footer></body></html>"""


def test_html():
    (article,) = read(HTML, ".html")
    assert (article.headline, article.authors, article.published) == ("西岭：小窗口&大服务", ("沈佳余",), "2022-03-04")
    assert texts(article) == ["近日，西岭县上线“一窗通”。", "办件1200件。", "推进一件事", "落实两张表"]
    assert texts(article, Role.HEADING) == ["一、做法"]
    assert texts(article, Role.CAPTION) == ["窗口一角"]
    first = next(sentence for sentence in sentences(article) if sentence.role is Role.BODY)
    (piece,) = first.pieces
    assert HTML[piece.start : piece.end] == "近日，<b>西岭县</b>上线&ldquo;一窗通&rdquo;。"


def test_html_without_h1_takes_its_title_without_the_site():
    (article,) = read("<title>梨园变公园 - 西岭新闻网</title><p>梨花开满山坡。</p>", ".html")
    assert article.headline == "梨园变公园"
    assert texts(article) == ["梨花开满山坡。"]


def test_html_that_is_never_closed():
    (article,) = read("<p>梨花开满山坡。<!-- 没有完 <p>a < b 好。<script>x", ".htm")
    assert texts(article)[0].startswith("梨花开满山坡。")


def test_markdown():
    page = (
        '---\ntitle: "梨园变公园"\ndate: 2021-02-03\nauthor: 沈佳余\n---\n\n'
        "## 做法\n\n**西岭县**上线[一窗通](http://a.b)。\n\n- 推进一件事\n"
    )
    (article,) = read(page, ".md")
    assert (article.headline, article.authors, article.published) == ("梨园变公园", ("沈佳余",), "2021-02-03")
    assert texts(article) == ["西岭县上线一窗通。", "推进一件事"]
    paragraph = article.paragraphs[2]
    assert [page[place] for place in paragraph.offsets] == list(paragraph.text)


def test_markdown_underlined_titles_and_two_articles():
    first, second = read("梨园变公园\n===\n\n梨花开了。\n\n# 小院议事\n\n大家都来。\n", ".md")
    assert (first.headline, second.headline) == ("梨园变公园", "小院议事")


def test_json_lines():
    records = [
        {
            "headline": "梨园变公园",
            "text": "梨花😀开了。\n\n卖出\t800箱。",
            "authors": ["沈 佳"],
            "date": "2020/1/2",
            "n": [1],
        },
        {"title": "小院议事", "content": "小院议事\n本报讯（记者 陆平）大家都来。"},
    ]
    page = "\n".join(json.dumps(record) for record in records) + "\n\n"
    first, second = read(page, ".jsonl")
    assert (first.headline, first.authors, first.published) == ("梨园变公园", ("沈佳",), "2020-01-02")
    assert texts(first) == ["梨花😀开了。", "卖出800箱。"]
    assert (second.headline, second.authors, texts(second)) == ("小院议事", ("陆平",), ["大家都来。"])
    last = sentences(first)[-1].pieces[0]
    assert json.loads('"' + page[last.start : last.end - 1] + '"') == "卖出\t800箱"


def test_html_without_the_ends_of_its_head():
    (article,) = read(
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>梨园变公园</title><p>梨花开满山坡。", ".html"
    )
    assert (article.headline, texts(article)) == ("梨园变公园", ["梨花开满山坡。"])


def test_html_that_stands_in_one_form():
    page = "<body><form><select><option>站内</select>关键词<button>搜索</button></form>"
    page += "<form action='a.aspx'><h1>梨园变公园</h1><p>梨花开满山坡。</p></form>"
    (article,) = read(page, ".html")
    assert (article.headline, texts(article)) == ("梨园变公园", ["梨花开满山坡。"])


def test_what_stands_below_an_article_of_html():
    page = (
        "<h1>梨园变公园</h1><p>梨花开满山坡。</p><p>【纠错】 【责任编辑：魏东】 分享到：微信 阅读 812次</p>"
        "<p>相关阅读：</p><ul><li><a href='#'>东湖区新添车位90个</a></li></ul><p>Copyright © 浙ICP备0号</p>"
    )
    (article,) = read(page, ".html")
    assert [paragraph.text for paragraph in article.paragraphs] == ["梨园变公园", "梨花开满山坡。"]


def test_cells_of_a_table_are_not_run_together():
    (article,) = read("<h1>车位</h1><table><tr><td>东湖街道</td><td>8</td><td>1.2</td></tr></table>", ".html")
    assert texts(article) == ["东湖街道", "8", "1.2"]


def test_json_lines_joined_from_files_and_without_text():
    page = '{"title": "梨园", "text": "开花。"}\n\ufeff{"title": "小院", "text": "都来。"}\n{"title": "图", "text": ""}'
    assert [article.headline for article in read(page, ".jsonl")] == ["梨园", "小院"]
