"""Mistakes in CSV files: contracts, firms and rates, as Excel, WPS and people leave them."""

import datetime

from planting import Planter, SCENARIOS, replaced

MEAN = "did you mean"
AS_MEANT = "read as it is meant"


class Table(Planter):
    """Plants in a CSV file: rows and columns are counted from 0, the header is row 0."""

    def __init__(self, base, file, prefix=None):
        super().__init__(base, file, prefix or f"{base}/{file}")
        self.rows = [line.split(",") for line in self.text.rstrip("\n").split("\n")]

    def column(self, name):
        return self.rows[0].index(name)

    def plant(self, name, what, change, says="", lines=(), **more):
        """`change` is given a copy of the rows, and may return the text instead of changing them."""
        rows = [list(row) for row in self.rows]
        text = change(rows)
        if text is None:
            text = "".join(",".join(row) + "\n" for row in rows)
        self.add(name, what, text, says, lines, **more)

    def cell(self, row, column, new, says="", lines=(), name="", **more):
        place = self.column(column)
        old = self.rows[row][place]
        new = new(old) if callable(new) else new

        def change(rows):
            rows[row][place] = new
        self.plant(f"{row}.{column}={name or new}", f"row {row}, {column}: {old} -> {new or 'nothing'}", change, says or f"{column}|{new}", lines or (row + 1,), **more)

    def every(self, column, new, what, says="", lines=(), **more):
        """A whole column: told at any row, or of the file (line 0)."""
        place = self.column(column)

        def change(rows):
            for row in rows[1:]:
                row[place] = new(row[place])
        self.plant(f"all {column}: {what}", f"{column} of all rows: {what}", change, says or column, lines or tuple(range(len(self.rows) + 1)), **more)

    def header(self, column, new, says="", **more):
        place = self.column(column)

        def change(rows):
            rows[0][place] = new
        self.plant(f"header {column}={new}", f"the header {column} written {new}", change, says or new, (1,), **more)

    def columns_swapped(self, one, other, says="", lines=(), **more):
        a, b = self.column(one), self.column(other)

        def change(rows):
            for row in rows[1:]:
                row[a], row[b] = row[b], row[a]
        self.plant(f"{one}<>{other}", f"the columns {one} and {other} swapped below their headers", change, says or f"{one}|{other}",
                   lines or tuple(range(1, len(self.rows) + 1)), **more)

    def row_added(self, name, what, cells, says="", at=None, lines=(), **more):
        at = len(self.rows) if at is None else at

        def change(rows):
            rows.insert(at, [str(cells.get(title, "")) for title in rows[0]])
        self.plant(name, what, change, says, lines or (at + 1,), **more)

    def total(self, column):
        return sum(float(row[self.column(column)] or 0) for row in self.rows[1:])


def times(factor):
    return lambda old: f"{float(old) * factor:.10g}" if old else old


def divided(by):
    return lambda old: f"{float(old) / by:.10g}" if old else old


def serial(date):
    return str((datetime.date.fromisoformat(date) - datetime.date(1899, 12, 30)).days)


def us_order(date):
    day = datetime.date.fromisoformat(date)
    return f"{day.month}/{day.day}/{day.year}"


