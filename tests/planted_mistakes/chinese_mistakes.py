"""Natural mistakes of a Chinese finance office: what a keyboard, Excel, WPS and habit do to a scenario and its tables.

Each must be told in Chinese with its place, or understood and said.
"""

import dataclasses
import datetime

from planting import BASES, Planter
from table_mistakes import Table, divided, serial

SCENARIO, FIRMS, DEALS, RATES = BASES["minjiang"].names


def scenario():
    p = Planter("minjiang", prefix="闽江")
    p.replace("万元", "资金写成 2000万元", "fund: 2000万", "fund: 2000万元", "万元|2000万元")
    p.replace("两千万", "资金写成 两千万", "fund: 2000万", "fund: 两千万", "两千万")
    p.replace("千万", "资金写成 2千万", "fund: 2000万", "fund: 2千万", "千万|2千万")
    p.replace("2000", "漏写万", "fund: 2000万", "fund: 2000", "fund|2000 元", lines=(17, 32))
    p.replace("2000亿", "万写成亿", "fund: 2000万", "fund: 2000亿", "fund|2000")
    p.replace("￥", "金额前加￥", "fund: 2000万", "fund: ￥2000万", "￥|number|数")
    p.replace("人民币", "金额后加人民币", "fund: 2000万", "fund: 2000万人民币", "人民币")
    p.replace("全角冒号", "全角冒号", "fund: 2000万", "fund：2000万", "：")
    p.replace("全角逗号", "全角逗号", "{1M: 1.50%, 12M", "{1M: 1.50%， 12M", "，")
    p.replace("全角百分号", "全角百分号", "USD: 4.2%", "USD: 4.2％", "％")
    p.replace("全角数字", "全角数字", "spot: 7.1647", "spot: ７.1647", "７")
    p.replace("全角引号", "中文引号", '"<= 1%"', "“<= 1%”", "“|界限|bound")
    p.replace("小于等于", "不大于写成 ≤", '"<= 1%"', '"≤ 1%"', "≤")
    p.replace("全角括号", "全角花括号", "margin: {rate: 5%}", "margin: ｛rate: 5%｝", "｛|rate|margin")
    p.replace("全角空格", "全角空格缩进", "  fund: 2000万", "　fund: 2000万", "")
    p.replace("中文日期", "起始日写成中文日期", "start: 2025-07-01", "start: 2025年7月1日", "2025年7月1日")
    p.replace("斜杠日期", "起始日写成 2025/7/1", "start: 2025-07-01", "start: 2025/7/1", "2025/7/1")
    p.replace("百分之", "写成 百分之三", "default: 3%", "default: 百分之三", "百分之三")
    p.replace("千分号", "写成 3‰", "default: 3%", "default: 3‰", "‰")
    p.replace("中文键", "键写成中文", "  fund: 2000万", "  资金: 2000万", "资金")
    p.replace("银行名不一致", "银行写全称，合约里是简称", "id: 工行,", "id: 中国工商银行,", "工行", lines=(), told_in=(DEALS,))
    p.replace("行业名不一致", "违约概率的行业少一个字", "default: 3%, 电子信息: 4%", "default: 3%, 电子信: 4%", "电子信")
    p.replace("行业名简称", "冲击的行业写成 电子", "sector: 电子信息", "sector: 电子", "电子")
    p.replace("即期倒数", "即期汇率写成倒数", "spot: 7.1647", "spot: 0.1396", "spot")
    p.replace("即期每百美元", "即期汇率按 100 美元写", "spot: 7.1647", "spot: 716.47", "spot")
    p.replace("占比", "权重写成整数", "weight: 40%", "weight: 40", "%|100")
    p.replace("期限", "期限写成 3个月", "3M: 40%", "3个月: 40%", "3个月")
    p.replace("一年期", "期限写成 1Y", "12M: 20%", "1Y: 20%", "1Y")
    p.replace("方向", "方向写成 结汇", "{sell: 90%, buy: 10%}", "{结汇: 90%, 购汇: 10%}", "结汇")
    p.replace("是", "是写成中文", "steady_state: false", "steady_state: 否", "否")
    p.replace("美元万", "月均业务量漏写万", "monthly_usd: 300万", "monthly_usd: 300", "monthly_usd")
    p.replace("业务量万元", "月均业务量写成 300万美元", "monthly_usd: 300万", "monthly_usd: 300万美元", "万美元")
    p.replace("块长", "平均块长写成 1000 天", "mean_block: 10", "mean_block: 1000", "mean_block")
    p.replace("文件名", "文件名写错", "合约.csv", "合约表.csv", "合约表.csv|没有")
    p.replace("xlsx", "给的是 Excel 文件名", "企业.csv", "企业.xlsx", "xlsx|没有")
    return p.found


