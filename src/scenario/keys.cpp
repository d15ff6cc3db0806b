#include "keys.hpp"

// The scenario file, key by key: type and range, default, and the comment that `init` writes beside it.
namespace fxpool::scenario {
namespace {

Type localised() {
    return either(text(TextForm::any), section({
                                           optional_key("en", text(TextForm::any), "", say("in English")),
                                           optional_key("zh", text(TextForm::any), "", say("in Chinese")),
                                       }));
}

Key horizon_key() {
    Key months = optional_key("months", whole(1, 600), "12", say("length in calendar months; 12 where no end is given"));
    months.in_template = true;
    return required_key("horizon",
                        section({
                            required_key("start", text(TextForm::date), "2026-01-05", say("the first day; its rates are the spot rates")),
                            std::move(months),
                            optional_key("end", text(TextForm::date), "2026-12-31", say("or the last day")),
                        }),
                        "", say("the time simulated"));
}

Key benefit_key() {
    return key("benefit",
               section({
                   key("loan_rate", share(-1), "3.48%", say("what a working capital loan costs an exporter, a year")),
                   key("deposit_rate", share(-1), "1.3%", say("what margin on deposit earns, a year")),
                   key("fund_cost", share(-1), "2%", say("what the fund's money costs the government, a year")),
                   key("hedge_without", share(), "6%", say("share of receipts hedged without the pool")),
                   key("hedge_with", share(), "30%", say("share of receipts hedged with the pool")),
               }),
               "{}", say("what the benefit of the pool is computed with"));
}

Key simulation_key() {
    constexpr double largest_exact = 9007199254740992;  // 2^53: every whole number up to it is a double
    return key("simulation",
               section({
                   key("paths", whole(1, 1e12), "100000", say("number of paths")),
                   key("seed", whole(0, largest_exact), "20250325", say("of all draws: the same seed gives the same results")),
                   key("antithetic", refusing(choice({"false"}), {"true"}), "false", say("antithetic paths: not in this version yet")),
                   key("precision", refusing_the_rest(choice({"none"})), "none", say("paths until a wanted error is met: not in this version yet")),
                   key("engine", refusing(choice({"reference"}), {"fast"}), "reference", say("the engine that walks path by path")),
                   key("tail", refusing(choice({"off"}), {"auto"}), "off", say("the sampler of rare events: not in this version yet")),
               }),
               "{}", say("how much is simulated"));
}

}  // namespace

Key banks_key() {
    Key name = optional_key("name", localised(), "{en: ICBC Fuzhou, zh: 工行福州分行}", say("as reports show it; the id where none is given"));
    name.in_template = true;
    return required_key(
        "banks",
        list_of(section({
                    required_key("id", text(TextForm::any), "ICBC", say("as in the contracts file")),
                    std::move(name),
                    required_key("weight", share(), "35%", say("share of new business, and of the fund where it is divided; they sum to 100 %")),
                }),
                false),
        "- {id: BOC, name: {en: BOC Fuzhou, zh: 中行福州分行}, weight: 35%}\n- {id: CCB, name: {en: CCB Fuzhou, zh: 建行福州分行}, weight: 30%}",
        say("the banks that deal under the pool"));
}

const Type& scenario_type() {
    static const Type type = [] {
        Key extends = optional_key("extends", either(text(TextForm::file), list_of(text(TextForm::file))), "base.yaml",
                                   say("start from another file (or a list, the later wins) and override the keys given here"));
        Key title = optional_key("title", localised(), "{en: A public margin pool, zh: 公共保证金池}", say("as reports show it; the name where none is given"));
        title.in_template = true;
        Key contracts = optional_key("contracts", text(TextForm::file), "contracts.csv", say("deals already on the books, a CSV file"));
        contracts.in_template = true;
        return section({
            required_key("fxpool", text(TextForm::version), "1", say("format version of this file")),
            std::move(extends),
            optional_key("fragment", flag(), "true", say("true: a part that others extend, like an episode; it need not be complete and is not run")),
            required_key("name", text(TextForm::name), "my-pool", say("letters, digits, - and _: names the result folder")),
            std::move(title),
            horizon_key(),
            market_key(),
            pool_key(),
            banks_key(),
            exporters_key(),
            std::move(contracts),
            new_business_key(),
            failure_key(),
            benefit_key(),
            simulation_key(),
            optional_key("limits", or_none(map_of(EntryKey::metric, text(TextForm::bound))),
                         R"({exhaustion.probability: "<= 1%", pool_loss.demand.var.0.99: "<= 20m"})",
                         say("pass or fail: a result and its bound; exit status 4 where one is not met")),
        });
    }();
    return type;
}

}  // namespace fxpool::scenario