def contracts():
    t = Table("two-rivers", "contracts.csv")
    n = len(t.rows)
    whole = f"{t.total('notional'):.0f}"
    for word in ("合计", "总计", "小计", "Total", "Sum", "TOTAL", "本页合计"):
        t.row_added(f"total {word}", f"a row of totals: {word}", {"contract_id": word, "notional": whole}, f"(?i)total|sum|{word}", lines=(n + 1,))
    t.row_added("total in the firm", "a row of totals with the word in the second column", {"exporter_id": "合计", "notional": whole}, "合计|total|empty|sum")
    t.row_added("total, complete", "a row of totals that has every field", {**dict(zip(t.rows[0], t.rows[1])), "contract_id": "合计", "notional": whole}, "合计|total")
    t.row_added("total without a word", "a row of sums without an id", {**dict(zip(t.rows[0], t.rows[1])), "contract_id": "", "notional": whole}, "sum|total|empty")
    t.row_added("subtotal", "a subtotal in the middle", {"contract_id": "小计", "notional": "1430000"}, "小计|total", at=4)
    t.row_added("remark", "a remark below the table", {"contract_id": "制表人：王芳"}, "empty|制表")
    t.row_added("copied row", "the last row copied once more", dict(zip(t.rows[0], t.rows[-1])), "twice|same")
    t.row_added("copied with a blank", "the last row copied, its id with a blank behind", {**dict(zip(t.rows[0], t.rows[-1])), "contract_id": "D-014 "}, "twice|same")
    t.row_added("copied, id in small letters", "the last row copied, its id in small letters", {**dict(zip(t.rows[0], t.rows[-1])), "contract_id": "d-014"}, "twice|same|D-014|d-014")
    t.row_added("copied under a new id", "the last row copied under another id", {**dict(zip(t.rows[0], t.rows[-1])), "contract_id": "D-015"}, "same|twice|D-014|like",
                invisible="two deals of one size on one day are common")
    t.plant("title row", "a title above the header", lambda rows: "双江市远期合约台账,,,,,,,,,,\n" + "".join(",".join(r) + "\n" for r in rows), "column|header", (1, 2))
    t.plant("empty row", "an empty row in the middle", lambda rows: rows.insert(5, [""] * len(rows[0])), "empty|field", harmless="an empty row means nothing")
    # headers
    t.header("notional", "notional(万)", "万|10,?000|scal|times", note_will_do=True)
    t.header("notional", "notional (m)", "notional|unit", note_will_do=True)
    t.header("notional", "外币金额（万美元）", "万|10,?000", note_will_do=True)
    t.header("notional", "notinal", "notional")
    t.header("contract_rate", "rate", harmless=AS_MEANT)
    t.header("margin_rate", "margin_rte", MEAN)
    t.header("margin_rate", "保证金", "保证金率|margin_rate|保证金")
    t.header("margin_rate", "margin_rate(%)", harmless=AS_MEANT)
    t.header("settle_date", "settle", "settle_date")
    t.header("direction", "dircetion", MEAN)
    t.header("exporter_id", "exporter_name", "exporter_id")
    # amounts and rates
    t.every("notional", divided(1e4), "written in 万", "notional")
    t.every("notional", divided(1e6), "written in millions", "notional")
    t.every("notional", times(100), "written in cents", "notional|freeze", told_in=("two-rivers.yaml",))
    t.every("notional", lambda v: f'"{int(v):,}"', "with thousands commas in quotes", harmless=AS_MEANT)
    t.every("notional", lambda v: f"{int(v):,}", "with thousands commas without quotes", "fields|column", lines=tuple(range(2, n + 1)))
    t.every("notional", lambda v: f"{int(v)}.00 USD", "with USD behind", "no number")
    t.every("contract_rate", times(100), "x 100", "contract_rate|forward")
    t.every("contract_rate", divided(100), "/ 100", "contract_rate|forward")
    t.every("contract_rate", lambda v: f"{1 / float(v):.4f}", "inverted", "contract_rate|forward")
    t.every("contract_rate", lambda v: v.replace(".", ","), "a decimal comma", "fields|column|number", lines=tuple(range(2, n + 1)))
    t.every("margin_rate", lambda v: "4", "the % dropped", "margin_rate|%|100 %")
    t.every("margin_rate", lambda v: "0.04%", "0.04 % for 4 %", "margin_rate")
    t.every("margin_rate", lambda v: "400%", "400 % for 4 %", "margin_rate|100 %")
    t.cell(1, "notional", "6000", "notional", invisible="a deal of USD 6,000 is small but real")
    t.cell(1, "notional", "60", "notional")
    t.cell(1, "notional", "60000000", "notional|receipts")
    t.cell(1, "notional", "600000000", "notional|receipts")
    t.cell(1, "notional", "-600000", "above 0|negative|notional")
    t.cell(1, "notional", "0", "above 0")
    t.cell(1, "notional", "60万", harmless=AS_MEANT)
    t.cell(1, "notional", "60m", "notional|receipts")
    t.cell(1, "notional", "６０００００", "full-width")
    t.cell(1, "notional", "600 000", "no number")
    t.cell(1, "notional", "$600000", "no number")
    t.cell(1, "notional", "约60万", "no number")
    t.cell(1, "notional", "#REF!", "no number")
    t.cell(1, "notional", "6E+05", harmless=AS_MEANT)
    t.cell(1, "notional", "640000", invisible="another amount of the same kind")
    t.cell(1, "notional", "", "empty")
    t.cell(2, "contract_rate", "700.16", "contract_rate|forward")
    t.cell(2, "contract_rate", "0.071", "contract_rate|forward")
    t.cell(2, "contract_rate", "0.1398", "contract_rate|forward")
    t.cell(2, "contract_rate", "71.518", "contract_rate|forward")
    t.cell(2, "contract_rate", "5.1718", "contract_rate|forward")
    t.cell(2, "contract_rate", "8.3970", "contract_rate|forward", invisible="17 % off: an old deal may be so")
    t.cell(2, "contract_rate", "7.1158", invisible="half a per cent off")
    t.cell(2, "contract_rate", "7,1518", "field|number|column")
    t.cell(2, "contract_rate", "7.1518%", "contract_rate|number|forward")
    # ids
    t.cell(1, "exporter_id", "TR-O1", "TR-")
    t.cell(1, "exporter_id", "TR01", "TR-")
    t.cell(1, "exporter_id", "TR-21", "TR-21|unknown")
    t.cell(1, "exporter_id", "TR-02", invisible="another firm of the list")
    t.cell(1, "exporter_id", "Aurora Components", "unknown|Aurora")
    t.cell(1, "bank_id", "ICBK", MEAN)
    t.cell(1, "bank_id", "工行", "unknown bank")
    t.cell(1, "bank_id", "BOC", invisible="another bank of the list")
    t.cell(1, "bank_id", "icbc", "unknown bank|ICBC")
    t.every("bank_id", lambda v: v.replace("TRB", "TRD"), "one letter off", "TRD")
    t.cell(1, "pair", "CNYUSD", "CNYUSD")
    t.cell(1, "pair", "USDCNH", "USDCNH")
    t.cell(1, "pair", "EURCNY", "contract_rate|forward|pair", invisible="the rate is 15 % below the euro's: an old deal may be so")
    t.cell(4, "pair", "USDCNY", "contract_rate|forward|pair", invisible="the rate is 16 % above the dollar's: an old deal may be so")
    t.cell(1, "direction", "buy", "contradicts")
    t.cell(1, "direction", "sel", "direction")
    t.cell(1, "direction", "售汇", "direction|售汇")
    t.cell(1, "direction", "1", "direction")
    t.cell(1, "product", "forward", "product")
    t.cell(1, "product", "期权", "product|期权")
    t.cell(8, "product", "forward_sale", "contradicts")
    # dates
    t.every("settle_date", serial, "as Excel's serial numbers", "serial|date|Excel", harmless=AS_MEANT)
    t.every("settle_date", us_order, "in US order", "date")
    t.every("trade_date", lambda v: v.replace("-", "/"), "with slashes", harmless=AS_MEANT)
    t.every("trade_date", lambda v: v.replace("-", "/") + " 0:00", "with a time", harmless=AS_MEANT)
    t.every("trade_date", lambda v: "########", "as Excel shows a narrow column", "no date|date")
    t.columns_swapped("trade_date", "settle_date", "before the trade date|before")
    t.cell(1, "trade_date", "2026-01-15", "before the trade date|before")
    t.cell(1, "trade_date", "2024-01-15", "trade_date|months|forward|tenor", invisible="an 18-month deal of a year before; caps don't bind old deals")
    t.cell(1, "settle_date", "2026-07-15", invisible="a year later: 18 months is a tenor that exists")
    t.cell(1, "settle_date", "2052-07-15", "settle")
    t.cell(1, "settle_date", "2024-07-15", "before the trade date|before")
    t.cell(1, "settle_date", "2025-02-31", "no date")
    t.cell(1, "settle_date", "15-07-2025", harmless=AS_MEANT)
    t.cell(1, "settle_date", "15/07/2025", harmless=AS_MEANT)
    t.cell(1, "settle_date", "07/08/2025", "date")
    t.cell(1, "settle_date", "2025.7.15", harmless=AS_MEANT)
    t.cell(1, "settle_date", "2025年7月15日", harmless=AS_MEANT)
    t.cell(1, "settle_date", "6个月", "no date|date")
    # columns and rows
    t.columns_swapped("notional", "contract_rate", "notional|contract_rate")
    t.columns_swapped("exporter_id", "bank_id", "unknown")
    t.columns_swapped("pair", "direction", "direction|pair")
    t.columns_swapped("product", "direction", "product|direction")
    t.plant("shifted", "one row shifted right by a column", lambda rows: rows[3].insert(0, ""), "field|column|empty", (4,))
    t.plant("shifted left", "one row shifted left by a column", lambda rows: rows[3].pop(0) and None, "field|column|empty|unknown", (4,))
    t.plant("no last column", "the last column missing below its header", lambda rows: [row.pop() for row in rows[1:]] and None, "margin_rate|fields|column",
            tuple(range(1, n + 1)))
    t.plant("short row", "the last row broken off", lambda rows: rows[-1].__delitem__(slice(6, None)), "field|column|empty", (n,))
    t.plant("wide commas", "full-width commas", lambda rows: "".join("，".join(row) + "\n" for row in rows), "full-width|，", (1,))
    t.plant("wide comma", "one full-width comma", lambda rows: replaced(t.text, "D-003,TR-02", "D-003，TR-02"), "full-width|，|field", (4,))
    t.plant("quote", "a quote that is not closed", lambda rows: replaced(t.text, "D-003", '"D-003'), "quote", (4,))
    t.plant("no header", "no header", lambda rows: rows.pop(0) and None, "column|header", (1,))
    t.plant("header twice", "the header once more in the middle", lambda rows: rows.insert(5, list(rows[0])), "", (6,))
    t.plant("empty", "an empty file", lambda rows: "", "empty", (1, 0))
    t.plant("header alone", "a header and nothing below", lambda rows: rows.__delitem__(slice(1, None)), "header", (1,))
    t.plant("two swapped lines", "two rows in another order", lambda rows: rows.insert(1, rows.pop(5)), harmless="the order of rows means nothing")
    t.plant("spaces", "blanks around every field", lambda rows: "".join(" , ".join(row) + "\n" for row in rows), harmless="blanks mean nothing")
    return t.found


