"""Every rule that the methods have, by its id: what a workshop may weigh or switch off."""

from __future__ import annotations

from collections.abc import Mapping

_RULES: Mapping[str, str] = {
    "action": "date deadline past responsible verb",
    "challenge": "open twice",
    "communication": "group missing odd",
    "competencies": "below empty missing odd",
    "goal": "circle late parent parents place",
    "ideas": "feedback many none odd place soon",
    "indicator": "base date day missing number order share still when",
    "matrix": "direction easy ends flat half no-quick-win off reversed scale",
    "needs": "key member odd scale twice unrated unread weight",
    "pestel": "effect noun odd rating",
    "portfolio": "against apart cost decision fee money need odd revenue staff unplaced",
    "raci": (
        "accountable informed joined load name only-informed responsible several unlisted unread"
    ),
    "radar": "act missing odd",
    "schedule": (
        "cycle duration goal held late milestone overload place self start summary team "
        "unknown unreadable"
    ),
    "scores": "apart half hangs hidden nothing off open reversed scale token twice unknown unread",
    "smart": "confirm missing odd past still vague",
    "stakeholder": "odd rating strategy",
    "survey": "answers base counts decimals differs few half mean odd scale sum word",
    "swot": "both empty factor factor-text noun odd unrated",
    "thread": "finding goal indicator measures open plan role strategy task",
    "tows": "cell cite letter many none orphan orphan-low unused",
    "vision": "factors long missing odd",
    "vote": "alike changed dots narrow open options own tie token twice unknown",
    "wbs": "circle confirm effort odd overlap parent parents period place single size verb weight",
}
#: Ids as findings and ``[severities]`` have them, such as ``swot-both``.
RULE_IDS = tuple(f"{method}-{rule}" for method, rules in _RULES.items() for rule in rules.split())
