"""A small file of every layout, with what it means: what tests of recognising, importing and faults begin from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.parsing.asked import Asked
from core.parsing.layout import Layout, head_of
from core.parsing.registry import choose, propose_symbol, recognise
from core.parsing.zones import zone_named
from tests.core.market.exchange import calendar, utc

OHLC = "18.44,38.8,16.8,37.32"
NOW = utc("2026-11-20T12:00")
CHAIN_SIDE = "Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest"


@dataclass(frozen=True)
class Seed:
    """A file: its name and text, the layouts that claim it, its symbol, and what the user has to say of it.

    `close` is that of the first series, None where there is none or it is not a close.
    """

    text: str
    file_name: str
    layouts: tuple[str, ...]
    symbol: str = ""
    close: float | None = None
    zone: str = ""
    day: str = ""

    def layout(self) -> Layout:
        """Return the layout by which the file is read."""
        return choose(recognise(self.text, self.file_name), self.text, self.file_name)

    def proposed_symbol(self) -> str:
        """Return the symbol that the file itself gives."""
        layout = self.layout()
        return "" if layout.names_itself else propose_symbol(self.file_name, layout, head_of(self.text).header)[0]

    def asked(self) -> Asked:
        """Return what is told of the file."""
        return Asked(
            calendar(),
            self.symbol,
            self.file_name,
            zone_named(self.zone) if self.zone else None,
            date.fromisoformat(self.day) if self.day else None,
            NOW,
        )


SEEDS = (
    Seed(
        f"DATE,OPEN,HIGH,LOW,CLOSE\n02/05/2018,{OHLC}\n", "VIX_History.csv", ("cboe-index", "bars"), "VIX", 37.32
    ),
    Seed(f"DATE,OPEN,HIGH,LOW,CLOSE\n2018-02-05,{OHLC}\n", "vix-daily.csv", ("cboe-index", "bars"), "VIX", 37.32),
    Seed("DATE,VVIX\n02/05/2018,177.34\n", "download.csv", ("cboe-index", "fred"), "VVIX", 177.34),
    Seed("DATE,SKEW\n02/05/2018,117.33\n", "x.csv", ("cboe-index", "fred"), "SKEW", 117.33),
    Seed(
        f"Date,Open,High,Low,Close,Adj Close,Volume\n2018-02-05,{OHLC},30.1,0\n",
        "^VIX.csv",
        ("yahoo",),
        "VIX",
        37.32,
    ),
    Seed(f"Date,Open,High,Low,Close,Volume\n2018-02-05,{OHLC},7\n", "spy_us_d.csv", ("stooq",), "SPY", 37.32),
    Seed(f"Date,Open,High,Low,Close\n2018-02-05,{OHLC}\n", "^vix_d.csv", ("stooq", "bars"), "VIX", 37.32),
    Seed(
        f"Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen\n2018-02-05,{OHLC},7\n",
        "^spx_d.csv",
        ("stooq",),
        "SPX",
        37.32,
    ),
    Seed(
        f"Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie\n2018-02-05,{OHLC}\n",
        "^spx_d.csv",
        ("stooq",),
        "SPX",
        37.32,
    ),
    Seed(
        "Data;Otwarcie;Najwyzszy;Najnizszy;Zamkniecie;Wolumen\n2018-02-05;18.44;38.8;16.8;37.32;7\n",
        "^spx_d.csv",
        ("stooq",),
        "SPX",
        37.32,
    ),
    Seed(
        "Data;Otwarcie;Najwy\u017cszy;Najni\u017cszy;Zamkni\u0119cie\n2018-02-05;18.44;38.8;16.8;37.32\n",
        "^spx_d.csv",
        ("stooq",),
        "SPX",
        37.32,
    ),
    Seed(f"Date,Open,High,Low,Close\n2018-02-05,{OHLC}\n", "spx_ohlc_1990_2021.csv", ("bars",), "SPX", 37.32),
    Seed("observation_date,VIXCLS\n2018-02-05,37.32\n2018-02-19,.\n", "x.csv", ("fred",), "VIX", 37.32),
    Seed("DATE,VIXCLS\n2018-02-05,37.32\n", "x.csv", ("fred",), "VIX", 37.32),
    Seed("Date,vix\n1/2/2018,9.77\n2/5/2018,37.32\n2/19/2018,.\n", "x.csv", ("fred",), "VIX", 9.77),
    Seed("date,value\n2018-02-05,2.77\n", "DGS10.csv", ("fred", "breadth-net"), "DGS10", 2.77),
    Seed(
        "date,value\n2018-01-01,248.7\n2018-02-01,249.0\n2018-03-01,249.5\n",
        "CPI.csv",
        ("fred", "breadth-net"),
        "CPI",
        248.7,
    ),
    Seed(",DATE,VIX,VX1,VX2\n1,2018-02-05,37.32,33.225,27.975\n", "x.csv", ("vx-table",), "", 33.225),
    Seed(
        "CFE data is compiled for the convenience of site visitors, without responsibility\n"
        "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n"
        "02/13/2018,G (Feb 18),25.10,25.80,23.00,23.10,23.125,0,1,0,1,\n"
        "02/14/2018,G (Feb 18),0.00,0.00,0.00,0.00,22.50,0,0,0,1\n",
        "CFE_G18_VX.csv",
        ("cfe-contract",),
        "",
        23.125,
    ),
    Seed(
        "Trade Date,Futures,Open,High,Low,Close,Settle,Change,Total Volume,EFP,Open Interest\n"
        "2018-02-13,09 (Feb 2018),25.10,25.80,23.00,23.10,23.125,0,1,0,1\n",
        "VX_2018-02-28.csv",
        ("cfe-contract",),
        "",
        23.125,
    ),
    Seed(
        "Product,Symbol,Expiration Date,Price\nVX,VX/G8,2018-02-14,33.225\nVX,VX06/G8,2018-02-07,34.5\n"
        "VX,VX/H8,2018-03-21,27.975\nIBHY,IBHY/G8,2018-02-16,150\n",
        "settlement_2018-02-05.csv",
        ("cfe-settlement",),
        "",
        34.5,
        day="2018-02-05",
    ),
    Seed(
        "\nStandard & Poors 500 Index,Last: 2648.94,Change: -113.19\n"
        '"Date: February 5, 2018 at 2:56 PM EST",Bid: 2648.1,Ask: 2649.2,Size: 1*1,Volume: 0\n'
        f"Expiration Date,Calls,{CHAIN_SIDE},Strike,Puts,{CHAIN_SIDE}\n"
        "Fri Feb 16 2018,SPX180216C02600000,79.1,-50,78.2,80.9,12,0.2931,0.6612,0.0021,512,2600.00,"
        "SPX180216P02600000,31.2,11,30.5,32.1,900,0.3055,-0.3388,0.0021,7000\n"
        "Fri Feb 16 2018,SPXW180216C02600000,0,0,78.4,81.1,0,0.2935,0.66,0.0021,0,2600.00,"
        "SPXW180216P02600000,0,0,0,0.05,0,0,0,0,0\n",
        "quotedata.csv",
        ("cboe-chain",),
    ),
    Seed(
        "#expiry,strike,right,open,high,low,close,volume,open_interest,implied_volatility,delta,gamma,vega,theta,rho\n"
        ",,,2741.06,2763.39,2638.17,2648.94,0,,,,,,,\n"
        "20180216,2600,P,12,35,11,31.2,900,7000,0.3055,-0.3388,0.0021,1.1,-2.5,-0.3\n",
        "spxw_universe_20180205.csv",
        ("lean-universe",),
        day="2018-02-05",
    ),
    Seed("date,kind,actual,consensus,previous\n2018-02-14,CPI,0.5,0.3,0.1\n", "releases.csv", ("events",)),
    Seed(
        'Time,Open,High,Low,Latest,Change,%Change,Volume\n2018-02-06,36.4,50.3,22.42,29.98,-7.34,-19.67%,"1,0"\n'
        f'2018-02-05,{OHLC},20.01,+115.6%,0\n"Downloaded from Barchart.com as of 05-06-2026 07:29pm CDT"\n',
        "$vix.csv",
        ("barchart",),
        "VIX",
        37.32,
    ),
    Seed(
        'Symbol,Time,Open,High,Low,Last,Change,Volume,"Open Int"\n'
        f"$VIX,02/13/2018,{OHLC},1,0,0\n$SPX,02/13/2018,1,2,1,2,1,0,0\n",
        "nearby.csv",
        ("barchart-symbol",),
        "VIX",
        37.32,
    ),
    Seed(
        'Time,Open,High,Low,Latest,Change,%Change,Volume,"Open Int",IV,Delta,Gamma,'
        "Theta,Vega,Rho,Theo,Price~,Bid,Ask\n"
        "2018-02-06,4.1,9.9,2.2,3.1,-2.6,-45.61%,9120,41000,131.2%,0.41,0.03,-0.2,0.02,0.001,3.1,3.1,3,3.2\n"
        "2018-02-05,0.5,6.1,0.45,5.7,5.2,+1040%,30120,39000,177.5%,0.62,0.02,-0.3,0.02,0.001,5.7,5.7,5.5,5.9\n"
        '"Downloaded from Barchart.com as of 05-06-2026 07:29pm CDT"\n',
        "$vix_20180221_25.00C_price-history.csv",
        ("barchart-option",),
        "VIX180221C25",
        5.7,
    ),
    Seed(
        '\ufeff"Fecha","\u00daltimo","Apertura","M\u00e1ximo","M\u00ednimo","Vol.","% var."\n'
        '"05.02.2018","2.648,94","2.741,06","2.763,39","2.638,17","","-4,10%"\n',
        "S&P 500 - Datos hist\u00f3ricos.csv",
        ("investing-es",),
        "SPX",
        2648.94,
    ),
    Seed(
        '"Date","Price","Open","High","Low","Vol.","Change %"\n'
        '"Feb 05, 2018","2,648.94","2,741.06","2,763.39","2,638.17","","-4.10%"\n',
        "S&P 500 Historical Data.csv",
        ("investing-en",),
        "SPX",
        2648.94,
    ),
    *(
        Seed(
            f'"{header}","Vol.","%"\n"{day}","2.648,94","2.741,06","2.763,39","2.638,17","","-4,10%"\n',
            "S&P 500.csv",
            (f"investing-{code}",),
            "SPX",
            2648.94,
        )
        for code, day, header in (
            ("de", "05.02.2018", 'Datum","Zuletzt","Er\u00f6ffn.","Hoch","Tief'),
            ("fr", "05/02/2018", 'Date","Dernier","Ouv."," Plus Haut","Plus Bas'),
            ("it", "05.02.2018", 'Data","Ultimo","Apertura","Massimo","Minimo'),
            ("pt", "05.02.2018", 'Data","\u00daltimo","Abertura","M\u00e1xima","M\u00ednima'),
            ("nl", "05-02-2018", 'Datum","Laatste","Open","Hoog","Laag'),
            ("pl", "05.02.2018", 'Data","Ostatnio","Otwarcie","Max.","Min.'),
            (
                "tr",
                "05.02.2018",
                'Tarih","\u015eimdi","A\u00e7\u0131l\u0131\u015f","Y\u00fcksek","D\u00fc\u015f\u00fck',
            ),
            (
                "ru",
                "05.02.2018",
                '\u0414\u0430\u0442\u0430","\u0426\u0435\u043d\u0430","\u041e\u0442\u043a\u0440.","\u041c\u0430\u043a\u0441.","\u041c\u0438\u043d.',
            ),
        )
    ),
    Seed(
        "datetime,open,high,low,close,volume\n2018-02-05 15:59:00,37.1,37.3,37.0,37.2,0\n"
        "2018-02-05 16:00:00,37.2,37.4,37.2,37.32,0\n2018-02-05 16:01:00,37.32,37.32,37.32,37.32,0\n",
        "vix_1min_2018.csv",
        ("bars-within-day",),
        "VIX",
        37.2,
        zone="New York",
    ),
    Seed(
        "Date,Time,Open,High,Low,Close\n2018-02-05,14:30,37.1,37.3,37.0,37.2\n2018-02-05,15:00,37.2,37.4,37.2,37.32\n",
        "VIX.csv",
        ("bars-within-day",),
        "VIX",
        37.2,
        zone="Chicago",
    ),
    Seed(
        '"",BBEX3.D.USD.EUR.BB.AC.000,BBEX3.D.USD.EUR.BB.AC.000_FLAGS\n"",Euro foreign exchange reference rate,\n'
        "unit,USD,\nlast update,2026-01-09 16:00:23,\n2018-02-03,.,No value available\n"
        '2018-02-05,1.2440,\n"",Source: ECB.,\n',
        "BBEX3.D.USD.EUR.BB.AC.000.csv",
        ("bundesbank",),
        "EURUSD",
        1.2440,
    ),
    Seed(
        "date,advances,declines,unchanged,n\n2018-02-05,2,502,0,504\n", "breadth_sp500.csv", ("breadth",), "SP500"
    ),
    Seed("Date,Advances,Declines\n2018-02-05,2,502\n", "nyse.csv", ("breadth",), "NYSE"),
    Seed("Date,Net\n2018-02-05,-500\n", "sp500.csv", ("breadth-net", "fred"), "SP500"),
    Seed("Date,Value\n2018-02-05,-500\n", "nyse_net.csv", ("breadth-net", "fred"), "NYSE"),
    Seed("20180205,502\n20180206, 210\n", "NYSE_advn.csv", ("unicorn-advances",), "NYSE"),
    Seed("20180205,502\n20180206, 210\n", "NYSE_decln.csv", ("unicorn-declines",), "NYSE"),
    Seed("20180205,502\n20180206, 210\n", "NYSE_unchn.csv", ("unicorn-unchanged",), "NYSE"),
    Seed(
        "Date,NYSE Advances,NYSE Declines,S&P 500 Advances,S&P 500 Declines\n2018-02-05,300,2700,2,502\n",
        "both.csv",
        ("breadth-universes",),
        "SP500",
    ),
    Seed(
        "Date,Exchange,Advances,Declines,Unchanged\n2018-02-05,NYSE,300,2700,10\n2018-02-05,Nasdaq,400,2600,30\n",
        "both.csv",
        ("breadth-long",),
        "NASDAQ",
    ),
)
"""Every layout of the registry at least once."""