def first_deal():
    t = Table("fuzhou-first-deal", "first-deal-contracts.csv")
    t.cell(1, "notional", "50", "notional", (0, 2))
    t.cell(1, "notional", "5000", invisible="a first deal may be small")
    t.cell(1, "notional", "500000万", "notional", (0, 2))
    t.cell(1, "contract_rate", "71.70", "contract_rate|forward")
    t.cell(1, "contract_rate", "717", "contract_rate|forward")
    t.cell(1, "contract_rate", "0.1395", "contract_rate|forward")
    t.cell(1, "contract_rate", "1.1700", "contract_rate|forward")
    t.cell(1, "trade_date", "2025-09-25", "contract_rate|trade_date|settle", invisible="a deal of one day")
    t.cell(1, "settle_date", "2015-09-25", "before")
    t.cell(1, "settle_date", "2025-03-25", invisible="a deal of one day")
    t.cell(1, "settle_date", "9/25/2025", harmless=AS_MEANT)
    t.cell(1, "settle_date", "2035-09-25", "settle")
    t.cell(1, "product", "forward_purchase", "contradicts")
    t.cell(1, "bank_id", "ICBC Fuzhou", "unknown bank")
    t.row_added("total", "a row of totals", {"contract_id": "合计", "notional": "500000"}, "合计|total|empty")
    return t.found


