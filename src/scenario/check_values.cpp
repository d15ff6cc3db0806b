#include "check_values.hpp"

#include "bound.hpp"
#include "source_text.hpp"

#include "fxpool/base/date.hpp"
#include "fxpool/base/number.hpp"
#include "fxpool/base/suggestion.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <charconv>
#include <cmath>

namespace fxpool::scenario {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

std::string plain(double value) { return std::abs(value) < 1e15 ? fmt::format("{:.10g}", value) : exact_number(value); }

std::string shown(const NumberForm& form, double value) {
    if (form.unit == NumberForm::Unit::share) return fmt::format("{:.10g} %", value * 100);
    if (form.unit == NumberForm::Unit::amount && value >= 1e9) return as_written(value, form);
    return std::abs(value) >= 1e5 && value == std::floor(value) ? fmt::format("{:.0f}", value) : plain(value);
}

bool in_range(const NumberForm& form, double value) {
    if (form.above_low ? value <= form.low : value < form.low) return false;
    return form.below_high ? value < form.high : value <= form.high;
}

Message example_of(const NumberForm& form) {
    switch (form.unit) {
        case NumberForm::Unit::share: return verbatim("5%");
        case NumberForm::Unit::factor: return verbatim("1.5");
        case NumberForm::Unit::amount: return say("{0} or {1}", "20m", "2000万");
        case NumberForm::Unit::whole: return verbatim("60");
    }
    return verbatim("1");
}

bool is_infinite_or_nan(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c; });
    const auto start = text.find_first_not_of("+-.");
    const auto word = start == std::string::npos ? std::string() : text.substr(start);
    return word == "nan" || word == "inf" || word == "infinity";
}

/// What follows the digits of "20x"; empty where it does not begin with a number.
std::string unit_written(const std::string& text) {
    const auto end = text.find_first_not_of("0123456789.,_+- ");
    if (end == std::string::npos || end == 0 || !parse_number(text.substr(0, end))) return {};
    return text.substr(end);
}

Message no_number(const std::string& text, const Type& type) {
    if (const auto wide = find_full_width(text)) return full_width_message(*wide);
    if (is_infinite_or_nan(text)) {
        if (type.has_word("none")) return say("'{0}' is not a finite number; write none where there is no limit", text);
        return say("'{0}' is not a finite number", text);
    }
    const auto unit = unit_written(text);
    if (!unit.empty()) return say("'{0}' has the unit '{1}'; the units are {2}", text, unit, "%, k, m, bn, 万, 亿");
    return say("'{0}' is no number; {1} is wanted, e.g. {2}", text, wanted(type), example_of(*type.number));
}

/// What is wrong with the number written as `text`; sets `value`.
std::optional<Message> wrong_number(const std::string& text, const Type& type, double& value) {
    const NumberForm& form = *type.number;
    const auto number = parse_number(text);
    if (!number) return no_number(text, type);
    value = *number;
    const bool percent = text.find('%') != std::string::npos;
    if (percent && form.unit == NumberForm::Unit::amount) return say("'{0}' is a percentage; a plain number is wanted", text);
    if (form.unit == NumberForm::Unit::whole && (percent || value != std::floor(value)))
        return say("'{0}' is no whole number; one is wanted, e.g. {1}", text, example_of(form));
    if (in_range(form, value)) return std::nullopt;
    if (form.unit == NumberForm::Unit::share && !percent && in_range(form, value / 100)) {
        return say("{0} is out of range: {1}; is a % missing?", text, range_of(form));
    }
    return say("{0} is out of range: {1}", text, range_of(form));
}

Message no_date(const std::string& text) {
    if (const auto wide = find_full_width(text)) return full_width_message(*wide);
    if (const auto meant = parse_date(text)) return say("{0} is no date here; write {1}", text, *meant);
    return say("{0} is no date; dates are written like {1}", text, "2026-01-05");
}

/// Degrees of freedom of residuals that must have a variance.
constexpr NumberForm df_form = {NumberForm::Unit::factor, 2, 1e6, true, false};
/// The number of a limit.
constexpr NumberForm bound_form = {NumberForm::Unit::factor, -most_of_a_bound, most_of_a_bound, false, false};

std::optional<Message> wrong_student(const std::string& text, const Type& type) {
    if (const auto df = student_df_of(text)) {
        if (in_range(df_form, *df)) return std::nullopt;
        return say("{0} degrees of freedom are out of range: {1}; at 2 or below the residuals have no variance", plain(*df), range_of(df_form));
    }
    if (const auto near = nearest_word(text, type.words)) return say("'{0}' is not allowed here; did you mean '{1}'?", text, *near);
    return say("'{0}' is not allowed here; allowed: {1}", text, listed({"normal", "student(5)", "history"}));
}

