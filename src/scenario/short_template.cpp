#include "fxpool/scenario/scenario_file.hpp"

// What `init` writes: the inputs that a city must give, and the ones that it decides as comments at their defaults. tests/scenario/
// template_test.cpp takes the comments away line by line and holds each to the default that the description of the keys has.
namespace fxpool {
namespace {

constexpr const char* english = R"(# A public margin pool. 'fxpool check NAME.yaml' tells what is wrong, 'fxpool run NAME.yaml' simulates.
# Lines behind # stand at their defaults: take the # away to change one. Every key: 'fxpool init --full', docs/scenario.md.
fxpool: 1
name: NAME                                  # names the results folder: letters, digits, - and _
title: {en: A public margin pool, zh: 公共保证金池}

horizon: {start: 2026-01-05, months: 12}    # the first day, and how long

market:
  curves:                                   # interest rates a year: one number, or by tenor
    CNY: {1M: 1.50%, 12M: 1.55%}
    USD: 3.4%
  pairs:
    USDCNY:
      spot: 6.985                           # CNY per dollar on the first day
      # how the rate moves: drawn from history, in blocks of 19 days on average (docs/models.md). New rates: 'fxpool calibrate'
      model: {type: bootstrap, history: cny-fx-daily-2005-2026.csv, from: 2015-08-03, to: 2025-12-31, mean_block: 19}

pool:
  fund: 20m                                 # cash that the government puts up, CNY (20m = 2000万)
  # multiple: 1                             # quota over cash
  # split: {pool: 80%, guarantor: 0%}       # who bears a claim; the bank bears the rest
  # exporter_cap: 1m                        # CNY for one exporter
  # deal_cap: {usd: 2m, months: 12}         # the largest deal of new business
  # margin: {rate: 5%, client_share: 0%}    # margin rate; the part that the exporter posts himself
  # recovery: {rate: 30%, lag_months: 12}   # what comes back of a loss, and when
  # fee: 0%                                 # a year on frozen quota, from exporter to pool

banks:                                      # weights sum to 100 %
  - {id: ICBC, name: {en: ICBC Fuzhou, zh: 工行福州分行}, weight: 35%}
  - {id: BOC, name: {en: BOC Fuzhou, zh: 中行福州分行}, weight: 35%}
  - {id: CCB, name: {en: CCB Fuzhou, zh: 建行福州分行}, weight: 30%}

exporters: exporters.csv                    # the firms: fill this table in
contracts: contracts.csv                    # the deals on the books: and this one

# new_business:                             # deals to come; with contracts on the books write steady_state: false
#   monthly_usd: 8.3m                       # applications a month, USD
#   steady_state: true

# failure:
#   insolvency: {pd: 3%, correlation: 12%}  # firms that fail, a year
#   order_loss: {probability: 1%}           # receipts that never come, a deal

# simulation: {paths: 100000, seed: 20250325}
)";

constexpr const char* chinese = R"(# 公共保证金池。'fxpool check NAME.yaml' 检查错误，'fxpool run NAME.yaml' 运行模拟。
# 以 # 开头的行是默认值：去掉 # 即可修改。全部输入见 'fxpool init --full' 与 docs/scenario.zh.md。
fxpool: 1
name: NAME                                  # 结果文件夹的名称：字母、数字、- 和 _
title: {en: A public margin pool, zh: 公共保证金池}

horizon: {start: 2026-01-05, months: 12}    # 起始日与月数

market:
  curves:                                   # 年利率：一个数，或按期限
    CNY: {1M: 1.50%, 12M: 1.55%}
    USD: 3.4%
  pairs:
    USDCNY:
      spot: 6.985                           # 起始日一美元合人民币
      # 汇率如何变动：从历史中抽取，每段平均 19 个交易日（docs/models.zh.md）。用新的汇率数据：'fxpool calibrate'
      model: {type: bootstrap, history: cny-fx-daily-2005-2026.csv, from: 2015-08-03, to: 2025-12-31, mean_block: 19}

pool:
  fund: 20m                                 # 财政投入的现金，人民币元（20m = 2000万）
  # multiple: 1                             # 放大倍数：额度与现金之比
  # split: {pool: 80%, guarantor: 0%}       # 赔付由谁承担；其余由银行承担
  # exporter_cap: 1m                        # 单户上限，人民币元
  # deal_cap: {usd: 2m, months: 12}         # 新业务单笔上限
  # margin: {rate: 5%, client_share: 0%}    # 保证金率；企业自缴部分
  # recovery: {rate: 30%, lag_months: 12}   # 损失的追偿比例与时间（月）
  # fee: 0%                                 # 按冻结额度每年向企业收取的费用

banks:                                      # 各行份额合计 100%
  - {id: ICBC, name: {en: ICBC Fuzhou, zh: 工行福州分行}, weight: 35%}
  - {id: BOC, name: {en: BOC Fuzhou, zh: 中行福州分行}, weight: 35%}
  - {id: CCB, name: {en: CCB Fuzhou, zh: 建行福州分行}, weight: 30%}

exporters: exporters.csv                    # 企业：请填写此表
contracts: contracts.csv                    # 存量合约：请填写此表

# new_business:                             # 今后的新业务；已有存量合约时请写 steady_state: false
#   monthly_usd: 8.3m                       # 每月申请金额，美元
#   steady_state: true

# failure:
#   insolvency: {pd: 3%, correlation: 12%}  # 企业破产，每年
#   order_loss: {probability: 1%}           # 订单落空，每笔

# simulation: {paths: 100000, seed: 20250325}
)";

}  // namespace

std::string short_template(const std::string& name, Language language) {
    std::string text = language == Language::zh ? chinese : english;
    constexpr std::string_view place = "NAME";
    for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + name.size())) text.replace(at, place.size(), name);
    return text;
}

}  // namespace fxpool