def firms():
    t = Table("liquidity-lines", "liquidity-exporters.csv")
    n = len(t.rows)
    whole = f"{t.total('annual_receipts_usd'):.0f}"
    for word in ("合计", "总计", "小计", "Total", "共36家"):
        t.row_added(f"total {word}", f"a row of totals: {word}", {"exporter_id": word, "annual_receipts_usd": whole}, f"(?i)total|sum|{word}")
    t.row_added("total below a blank", "a row of totals without a word", {"annual_receipts_usd": whole}, "empty|total|sum")
    t.row_added("total as a firm", "a row of totals under the next id",
                {"exporter_id": "LX037", "annual_receipts_usd": whole, "liquidity_cny": f"{t.total('liquidity_cny'):.0f}"}, "sum|total")
    t.row_added("average", "a row of averages", {"exporter_id": "平均", "annual_receipts_usd": "2500000"}, "平均|average|total")
    t.row_added("firm twice", "the last firm copied", dict(zip(t.rows[0], t.rows[-1])), "twice")
    t.row_added("firm twice with a blank", "the last firm copied, its id with a blank", {**dict(zip(t.rows[0], t.rows[-1])), "exporter_id": t.rows[-1][0] + " "}, "twice")
    t.row_added("firm twice, wide blank", "the last firm copied, its id with a full-width blank", {**dict(zip(t.rows[0], t.rows[-1])), "exporter_id": t.rows[-1][0] + "　"},
                "twice|full-width|blank|space")
    t.header("annual_receipts_usd", "annual_receipts", harmless=AS_MEANT)
    t.header("annual_receipts_usd", "年收汇（万美元）", "万|10,?000", note_will_do=True)
    t.header("annual_receipts_usd", "年收汇额", harmless=AS_MEANT)
    t.header("annual_receipts_usd", "annual_receipts_cny", "annual_receipts_usd")
    t.header("us_share", "us share", harmless=AS_MEANT)
    t.header("liquidity_cny", "liquidity", harmless=AS_MEANT)
    t.header("liquidity_cny", "liquidity_usd", "liquidity_cny")
    t.header("sector", "sectors", "sector")
    t.every("annual_receipts_usd", divided(1e4), "written in 万美元", "annual_receipts_usd|receipts")
    t.every("annual_receipts_usd", divided(1e6), "written in millions", "annual_receipts_usd|receipts")
    t.every("annual_receipts_usd", times(100), "x 100", "annual_receipts_usd|receipts")
    t.every("annual_receipts_usd", times(7.2), "written in yuan", invisible="a city with larger firms")
    t.every("liquidity_cny", divided(1e4), "written in 万元", "liquidity")
    t.every("us_share", times(100), "the % dropped", "us_share|100 %")
    t.every("us_share", lambda v: v + "%", "a % added", "us_share")
    t.cell(1, "annual_receipts_usd", "980", "annual_receipts_usd|receipts")
    t.cell(1, "annual_receipts_usd", "9800000000", "annual_receipts_usd|receipts")
    t.cell(1, "annual_receipts_usd", "9800000万", "annual_receipts_usd|receipts")
    t.cell(1, "annual_receipts_usd", "-9800000", "below 0")
    t.cell(1, "annual_receipts_usd", "n/a", "no number")
    t.cell(1, "annual_receipts_usd", "9.8.0", "no number")
    t.cell(1, "annual_receipts_usd", "8900000", invisible="another amount of the same kind")
    t.cell(1, "us_share", "45", "us_share|100 %")
    t.cell(1, "us_share", "0.45%", "us_share")
    t.cell(1, "us_share", "-0.45", "us_share")
    t.cell(1, "sector", "electroncs", MEAN + "|electronics")
    t.cell(2, "sector", "Electronics", "electronics")
    t.cell(1, "sector", "electronics ", harmless="blanks mean nothing")
    t.cell(1, "liquidity_cny", "4200000000", "liquidity")
    t.cell(1, "liquidity_cny", "420", "liquidity")
    t.columns_swapped("annual_receipts_usd", "liquidity_cny", invisible="both are amounts of millions")
    t.columns_swapped("sector", "us_share", "us_share|number")
    t.plant("no last column", "the last column missing", lambda rows: [row.pop() for row in rows] and None, "liquidity", (1,), told_in=("liquidity-lines.yaml",))
    t.plant("firms without ids", "the first column missing", lambda rows: [row.pop(0) for row in rows] and None, "exporter_id", (1,))
    t.plant("semicolons in rows", "semicolons below a header of commas", lambda rows: "\n".join([",".join(rows[0]), *(";".join(row) for row in rows[1:])]) + "\n",
            "field|column|;", tuple(range(2, n + 1)))

    r = Table("two-rivers", "exporters.csv")
    r.cell(2, "group_id", "GI", "G1|GI|group", invisible="ids of two characters differ by one as a rule")
    r.every("group_id", lambda v: {"G1": "GROUP-EAST", "G2": "GROUP-WEST", "G3": "GROUP-SOUTH"}.get(v, v), "other names", invisible="names only")
    r.plant("group one letter off", "the groups named, one member one letter off",
            lambda rows: [row.__setitem__(7, {"G1": "Minghua Holding", "G2": "Wuyi Trading", "G3": "Lotus Foods"}.get(row[7], row[7])) for row in rows]
            and rows[2].__setitem__(7, "Minghua Holdin"), "Minghua", (2, 3))
    r.cell(1, "sector", "electronicz", "electronics")
    r.cell(3, "sector", "textiles", "textile")
    r.cell(1, "pd", "3.5", "pd|100 %")
    r.cell(1, "pd", "35%", "pd")
    r.cell(1, "pd", "0.035%", "pd")
    r.cell(1, "pd", "0.00035", "pd")
    r.cell(1, "pd", "350%", "pd|100 %")
    r.cell(1, "us_share", "52", "us_share|100 %")
    r.cell(1, "us_share", "0.52%", "us_share")
    r.cell(1, "annual_receipts_usd", "2460", "annual_receipts_usd|receipts|notional", told_in=("contracts.csv",))
    r.cell(1, "annual_receipts_usd", "246000", "annual_receipts_usd|receipts|notional", told_in=("contracts.csv",))
    r.every("annual_receipts_usd", divided(1e4), "written in 万美元", "annual_receipts_usd|receipts|notional", told_in=("contracts.csv",))
    r.cell(1, "exporter_id", "TR-O1", "TR-01|unknown", told_in=("contracts.csv",))
    r.cell(1, "exporter_id", "TR-02", "twice", (2, 3))
    r.cell(1, "exporter_id", "", "empty")
    r.header("pd", "default_probability", harmless=AS_MEANT)
    r.header("pd", "pd(%)", harmless=AS_MEANT)
    r.header("group_id", "group", harmless=AS_MEANT)
    return t.found + r.found


