#include "contracts.hpp"

#include "fields.hpp"
#include "fxpool/base/random.hpp"
#include "fxpool/base/suggestion.hpp"
#include "fxpool/files/utf8.hpp"
#include "totals.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace fxpool {
namespace {

enum Column : std::size_t { id, exporter, bank, product, pair, direction, notional, rate, trade, settle, margin };

/// The last names of each are in docs/tables.md.
const std::vector<CsvColumn>& columns() {
    static const std::vector<CsvColumn> all = {
        {"contract_id", "合约编号", true, Measure::words, {"合约号", "合同编号", "合同号", "交易编号", "contract_no", "contract"}},
        {"exporter_id", "企业编号", true, Measure::words, {"企业代码", "企业ID", "客户编号", "客户号", "exporter", "firm_id", "company_id"}},
        {"bank_id", "银行", true, Measure::words, {"银行编号", "银行代码", "合作银行", "办理银行", "bank"}},
        {"product", "产品", false, Measure::words, {"产品类型", "产品种类", "业务品种", "product_type"}},
        {"pair", "货币对", false, Measure::words, {"币种", "外币币种", "币种对", "currency_pair", "ccy_pair", "currency", "ccy"}},
        {"direction", "方向", false, Measure::words, {"交易方向", "买卖方向", "结售汇方向", "side"}},
        {"notional", "外币金额", true, Measure::foreign, {"合约金额", "名义本金", "名义金额", "签约金额", "notional_amount", "amount"}},
        {"contract_rate", "合约汇率", true, Measure::rate, {"成交汇率", "签约汇率", "远期汇率", "约定汇率", "rate", "forward_rate", "deal_rate"}},
        {"trade_date", "交易日", true, Measure::words, {"交易日期", "签约日", "签约日期", "成交日", "成交日期", "deal_date"}},
        {"settle_date", "交割日", true, Measure::words, {"交割日期", "到期日", "到期日期", "settlement_date", "maturity_date", "maturity", "value_date"}},
        {"margin_rate", "保证金率", false, Measure::share, {"保证金比例", "保证金比率"}}};
    return all;
}

bool same_word(std::string_view text, std::string_view word) {
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; };
    return std::equal(text.begin(), text.end(), word.begin(), word.end(), same);
}

std::optional<Direction> direction_of(std::string_view text) {
    if (same_word(text, "sell") || text == "结汇") return Direction::sell;
    if (same_word(text, "buy") || text == "购汇") return Direction::buy;
    return std::nullopt;
}

std::optional<Product> product_of(std::string_view text) {
    if (same_word(text, "forward_sale") || text == "远期结汇") return Product::forward_sale;
    if (same_word(text, "forward_purchase") || text == "远期购汇") return Product::forward_purchase;
    if (same_word(text, "swap") || text == "掉期") return Product::swap;
    return std::nullopt;
}

/// A list of ids that a field is looked up in.
class Register {
  public:
    explicit Register(const std::vector<std::string>* ids) : ids_(ids) {
        if (ids_ != nullptr) known_.insert(ids_->begin(), ids_->end());
    }
    bool has(std::string_view text) const { return ids_ == nullptr || known_.count(text) > 0; }
    /// The id probably meant. Looked for once for each text, and not beyond the problems of a kind that are shown: a file of another
    /// scheme may have a million unknown firms.
    std::string nearest_to(std::string_view text) {
        if (const auto known = meant_.find(std::string(text)); known != meant_.end()) return known->second;
        if (found_ >= Problems::most_of_a_kind) return ids_->front();
        if (not_found_ >= Problems::most_of_a_kind) return {};
        auto meant = nearest_word(text, *ids_).value_or("");
        ++(meant.empty() ? not_found_ : found_);
        return meant_.emplace(text, std::move(meant)).first->second;
    }
    /// The ids themselves, or as many of them as a message holds.
    std::string list() const {
        constexpr std::size_t most = 20;
        std::string all;
        for (std::size_t i = 0; i < std::min(ids_->size(), most); ++i) all += (i > 0 ? ", " : "") + (*ids_)[i];
        return ids_->size() > most ? all + ", ..." : all;
    }

  private:
    const std::vector<std::string>* ids_;
    std::unordered_set<std::string_view> known_;
    std::unordered_map<std::string, std::string> meant_;
    int found_ = 0, not_found_ = 0;
};

/// Reads the rows of one file.
class ContractReader {
  public:
    ContractReader(const KnownIds* known, Problems& problems)
        : known_(known),
          banks_(known == nullptr ? nullptr : &known->banks),
          exporters_(known == nullptr || known->exporters.empty() ? nullptr : &known->exporters),
          pairs_(known == nullptr ? nullptr : &known->pairs),
          problems_(problems) {}

    std::vector<Contract> read(const std::filesystem::path& file, const NamedAt& named, ColumnNames* names) {
        const auto csv = CsvFile::open(file, columns(), CsvFile::Others::note, problems_, named);
        if (!csv) return {};
        if (names != nullptr) *names = column_names(*csv, columns().size());
        if (!csv->has(direction) && !csv->has(product)) {
            problems_.error(csv->header_place(), {}, say("column {0} ({1}) is missing; the file has: {2}", "direction", "方向", csv->header_text()));
            return {};
        }
        const auto rows = csv->lines();
        contracts_.reserve(rows);
        first_of_.reserve(rows);
        csv->read_rows(problems_, [&](const CsvRow& row) {
            if (calls_itself_totals(row, {id, exporter, bank}, problems_)) return;
            if (!row.is_last()) {
                read_row(row, problems_);
                return;
            }
            Problems of_row;  // forgotten where the row is no contract
            read_row(row, of_row);
            const auto& last = contracts_.back();
            if (totals_.are_of(last.id, {last.notional})) {
                problems_.error(row.place(id), {}, say("the last row is the sum of the rows above it, a row of totals; delete it"));
                contracts_.pop_back();
            } else {
                problems_.append(of_row);
            }
        });
        if (contracts_.empty() && !problems_.has_errors()) problems_.warning(csv->header_place(), {}, say("there is a header but no contract below it"));
        return std::move(contracts_);
    }

