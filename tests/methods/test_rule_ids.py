"""The ids of rules: what a workshop may weigh is what the methods say that they have."""

import ast
import re
from pathlib import Path

from clusterlab import methods
from clusterlab.methods.rule_ids import RULE_IDS

SOURCES = sorted(Path(methods.__file__).parent.glob("*.py"))
#: Rules of trees, by what their findings begin with.
TREES = {
    f"{of}-{rule}" for of in ("goal", "wbs") for rule in ("circle", "parent", "parents", "place")
}


def test_all_rules_that_the_methods_describe_are_known_once_and_no_other():
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    told = set(re.findall(r"``([a-z]+(?:-[a-z]+)+)``", text)) - {"quick-wins"} | TREES
    assert sorted(RULE_IDS) == sorted(told)


def test_what_findings_are_made_with_is_known():
    calls = [
        node.args[0]
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Finding", "_finding"}
        if node.args
    ]
    made = {arg.value for arg in calls if isinstance(arg, ast.Constant)}
    assert len(made) > 30
    assert made <= set(RULE_IDS)
