#include "fxpool/report/model_yaml.hpp"

#include "fxpool/base/number.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace fxpool::report {
namespace {

using Json = nlohmann::ordered_json;
using calibrate::Parameter;

constexpr auto factor = NumberForm::Unit::factor;
constexpr auto share = NumberForm::Unit::share;

/// A text as YAML takes it: in quotes unless it is letters, digits and marks that mean nothing.
std::string quoted(const std::string& text) {
    const auto plain = [](char c) {
        const bool mark = c == '_' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')';
        return mark || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    };
    const bool begins_well = !text.empty() && text.front() != '-' && text.find_first_of("0123456789.") != 0;
    const bool path = text.rfind("./", 0) == 0 || text.rfind("../", 0) == 0;
    if ((begins_well || path) && std::all_of(text.begin(), text.end(), plain)) return text;
    return Json(text).dump();  // a JSON string is a YAML one
}

std::string list_of(const std::vector<std::string>& values) { return fmt::format("[{}]", fmt::join(values, ", ")); }

/// Values that sum to a whole of which the last place is the rest, so that rounding leaves the sum as it is.
std::vector<std::string> summing_to(double whole, const std::vector<double>& values, std::size_t rest) {
    std::vector<std::string> texts(values.size());
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i == rest) continue;
        texts[i] = scenario_number(values[i], factor);
        sum += parse_number(texts[i]).value_or(0);
    }
    constexpr int exact_enough = 12;
    if (rest < texts.size()) texts[rest] = scenario_number(whole - sum, factor, exact_enough);
    return texts;
}

std::size_t largest(const std::vector<double>& values) { return static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin()); }

/// Takes a model's keys down, one call for each.
class Keys {
  public:
    std::vector<BlockKey> keys;
    std::vector<Otherwise::Kind> otherwise;

    void operator()(const char* name, double& value, NumberForm form, Otherwise other, const Message&) { add(name, other, number(value, form)); }
    void operator()(const char* name, std::optional<double>& value, NumberForm form, Otherwise other, const Message&) {
        add(name, other, value ? number(*value, form) : BlockKey{});
    }
    void operator()(const char* name, DatedVolatility& value, NumberForm form, Otherwise other, const Message&) {
        if (value.quotes.empty()) return add(name, other, dated(value.steps, form));
        BlockKey key{.json = {{"quotes", Json::object()}}, .unit = form.unit};
        std::vector<std::string> entries;
        for (const auto& [months, volatility] : value.quotes) {
            const auto tenor = std::to_string(months) + "M";
            entries.push_back(tenor + ": " + scenario_number(volatility, form.unit));
            key.json["quotes"][tenor] = volatility;
        }
        key.value = fmt::format("{{quotes: {{{}}}}}", fmt::join(entries, ", "));
        add(name, other, std::move(key));
    }
    void operator()(const char* name, DatedDrift& value, NumberForm form, Otherwise other, const Message&) {
        add(name, other, value.carry ? word("carry") : dated(value.steps, form));
    }
    void operator()(const char* name, Drift& value, NumberForm form, Otherwise other, const Message&) {
        add(name, other, value.carry ? word("carry") : number(value.rate, form));
    }
    void operator()(const char* name, CarryOnly& value, Otherwise other, const Message&) { add(name, other, value.carry ? word("carry") : BlockKey{}); }
    void operator()(const char* name, bool& value, Otherwise other, const Message&) { add(name, other, {.value = value ? "true" : "false", .json = value}); }
    void operator()(const char* name, std::string& value, Otherwise other, const Message&) { add(name, other, word(value)); }
    void operator()(const char* name, FileName& value, Otherwise other, const Message&) {
        add(name, other, value.path.empty() ? BlockKey{} : word(value.path));
    }
    void operator()(const char* name, std::optional<Date>& value, Otherwise other, const Message&) {
        add(name, other, value ? BlockKey{.value = value->iso(), .json = value->iso()} : BlockKey{});
    }
    void operator()(const char* name, Residuals& value, Otherwise other, const Message&) {
        switch (value.kind) {
            case Residuals::Kind::normal: return add(name, other, word("normal"));
            case Residuals::Kind::student: return add(name, other, word("student(" + scenario_number(value.df, factor) + ")"));
            case Residuals::Kind::history: return add(name, other, word("history"));
        }
    }
    void operator()(const char* name, RegimeStart& value, Otherwise other, const Message&) {
        if (!value.state.empty()) return add(name, other, word(value.state));
        if (value.probabilities.empty()) return add(name, other, {});
        const auto& shares = value.probabilities;
        add(name, other, {.value = list_of(summing_to(1, shares, largest(shares))), .json = shares});
    }
    void operator()(const char* name, Generator& value, Otherwise other, const Message&) {
        BlockKey key{.json = Json::array()};
        for (std::size_t i = 0; i < value.size(); ++i) {
            key.rows.push_back(list_of(summing_to(0, value[i], i)));
            key.json.push_back(value[i]);
        }
        add(name, other, std::move(key));
    }
    /// A list of things with keys of their own: states.
    template <class T>
    requires requires(T one, Keys& inner) { one.keys(inner); }
    void operator()(const char* name, std::vector<T>& value, Otherwise other, const Message&) {
        BlockKey key{.json = Json::array()};
        for (auto& one : value) {
            Keys inner;
            one.keys(inner);
            Json& item = key.json.emplace_back(Json::object());
            for (const auto& each : inner.keys) item[each.name] = each.json;
            key.items.push_back(std::move(inner.keys));
        }
        add(name, other, std::move(key));
    }

