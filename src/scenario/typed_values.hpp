#pragma once

#include "node.hpp"

#include "fxpool/base/date.hpp"
#include "fxpool/settings/settings.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// Typed values of nodes that check_keys() has found right.
namespace fxpool::scenario {

/// The value at `key`, or one of kind `nothing`.
const Node& at(const Node& node, std::string_view key);
bool given(const Node& node, std::string_view key);
/// `none` or `off`.
bool off(const Node& node);

double number(const Node& node, double none_means = no_limit);
double number(const Node& node, std::string_view key, double none_means = no_limit);
int whole(const Node& node, std::string_view key);
bool is_true(const Node& node, std::string_view key);
const std::string& text(const Node& node, std::string_view key);
Date date(const Node& node);
Date date(const Node& node, std::string_view key);
std::optional<Date> optional_date(const Node& node, std::string_view key);

/// A file name, which starts at the folder of the file in which it is written.
std::filesystem::path file(const Node& node);
std::optional<std::filesystem::path> optional_file(const Node& node, std::string_view key);

/// Months -> value; a plain number stands at 0 months.
ByTenor by_tenor(const Node& node);
/// Date -> value, in the dates' order; a plain number has no date.
DatedValues by_date(const Node& node);

}  // namespace fxpool::scenario
