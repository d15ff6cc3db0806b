#include "fxpool/base/message.hpp"

#include <unordered_map>

// The Chinese catalogue: English pattern -> Chinese pattern, a file a module.
namespace fxpool {
namespace {

struct Entry {
    std::string_view english, chinese;
};

constexpr Entry entries[] = {
#include "catalogue/app_zh.inc"
#include "catalogue/backtest_zh.inc"
#include "catalogue/base_zh.inc"
#include "catalogue/book_zh.inc"
#include "catalogue/calibrate_command_zh.inc"
#include "catalogue/calibrate_zh.inc"
#include "catalogue/files_zh.inc"
#include "catalogue/market_zh.inc"
#include "catalogue/model_zh.inc"
#include "catalogue/plausible_zh.inc"
#include "catalogue/report_zh.inc"
#include "catalogue/scenario_zh.inc"
#include "catalogue/study_zh.inc"
};

}  // namespace

std::string_view chinese_pattern(std::string_view english_pattern) {
    static const auto catalogue = [] {
        std::unordered_map<std::string_view, std::string_view> all;
        for (const auto& entry : entries) all.emplace(entry.english, entry.chinese);
        return all;
    }();
    const auto found = catalogue.find(english_pattern);
    return found == catalogue.end() ? std::string_view() : found->second;
}

}  // namespace fxpool
