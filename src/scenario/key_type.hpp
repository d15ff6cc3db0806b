#pragma once

#include "fxpool/base/message.hpp"
#include "fxpool/base/number_form.hpp"
#include "fxpool/settings/forms.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What may stand at a key: the words in which keys.cpp describes the whole scenario file. The parser, the defaults, the parameters of a
/// result, the JSON Schema and the template of `init` all read this one description.
namespace fxpool::scenario {

struct Key;
struct Type;

/// A word or key that people may try and that can't stand here.
struct Never {
    std::string word;
    Message why;
};

/// A map: with named keys, or open, with entries of one type.
struct MapForm {
    std::vector<Key> keys;  ///< of an open map: what may stand instead of all its entries (`quotes` instead of dates)
    std::vector<Never> never;
    std::string tag;  ///< the key ("type", "when") whose value decides which keys belong; may be empty

    EntryKey entry_key = EntryKey::sector;
    std::shared_ptr<const Type> entry;  ///< not null for an open map
    int longest_tenor = 0;              ///< months, for tenor keys
    bool needs_default = false;         ///< the entry `default` must be there
    bool may_be_empty = true;
};

/// The alternatives for one value: some words, a number, a text, a map, a list.
struct Type {
    std::vector<std::string> words;
    std::vector<Message> meanings;  ///< of the words, for the template; may be empty
    std::vector<Never> never;
    std::optional<Message> advice;     ///< what to do, said where the value is none of what may stand here
    std::vector<std::string> refused;  ///< words reserved for a later version
    bool refuse_the_rest = false;      ///< whatever is not among `words` is reserved for a later version
    bool flag = false;                 ///< true or false
    std::optional<NumberForm> number;
    std::optional<TextForm> text;
    std::shared_ptr<const MapForm> map;
    std::shared_ptr<const Type> list;
    bool list_may_be_empty = true;

    bool has_word(std::string_view word) const {
        for (const auto& known : words) {
            if (known == word) return true;
        }
        return false;
    }
};

struct Key {
    std::string name;
    Type type;
    std::optional<std::string> otherwise;  ///< its default, as YAML; none: optional or required
    Message comment;
    bool required = false;
    std::string example;            ///< for keys without a default: what the template writes
    bool in_template = false;       ///< the template writes the example as a live line, not as a comment
    std::vector<std::string> only;  ///< values of the map's tag with which it goes; empty: all

    /// Whether it belongs where the tag has that value; an empty value stands for any.
    bool goes_with(std::string_view tag_value) const {
        if (only.empty() || tag_value.empty()) return true;
        for (const auto& value : only) {
            if (value == tag_value) return true;
        }
        return false;
    }
};

/// The whole scenario file.
const Type& scenario_type();

/// The key `name` of a map with that tag value (empty: any); null where there is none.
const Key* find_key(const MapForm& map, std::string_view name, std::string_view tag_value);

/// A number as a person writes it in a file: 80%, 20m, 0.5; infinity is `none`.
std::string as_written(double value, const NumberForm& form);

// How keys.cpp and member_types.hpp say it.
Type number(NumberForm form);
Type choice(std::vector<std::string> words);
Type refusing(Type type, std::vector<std::string> words);  ///< these are reserved for a later version
Type refusing_the_rest(Type type);
Type flag();
Type text(TextForm form);
Type or_none(Type type);  ///< `none` is allowed too
Type or_off(Type type);   ///< `none` and `off` are allowed too
Type either(Type a, Type b);
Type section(std::vector<Key> keys, std::string tag = {}, std::vector<Never> never = {});
Type map_of(EntryKey key, Type entry, bool may_be_empty = true);
Type by_date(Type entry, std::vector<Key> or_keys = {});  ///< date -> value, or one of these keys instead
Type by_tenor(Type entry, int longest_months);
Type by_sector(Type number);  ///< a number, or sector -> number with a `default`
Type list_of(Type item, bool may_be_empty = true);

Key key(std::string name, Type type, std::string otherwise, Message comment);
Key required_key(std::string name, Type type, std::string example, Message comment);
Key optional_key(std::string name, Type type, std::string example, Message comment);

}  // namespace fxpool::scenario
