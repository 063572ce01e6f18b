"""What is written of a ladder is read again as it was."""

from __future__ import annotations

from pipeline.models import ladders, storage
from pipeline.models.ladder import Ladder, Rare
from pipeline.models.linear import Model

LADDER = Ladder((1.0, -1.0), {"names and you": (0.5, 0.25)}, {"signal": Rare(2.0, (0.1, 0.2))}, {" ab": Rare(3.0, (0.0, -0.5))}, factors=2)


def test_a_ladder_is_read_as_it_was_written() -> None:
    assert ladders.read(ladders.content(LADDER)) == LADDER


def test_a_model_with_ladders_survives_its_file(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "conversational.json"
    model = storage.identified(Model("conversational", 2, "ordinal", cuts={"comment": (0.4, 0.6)}, ladders={"comment": LADDER}), {})
    file.write_bytes(storage.written(model, {}))
    assert storage.read(file, "conversational") == model