  private:
    static BlockKey number(double value, NumberForm form) { return {.value = scenario_number(value, form.unit), .json = value, .unit = form.unit}; }
    static BlockKey word(const std::string& text) { return {.value = quoted(text), .json = text}; }
    static BlockKey dated(const DatedValues& steps, NumberForm form) {
        if (steps.size() == 1) return number(steps.front().second, form);
        BlockKey key{.json = Json::object(), .unit = form.unit};
        std::vector<std::string> entries;
        for (const auto& [date, value] : steps) {
            entries.push_back(date.iso() + ": " + scenario_number(value, form.unit));
            key.json[date.iso()] = value;
        }
        key.value = fmt::format("{{{}}}", fmt::join(entries, ", "));
        return key;
    }
    /// A key without a value is none.
    void add(const char* name, Otherwise other, BlockKey key) {
        if (key.json.is_null()) return;
        key.name = name;
        keys.push_back(std::move(key));
        otherwise.push_back(other.kind);
    }
};

/// Whether `parameter` is `key` or within it: states[0].drift is within states.
bool within(const Parameter& parameter, const std::string& key) {
    const auto& name = parameter.name;
    return name.rfind(key, 0) == 0 && (name.size() == key.size() || name[key.size()] == '[' || name[key.size()] == '.');
}

/// The number of a word: df of student(4.5).
bool in_word(const Parameter& parameter, const std::string& value) { return value.ends_with("(" + scenario_number(parameter.value, factor) + ")"); }

bool speaks_of(const std::vector<Parameter>& parameters, const std::string& key) {
    return std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& parameter) { return within(parameter, key); });
}

std::string error_text(const Parameter& parameter, NumberForm::Unit unit, Language language) {
    constexpr int digits = 3;
    switch (parameter.status) {
        case Parameter::Status::fixed: return render(say("fixed"), language);
        case Parameter::Status::at_floor: return render(say("at its floor"), language);
        case Parameter::Status::estimated: break;
    }
    return parameter.standard_error ? "+- " + scenario_number(*parameter.standard_error, unit, digits) : std::string();
}

