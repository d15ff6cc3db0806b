#pragma once

#include "key_type.hpp"

#include "fxpool/settings/settings.hpp"

#include <concepts>
#include <type_traits>
#include <utility>
#include <variant>

// From the members that a struct lists (`keys(auto&& key)`) to the keys of the file: what may stand there follows from the member's type and
// the form named with it, the default is the value that a new struct holds.
namespace fxpool::scenario {

/// No form is named with the member.
struct NoForm {};

/// A struct that lists its members.
template <class T>
concept ListsKeys = requires(T listed) {
    listed.keys([](auto&&...) {});
};

/// One that may be `none`, which does something.
template <class T>
concept MayBeOff = ListsKeys<T> && requires(T listed) {
    listed.when_none();
};

template <class T>
concept Number = std::is_arithmetic_v<T> && !std::same_as<T, bool>;

/// Calls act(model) with one of each model.
template <class Act>
void for_each_model(Act&& act) {
    [&]<std::size_t... i>(std::index_sequence<i...>) { (act(std::variant_alternative_t<i, Model>{}), ...); }
    (std::make_index_sequence<std::variant_size_v<Model>>{});
}

/// What is told with a member beside its form.
template <class T>
inline constexpr bool is_form = !std::same_as<T, Message> && !std::same_as<T, Otherwise> && !std::same_as<T, Only>;

template <class First, class... Rest>
auto form_in(const First& first, const Rest&... rest) {
    if constexpr (is_form<First>) return first;
    else if constexpr (sizeof...(Rest) > 0) return form_in(rest...);
    else return NoForm{};
}

struct Told {
    Message comment;
    Otherwise otherwise = by_default();
    std::vector<std::string> only;

    explicit Told(const auto&... all) { (take(all), ...); }

