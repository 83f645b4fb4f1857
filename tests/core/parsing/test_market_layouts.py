"""What do the smaller layouts mean? Barchart, investing.com, the Bundesbank, Stooq, and breadth in its forms."""

import numpy as np
import pytest

from core.parsing.fates import Fate
from core.parsing.table import ParseRefusedError
from tests.core.market.exchange import real_file
from tests.core.parsing.parsing import closes, read_text, told

BARCHART = (
    "Time,Open,High,Low,Latest,Change,%Change,Volume\n"
    '2026-05-04,17.54,18.09,17.35,18.07,0.31,+1.75%,"1,195,900"\n'
    '2026-05-01,17.38,18.08,17.38,17.76,0.38,+2.19%,"1,426,400"\n'
    '"Downloaded from Barchart.com as of 05-05-2026 08:09am CDT"\n'
)


def test_barchart_is_newest_first_with_a_last_line_that_is_no_row() -> None:
    parsed = read_text(BARCHART, "VIX.csv", symbol="VIX")
    assert closes(parsed.series[0]) == {"2026-05-01": 17.76, "2026-05-04": 18.07}
    assert (parsed.rows, parsed.counts[Fate.TAKEN]) == (2, 2)
    assert parsed.ignored_columns == ("Change", "%Change", "Volume")


def test_barchart_within_a_day_needs_a_zone() -> None:
    text = "Time,Open,High,Low,Latest,Change,%Change,Volume\n" + "".join(
        f'"2026-05-04 {time}",17.5,18,17.4,17.9,0,0%,0\n' for time in ("08:32", "08:31")
    )
    with pytest.raises(ParseRefusedError, match="no zone"):
        read_text(text, symbol="VIX")
    (series,) = read_text(text, symbol="VIX", zone="Chicago").series
    assert series.times.astype(str).tolist() == ["2026-05-04T13:31:00", "2026-05-04T13:32:00"]


def test_barchart_with_symbols_takes_the_one_that_was_picked() -> None:
    text = (
        'Symbol,Time,Open,High,Low,Last,Change,Volume,"Open Int"\n'
        "$VIX,05/13/2026,1,2,1,2,0,0,0\n$SPX,05/13/2026,1,2,1,3,0,0,0\n$VIX,05/12/2026,1,2,1,1,0,0,0\n"
    )
    with pytest.raises(ParseRefusedError, match="the file holds several: SPX, VIX: pick the symbol with --symbol"):
        read_text(text)
    parsed = read_text(text, symbol="vix")
    assert (parsed.series[0].symbol, closes(parsed.series[0])) == ("VIX", {"2026-05-12": 1.0, "2026-05-13": 2.0})
    assert told(parsed) == [(3, "set_aside", "of '$SPX', not of '$VIX'")]
    only = read_text("\n".join(line for line in text.splitlines() if "$SPX" not in line))
    assert only.series[0].symbol == "VIX"


def test_barchart_of_an_option_is_never_taken_for_its_index() -> None:
    text = (
        'Time,Open,High,Low,Latest,Change,%Change,Volume,"Open Int",IV,Delta,Gamma,'
        "Theta,Vega,Rho,Theo,Price~,Bid,Ask\n"
        "2026-05-04,1.1,1.4,0.9,1.2,0.1,+9%,310,41000,91.2%,0.31,0.03,-0.2,0.02,0.001,1.2,1.2,1.1,1.3\n"
    )
    for name, symbol in (("$vix_25.00C.csv", ""), ("VIX_History.csv", ""), ("x.csv", "VIX")):
        with pytest.raises(ParseRefusedError, match="which option it is the file does not say"):
            read_text(text, name, symbol=symbol)
    (series,) = read_text(text, symbol="VIX260520C25").series
    assert (series.symbol, closes(series)) == ("VIX260520C25", {"2026-05-04": 1.2})


def test_investing_com_in_spanish_as_published() -> None:
    path = real_file("quirks/investing_com_es_sp500.csv")
    parsed = read_text(path.read_text(encoding="utf-8-sig"), path.name, symbol="SPX")
    assert parsed.counts[Fate.TAKEN] == parsed.rows == 2518
    found = closes(parsed.series[0])
    assert (found["2022-12-30"], found["2013-01-02"], found["2018-02-05"]) == (3839.50, 1462.42, 2648.94)


def test_a_brazilian_index_is_in_thousands() -> None:
    text = (
        '"Data","\u00daltimo","Abertura","M\u00e1xima","M\u00ednima","Vol.","Var%"\n'
        '"16.08.2023","115.592","116.171","117.338","115.534","18,86M","-0,50%"\n'
    )
    assert closes(read_text(text, symbol="IBOV").series[0]) == {"2023-08-16": 115592.0}


def test_a_spanish_number_that_nothing_decides_is_refused() -> None:
    header = '"Fecha","\u00daltimo","Apertura","M\u00e1ximo","M\u00ednimo"'
    text = f'{header}\n"16.08.2023","1,592","1,171","1,338","1,134"\n'
    with pytest.raises(ParseRefusedError, match="does the comma part decimals or thousands"):
        read_text(text, symbol="X")


def test_english_dates_are_judged_and_german_ones_known() -> None:
    english = '"Date","Price","Open","High","Low"\n"01/02/2018","1.5","1","2","1"\n'
    with pytest.raises(ParseRefusedError, match="MM/DD or DD/MM"):
        read_text(english, symbol="X")
    french = '"Date","Dernier","Ouv."," Plus Haut","Plus Bas"\n"05/02/2018","1,5","1,2","2,1","1,1"\n'
    assert closes(read_text(french, symbol="X").series[0]) == {"2018-02-05": 1.5}


