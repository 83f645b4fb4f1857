"""Does the tree show every parameter with its source and range, take what fits and refuse the rest?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from core.playbook.registry import GROUPS, PARAMETERS
from gui.playbook.model import RECORD_ROLE, TITLES, VALUE, ParameterModel
from gui.playbook.values import choices_of, typed_value, value_text
from tests.core.playbooks import changed, composite

if TYPE_CHECKING:
    from gui.theme import Theme

Display = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def model(theme: Theme) -> ParameterModel:
    return ParameterModel(composite(), theme)


def row_of(model: ParameterModel, key: str, column: int = 0) -> QModelIndex:
    for group in range(model.rowCount()):
        heading = model.index(group, 0)
        for row in range(model.rowCount(heading)):
            index = model.index(row, column, heading)
            if index.data(RECORD_ROLE).key == key:
                return index
    raise AssertionError(key)


def test_the_model_keeps_to_qts_rules(model: ParameterModel) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert model.setData(row_of(model, "ladder.base", VALUE), "30")
    assert tester.model() is model


def test_every_parameter_stands_under_its_heading(model: ParameterModel) -> None:
    headings = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert headings == [name.capitalize() for name in GROUPS]
    assert sum(model.rowCount(model.index(row, 0)) for row in range(model.rowCount())) == len(PARAMETERS)


def test_a_row_has_value_default_range_source_and_meaning(theme: Theme) -> None:
    model = ParameterModel(changed(ladder__base=30), theme)
    cells = [row_of(model, "ladder.base", column).data() for column in range(len(TITLES))]
    assert cells == [
        "ladder.base",
        "30",
        "%",
        "25",
        "a number from 5 to 50 %",
        "seed 000",
        "coverage of one layer",
    ]
    assert row_of(model, "edr.mult", TITLES.index("Source")).data() == "assumption"
    assert row_of(model, "ladder.base", VALUE).data(Qt.ItemDataRole.FontRole).bold()
    assert row_of(model, "ladder.step", VALUE).data(Qt.ItemDataRole.FontRole) is None


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("ladder.base", " 30 ", 30.0),
        ("macd.fast", "10", 10),
        ("l1.standing", "off", False),
        ("edr.formula", "H", "H"),
        ("breadth.universe", "NYSE", "NYSE"),
    ],
)
def test_a_value_that_fits_is_taken(model: ParameterModel, key: str, text: str, value: object) -> None:
    heard: list[None] = []
    model.changed.connect(lambda: heard.append(None))
    assert model.setData(row_of(model, key, VALUE), text)
    assert model.playbook.values[key] == value
    assert type(model.playbook.values[key]) is type(value)
    assert heard == [None]


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("ladder.base", "60", "ladder.base: 60.0 is not a number from 5 to 50 %"),
        ("ladder.base", "nan", "ladder.base: nan is not a number from 5 to 50 %"),
        ("ladder.base", "much", "ladder.base: 'much' is not a number from 5 to 50 %"),
        ("macd.fast", "10.5", "macd.fast: '10.5' is not a whole number from 2 to 100 sessions"),
        ("macd.fast", "26", "macd.fast: 26 must be below macd.slow (26)"),
        ("edr.formula", "Z", "edr.formula: 'Z' is not one of A, B, C, G, H, E3"),
        ("l1.standing", "yes", "l1.standing: 'yes' is not true or false"),
    ],
)
def test_a_bad_value_is_refused_with_key_and_range(model: ParameterModel, key: str, text: str, told: str) -> None:
    heard: list[str] = []
    model.refused.connect(heard.append)
    before = model.playbook
    assert not model.setData(row_of(model, key, VALUE), text)
    assert heard == [f"playbook composite: {told}"]
    assert model.playbook is before


def test_the_same_value_again_is_no_change(model: ParameterModel) -> None:
    assert not model.setData(row_of(model, "ladder.base", VALUE), "25")
    assert model.playbook is composite()


def test_only_values_can_be_edited(model: ParameterModel) -> None:
    editable = Qt.ItemFlag.ItemIsEditable
    assert model.flags(row_of(model, "ladder.base", VALUE)) & editable
    assert not model.flags(row_of(model, "ladder.base", 0)) & editable
    assert not model.flags(model.index(0, VALUE)) & editable
    assert not model.setData(row_of(model, "ladder.base", 0), "30")
    assert not model.setData(model.index(0, VALUE), "30")


@pytest.mark.parametrize("key", sorted(PARAMETERS))
def test_every_default_survives_being_shown_and_typed_again(key: str) -> None:
    parameter = PARAMETERS[key]
    assert typed_value(parameter, value_text(parameter.default)) == parameter.default
    choices = choices_of(parameter)
    assert not choices or value_text(parameter.default) in choices