  private:
    void take(const Message& said) { comment = said; }
    void take(const Otherwise& said) { otherwise = said; }
    void take(const Only& said) { only = {said.value}; }
    void take(const auto&) {}
};

/// What may stand at a key, and the member's value as YAML.
struct Shape {
    Type type;
    std::string value;
};

std::vector<Key> keys_of(auto&& listed);

template <class T>
Shape section_of(T&& listed) {
    using Listed = std::remove_cvref_t<T>;
    std::string tag;
    if constexpr (requires { Listed::tag; }) tag = Listed::tag;
    Type type = section(keys_of(listed), std::move(tag));
    return {MayBeOff<Listed> ? or_none(std::move(type)) : std::move(type), "{}"};
}

/// {a: 40%, b: 60%}
std::string in_braces(const auto& entries, auto&& key_of, auto&& value_of) {
    std::string text;
    for (const auto& [key, value] : entries) text += (text.empty() ? "" : ", ") + key_of(key) + ": " + value_of(value);
    return "{" + text + "}";
}
inline std::string tenor(int months) { return std::to_string(months) + "M"; }

// Numbers.
Shape shape_of(Number auto value, NumberForm form) { return {number(form), as_written(static_cast<double>(value), form)}; }
template <Number T>
Shape shape_of(const std::optional<T>&, NumberForm form) {
    return {number(form), {}};
}
inline Shape shape_of(double value, OrNone form) { return {or_none(number(form.form)), as_written(value, form.form)}; }
inline Shape shape_of(double value, OnlyDefault only) {
    only.form.low = only.form.high = value;
    return shape_of(value, only.form);
}
inline Shape shape_of(const ExporterCap& cap, OrNone form) {
    auto one = shape_of(cap.claims, form);
    return {either(std::move(one.type), section_of(cap).type), std::move(one.value)};
}
inline Shape shape_of(const Absorption& absorb, NumberForm form) { return {either(choice({"liquidity"}), number(form)), as_written(absorb.share, form)}; }
inline Shape shape_of(const BySector& value, NumberForm form) { return {by_sector(number(form)), as_written(value.otherwise, form)}; }
inline Shape shape_of(const ByTenor& values, const ByTenorForm& form) {
    const auto value_of = [&](double value) { return as_written(value, form.form); };
    if (!form.or_number) return {by_tenor(number(form.form), form.longest), in_braces(values, tenor, value_of)};
    return {either(number(form.form), by_tenor(number(form.form), form.longest)), values.empty() ? std::string() : value_of(values.begin()->second)};
}
template <class Value>
Shape shape_of(const std::map<std::string, Value>& values, const auto& form) {
    const auto same = [](const std::string& key) { return key; };
    const auto value_of = [&](const Value& value) { return shape_of(value, form.value).value; };
    return {map_of(form.key, shape_of(Value{}, form.value).type, form.may_be_empty), in_braces(values, same, value_of)};
}
inline Shape shape_of(const std::map<std::pair<std::string, std::string>, double>&, NumberForm form) {
    return {or_none(map_of(EntryKey::couple, number(form))), "{}"};
}
inline Shape shape_of(const Sides& sides, NoForm) {
    std::string value;
    sides.keys([&](const char* name, double share, NumberForm form, auto&&...) {
        value += (value.empty() ? "{" : ", ") + std::string(name) + ": " + as_written(share, form);
    });
    return {section_of(sides).type, value + "}"};
}

// Words and texts.
template <HasWords Value>
Shape shape_of(Value value, NoForm) {
    std::vector<std::string> words;
    for (const auto& one : words_of(value)) words.emplace_back(one.word);
    return {choice(std::move(words)), std::string(word_of(value))};
}
template <HasWords Value>
Shape shape_of(const std::set<Value>& values, NoForm) {
    std::string all;
    for (const Value value : values) all += (all.empty() ? "[" : ", ") + std::string(word_of(value));
    return {list_of(shape_of(Value{}, NoForm{}).type, false), all + "]"};
}
inline Shape shape_of(bool value, NoForm) { return {flag(), value ? "true" : "false"}; }
inline Shape shape_of(bool value, TwoWords words) { return {choice({words.no, words.yes}), value ? words.yes : words.no}; }
inline Shape shape_of(const Reserved& reserved, NoForm) {
    Type type = choice({reserved.word});
    return {reserved.later ? refusing(std::move(type), {reserved.later}) : refusing_the_rest(std::move(type)), reserved.word};
}
inline Shape shape_of(const NoRoom&, NoForm) { return {either(choice({"reject", "own-margin"}), text(TextForm::queue)), "reject"}; }
inline Shape shape_of(const std::string&, TextForm form) { return {text(form), {}}; }
inline Shape shape_of(const std::string& value, NoForm) { return shape_of(value, TextForm::any); }
inline Shape shape_of(const std::optional<std::string>&, NoForm) { return {text(TextForm::any), {}}; }
inline Shape shape_of(Date, NoForm) { return {text(TextForm::date), {}}; }
inline Shape shape_of(const std::optional<Date>&, NoForm) { return {text(TextForm::date), {}}; }
inline Shape shape_of(const FileName&, NoForm) { return {text(TextForm::file), {}}; }
inline Shape shape_of(const std::optional<std::filesystem::path>&, NoForm) { return {text(TextForm::file), {}}; }
inline Shape shape_of(const Localised&, NoForm) { return {either(text(TextForm::any), section_of(Localised{}).type), {}}; }
inline Shape shape_of(const std::vector<Limit>&, NoForm) { return {or_none(map_of(EntryKey::metric, text(TextForm::bound))), {}}; }

// Sections and lists.
template <ListsKeys T>
Shape shape_of(const T& listed, NoForm) {
    T copy = listed;
    return section_of(copy);
}
template <ListsKeys T>
Shape shape_of(const T& listed, OffByDefault off) {
    T copy = listed;
    return {or_off(section(keys_of(copy))), off.word};
}
template <ListsKeys T>
Shape shape_of(const std::optional<T>&, OffByDefault off) {
    return {or_off(section_of(T{}).type), off.word};
}
template <ListsKeys T>
Shape shape_of(const std::optional<T>&, NoForm) {
    return {section_of(T{}).type, {}};
}
inline Shape shape_of(const Horizon&, NoForm) { return section_of(HorizonSettings{}); }
inline Shape shape_of(const ExporterSettings&, NoForm) { return {either(text(TextForm::file), section_of(MadeAtRandom{}).type), {}}; }
inline Shape shape_of(const std::vector<PairSettings>&, NoForm) { return {map_of(EntryKey::pair, section_of(PairSettings{}).type, false), {}}; }
inline Shape shape_of(const std::vector<double>&, NumberForm form) { return {list_of(number(form), false), {}}; }
template <class T>
Shape shape_of(const std::vector<T>&, NoForm form) {
    T one{};
    return {list_of(shape_of(one, form).type, false), {}};
}
template <class T>
Shape shape_of(const std::vector<T>&, MayBeNone) {
    return {or_none(list_of(section_of(T{}).type)), "[]"};
}

// Models.
Type rate_law_type();
inline Shape shape_of(const RateLaw&, NoForm) { return {rate_law_type(), "{}"}; }
inline Shape shape_of(double, NoForm) { return {number(factor_form(-most_times, most_times)), {}}; }  // an intensity
inline Shape shape_of(const Drift& drift, NumberForm form) { return {either(choice({"carry"}), number(form)), as_written(drift.rate, form)}; }
inline Shape shape_of(const DatedDrift& drift, NumberForm form) {
    return {either(choice({"carry"}), either(number(form), by_date(number(form)))),
            drift.steps.empty() ? std::string() : as_written(drift.steps.front().second, form)};
}
inline Shape shape_of(const DatedVolatility& volatility, NumberForm form) {
    constexpr int longest_quote = 600;  // months, as curves
    Key quotes = optional_key("quotes", by_tenor(number(form), longest_quote), "{1M: 2.5%, 12M: 4.2%}", say("implied volatilities by tenor"));
    return {either(number(form), by_date(number(form), {std::move(quotes)})),
            volatility.steps.empty() ? std::string() : as_written(volatility.steps.front().second, form)};
}
inline Shape shape_of(const CarryOnly&, NoForm) {
    Type type = choice({"carry"});
    type.advice = say("this model's own parameters or its history give its growth; write carry to make the expected rate the forward, or leave the key out");
    return {std::move(type), {}};
}
inline Shape shape_of(const RegimeStart&, NoForm) { return {either(text(TextForm::any), list_of(number(share_form()), false)), {}}; }
inline Shape shape_of(const Residuals&, NoForm) { return {either(choice({"normal", "history"}), text(TextForm::student)), "normal"}; }

/// Makes a key of each member that a struct lists.
class KeyMaker {
  public:
    std::vector<Key> keys;

    template <class Member, class... More>
    void operator()(const char* name, Member&& member, const More&... more) {
        Told told(more...);
        Shape shape = shape_of(member, form_in(more...));
        Key key{.name = name, .type = std::move(shape.type), .comment = std::move(told.comment), .only = std::move(told.only)};
        const std::string said = told.otherwise.yaml;
        const bool needed = told.otherwise.kind == Otherwise::Kind::needed;
        if (told.otherwise.kind == Otherwise::Kind::value) {
            key.otherwise = said.empty() ? shape.value : said;
        } else {
            // the pair's own history stands in for one that is not given: such a key is never missing (check_models.cpp)
            key.required = needed && !std::same_as<std::remove_cvref_t<Member>, FileName>;
            key.in_template = needed || told.otherwise.live;
            key.example = said.empty() && shape.value != "{}" ? shape.value : said;  // a section is made of its keys' examples
        }
        keys.push_back(std::move(key));
    }
};

std::vector<Key> keys_of(auto&& listed) {
    KeyMaker maker;
    listed.keys(maker);
    return std::move(maker.keys);
}

}  // namespace fxpool::scenario
