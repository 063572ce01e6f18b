"""An evaluation as JSON."""

from __future__ import annotations

import json

from pipeline.measuring.evaluation import Options, evaluate
from pipeline.measuring.figures import NAMES
from pipeline.measuring.report import as_object
from pipeline.measuring.scales import scale_of
from tests.pipeline.measuring.judged import FOUND, ITEMS


def test_all_figures_are_at_the_top_and_null_where_undefined() -> None:
    made = as_object(evaluate("spam", scale_of("spam"), [], [], Options()))
    assert made["n"] == 0
    assert all(made[name] is None for name in NAMES)
    assert set(made["intervals"]) >= set(NAMES)


def test_it_is_json_and_disagreements_have_their_words() -> None:
    made = json.loads(json.dumps(as_object(evaluate("self_promotion", scale_of("self_promotion"), ITEMS, FOUND, Options(resamples=10))), allow_nan=False))
    assert (made["tagger"], made["n"], made["n_null"], made["n_unlabelled"]) == ("self_promotion", 7, 1, 1)
    one = next(one for one in made["disagreements"] if one["id"] == "i1")
    assert one["spans"] == [{"start": 10, "end": 13, "rule": "cry", "weight": 1.5, "words": "buy"}]
    assert (one["label"], one["signals"]) == (3, {"ware_host": 1.3})
    assert made["level_1"]["positive"]["figures"]["f1"] > 0
    assert made["verdicts"] == {"hits": 1, "false_alarms": 1, "misses": 3, "rejections": 2}
