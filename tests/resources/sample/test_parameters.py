"""Does docs/simulation.md print every parameter of the simulated market, with the value that the program uses?"""

import ast
import re
from pathlib import Path

from resources.sample import parameters

PAGE = Path(__file__).parents[3] / "docs" / "simulation.md"


def test_the_page_prints_every_parameter_as_it_is() -> None:
    rows = re.findall(r"^\| `([A-Z0-9_]+)` \| (.+?) \| (.+?) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    printed = {name: ast.literal_eval(value) for name, value, _ in rows}
    used = {name: value for name, value in vars(parameters).items() if name.isupper()}
    assert printed == used
    assert all(len(why) > 10 for _, _, why in rows), "each says why"