def rates():
    t = Table("own-history", "rates.csv")
    n = len(t.rows)
    usd, eur = t.column("USDCNY"), t.column("EURCNY")

    def year_of(row):
        return row[0][:4]
    t.every("USDCNY", lambda v: f"{1 / float(v):.6f}", "inverted", "USDCNY|spot|invert", told_in=("own-history.yaml", "two-rivers.yaml"))
    t.every("USDCNY", times(100), "per 100", "USDCNY|spot|rate", told_in=("own-history.yaml", "two-rivers.yaml"))
    t.every("USDCNY", divided(10), "a tenth", "USDCNY|spot|rate", told_in=("own-history.yaml", "two-rivers.yaml"))
    t.columns_swapped("USDCNY", "EURCNY", "USDCNY|EURCNY|spot", told_in=("own-history.yaml", "two-rivers.yaml"))
    t.plant("other pair", "EURCNY under the header of USDCNY", lambda rows: [row.__setitem__(usd, row[eur]) for row in rows[1:]] and None, "USDCNY|spot", tuple(range(1, n + 1)),
            told_in=("own-history.yaml", "two-rivers.yaml"))
    for place, factor, name in ((400, 1.1, "10 % high"), (401, 0.9, "10 % low"), (402, 10, "ten times"), (403, 0.01, "a hundredth"), (404, 1.07, "7 % high")):
        t.plant(f"one rate {name}", f"one rate {name}", lambda rows, place=place, factor=factor: rows[place].__setitem__(usd, f"{float(rows[place][usd]) * factor:.4f}"),
                "USDCNY|rate", (place + 1, place + 2))
    t.plant("digits swapped", "6.8912 as 8.6912", lambda rows: rows[300].__setitem__(usd, "8.6912"), "USDCNY|rate", (301, 302))
    t.plant("year missing", "the rows of 2023 missing", lambda rows: "".join(",".join(r) + "\n" for r in rows if year_of(r) != "2023"), "gap|2023|days|missing", tuple(range(1, n)),
            told_in=("own-history.yaml", "two-rivers.yaml"))
    t.plant("months missing", "the rows of March to June 2024 missing",
            lambda rows: "".join(",".join(r) + "\n" for r in rows if not "2024-03" <= r[0][:7] <= "2024-06"), "gap|2024|days|missing", tuple(range(1, n)), told_in=("own-history.yaml", "two-rivers.yaml"))
    t.plant("monthly", "one rate a month", lambda rows: "".join(",".join(r) + "\n" for i, r in enumerate(rows) if i == 0 or i == n - 1 or r[0][:7] != rows[i - 1][0][:7]),
            "month|days|rows|gap|daily|60 or more", tuple(range(0, 60)), told_in=("own-history.yaml", "two-rivers.yaml"))
    t.plant("weekly", "one rate a week", lambda rows: "".join(",".join(r) + "\n" for i, r in enumerate(rows) if i == 0 or i % 5 == (n - 1) % 5), "week|days|rows|gap|daily",
            tuple(range(0, 200)), told_in=("own-history.yaml", "two-rivers.yaml"))
    t.plant("ten equal", "ten equal rates in a row", lambda rows: [rows[500 + i].__setitem__(usd, rows[500][usd]) for i in range(10)] and None, "same|equal|stands|10 rows", tuple(range(499, 513)))
    t.plant("ends a year early", "the history ends a year before the start", lambda rows: "".join(",".join(r) + "\n" for r in rows if r[0] < "2024-07-01" or r[0] == "date"),
            "ends|year|start|before", tuple(range(0, n)), told_in=("own-history.yaml", "two-rivers.yaml"))
    t.plant("ends two months early", "the history ends two months before the start", lambda rows: "".join(",".join(r) + "\n" for r in rows if r[0] < "2025-05-01" or r[0] == "date"),
            invisible="a file that is not quite up to date is usual")
    t.plant("newest first", "newest first", lambda rows: "".join(",".join(r) + "\n" for r in [rows[0], *rows[:0:-1]]), harmless="the order of rows means nothing")
    t.plant("doubled day", "one day twice", lambda rows: rows.insert(50, list(rows[50])), "twice", (51, 52))
    t.plant("doubled day, another rate", "one day twice with two rates", lambda rows: rows.insert(50, [rows[50][0], "7.0000", "7.5000"]), "twice", (51, 52))
    t.plant("zero", "a rate of nought", lambda rows: rows[50].__setitem__(usd, "0"), "no rate|above 0", (51,))
    t.plant("N/A", "N/A for a rate", lambda rows: rows[50].__setitem__(usd, "N/A"), "no rate", (51,))
    t.plant("dash", "a dash for a rate", lambda rows: rows[50].__setitem__(usd, "—"), "no rate", (51,))
    t.plant("wide digits", "full-width digits in a rate", lambda rows: rows[50].__setitem__(usd, "６.３５"), "rate|full-width", (51,))
    t.plant("US dates", "US dates", lambda rows: [row.__setitem__(0, us_order(row[0])) for row in rows[1:]] and None, "date", tuple(range(1, n + 1)))
    t.plant("no date", "a date that is none", lambda rows: rows[50].__setitem__(0, "2022-02-30"), "no date", (51,))
    t.plant("date of another century", "1922 for 2022", lambda rows: rows[50].__setitem__(0, "19" + rows[50][0][2:]), "1922|gap|date", (51,) + tuple(range(1, 60)), told_in=("own-history.yaml", "two-rivers.yaml"))
    t.plant("a year later", "one date a year later", lambda rows: rows[50].__setitem__(0, "2023" + rows[50][0][4:]), "twice|date|order|neighbours", tuple(range(2, n + 1)))
    t.header("USDCNY", "USD", "USDCNY")
    t.header("USDCNY", "USDCNH", "USDCNY")
    t.header("date", "day", "date")
    t.header("EURCNY", "EURUSD", "EURCNY")
    t.plant("EURUSD for EURCNY", "EURUSD under the header of EURCNY", lambda rows: [row.__setitem__(eur, f"{float(row[eur]) / float(row[usd]):.4f}") for row in rows[1:]] and None,
            "EURCNY|spot", tuple(range(1, n + 1)), told_in=("own-history.yaml", "two-rivers.yaml"))
    t.plant("a total", "a row of averages below", lambda rows: rows.append(["平均", "6.9", "7.5"]), "no date|平均", (n + 1,))
    t.plant("rates as per cent", "moves in place of rates", lambda rows: [row.__setitem__(usd, f"{(float(row[usd]) / 6.9 - 1):.4f}") for row in rows[1:]] and None, "rate|USDCNY",
            tuple(range(1, n + 1)), told_in=("own-history.yaml", "two-rivers.yaml"))
    return t.found


def all_mistakes():
    return contracts() + first_deal() + firms() + rates()
