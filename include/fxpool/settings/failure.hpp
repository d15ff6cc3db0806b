#pragma once

#include "fxpool/base/problem.hpp"
#include "fxpool/settings/forms.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// How deals fail.
namespace fxpool {

/// A number, or sector -> number with a default.
struct BySector {
    double otherwise = 0;
    std::map<std::string, double> sectors;

    double at(const std::string& sector) const {
        const auto found = sectors.find(sector);
        return found == sectors.end() ? otherwise : found->second;
    }
    bool operator==(const BySector&) const = default;
};

struct Shock {
    Date from, to;
    std::optional<std::string> sector;
    std::optional<double> us_share_above;
    double probability = 0;
    Place place;

    void keys(auto&& key) {
        key("from", from, needed("2026-04-01"), say("first settlement date"));
        key("to", to, needed("2026-06-30"), say("last settlement date"));
        key("sector", sector, absent("electronics"), say("only this sector"));
        key("us_share_above", us_share_above, share_form(), absent("50%"), say("only firms that sell more than this share to the United States"));
        key("probability", probability, share_form(), needed("20%"), say("instead of the probability above"));
    }
    bool operator==(const Shock&) const = default;
};

/// A share, or `liquidity`: as far as the firm's own goes. The members are those of the failure.
struct Absorption {
    double& share;
    bool& from_liquidity;
};

struct FailureSettings {
    BySector pd{0.03, {}};
    BySector correlation{0.12, {}};
    double sector_loading = 1;
    double insolvency_fx_beta = 0;
    bool keep_mean = false;
    BySector order_loss_probability{0.01, {}};
    double order_loss_correlation = 0;
    double order_loss_fx_beta = 0;
    double absorb = 0;
    bool absorb_from_liquidity = false;
    std::vector<Shock> shocks;
    double strategic_share = 0, strategic_threshold = 0.025;
    double late_probability = 0;  ///< late: none
    int late_roll_months = 3;
    bool late_carried = false;

    void keys(auto&& key) {
        key("insolvency",
            part_or_none(
                [&](auto& inner) {
                    inner("pd", pd, share_below(1), say("annual default probability; or sector -> value with a default; the exporter file's wins"));
                    inner("correlation", correlation, share_form(), say("with the common factor; or sector -> value with a default"));
                    inner("sector_loading", sector_loading, share_form(), say("share of the common factor that all sectors have in common"));
                    inner("fx_beta", insolvency_fx_beta, beta_form(),
                          say("growth of the hazard's logarithm with a 5 % move of the reference pair in six months"));
                    inner("keep_mean", keep_mean, say("keep the mean default rate at pd whatever fx_beta"));
                },
                [&] { pd = {}; }),
            say("firms that fail"));
        key("order_loss",
            part_or_none(
                [&](auto& inner) {
                    inner("probability", order_loss_probability, share_form(),
                          say("that the receipt of a deal never comes; or sector -> value with a default"));
                    inner("correlation", order_loss_correlation, share_below(1), say("with the common factor"));
                    inner("fx_beta", order_loss_fx_beta, beta_form(),
                          say("growth of its logit with a 5 % move of the reference pair in six months, against the exporter"));
                    inner("absorb", Absorption{absorb, absorb_from_liquidity}, share_form(),
                          say("probability that the firm bears the loss itself; or liquidity: as far as its liquidity goes"));
                    inner("shocks", shocks, MayBeNone{}, say("periods with another probability"));
                },
                [&] { order_loss_probability = {}; }),
            say("receipts that never come"));
        key("strategic",
            part_or_none(
                [&](auto& inner) {
                    inner("share", strategic_share, share_form(), say("exporters who would walk away"));
                    inner("threshold", strategic_threshold, ratio_form(100), say("from a deal that loses more than this share of its rate"));
                },
                [&] { strategic_share = 0; }),
            say("firms that walk away from a loss"));
        key("late",
            part_or_none(
                [&](auto& inner) {
                    inner("probability", late_probability, share_form(), by_default("10%"), say("that the receipt of a deal comes late"));
                    inner("roll_months", late_roll_months, whole_form(1, 60), say("months by which the deal is rolled"));
                    inner("settle", late_carried, TwoWords{"cash", "carried"}, say("cash (the difference is paid now) | carried (it goes into the new rate)"));
                },
                [&] { late_probability = 0; }),
            OffByDefault{}, say("receipts that come late"));
    }
    bool operator==(const FailureSettings&) const = default;
};

}  // namespace fxpool
