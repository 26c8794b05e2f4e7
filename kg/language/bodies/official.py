"""The official names of bodies whose kind the state fixes: one name, whichever form an article prints.

Departments, governments, courts, leagues, police branches, universities and the bodies of the whole state have names
by rule; what is printed of them is shortened in ways that everybody knows. The lists `organization_official_endings`,
`organization_national` and `organization_institutions` hold those.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg.language.bodies.departments import department
from kg.language.bodies.endings import LONGEST_ENDING, Ending, suffix_of, tails
from kg.language.tokens import is_common
from kg.language.wordlists import beginning, grammar, table, word_set, words

SHORTEST_SHARED = 2
"""Characters of the shortest form that several universities share."""

SHORTEST_WORD = 2
"""Characters of a short form that may be a word or part of one."""

SHORTEST_COMPANY = 3
"""What is left at least of a company's name without its legal form."""

_BODIES = grammar("bodies")
_STATE = _BODIES.word("state")
"""What may stand before the name of a ministry that has it not in its own: 国家教育部."""

_LEGAL_FORM = _BODIES.compile("{share-holding}?{stock}?{limited}?{liability}?{company}$")
_FORM_OF_PARENT = _BODIES.compile("(?<=..){stock}?{limited}{liability}?{company}(?=.{1,12}{parent-part}$)")
_FORMULA = re.compile(r"^\d{1,3}(?:[+＋][\dNn]{1,3})+(?=.{4})")
_STATE_OR_PARTY = _BODIES.compile("^(?:{people-s-republic}|{communist-party}(?!{party-history}))")
_COMMITTEE = _BODIES.compile("(?<={division}{committee}){committee-tail}(?=$|{organization_name_parts:office})")
_DISCIPLINE = _BODIES.compile("(?<={discipline}){division}(?={oversight})")
_VILLAGERS = _BODIES.compile("(?<=[^{village}]{village}){village-committee}$")
_COUNCIL = _BODIES.compile("^{consultative-conference}(.+?){full-committee}$")
_GRID = _BODIES.compile(
    "^{grid}(?=.+{power-supply}{supply-office}$)"
    "(?:[^{prefecture-end}]{2,3}{province}?{power}{limited}?{liability}?{company}?)?"
)
_STATION = _BODIES.compile("^(?:{han}{2,4}?{prefecture-end}){1,2}(?=[^{office}{prefecture-end}]{2,5}{police-station}$)")
_POLICE = _BODIES.compile("^.*?{public-security}{office-or-branch}(?=[^{office}]{2,6}{police-station}$)")
_CITY_HOSPITAL = _BODIES.compile(
    "(?<={hospital-city})(?:{nth}?({nine-numeral}){people-s-hospital}|({nine-numeral}){medical}?{court-end})$"
)
_BRANCH_HOSPITAL = _BODIES.compile("{branch-hospital}$")
_NUMBERED_HOSPITAL = _BODIES.compile(
    "{medical-school}?{attached}?{belonging}?{nth}?({first-six})(?:{attached}{belonging}?)?{medical}?{court-end}$"
)
DEPARTMENT_OF_MINISTRY = _BODIES.regex(
    "{han}{2,14}?(?:(?<!{public}){bureau}(?!{bureau-compound})|{office}(?!{office-compound}))|{general-office}"
)
"""The pattern of a department of a ministry, behind its name: 养老服务司, 消防救援局, 办公厅."""

_PART_OF_MINISTRY = _BODIES.compile("({organization_ministries})(" + DEPARTMENT_OF_MINISTRY + ")")
_PARTY_DEPARTMENT = _BODIES.compile("({autonomous-region}|{division})({organization_party_departments})$")
_GENERIC = _BODIES.compile("{organization_generic_institutions}+")
_UNIVERSITY = _BODIES.word("university")
_UNIVERSITY_FORM = _BODIES.compile("({han}{2,3}?)({organization_university_forms})(?!{study})")
"""Matches a university called after a region, by its short form: 赣南师大."""

_PART = _BODIES.compile(
    "{first-six}{attached}?{court-end}$|{attached-whole}|{attached-short}$|{medical-school}"
    "|.{0,60}{organization_state_words:part}$"
)
"""Matches what may follow the short form of a university: a part of it."""

_INSTITUTION_FORMS = _BODIES.compile("{organization_institutions}")