std::optional<Message> wrong_text(const std::string& text, TextForm form, const Type& type) {
    switch (form) {
        case TextForm::any:
        case TextForm::file:
            if (text.empty()) return say("the text is empty");
            return std::nullopt;
        case TextForm::name: {
            const bool good = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
                return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
            });
            if (!good) return say("the name '{0}' must be letters a to z, digits, - and _: it names the result folder", text);
            if (text.size() > 200) return say("the name is longer than {0} letters", 200);
            return std::nullopt;
        }
        case TextForm::date:
            if (!parse_iso_date(text)) return no_date(text);
            return std::nullopt;
        case TextForm::bound:
            if (const auto bound = parse_bound(text)) {
                if (in_range(bound_form, bound->value)) return std::nullopt;
                return say("{0} is out of range: {1}", text, range_of(bound_form));
            }
            return say("'{0}' is no bound; write e.g. {1}", text, "\"<= 1%\"");
        case TextForm::queue:
            if (queue_days_of(text)) return std::nullopt;
            if (const auto near = nearest_word(text, type.words)) return say("'{0}' is not allowed here; did you mean '{1}'?", text, *near);
            return say("'{0}' is not allowed here; allowed: {1}", text, listed({"reject", "queue(5)", "own-margin"}));
        case TextForm::student: return wrong_student(text, type);
        case TextForm::currency_pair:
            if (!is_pair(text)) return say("'{0}' is no currency pair against CNY; write e.g. {1}", text, "USDCNY");
            return std::nullopt;
        case TextForm::version:
            if (parse_number(text) != 1.0) return say("this is format version {0}; this program reads version {1}", text, 1);
            return std::nullopt;
    }
    return std::nullopt;
}

Message wrong_word(const std::string& text, const Type& type) {
    if (type.advice) return say("'{0}' is not allowed here: {1}", text, *type.advice);
    std::vector<std::string> allowed = type.words;
    if (type.flag) allowed.insert(allowed.end(), {"true", "false"});
    if (allowed.empty()) return say("'{0}' can't stand here; {1} is wanted", text, wanted(type));
    if (const auto near = nearest_word(text, allowed)) return say("'{0}' is not allowed here; did you mean '{1}'?", text, *near);
    if (type.map || type.list) return say("'{0}' can't stand here; {1} is wanted", text, wanted(type));
    return say("'{0}' is not allowed here; allowed: {1}", text, listed(allowed));
}

}  // namespace

Message wanted_text(TextForm form) {
    switch (form) {
        case TextForm::any: return say("a text");
        case TextForm::name: return say("a name");
        case TextForm::date: return say("a date");
        case TextForm::file: return say("a file name");
        case TextForm::bound: return say("a bound");
        case TextForm::queue: return verbatim("queue(5)");
        case TextForm::student: return verbatim("student(5)");
        case TextForm::currency_pair: return say("a currency pair");
        case TextForm::version: return say("a whole number");
    }
    return say("a text");
}

Message range_of(const NumberForm& form) {
    const auto low = shown(form, form.low), high = shown(form, form.high);
    if (form.above_low && form.below_high) return say("above {0}, below {1}", low, high);
    if (form.above_low) return say("above {0}, up to {1}", low, high);
    if (form.below_high) return say("{0} or more, below {1}", low, high);
    return say("{0} to {1}", low, high);
}

Message listed(const std::vector<std::string>& words) {
    std::string all;
    for (const auto& word : words) all += (all.empty() ? "" : ", ") + word;
    return verbatim(std::move(all));
}

Message wanted(const Type& type) {
    std::vector<Message> parts;
    if (type.number) parts.push_back(type.number->unit == NumberForm::Unit::whole ? say("a whole number") : say("a number"));
    if (type.text) parts.push_back(wanted_text(*type.text));
    if (type.flag) parts.insert(parts.end(), {say("'{0}'", "true"), say("'{0}'", "false")});
    for (const auto& word : type.words) parts.push_back(say("'{0}'", word));
    if (type.map) parts.push_back(say("a map"));
    if (type.list) parts.push_back(say("a list"));
    if (parts.empty()) return say("nothing");
    Message all = parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i) all = i + 1 == parts.size() ? say("{0} or {1}", all, parts[i]) : say("{0}, {1}", all, parts[i]);
    return all;
}

