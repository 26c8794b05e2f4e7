"""What the wording of a line tells: whether it ends or begins in mid-sentence, whether it could be a title.

All tests look at a few characters at the ends of a line, or at lines that are short.
"""

from __future__ import annotations

import re

from kg.dictionary import dictionary_entry
from kg.reading.words import PAGES, words

CLOSERS = "”’」』）)》】〉\"'"
CLOSING_MARKS = "”’」』）》】〉"
"""The marks among them that open nothing."""
_FINAL = "。！？!?…；;—：:"
_SENTENCE_END = re.compile(r"[。；！？!?](?=.)")
_CJK = "\u3400-\u9fff\uf900-\ufaff"
_SIGNATURE = re.compile(rf"[—-]{{2}}[{_CJK}](?:[ \u3000]?[{_CJK}]){{0,5}}")
_PARENTHESIS_AT_END = re.compile(r"[（(][^（）()]{0,60}[）)]$")
_NUMBERED = PAGES.compile(
    r"(?:{ten-numeral}{1,3}[、．.]|[（(][{ten-numeral}\d]{1,3}[）)]|\d{1,2}[、．.](?!\d)"
    "|{nth}{ten-numeral}{1,3}{part}|[①-⑳]|【[^】]{1,5}】.)"
)
_PHRASES = re.compile(rf"[{_CJK}”’》」！？][\s\u3000]+[{_CJK}“‘《「]")
_MID_PUNCTUATION = "，,、。；;：:！!？?）)》”’」』%％"
_SINGLE_LISTED = re.compile(rf"[{_CJK}]、")
_SINGLE_OF = PAGES.compile(f"[{_CJK}]{{of}}")

_OPENING_QUOTES, _CLOSING_QUOTES = "“「『《（(", "”」』》）)"
LONGEST_TITLE = 50
_QUOTED = re.compile("“[^”]{0,300}”")
_IDEOGRAPH = re.compile(rf"[{_CJK}]")
_FRAME, _SHORTEST_FORM = 4, 6
"""So many characters of one frame (下好“…”先手棋) show headings to be parallel; so long are those of one form alone."""
_LONGEST_WORD = 4
_OPEN_TAGS = frozenset({"p", "c", "d", "ad", "u"})


def is_closed(text: str) -> bool:
    """Whether the line ends a sentence; closing quotation marks and a last parenthesis are looked through.

    A dash and a few characters alone sign what stands before them (——编者) and end with the line.

    >>> is_closed("他说：“好！”"), is_closed("建成“幸福家园”"), is_closed("到此为止。（完）"), is_closed("——编 者")
    (True, False, True, True)
    """
    if _SIGNATURE.fullmatch(text):
        return True
    end = text[-80:]
    bare = end.rstrip(CLOSERS)
    if bare and bare[-1] in _FINAL:
        return True
    without = _PARENTHESIS_AT_END.sub("", end).rstrip().rstrip(CLOSERS)
    return not without or without[-1] in _FINAL or (text[0] in "（(" and text[-1] in "）)")


def is_open(text: str) -> bool:
    """Whether the line breaks off in mid-sentence, or could."""
    return not is_closed(text)


def starts_in_mid_sentence(text: str) -> bool:
    """Whether the text is surely the second half of a broken sentence.

    >>> starts_in_mid_sentence("育、阅读等场所已开放。"), starts_in_mid_sentence("近日，书房开放。")
    (True, False)
    """
    if text[:1] in _MID_PUNCTUATION:
        return True
    if text.startswith(words("whole_openings")):
        return False
    opening = text[:8].replace(",", "，")
    if _SINGLE_LISTED.match(text) or opening.startswith(words("fragment_openings")):
        return text[0] not in PAGES["ten-numeral"]
    return bool(_SINGLE_OF.match(text))


def has_open_bracket(text: str) -> bool:
    """Whether a quotation or bracket is opened and not closed."""
    return any(text.count(a) > text.count(b) for a, b in zip(_OPENING_QUOTES, _CLOSING_QUOTES, strict=True))


def is_bracketed(text: str) -> bool:
    """Whether brackets hold the whole line: 【基层亮点】."""
    return text[:1] in "【[［（(" and text[-1:] in "】]］）)"


def could_be_title(text: str) -> bool:
    """Whether a line is short and without the punctuation of sentences."""
    if len(text) > LONGEST_TITLE or text[-1] in "，,、：:；;。" or len(text) < 2:
        return False
    if "。" in text or "；" in text or (text[0] in "（(" and text[-1] in "）)"):
        return False
    return text.count("，") + text.count(",") <= 2


def is_numbered(text: str) -> bool:
    """Whether the line begins with a heading's number: 一、 （二） 3. 第四章 【."""
    return bool(_NUMBERED.match(text))