@lru_cache(maxsize=10_000)
def official(name: str) -> str:
    """The official form of a body's name, its place apart; a name without one stays as it is.

    >>> official("拱墅区住房城乡建设局"), official("采荷街道办"), official("上城区政府"), official("浙大一院")
    ('拱墅区住房和城乡建设局', '采荷街道办事处', '上城区人民政府', '浙江大学附属第一医院')
    >>> official("中共拱墅区委组织部"), official("云杉物业有限公司"), official("云杉科技股份有限公司")
    ('拱墅区委组织部', '云杉物业', '云杉科技公司')
    >>> official("1+6求实学院"), official("云杉银行股份有限公司杭州分行")
    ('求实学院', '云杉银行杭州分行')
    """
    name = _FORM_OF_PARENT.sub("", _FORMULA.sub("", name))
    name = _COMMITTEE.sub("", _STATE_OR_PARTY.sub("", name))
    name = _DISCIPLINE.sub("", _VILLAGERS.sub(_BODIES.word("villagers"), name))
    name = _COUNCIL.sub(r"\1" + _BODIES.word("council-short"), name)
    name = _institution(_STATION.sub("", _POLICE.sub("", _GRID.sub("", name))))
    return _of_party(department(name) or _spelt_out(_without_legal_form(name)))


@lru_cache(maxsize=10_000)
def national(name: str) -> str | None:
    """The official name of a body of the whole state, or None where a name is that of none.

    >>> national("国家卫健委"), national("中组部"), national("住建部"), national("区住建局"), national("国家医学中心")
    ('国家卫生健康委员会', '中央组织部', '住房和城乡建设部', None, None)
    """
    known = _national_names()
    for form in (name, full := official(name), name.removeprefix(_STATE)):
        if form in known:
            return known[form]
    part = _PART_OF_MINISTRY.fullmatch(name)
    if part:
        return known[part[1]] + part[2]
    other = full.startswith(words("organization_state_words:other"))
    state = full.startswith(words("organization_state_words:begins")) and not other
    return full if state and full.endswith(words("organization_state_words:ends")) else None


def regional(name: str, region: str) -> str | None:
    """The official name of a university, or a part of one, by a short form that others have too, in its own region.

    >>> regional("山大", "山东省"), regional("山大二院", "山西省"), regional("山大", "浙江省")
    ('山东大学', '山西大学附属第二医院', None)
    """
    forms = (name[:length] for length in range(len(name), SHORTEST_SHARED - 1, -1))
    short = next((form for form in forms if region in shared_short_forms().get(form, {})), "")
    rest = name.removeprefix(short)
    return _hospital(shared_short_forms()[short][region] + rest) if short and (not rest or _PART.match(rest)) else None


def of_academy(name: str) -> str | None:
    """The official name of a university or a part of one that begins with its short form; else None.

    >>> of_academy("广西师大"), of_academy("赣南师大附属医院"), of_academy("广西师范大学")
    ('广西师范大学', '赣南师范大学附属医院', None)
    """
    full = official(name)
    return full if full != _hospital(name) and _short_academy(name) else None


@cache
def short_academies() -> re.Pattern[str]:
    """Universities and academies in a text by their short forms: 与港理大、中科院合作, 浙大教授.

    Forms of two characters are also parts of words and of streets' names, and some are those of several universities,
    so they need one of their people behind them.

    >>> short_academies().findall("港理大、上海交通大学、浙大教授和江北大道")
    ['港理大', '浙大']
    """
    own, shared = words("organization_institutions"), words("organization_regional_institutions")
    forms = sorted({*own, *shared}, key=lambda form: (-len(form), form))
    long = "|".join(form for form in forms if form in own and len(form) > SHORTEST_WORD)
    by_people = "(?:" + "|".join(forms) + ")(?={organization_words:academic})"
    return re.compile(
        beginning("organization_institutions", "organization_regional_institutions")
        + _BODIES.regex("(?:(?:" + long + ")(?!{not-after-academy})|" + by_people + ")")
    )


@cache
def shared_short_forms() -> dict[str, dict[str, str]]:
    """The official names of universities by region, by each short form that several have."""
    found: dict[str, dict[str, str]] = {}
    for short, region, full in table("organization_regional_institutions"):
        found.setdefault(short, {})[region] = full
    return found


def is_of_any_town(name: str) -> bool:
    """Whether every town may have an institution of that name: 第一小学, 老年大学.

    >>> is_of_any_town("第一小学"), is_of_any_town("小营小学")
    (True, False)
    """
    own = name.removesuffix(suffix_of(name))
    return not own or _GENERIC.fullmatch(own) is not None


def is_any_company(name: str) -> bool:
    """Whether a company's name only tells what it does, so that every town may have one: 公交集团, 人力资源公司.

    >>> is_any_company("公交集团"), is_any_company("人力资源公司"), is_any_company("恒远数据公司")
    (True, True, False)
    """
    found = tails(name)
    own = name[: found[-1].start] if found else name
    if own and name.endswith(_BODIES["bank"] + words("organization_endings:press")):
        return own in word_set("organization_common_banks")
    of_any = own in word_set("organization_trades") or suffix_of(name) in word_set("organization_endings:utility")
    if of_any or _BODIES.word("estate") in name:
        return True
    return len(own) > 2 and _is_of_common_words(own)


