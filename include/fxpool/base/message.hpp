#pragma once

#include "fxpool/base/date.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Texts that a user reads, in English or Chinese. The English pattern is the key of the Chinese one in
/// src/base/catalogue_zh.cpp: one copy of the code, two catalogues.
namespace fxpool {

enum class Language { en, zh };

/// A pattern with places {0}, {1}, ... and what goes there. Arguments are messages themselves (translated) or verbatim text.
struct Message {
    std::string pattern;
    std::vector<Message> args;
    bool verbatim = false;  ///< ids, numbers, file names: the same in every language

    friend bool operator==(const Message&, const Message&) = default;
};

/// Text that no language changes: an id, a key, a file name, a number already written.
Message verbatim(std::string text);

/// What counts as an argument of say(): a Message as it is, text and whole numbers verbatim, a date as ISO.
Message as_message(Message message);
Message as_message(std::string_view text);
Message as_message(const char* text);
Message as_message(const std::string& text);
Message as_message(Date date);
template <std::integral T>
Message as_message(T number) {
    return verbatim(std::to_string(number));
}

/// say("unknown key '{0}'", key). Every pattern used here must stand in the Chinese catalogue: a test reads the sources for it.
template <class... Args>
Message say(const char* pattern, Args&&... args) {
    return Message{pattern, {as_message(static_cast<Args&&>(args))...}, false};
}

/// The text in `language`; a pattern that the Chinese catalogue lacks comes out in English.
std::string render(const Message& message, Language language);

/// The Chinese pattern, or empty where the catalogue has none.
std::string_view chinese_pattern(std::string_view english_pattern);

}  // namespace fxpool