def have_one_form(first: str, second: str) -> bool:
    """Whether two lines are worded alike, as an article's headings are: phrases of one length, or one frame.

    >>> have_one_form("强根基 答好“民心”题", "优服务 答好“幸福”题"), have_one_form("强根基", "优服务")
    (True, False)
    """
    if first == second or "：" in first + second or ":" in first + second:
        return False
    shapes = [_IDEOGRAPH.sub("□", without_quotations(text)) for text in (first, second)]
    before = _common(first, second)
    behind = _common(first[before:][::-1], second[before:][::-1])
    if before + behind >= _FRAME:
        return True
    return shapes[0] == shapes[1] and len(first) >= _SHORTEST_FORM and (before + behind > 0 or has_phrases(first))


def _common(first: str, second: str) -> int:
    """How many characters two texts begin with alike."""
    return next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def without_quotations(text: str) -> str:
    """The text with nothing left between quotation marks."""
    return _QUOTED.sub("“”", text)


def has_phrases(text: str) -> bool:
    """Whether spaces part the line into phrases, as in headings (绿色出行 畅通城市)."""
    return bool(_PHRASES.search(text))


def ends_like_a_broken_line(text: str) -> bool:
    """Whether the last word is one that no heading ends in (的, 和, 更加), a preposition or an adverb, say."""
    if text.endswith(words("open_endings")):
        return True
    sizes = (size for size in range(_LONGEST_WORD, 0, -1) if size <= len(text))
    entry = next((found for size in sizes if (found := dictionary_entry(text[-size:]))), None)
    return entry is not None and entry[1] in _OPEN_TAGS


def sentence_count(text: str) -> int:
    """How many sentences the text holds, at least one."""
    return 1 + len(_SENTENCE_END.findall(text.rstrip(CLOSERS)))


_OPENING_CAPTION = PAGES.compile("{caption_openings}")
_SOURCE = r"(?:[（(][^（）()。]{2,12}[）)])?"
_GAP = r"\s{0,20}+"  # white space, of which no run makes a line slow
_CREDIT_ONLY = PAGES.compile(
    "[（(]?" + _GAP + "(?:{picture-scope}?{picture}{each-alike}?(?:{out-of}|[:：/／]|{source}[:：]?)[^。，,]{1,30}"
    "|{credits}" + _GAP + "[:：/／]" + _GAP + "[^。，,]{2,15}"
    r"|[^\s。，,（）()]{2,15}" + _GAP + "[/／]?" + _GAP + "{credits})" + _GAP + "[）)]?" + _SOURCE
)
_PHOTOGRAPHER = PAGES.compile(
    "[（(]?(?:[" + _CJK + "]{1,6}{paper-sign})?{bylines}[^。，！？]{2,30}"
    "(?<!{text-sign})(?<!{text-sign}[/／、{and} ]){taken}[）)]?" + _SOURCE
)
_CREDIT_AT_END = PAGES.compile(
    "(?:[（(][^（）()]{0,30}(?:{provided}|{credits})[）)]|[（(]{credited-picture}[^（）()]{1,30}[）)]"
    r"|\s[^\s。，,]{2,15}\s?{credits}|\s{credits}\s?[/／:：]?\s?[^\s。，,]{2,12})$"
)
_SEVERAL_PICTURES = re.compile(r"[①-⑳][^①-⑳。]{1,30}[②-⑳]")
_DATE_AT_START = PAGES.compile(r"\d{4}{year}\d{1,2}{month}|\d{1,2}{month}\d{1,2}{day}")


def is_credit(text: str) -> bool:
    """Whether the line says only whose picture it is: （图片由…提供）, 李明 摄."""
    return len(text) <= 40 and bool(_CREDIT_ONLY.fullmatch(text) or _PHOTOGRAPHER.fullmatch(text))


def credits_all(text: str) -> bool:
    """Whether a credit speaks of an article's pictures, not of one above it: 图片由东湖区提供, 本版摄影 方元."""
    return text.endswith(PAGES["provided"]) or text.startswith(PAGES["picture-scope"])


def credit_at_end(text: str) -> int:
    """Where a picture's credit begins at the end of the text; the text's length if there is none."""
    tail = max(0, len(text) - 45)
    found = _CREDIT_AT_END.search(text, tail)
    return found.start() if found else len(text)


def says_it_is_a_caption(text: str) -> bool:
    """Whether a line shows by its words that it belongs to a picture: 图为…, or a credit at its end."""
    if len(text) > 120 or sentence_count(text) > 2:
        return False
    if _OPENING_CAPTION.match(text) or _SEVERAL_PICTURES.match(text):
        return True
    return len(text) <= 70 and credit_at_end(text) < len(text)


def tells_a_date_first(text: str) -> bool:
    """Whether the line begins with a date, as captions do."""
    return bool(_DATE_AT_START.match(text))