/// The errors of one line's numbers: of `name` itself and of what is within it (name[0], name[1], ...: the row of a generator).
std::string errors_of(const std::vector<Parameter>& parameters, const std::string& name, const std::string& value, NumberForm::Unit unit, Language language) {
    std::vector<std::string> parts;
    for (const auto& parameter : parameters) {
        if (!within(parameter, name) && !in_word(parameter, value)) continue;
        const auto text = error_text(parameter, unit, language);
        if (!text.empty()) parts.push_back(text);
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

/// Lines of a block whose comments stand under each other.
class Lines {
  public:
    void add(std::string text, std::string comment = {}) { lines_.push_back({std::move(text), std::move(comment)}); }

    std::string text() const {
        std::size_t width = 0;
        for (const auto& line : lines_) width = std::max(width, line.comment.empty() ? 0 : line.text.size());
        std::string all;
        for (const auto& line : lines_) {
            all += line.text;
            if (!line.comment.empty()) all += std::string(width - line.text.size() + 2, ' ') + "# " + line.comment;
            all += "\n";
        }
        return all;
    }

  private:
    struct Line {
        std::string text, comment;
    };
    std::vector<Line> lines_;
};

void add_key(Lines& lines, const BlockKey& key, const std::vector<Parameter>& parameters, Language language) {
    const std::string indent = "  ", inner = "    ";
    if (key.items.empty() && key.rows.empty()) {
        lines.add(indent + key.name + ": " + key.value, errors_of(parameters, key.name, key.value, key.unit, language));
        return;
    }
    lines.add(indent + key.name + ":");
    for (std::size_t i = 0; i < key.rows.size(); ++i) {
        lines.add(inner + "- " + key.rows[i], errors_of(parameters, fmt::format("{}[{}]", key.name, i), {}, key.unit, language));
    }
    for (std::size_t i = 0; i < key.items.size(); ++i) {
        bool first = true;
        for (const auto& one : key.items[i]) {
            lines.add(inner + (first ? "- " : "  ") + one.name + ": " + one.value,
                      errors_of(parameters, fmt::format("{}[{}].{}", key.name, i, one.name), one.value, one.unit, language));
            first = false;
        }
    }
}

}  // namespace

std::string scenario_number(double value, NumberForm::Unit unit, int digits) {
    const double shown = unit == share ? value * 100 : value;
    auto text = fmt::format("{:.{}g}", shown, digits);
    // A percent sign bears no exponent.
    if (unit == share && text.find('e') != std::string::npos) {
        const int decimals = std::max(digits - 1 - static_cast<int>(std::floor(std::log10(std::abs(shown)))), 0);
        text = fmt::format("{:.{}f}", shown, decimals);
        if (text.find('.') != std::string::npos) text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    if (text == "-0") text = "0";
    return unit == share ? text + "%" : text;
}

std::vector<BlockKey> model_block(const Model& model, const std::vector<Parameter>& parameters) {
    return std::visit(
        [&](auto copy) {
            using Kind = decltype(copy);
            Keys given, plain;
            copy.keys(given);
            Kind as_default;
            as_default.keys(plain);
            std::vector<BlockKey> block = {{.name = "type", .value = Kind::name, .json = Kind::name}};
            for (std::size_t i = 0; i < given.keys.size(); ++i) {
                const auto& key = given.keys[i];
                const bool at_default =
                    given.otherwise[i] == Otherwise::Kind::value && std::find(plain.keys.begin(), plain.keys.end(), key) != plain.keys.end();
                if (!at_default || speaks_of(parameters, key.name)) block.push_back(key);
            }
            return block;
        },
        model);
}

std::string model_yaml(const calibrate::Fit& fit, Language language, const std::string& key) {
    const auto block = model_block(fit.model, fit.parameters), long_run = model_block(fit.long_run, fit.parameters);
    Lines lines;
    lines.add(key + ":");
    for (const auto& one : block) {
        add_key(lines, one, fit.parameters, language);
        if (std::find(long_run.begin(), long_run.end(), one) != long_run.end()) continue;
        const auto other = std::find_if(long_run.begin(), long_run.end(), [&](const BlockKey& candidate) { return candidate.name == one.name; });
        lines.add("  # " + (other == long_run.end() ? render(say("from the long run instead: leave {0} out", one.name), language)
                                                    : render(say("from the long run instead: {0}", one.name + ": " + other->value), language)));
    }
    // What the fit found and no key says.
    for (const auto& parameter : fit.parameters) {
        if (std::any_of(block.begin(), block.end(), [&](const BlockKey& one) { return within(parameter, one.name) || in_word(parameter, one.value); }))
            continue;
        const auto error = error_text(parameter, factor, language);
        lines.add("  # " + parameter.name + " " + scenario_number(parameter.value, factor) + (error.empty() ? "" : " " + error));
    }
    return lines.text();
}

nlohmann::ordered_json model_json(const Model& model, const std::vector<Parameter>& parameters) {
    Json json = Json::object();
    for (const auto& key : model_block(model, parameters)) json[key.name] = key.json;
    return json;
}

}  // namespace fxpool::report