def deals():
    t = Table("minjiang", DEALS, prefix="合约")
    n = len(t.rows)
    whole = f"{t.total('外币金额'):.0f}"
    for word in ("合计", "总计", "小计", "累计"):
        t.row_added(word, f"末行为{word}", {"合约编号": word, "外币金额": whole}, word + "|合计")
    t.row_added("合计在第二列", "合计写在企业一列", {"企业编号": "合计", "外币金额": whole}, "合计|空")
    t.row_added("制表人", "表尾有制表人", {"合约编号": "制表：王芳", "企业编号": "复核：李强"}, "空|制表")
    t.row_added("单位行", "表尾有单位说明", {"合约编号": "单位：万美元"}, "空|单位")
    t.header("外币金额", "外币金额（万美元）", "万|10,?000|一万|10000", note_will_do=True)
    t.header("外币金额", "外币金额(万)", "万", note_will_do=True)
    t.header("外币金额", "金额", "外币金额")
    t.header("合约汇率", "汇率", "合约汇率")
    t.header("交割日", "到期日", harmless="按原意读入")
    t.every("外币金额", divided(1e4), "按万美元填", "外币金额|合约金额")
    t.every("外币金额", lambda v: f"{float(v) * 7.17:.0f}", "按人民币填", "外币金额", invisible="每笔仍在企业年收汇之内")
    t.every("合约汇率", lambda v: f"{float(v) * 100:.2f}", "按 100 美元填", "合约汇率|总额度", told_in=(SCENARIO,))
    t.every("合约汇率", lambda v: f"{1 / float(v):.4f}", "填成倒数", "合约汇率")
    t.cell(1, "方向", "售汇", "售汇")
    t.cell(1, "方向", "卖出", "卖出")
    t.cell(1, "产品", "远期", "远期")
    t.cell(1, "产品", "远期售汇", "售汇")
    t.cell(1, "银行", "工商银行", "工商银行")
    t.cell(1, "银行", "中国银行", "中国银行")
    t.cell(1, "货币对", "美元/人民币", "美元")
    t.cell(1, "货币对", "USD", harmless="按原意读入")
    t.cell(1, "外币金额", "60万美元", "60万美元")
    t.cell(1, "外币金额", "６０万", "６|全角")
    t.cell(1, "企业编号", "MJOO1", "MJ")
    t.cell(1, "企业编号", "闽江电子科技", "闽江电子科技")
    t.every("交易日", lambda v: serial(v), "Excel 的序列号", harmless="按原意读入")
    t.every("交易日", lambda v: f"{datetime.date.fromisoformat(v):%m/%d/%Y}", "美式日期", "2025-12-03")
    t.every("交割日", lambda v: v.replace("-", "/"), "斜杠日期", harmless="按原意读入")
    t.cell(1, "交割日", "2025年7月15", "日期")
    t.columns_swapped("交易日", "交割日", "早于|之前")
    t.plant("全角逗号", "整表用全角逗号", lambda rows: "".join("，".join(row) + "\n" for row in rows), "全角|，", (1,))
    t.plant("标题行", "表头上有标题", lambda rows: "闽江市远期结售汇台账\n" + "".join(",".join(r) + "\n" for r in rows), "列", (1,))
    t.plant("合并单元格", "合并单元格只剩第一行有编号", lambda rows: rows[2].__setitem__(1, ""), "空", (3,))
    t.plant("制表符", "从 Excel 粘贴，表头是逗号，行是制表符", lambda rows: ",".join(rows[0]) + "\n" + "".join("\t".join(r) + "\n" for r in rows[1:]), "栏|列", (1,) + tuple(range(2, n + 1)))
    return t.found


def firms():
    t = Table("minjiang", FIRMS, prefix="企业")
    whole = f"{t.total('年收汇'):.0f}"
    for word in ("合计", "共12家"):
        t.row_added(word, f"末行为{word}", {"企业编号": word, "年收汇": whole}, word + "|合计")
    t.header("年收汇", "年收汇（万美元）", "万|10,?000|10000", note_will_do=True)
    t.header("年收汇", "年收汇额", harmless="按原意读入")
    t.header("对美占比", "对美国占比", "对美占比")
    t.every("年收汇", divided(1e4), "按万美元填", "年收汇", told_in=(DEALS,))
    t.every("流动性", divided(1e4), "按万元填", "流动性")
    t.every("对美占比", lambda v: v.replace("%", ""), "漏写百分号", "对美占比|100 %")
    t.cell(1, "违约概率", "3.5", "违约概率|100 %")
    t.cell(1, "行业", "电子信息业", "电子信息")
    t.cell(2, "集团", "明辉集", "明辉集", (2, 3))
    t.cell(1, "年收汇", "2460万", harmless="按原意读入")
    t.cell(1, "年收汇", "2,460万", "栏|列")
    t.cell(1, "年收汇", "—", "—|数")
    t.cell(1, "年收汇", "不详", "不详")
    return t.found


def rates():
    t = Table("minjiang", RATES, prefix="汇率")
    usd = t.column("USDCNY")
    n = len(t.rows)
    t.header("USDCNY", "美元", "USDCNY")
    t.header("USDCNY", "中间价", "USDCNY")
    t.header("日期", "时间", "日期")
    t.every("USDCNY", lambda v: f"{float(v) * 100:.2f}", "中间价按 100 美元", "USDCNY", told_in=(SCENARIO,))
    t.plant("年度合计", "表尾有平均", lambda rows: rows.append(["平均", "7.1"]), "日期|平均", (n + 1,))
    t.plant("一行多打一位", "一行汇率多打一位", lambda rows: rows[50].__setitem__(usd, rows[50][usd].replace(".", "", 1)), "USDCNY|倍|汇率", (51, 52))
    t.plant("2024年缺失", "2024 年整年缺失", lambda rows: "".join(",".join(r) + "\n" for r in rows if not r[0].startswith("2024")), "2024|缺|天|日", tuple(range(1, n)), told_in=(SCENARIO,))
    return t.found


def all_mistakes():
    return [dataclasses.replace(one, chinese=True) for one in scenario() + deals() + firms() + rates()]
