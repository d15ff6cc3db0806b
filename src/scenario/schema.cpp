#include "fxpool/scenario/scenario_file.hpp"

#include "key_type.hpp"

#include "fxpool/base/number.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

// The description of the keys as a JSON Schema. What JSON Schema can't say (sums, dates in order, units within ranges) the parser checks.
namespace fxpool {
namespace {

using Json = nlohmann::ordered_json;
using namespace scenario;

const char* const plain_number = R"(^ *[+-]?([0-9][0-9_,]*(\.[0-9_]*)?|\.[0-9]+)([eE][+-]?[0-9]+)? *(k|K|m|M|bn|万|亿)? *$)";
const char* const number_or_percent = R"(^ *[+-]?([0-9][0-9_,]*(\.[0-9_]*)?|\.[0-9]+)([eE][+-]?[0-9]+)? *(%|k|K|m|M|bn|万|亿)? *$)";
const char* const date_pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
const char* const pair_pattern = "^(?!CNY)[A-Z]{3}CNY$";

Json pattern(const char* regex) { return {{"type", "string"}, {"pattern", regex}}; }

void add_number(Json& forms, const NumberForm& form) {
    Json number = {{"type", form.unit == NumberForm::Unit::whole ? "integer" : "number"}};
    number[form.above_low ? "exclusiveMinimum" : "minimum"] = form.low;
    number[form.below_high ? "exclusiveMaximum" : "maximum"] = form.high;
    forms.push_back(std::move(number));
    const bool percent = form.unit == NumberForm::Unit::share || form.unit == NumberForm::Unit::factor;
    forms.push_back({{"$ref", percent ? "#/$defs/number_or_percent" : "#/$defs/number"}});
}

/// YAML readers make numbers and truth values of some words: 2025, off.
void add_word(Json& forms, const std::string& word) {
    forms.push_back({{"const", word}});
    if (word == "off" || word == "false") forms.push_back({{"const", false}});
}

void add_text(Json& forms, TextForm form) {
    switch (form) {
        case TextForm::any:
            forms.push_back({{"type", "string"}, {"minLength", 1}});
            forms.push_back({{"type", "number"}});
            return;
        case TextForm::file: forms.push_back({{"type", "string"}, {"minLength", 1}}); return;
        case TextForm::name:
            forms.push_back(pattern("^[A-Za-z0-9_-]+$"));
            forms.push_back({{"type", "integer"}});
            return;
        case TextForm::date: forms.push_back(pattern(date_pattern)); return;
        case TextForm::bound: forms.push_back(pattern("^ *(<|<=|>|>=) *[+-]?[0-9.][^<>=]*$")); return;
        case TextForm::student: forms.push_back(pattern(R"(^student\( *[+-]?[0-9][0-9_.]* *\)$)")); return;
        case TextForm::queue: forms.push_back(pattern("^queue\\([0-9]{1,5}\\)$")); return;
        case TextForm::currency_pair: forms.push_back(pattern(pair_pattern)); return;
        case TextForm::version: forms.push_back({{"enum", {1, "1"}}}); return;
    }
}

const char* entry_pattern(EntryKey key) {
    switch (key) {
        case EntryKey::tenor: return "^[1-9][0-9]*M$";
        case EntryKey::currency: return "^[A-Z]{3}$";
        case EntryKey::pair: return pair_pattern;
        case EntryKey::couple: return "^[A-Z]{3}CNY~[A-Z]{3}CNY$";
        case EntryKey::sector: return ".";
        case EntryKey::date: return date_pattern;
        case EntryKey::metric: return R"(^[a-z_]+(\.[^. ]+)+$)";
    }
    return ".";
}

Json schema_of(const Type& type, bool in_list);

Json one_of_forms(Json forms) { return forms.size() == 1 ? forms.front() : Json{{"anyOf", std::move(forms)}}; }

Json value_of_default(const Key& key) {
    const auto& text = *key.otherwise;
    if (key.type.number && parse_number(text)) return *parse_number(text);
    if (key.type.flag) return text == "true";
    return text;
}

Json property(const Key& key, bool in_list) {
    Json schema = schema_of(key.type, in_list);
    if (!key.required && !key.type.has_word("none")) {  // `none` takes an optional key away
        Json forms = schema.contains("anyOf") ? schema["anyOf"] : Json::array({schema});
        forms.push_back({{"const", "none"}});
        schema = {{"anyOf", std::move(forms)}};
    }
    schema["description"] = render(key.comment, Language::en);
    if (key.otherwise && !key.otherwise->starts_with('{') && !key.otherwise->starts_with('[')) schema["default"] = value_of_default(key);
    return schema;
}

const Message& meaning_of(const Key& tag, const std::string& word) {
    const auto& words = tag.type.words;
    const auto at = static_cast<std::size_t>(std::find(words.begin(), words.end(), word) - words.begin());
    return at < tag.type.meanings.size() ? tag.type.meanings[at] : tag.comment;
}

/// The keys that go with one value of the tag; all of them where the map has no tag.
Json section_schema(const MapForm& map, const std::string& tag_value, bool in_list) {
    Json properties = Json::object(), required = Json::array();
    for (const auto& key : map.keys) {
        if (!key.goes_with(tag_value) || properties.contains(key.name)) continue;
        properties[key.name] = property(key, in_list);
        if (in_list && key.required) required.push_back(key.name);
        if (key.name != map.tag || map.tag.empty()) continue;
        properties[key.name] = {{"const", tag_value}, {"description", render(meaning_of(key, tag_value), Language::en)}};
        if (*key.otherwise != tag_value) required.push_back(key.name);
    }
    Json schema = {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    if (!required.empty()) schema["required"] = std::move(required);
    return schema;
}

void add_map(Json& forms, const MapForm& map, bool in_list) {
    if (map.entry) {
        Json entry = schema_of(*map.entry, in_list);
        if (!map.entry->has_word("none")) entry = {{"anyOf", {std::move(entry), {{"const", "none"}}}}};
        Json schema = {{"type", "object"}, {"propertyNames", {{"pattern", entry_pattern(map.entry_key)}}}, {"additionalProperties", std::move(entry)}};
        if (!map.may_be_empty) schema["minProperties"] = 1;
        forms.push_back(std::move(schema));
        for (const auto& key : map.keys) {
            Json only = {{key.name, property(key, in_list)}};
            forms.push_back({{"type", "object"}, {"properties", std::move(only)}, {"required", {key.name}}, {"additionalProperties", false}});
        }
    } else if (map.tag.empty()) {
        forms.push_back(section_schema(map, "", in_list));
    } else {
        for (const auto& value : find_key(map, map.tag, "")->type.words) forms.push_back(section_schema(map, value, in_list));
    }
}

/// `in_list`: lists replace, so that what stands in them must be complete even where the file extends another.
Json schema_of(const Type& type, bool in_list) {
    Json forms = Json::array();
    for (const auto& word : type.words) add_word(forms, word);
    if (type.flag) forms.push_back({{"type", "boolean"}});
    if (type.number) add_number(forms, *type.number);
    if (type.text) add_text(forms, *type.text);
    if (type.map) add_map(forms, *type.map, in_list);
    if (type.list) {
        Json list = {{"type", "array"}, {"items", schema_of(*type.list, true)}};
        if (!type.list_may_be_empty) list["minItems"] = 1;
        forms.push_back(std::move(list));
    }
    return one_of_forms(std::move(forms));
}

Json required_keys(const MapForm& map, const std::string& tag_value);

/// What must be there in a file that extends no other.
Json required_part(const Type& type) {
    Json part = Json::object();
    if (!type.map) return part;
    if (type.map->entry) {
        if (type.map->needs_default) part["required"] = {"default"};
        const Json inner = required_part(*type.map->entry);
        if (!inner.empty()) part["additionalProperties"] = inner;
        return part;
    }
    if (type.map->tag.empty()) return required_keys(*type.map, "");
    const Key& tag = *find_key(*type.map, type.map->tag, "");
    for (const auto& value : tag.type.words) {
        Json keys = required_keys(*type.map, value);
        if (keys.empty()) continue;
        Json written = {{"properties", {{tag.name, {{"const", value}}}}}};
        if (*tag.otherwise != value) written["required"] = {tag.name};
        part["allOf"].push_back({{"if", std::move(written)}, {"then", std::move(keys)}});
    }
    return part;
}

Json required_keys(const MapForm& map, const std::string& tag_value) {
    Json part = Json::object(), required = Json::array(), properties = Json::object();
    for (const auto& key : map.keys) {
        if (!key.goes_with(tag_value)) continue;
        if (key.required) required.push_back(key.name);
        const Json inner = required_part(key.type);
        if (!inner.empty()) properties[key.name] = inner;
    }
    if (!required.empty()) part["required"] = std::move(required);
    if (!properties.empty()) part["properties"] = std::move(properties);
    return part;
}

}  // namespace

std::string scenario_schema() {
    Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "fxpool scenario"}};
    schema.update(schema_of(scenario_type(), false));
    Json whole = required_part(scenario_type());
    whole["anyOf"] = {{{"required", {"contracts"}}}, {{"required", {"new_business"}}}};
    schema["$defs"] = {{"number", pattern(plain_number)}, {"number_or_percent", pattern(number_or_percent)}};
    const Json fragment = {{"properties", {{"fragment", {{"const", true}}}}}, {"required", {"fragment"}}};
    schema["if"] = {{"anyOf", {{{"required", {"extends"}}}, fragment}}};
    schema["else"] = std::move(whole);
    return schema.dump(2) + "\n";
}

}  // namespace fxpool
