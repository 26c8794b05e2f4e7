"""The words for levels of divisions, as they stand in names of bodies."""

from __future__ import annotations

from kg.model import Level

LEVEL_WORDS = {
    "自治区": Level.PROVINCE,
    "街道": Level.STREET,
    "社区": Level.COMMUNITY,
    "省": Level.PROVINCE,
    "市": Level.CITY,
    "区": Level.DISTRICT,
    "县": Level.DISTRICT,
    "镇": Level.STREET,
    "乡": Level.STREET,
    "村": Level.COMMUNITY,
    "州": Level.CITY,
    "盟": Level.CITY,
    "旗": Level.DISTRICT,
}
"""Words that stand for the article's own place of that level at the beginning of a body's name: 区民政局."""
