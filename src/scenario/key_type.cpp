#include "key_type.hpp"

#include <fmt/format.h>
#include <cmath>
#include <utility>

namespace fxpool::scenario {

const Key* find_key(const MapForm& map, std::string_view name, std::string_view tag_value) {
    for (const auto& one : map.keys) {
        if (one.name == name && one.goes_with(tag_value)) return &one;
    }
    return nullptr;
}

std::string as_written(double value, const NumberForm& form) {
    if (std::isinf(value)) return "none";
    if (form.unit == NumberForm::Unit::share || form.in_percent) return fmt::format("{:.10g}%", value * 100);
    if (form.unit == NumberForm::Unit::whole) return fmt::format("{:.0f}", value);
    if (form.unit == NumberForm::Unit::amount) {
        for (const auto& [unit, size] : {std::pair{"bn", 1e9}, {"m", 1e6}, {"k", 1e3}}) {
            if (std::abs(value) >= size) return fmt::format("{:.10g}{}", value / size, unit);
        }
    }
    return fmt::format("{:.10g}", value);
}

Type number(NumberForm form) {
    Type type;
    type.number = form;
    return type;
}

Type choice(std::vector<std::string> words) {
    Type type;
    type.words = std::move(words);
    return type;
}

Type refusing(Type type, std::vector<std::string> words) {
    type.refused = std::move(words);
    return type;
}

Type refusing_the_rest(Type type) {
    type.refuse_the_rest = true;
    return type;
}

Type flag() {
    Type type;
    type.flag = true;
    return type;
}

Type text(TextForm form) {
    Type type;
    type.text = form;
    return type;
}

Type or_none(Type type) {
    type.words.push_back("none");
    return type;
}

Type or_off(Type type) {
    type.words.push_back("none");
    type.words.push_back("off");
    return type;
}

Type either(Type a, Type b) {
    a.words.insert(a.words.end(), b.words.begin(), b.words.end());
    a.refused.insert(a.refused.end(), b.refused.begin(), b.refused.end());
    a.never.insert(a.never.end(), b.never.begin(), b.never.end());
    if (b.number) a.number = b.number;
    if (b.text) a.text = b.text;
    if (b.map) a.map = b.map;
    if (b.list) a.list = b.list;
    return a;
}

Type section(std::vector<Key> keys, std::string tag, std::vector<Never> never) {
    MapForm map;
    map.keys = std::move(keys);
    map.tag = std::move(tag);
    map.never = std::move(never);
    Type type;
    type.map = std::make_shared<const MapForm>(std::move(map));
    return type;
}

Type map_of(EntryKey key, Type entry, bool may_be_empty) {
    MapForm map;
    map.entry_key = key;
    map.entry = std::make_shared<const Type>(std::move(entry));
    map.may_be_empty = may_be_empty;
    Type type;
    type.map = std::make_shared<const MapForm>(std::move(map));
    return type;
}

Type by_date(Type entry, std::vector<Key> or_keys) {
    MapForm map;
    map.keys = std::move(or_keys);
    map.entry_key = EntryKey::date;
    map.entry = std::make_shared<const Type>(std::move(entry));
    map.may_be_empty = false;
    Type type;
    type.map = std::make_shared<const MapForm>(std::move(map));
    return type;
}

Type by_tenor(Type entry, int longest_months) {
    MapForm map;
    map.entry_key = EntryKey::tenor;
    map.entry = std::make_shared<const Type>(std::move(entry));
    map.longest_tenor = longest_months;
    map.may_be_empty = false;
    Type type;
    type.map = std::make_shared<const MapForm>(std::move(map));
    return type;
}

Type by_sector(Type number) {
    MapForm map;
    map.entry_key = EntryKey::sector;
    map.entry = std::make_shared<const Type>(number);
    map.needs_default = true;
    number.map = std::make_shared<const MapForm>(std::move(map));
    return number;
}

Type list_of(Type item, bool may_be_empty) {
    Type type;
    type.list = std::make_shared<const Type>(std::move(item));
    type.list_may_be_empty = may_be_empty;
    return type;
}

Key key(std::string name, Type type, std::string otherwise, Message comment) {
    return {.name = std::move(name), .type = std::move(type), .otherwise = std::move(otherwise), .comment = std::move(comment)};
}

Key required_key(std::string name, Type type, std::string example, Message comment) {
    return {
        .name = std::move(name), .type = std::move(type), .comment = std::move(comment), .required = true, .example = std::move(example), .in_template = true};
}

Key optional_key(std::string name, Type type, std::string example, Message comment) {
    return {.name = std::move(name), .type = std::move(type), .comment = std::move(comment), .example = std::move(example)};
}

}  // namespace fxpool::scenario
