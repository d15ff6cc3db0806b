#include "fxpool/report/column_names.hpp"

#include <algorithm>

namespace fxpool::report {

const std::vector<ColumnName>& column_names() {
    constexpr std::string_view yuan = "元", share = "占比（0.05 即 5%）", a_path = "元/条路径", date = "日期", none = "";
    static const std::vector<ColumnName> all = {
        {"daily", "date", "工作日", date},
        {"daily", "cash_mean", "资金池现金：均值", yuan},
        {"daily", "cash_mean_se", "资金池现金：均值的标准误", yuan},
        {"daily", "cash_p01", "资金池现金：1% 分位数", yuan},
        {"daily", "cash_p01_low", "资金池现金：1% 分位数的 95% 置信区间下限", yuan},
        {"daily", "cash_p01_high", "资金池现金：1% 分位数的 95% 置信区间上限", yuan},
        {"daily", "cash_p05", "资金池现金：5% 分位数", yuan},
        {"daily", "cash_p05_low", "资金池现金：5% 分位数的 95% 置信区间下限", yuan},
        {"daily", "cash_p05_high", "资金池现金：5% 分位数的 95% 置信区间上限", yuan},
        {"daily", "cash_p50", "资金池现金：中位数", yuan},
        {"daily", "cash_p50_low", "资金池现金：中位数的 95% 置信区间下限", yuan},
        {"daily", "cash_p50_high", "资金池现金：中位数的 95% 置信区间上限", yuan},
        {"daily", "cash_p95", "资金池现金：95% 分位数", yuan},
        {"daily", "cash_p95_low", "资金池现金：95% 分位数的 95% 置信区间下限", yuan},
        {"daily", "cash_p95_high", "资金池现金：95% 分位数的 95% 置信区间上限", yuan},
        {"daily", "frozen_mean", "冻结额度：均值", yuan},
        {"daily", "frozen_mean_se", "冻结额度：均值的标准误", yuan},
        {"daily", "quota_mean", "总额度：均值", yuan},
        {"daily", "quota_mean_se", "总额度：均值的标准误", yuan},
        {"daily", "utilisation_mean", "额度使用率：均值", share},
        {"daily", "utilisation_mean_se", "额度使用率：均值的标准误", share},
        {"daily", "utilisation_p95", "额度使用率：95% 分位数", share},
        {"daily", "utilisation_p95_low", "额度使用率：95% 分位数的 95% 置信区间下限", share},
        {"daily", "utilisation_p95_high", "额度使用率：95% 分位数的 95% 置信区间上限", share},
        {"daily", "limbs_mean", "当日应付代偿：均值", yuan},
        {"daily", "limbs_mean_se", "当日应付代偿：均值的标准误", yuan},
        {"daily", "claims_paid_mean", "当日实付代偿：均值", yuan},
        {"daily", "claims_paid_mean_se", "当日实付代偿：均值的标准误", yuan},
        {"daily", "exhausted_by", "截至当日的耗尽概率", share},
        {"daily", "exhausted_by_low", "截至当日的耗尽概率：95% 置信区间下限", share},
        {"daily", "exhausted_by_high", "截至当日的耗尽概率：95% 置信区间上限", share},
        {"banks", "date", "工作日", date},
        {"banks", "bank", "银行编号", none},
        {"banks", "ee", "预期敞口", yuan},
        {"banks", "ee_se", "预期敞口的标准误", yuan},
        {"banks", "pfe95", "潜在敞口（95% 分位数）", yuan},
        {"banks", "pfe95_low", "潜在敞口（95%）：95% 置信区间下限", yuan},
        {"banks", "pfe95_high", "潜在敞口（95%）：95% 置信区间上限", yuan},
        {"banks", "pfe99", "潜在敞口（99% 分位数）", yuan},
        {"banks", "pfe99_low", "潜在敞口（99%）：95% 置信区间下限", yuan},
        {"banks", "pfe99_high", "潜在敞口（99%）：95% 置信区间上限", yuan},
        {"banks", "name_en", "银行英文名称", none},
        {"banks", "name_zh", "银行中文名称", none},
        {"exporters", "exporter_id", "企业编号", none},
        {"exporters", "sector", "行业", none},
        {"exporters", "insolvency_probability", "模拟期内破产概率", share},
        {"exporters", "insolvency_low", "破产概率：95% 置信区间下限", share},
        {"exporters", "insolvency_high", "破产概率：95% 置信区间上限", share},
        {"exporters", "failures_mean", "违约次数（到期违约的合约与强制平仓）：均值", "次/条路径"},
        {"exporters", "failures_mean_se", "违约次数：均值的标准误", "次/条路径"},
        {"exporters", "loss_mean", "平仓损失：均值", a_path},
        {"exporters", "loss_mean_se", "平仓损失：均值的标准误", a_path},
        {"exporters", "limb_mean", "资金池代偿：均值", a_path},
        {"exporters", "limb_mean_se", "资金池代偿：均值的标准误", a_path},
        {"exporters", "name", "企业名称", none},
        {"bearers", "bearer", "损失承担方", none},
        {"bearers", "mean", "承担金额：均值", a_path},
        {"bearers", "mean_se", "承担金额：均值的标准误", a_path},
        {"bearers", "var99", "承担金额：99% 在险价值", yuan},
        {"bearers", "var99_low", "99% 在险价值：95% 置信区间下限", yuan},
        {"bearers", "var99_high", "99% 在险价值：95% 置信区间上限", yuan},
        {"bearers", "es975", "承担金额：97.5% 预期短缺", yuan},
        {"bearers", "es975_se", "97.5% 预期短缺的标准误", yuan},
        {"budget", "year", "年份", "年"},
        {"budget", "item", "收支项目", none},
        {"budget", "mean", "金额：均值", yuan},
        {"budget", "mean_se", "金额：均值的标准误", yuan},
        {"budget", "p95", "金额：95% 分位数", yuan},
        {"budget", "p95_low", "95% 分位数：95% 置信区间下限", yuan},
        {"budget", "p95_high", "95% 分位数：95% 置信区间上限", yuan},
        {"losses", "path", "路径编号（从 0 起）", none},
        {"losses", "gross", "已入账损失", yuan},
        {"losses", "demand", "资金需求（现金不足削减之前）", yuan},
        {"losses", "net", "扣除追偿后的净损失", yuan},
        {"losses", "exhaustion_day", "资金池耗尽日（空白：未耗尽）", date},
        {"losses", "loss", "损失口径（gross、demand、net）", none},
        {"losses", "from", "区间下限（不含）", yuan},
        {"losses", "to", "区间上限（含）", yuan},
        {"losses", "paths", "区间内的路径数", "条"},
    };
    return all;
}

DataTable chinese_columns(const std::vector<DataTable>& tables) {
    DataTable named{"columns.zh", {"文件", "列", "中文名称", "单位"}, {}};
    const auto& names = column_names();
    for (const auto& table : tables) {
        for (const auto& column : table.columns) {
            const auto known = std::find_if(names.begin(), names.end(), [&](const ColumnName& one) { return one.table == table.name && one.column == column; });
            std::vector<Cell> row{table.name + ".csv", column, std::string(), std::string()};
            if (known != names.end()) {
                row[2] = std::string(known->chinese);
                row[3] = std::string(known->unit);
            }
            named.rows.push_back(std::move(row));
        }
    }
    return named;
}

}  // namespace fxpool::report
