"""Does a written playbook read back as the same rules, whatever was changed in it?"""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.playbook.compare import compare
from core.playbook.parameters import PlaybookRefusedError, parse_playbook, with_values
from core.playbook.registry import PARAMETERS, Parameter
from core.playbook.write import playbook_text
from tests.core.playbooks import changed, composite, preset, preset_names


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_reads_back_as_it_was(name: str) -> None:
    back = parse_playbook(playbook_text(preset(name)), name)
    assert back == preset(name)
    assert back.hash == preset(name).hash


def test_every_parameter_is_written_with_what_it_may_hold() -> None:
    text = playbook_text(changed(ladder__base=30))
    line = next(line for line in text.splitlines() if line.startswith("ladder.base "))
    assert line == "ladder.base = 30.0  # coverage of one layer; 000; a number from 5 to 50 %"
    assert sum(text.count(f"\n{key} = ") for key in PARAMETERS) == len(PARAMETERS)
    assert tomllib.loads(text)["layers"]["1"]["arm"] == {"any": ["edr_rung", "ad_divergence"]}


def test_a_title_keeps_its_quotes() -> None:
    odd = replace(composite(), title='My "own" \\ rules, ±2 °')
    assert parse_playbook(playbook_text(odd), "composite").title == odd.title


def values(parameter: Parameter) -> st.SearchStrategy[object]:
    if parameter.kind == "flag":
        return st.booleans()
    if parameter.kind == "text":
        return st.sampled_from(parameter.choices) if parameter.choices else st.sampled_from(["", "NYSE", "SP500"])
    if parameter.kind == "count":
        return st.integers(int(parameter.low), int(parameter.high))
    return st.floats(parameter.low, parameter.high)


@given(st.data(), st.sampled_from(sorted(PARAMETERS)))
def test_any_allowed_value_survives(data: st.DataObject, key: str) -> None:
    try:
        one = with_values(composite(), {key: data.draw(values(PARAMETERS[key]))})
    except PlaybookRefusedError:  # two parameters that belong together
        return
    back = parse_playbook(playbook_text(one), "composite")
    assert compare(one, back) == ()
    assert back.hash == one.hash
