#pragma once

#include "key_type.hpp"
#include "node.hpp"

#include "fxpool/base/problem.hpp"

#include <optional>
#include <string>

namespace fxpool::scenario {

/// Checks a text against the words, number and text forms of `type`, and sets Node::number; a problem where it is none of them.
void check_text(Node& node, const Type& type, const std::string& path, Problems& problems);

/// What `type` wants: "a number, none or a map".
Message wanted(const Type& type);

/// "0 % to 100 %", "above 0"
Message range_of(const NumberForm& form);
/// "a date", "a file name"
Message wanted_text(TextForm form);

/// What is wrong with a key of an open map; nothing where it is right.
std::optional<Message> wrong_entry_key(const std::string& key, const MapForm& map);

/// "3M" -> 3; nothing for what is no tenor.
std::optional<int> months_of(std::string_view tenor);

/// "queue(5)" -> 5.
std::optional<int> queue_days_of(std::string_view text);

/// "student(5)" -> 5; nothing where it is no such text. The range is another matter.
std::optional<double> student_df_of(std::string_view text);

/// "USDCNY": three capital letters, then CNY.
bool is_pair(std::string_view name);

/// "0, 1, 2" as a message
Message listed(const std::vector<std::string>& words);

}  // namespace fxpool::scenario