  private:
    void read_row(const CsvRow& row, Problems& problems) {
        FieldReader field(row, notes_, problems);
        auto& contract = contracts_.emplace_back();
        contract.id = field.required_text(id);
        contract.exporter_id = field.required_text(exporter);
        contract.bank_id = field.required_text(bank);
        read_side(field, contract);
        read_pair(row, field, contract);
        contract.notional = field.required_amount(notional);
        contract.contract_rate = field.required_rate(rate);
        contract.trade_date = field.required_date(trade);
        contract.settle_date = field.required_date(settle);
        contract.margin_rate = field.share(margin, false);
        contract.place = row.row_place();
        if (field.good() && contract.settle_date < contract.trade_date) {
            field.error(settle, say("settlement {0} is before the trade date {1}", contract.settle_date, contract.trade_date));
        }
        look_up(field, exporter, exporters_);
        look_up(field, bank, banks_);
        if (!contract.id.empty()) check_doubled(field, contract);
        if (!row.is_last()) totals_.add(contract.id, {contract.notional});
    }

    /// Product and direction; each follows from the other where one is left blank (a swap's does not).
    static void read_side(FieldReader& field, Contract& contract) {
        const auto side = direction_of(field.text(direction));
        const auto kind = product_of(field.text(product));
        if (!side && !field.empty(direction)) {
            field.error(direction, say("'{0}' is no direction: sell (结汇) or buy (购汇)", shortened(field.text(direction))));
            return;
        }
        if (!kind && !field.empty(product)) {
            field.error(product,
                        say("'{0}' is no product: forward_sale (远期结汇), forward_purchase (远期购汇) or swap (掉期)", shortened(field.text(product))));
            return;
        }
        if (!side && (!kind || kind == Product::swap)) {
            field.error(direction, say("the field is empty"));
            return;
        }
        contract.direction = side.value_or(kind == Product::forward_purchase ? Direction::buy : Direction::sell);
        contract.product = kind.value_or(contract.direction == Direction::sell ? Product::forward_sale : Product::forward_purchase);
        const bool contradiction = (contract.product == Product::forward_sale && contract.direction == Direction::buy) ||
                                   (contract.product == Product::forward_purchase && contract.direction == Direction::sell);
        if (contradiction) field.error(product, say("product {0} contradicts direction {1}", field.text(product), field.text(direction)));
    }

    void read_pair(const CsvRow& row, FieldReader& field, Contract& contract) const {
        contract.pair = field.text(pair);
        for (char& c : contract.pair) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        std::erase(contract.pair, '/');                         // USD/CNY
        if (contract.pair.size() == 3) contract.pair += "CNY";  // USD
        if (known_ == nullptr) return;
        if (contract.pair.empty() && known_->pairs.size() == 1) contract.pair = known_->pairs.front();
        if (contract.pair.empty()) field.error(pair, say("the field is empty"));
        else if (const auto& currency = currency_of_header(row); !currency.empty() && !contract.pair.starts_with(currency))
            field.error(pair, say("the pair is {0}, but the header says that the amounts are in {1}", contract.pair, currency));
        else if (!pairs_.has(contract.pair)) field.error(pair, say("the scenario has no pair '{0}'; it has: {1}", shortened(field.text(pair)), pairs_.list()));
    }

    /// "USD" where the amounts' header says 万美元.
    static std::string currency_of_header(const CsvRow& row) {
        const auto& currency = row.file().unit(notional).currency;
        return currency == "foreign" ? std::string() : currency;
    }

    static void look_up(FieldReader& field, Column column, Register& ids) {
        const auto text = field.text(column);
        if (text.empty() || ids.has(text)) return;
        const auto meant = ids.nearest_to(text);
        if (column == bank) {
            field.error(column, meant.empty() ? say("unknown bank '{0}'; the scenario has: {1}", shortened(text), ids.list())
                                              : say("unknown bank '{0}'; did you mean '{1}'?", shortened(text), meant));
        } else {
            field.error(column, meant.empty() ? say("unknown exporter '{0}'", shortened(text))
                                              : say("unknown exporter '{0}'; did you mean '{1}'?", shortened(text), meant));
        }
    }

    void check_doubled(FieldReader& field, const Contract& contract) {
        const auto [first, added] = first_of_.try_emplace(hash_of(contract.id), contracts_.size() - 1);
        if (added || contracts_[first->second].id != contract.id) return;
        field.error(id, say("{0} comes twice; first in line {1}", shortened(contract.id), contracts_[first->second].place.line));
    }

    const KnownIds* known_;
    Register banks_, exporters_, pairs_;
    Problems& problems_;
    UnitNotes notes_;
    RunningTotals totals_;
    std::vector<Contract> contracts_;
    std::unordered_map<std::uint64_t, std::size_t> first_of_;  // by the id's hash: a million ids need no second copy
};

}  // namespace

std::vector<Contract> load_contracts(const std::filesystem::path& file, const KnownIds* known, Problems& problems, const NamedAt& named, ColumnNames* names) {
    return ContractReader(known, problems).read(file, named, names);
}

std::vector<Contract> load_contracts(const std::filesystem::path& file, Problems& problems, const NamedAt& named) {
    return load_contracts(file, nullptr, problems, named);
}

}  // namespace fxpool