def test_the_published_euro_rates() -> None:
    path = real_file("quirks/ecb_eurusd_dot_missing.csv")
    parsed = read_text(path.read_text(encoding="utf-8-sig"), path.name, symbol="EURUSD")
    counts = [parsed.counts[fate] for fate in (Fate.TAKEN, Fate.SET_ASIDE, Fate.MISSING, Fate.REFUSED)]
    assert (parsed.rows, *counts) == (5853, 3994, 109, 1750, 0)  # 5860 lines less header, four above, two below
    assert closes(parsed.series[0])["2010-01-04"] == 1.4389
    assert told(parsed)[0] == (6, "missing", "no value (the exchange was shut)")


def test_a_damaged_row_among_lines_about_a_series_is_not_lost() -> None:
    text = '"",BBEX3.D.USD.EUR.BB.AC.000\nunit,USD\n2O10-01-04,1.4389\n2010-01-05,1.4442\n'
    parsed = read_text(text, symbol="EURUSD")
    assert [fate.line for fate in parsed.refused] == [3]


@pytest.mark.parametrize("mark", [",", ";"])
@pytest.mark.parametrize("volume", ["", "Wolumen"])
def test_stooq_in_polish_with_and_without_volume(mark: str, volume: str) -> None:
    names = ["Data", "Otwarcie", "Najwyzszy", "Najnizszy", "Zamkniecie", *([volume] if volume else [])]
    cells = ["2018-02-05", "18.44", "38.8", "16.8", "37.32", *(["0"] if volume else [])]
    parsed = read_text(f"{mark.join(names)}\n{mark.join(cells)}\n", "^vix_d.csv", symbol="VIX")
    assert (parsed.layout, closes(parsed.series[0])) == ("stooq", {"2018-02-05": 37.32})
    assert parsed.series[0].columns["high"].tolist() == [38.8]


def test_semicolons_go_with_decimal_commas() -> None:
    text = "Date;Open;High;Low;Close\n2018-02-05;18,44;38,8;16,8;37,32\n"
    assert closes(read_text(text, symbol="VIX").series[0]) == {"2018-02-05": 37.32}


def test_new_highs_and_lows_are_listed_and_not_taken() -> None:
    parsed = read_text(
        "date,advances,declines,new_highs,new_lows\n2018-02-05,2,502,1,90\n", "nyse.csv", symbol="NYSE"
    )
    assert parsed.ignored_columns == ("new_highs", "new_lows")
    assert set(parsed.series[0].columns) == {"advances", "declines"}


def test_net_breadth_is_kept_as_such() -> None:
    (series,) = read_text("Date,Net\n2018-02-05,-500\n2018-02-06,120\n", "nyse.csv", symbol="NYSE").series
    assert (series.symbol, series.columns["net"].tolist()) == ("BREADTH:NYSE", [-500.0, 120.0])
    assert told(read_text("Date,Net\n2018-02-05,0.5\n", symbol="NYSE"))[0][1] == "refused"


def test_unicorn_halves_are_counts_of_their_own() -> None:
    for name in ("advances", "declines", "unchanged"):
        short = {"advances": "advn", "declines": "decln", "unchanged": "unchn"}[name]
        (series,) = read_text("19700302, 550\n19700303, 670\n", f"NYSE_{short}.csv", symbol="NYSE").series
        assert series.columns[name].tolist() == [550.0, 670.0]
        assert (series.source, series.days.astype(str).tolist()) == ("unicorn", ["1970-03-02", "1970-03-03"])


def test_one_universe_of_several_is_picked() -> None:
    wide = "Date,NYSE Advances,NYSE Declines,SP500_adv,SP500_dec,SP500_unch\n2018-02-05,300,2700,2,502,0\n"
    with pytest.raises(
        ParseRefusedError, match="the file holds several: NYSE, SP500: pick the universe with --symbol"
    ):
        read_text(wide)
    (series,) = read_text(wide, symbol="S&P 500").series
    assert (series.symbol, series.columns["declines"].tolist()) == ("BREADTH:SP500", [502.0])
    assert series.columns["unchanged"].tolist() == [0.0]
    with pytest.raises(ParseRefusedError, match="'RUT' is not in the file: it holds NYSE, SP500"):
        read_text(wide, symbol="RUT")


def test_universes_in_rows_are_told_apart() -> None:
    text = "Date,Exchange,Advances,Declines\n2018-02-05,NYSE,300,2700\n2018-02-05,Nasdaq,400,2600\n"
    parsed = read_text(text, symbol="NASDAQ")
    assert (parsed.series[0].symbol, parsed.series[0].columns["advances"].tolist()) == ("BREADTH:NASDAQ", [400.0])
    assert told(parsed) == [(2, "set_aside", "of 'NYSE', not of 'Nasdaq'")]


def test_lean_options_of_one_day() -> None:
    path = real_file("options/lean_spxw_universe_20230623.csv")
    parsed = read_text(path.read_text(), path.name, day="2023-06-23")
    assert (parsed.rows, parsed.counts[Fate.TAKEN], parsed.counts[Fate.SET_ASIDE]) == (13, 12, 1)
    chain = parsed.chain
    assert chain is not None
    assert (chain.underlying, set(chain.roots.tolist())) == ("SPX", {"SPXW"})
    assert chain.columns["last"][chain.rights == "C"].tolist()[:2] == [1.70, 1.40]
    assert np.isnan(chain.columns["bid"]).all()
    with pytest.raises(ParseRefusedError, match="name the root with --symbol"):
        read_text(path.read_text(), "20230623.csv", day="2023-06-23")
    with pytest.raises(ParseRefusedError, match="nothing says which day"):
        read_text(path.read_text(), path.name)
