"""Can everything be asked as the manual writes it?"""

from __future__ import annotations

import shlex

import pytest

from cli.parser import make_parser

LINES = [
    "",
    "demo",
    "import a.csv b.csv --as bars --symbol SPX --dry-run --skip-refused",
    "quote SPX=5012.3 VIX=18.4 --at 2018-02-05T10:00",
    "condor open --root SPX --expiry 2018-02-16 --quantity 2 --puts 1/2 --calls 3/4 --credit 5",
    "condor open --expiry D --quantity 1 --puts 1/2 --calls 3/4 --credit 5 --fees 1 --at T --note x",
    "condor close 1 --debit 1",
    "condor roll 1 --debit 1 --expiry D --puts 1/2 --calls 3/4 --credit 2",
    "condor settle 1 --value 2700",
    "condor note 1 text",
    "condor list",
    'layer open 1 --leg "+4 VIX 2018-03-21 C 25 @ 1.20" --leg "+1 VX 2018-03-21 @ 15.10"',
    'layer open 1 --leg "+4 VIX 2018-03-21 C 25 @ 1.20" --condor 1 --fees 1 --at T',
    'layer close 1 --leg "x"',
    'layer roll 1 --close "x" --leg "y"',
    "layer settle 1",
    "layer note 1 text",
    "layer list --as-of T",
    "account --equity 1 --cash 2 --notional 3 --at T",
    "status --as-of T",
    "break-evens",
    "break-evens 1 --as-of T",
    "log --from D --to D --format csv -o FILE",
    "verify",
    "snapshot out.png --as-of T --size 1600x900 --theme light",
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("common", ["", "--journal j.db --playbook 000-ladder --json"])
def test_a_line_of_the_manual_is_understood(line: str, common: str) -> None:
    words = shlex.split(line)
    before = make_parser().parse_args([*shlex.split(common), *words])
    assert before.command == (words[0] if words else None)
    if words:
        after = make_parser().parse_args([*words, *shlex.split(common)])
        assert vars(after) == vars(before)
    assert before.json is bool(common)


@pytest.mark.parametrize(
    "line", ["condor", "layer", "quote", "import", "status x", "condor open --quantity", "nothing"]
)
def test_what_is_not_understood_is_one_line_and_code_2(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        make_parser().parse_args(shlex.split(line))
    assert leaving.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("condor-watch")
    assert "--help" in said.err