void check_text(Node& node, const Type& type, const std::string& path, Problems& problems) {
    const bool free_text = type.text == TextForm::any || type.text == TextForm::file;
    const Place place = free_text ? node.place() : full_width_place(node.place(), node.text, node.quoted);
    const auto error = [&](Message message) { problems.error(place, path, std::move(message)); };
    const auto is_refused = [&] { return std::find(type.refused.begin(), type.refused.end(), node.text) != type.refused.end(); };
    if (node.text == "false" && type.has_word("off")) node.text = "off";  // what some writers of YAML make of it
    if (type.has_word(node.text)) return;
    if (type.flag && (node.text == "true" || node.text == "false")) return;
    for (const auto& never : type.never) {
        if (never.word == node.text) return error(never.why);
    }
    if (is_refused() || type.refuse_the_rest) {
        error(say("'{0}' is not in this version yet; allowed: {1}", node.text, listed(type.words)));
    } else if (type.number) {
        double value = 0;
        if (auto wrong = wrong_number(node.text, type, value)) error(std::move(*wrong));
        else node.number = value;
    } else if (type.text) {
        if (auto wrong = wrong_text(node.text, *type.text, type)) error(std::move(*wrong));
        else if (*type.text == TextForm::version) node.number = parse_number(node.text);
    } else {
        error(wrong_word(node.text, type));
    }
}

std::optional<int> months_of(std::string_view tenor) {
    int months = 0;
    if (tenor.size() < 2 || tenor.size() > 5 || tenor.back() != 'M' || tenor.front() == '0') return std::nullopt;
    const char* end = tenor.data() + tenor.size() - 1;
    const auto read = std::from_chars(tenor.data(), end, months);
    if (read.ec != std::errc{} || read.ptr != end || months < 1) return std::nullopt;
    return months;
}

std::optional<int> queue_days_of(std::string_view text) {
    int days = 0;
    constexpr std::string_view open = "queue(";
    if (!text.starts_with(open) || !text.ends_with(")")) return std::nullopt;
    const auto digits = text.substr(open.size(), text.size() - open.size() - 1);
    if (digits.empty() || digits.size() > 5 || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
    std::from_chars(digits.data(), digits.data() + digits.size(), days);
    return days;
}

std::optional<double> student_df_of(std::string_view text) {
    constexpr std::string_view open = "student(";
    if (!text.starts_with(open) || !text.ends_with(")") || text.find('%') != std::string_view::npos) return std::nullopt;
    return parse_number(text.substr(open.size(), text.size() - open.size() - 1));
}

bool is_pair(std::string_view name) {
    return name.size() == 6 && name.ends_with("CNY") && std::all_of(name.begin(), name.end(), is_capital) && !name.starts_with("CNY");
}

std::optional<Message> wrong_entry_key(const std::string& key, const MapForm& map) {
    if (const auto wide = find_full_width(key); wide && map.entry_key != EntryKey::sector) return full_width_message(*wide);
    switch (map.entry_key) {
        case EntryKey::tenor: {
            const auto months = months_of(key);
            if (!months) return say("'{0}' is no tenor; write whole months, e.g. {1}", key, "3M");
            if (*months > map.longest_tenor) return say("the tenor {0} is out of range: {1} to {2}", key, "1M", std::to_string(map.longest_tenor) + "M");
            return std::nullopt;
        }
        case EntryKey::currency:
            if (key.size() != 3 || !std::all_of(key.begin(), key.end(), is_capital)) return say("'{0}' is no currency; write e.g. {1}", key, "USD");
            return std::nullopt;
        case EntryKey::pair:
            if (!is_pair(key)) return say("'{0}' is no currency pair against CNY; write e.g. {1}", key, "USDCNY");
            return std::nullopt;
        case EntryKey::couple: {
            const auto tilde = key.find('~');
            const bool good = tilde != std::string::npos && is_pair(key.substr(0, tilde)) && is_pair(key.substr(tilde + 1));
            if (!good) return say("'{0}' names no two pairs; write e.g. {1}", key, "USDCNY~EURCNY");
            return std::nullopt;
        }
        case EntryKey::date:
            if (!parse_iso_date(key)) return no_date(key);
            return std::nullopt;
        case EntryKey::metric: return wrong_metric(key);
        case EntryKey::sector:
            if (key.empty()) return say("the text is empty");
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace fxpool::scenario