def _is_of_common_words(text: str) -> bool:
    """Whether words of two to four characters that are no names make up a text."""
    return not text or any(is_common(text[:n]) and _is_of_common_words(text[n:]) for n in (2, 3, 4) if len(text) >= n)


def is_academy(name: str) -> bool:
    """Whether a name is that of a university or academy, which the whole state knows by it, or of a part of one.

    >>> is_academy("西湖大学"), is_academy("浙江大学附属第一医院"), is_academy("小营小学"), is_academy("老年大学")
    (True, True, False, False)
    """
    own = name not in word_set("organization_name_parts:of-any-town") and not is_of_any_town(name)
    return own and any(word in name for word in words("organization_name_parts:academy"))


@cache
def _national_names() -> dict[str, str]:
    """The official names of bodies of the whole state by their forms."""
    known = _pairs("organization_national")
    ministries = {row[0] for row in table("organization_ministries")}
    found = {name: known.get(official(name), official(name)) for name in sorted(ministries)}
    found |= {full: full for full in (*found.values(), *known.values())} | known
    return {form: known.get(full, full) for form, full in found.items()}


@cache
def _endings() -> dict[str, str]:
    return _pairs("organization_abbreviations") | _pairs("organization_official_endings")


@cache
def _pairs(name: str) -> dict[str, str]:
    """The second column of a list by the first."""
    return {row[0]: row[1] for row in table(name)}


def _spelt_out(name: str) -> str:
    """A name with its ending spelt out, once: 街道办 is 街道办事处."""
    known = _endings()
    for start in range(max(0, len(name) - LONGEST_ENDING), len(name)):
        full = known.get(name[start:])
        if full is not None:
            return name if name.endswith(full) and len(full) > len(name) - start else _joined(name[:start], full)
    return name


def _joined(before: str, ending: str) -> str:
    """An ending behind what stands before it, what both have once: 县公安局 + 公安局交通警察大队."""
    shared = next((n for n in range(len(ending) - 1, 1, -1) if before.endswith(ending[:n])), 0)
    return before + ending[shared:]


def _of_party(name: str) -> str:
    """A department of a party committee with the committee: 上城区委政法委员会 for 上城区政法委员会."""
    match = _PARTY_DEPARTMENT.search(name)
    if match is None:
        return name
    committee = "party-committee" if match[1] in _BODIES["autonomous-region"] else "committee"
    return name[: match.start(2)] + _BODIES.word(committee) + match[2]


def _without_legal_form(name: str) -> str:
    """A company's name without what the law adds: 有限 and 责任, and 公司 where what is left tells that it is one."""
    bare = _LEGAL_FORM.sub("", name)
    if bare == name or len(bare) < 2:
        return name
    found = tails(bare)
    tells = bool(found) and found[-1].end == len(bare) and found[-1].kind is Ending.COMPANY
    return bare if tells and len(bare) > SHORTEST_COMPANY else bare + _BODIES.word("company")


def _institution(name: str) -> str:
    """A name that begins with the short form of a university or academy, with that spelt out."""
    match = _short_academy(name)
    if match is None:
        return _hospital(name)
    rest = name[match.end() :]
    known = _pairs("organization_institutions")
    full = known.get(match[0]) or match[1] + _pairs("organization_university_forms")[match[2]]
    if name.startswith(full) or (rest and not _PART.match(rest)):
        return _hospital(name)
    return _hospital(full + rest)


def _hospital(name: str) -> str:
    """浙江大学医学院附属第一医院 without the school, as the short form has it; 杭州市第一人民医院 for 杭州市一医院."""
    nth, ending = _BODIES.word("nth"), _BODIES.word("people-s-hospital")
    name = _CITY_HOSPITAL.sub(lambda match: f"{nth}{match[1] or match[2]}{ending}", name)
    before, university, rest = name.partition(_UNIVERSITY)
    match = _NUMBERED_HOSPITAL.fullmatch(rest)
    if match is None:
        return _BRANCH_HOSPITAL.sub(_BODIES.word("attached-hospital"), name)
    return f"{before}{university}{_BODIES.word('attached-numbered')}{match[1]}{_BODIES.word('hospital')}"


def _short_academy(name: str) -> re.Match[str] | None:
    """The short form of a university or academy that a name begins with."""
    return _INSTITUTION_FORMS.match(name) or _UNIVERSITY_FORM.match(name)
