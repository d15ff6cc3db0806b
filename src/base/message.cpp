#include "fxpool/base/message.hpp"

namespace fxpool {

Message verbatim(std::string text) { return {std::move(text), {}, true}; }

Message as_message(Message message) { return message; }
Message as_message(std::string_view text) { return verbatim(std::string(text)); }
Message as_message(const char* text) { return verbatim(text); }
Message as_message(const std::string& text) { return verbatim(text); }
Message as_message(Date date) { return verbatim(date.iso()); }

std::string render(const Message& message, Language language) {
    if (message.verbatim) return message.pattern;
    std::string_view pattern = message.pattern;
    if (language == Language::zh) {
        const auto chinese = chinese_pattern(pattern);
        if (!chinese.empty()) pattern = chinese;
    }
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool place = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' && pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
        if (!place) {
            text += pattern[i];
            continue;
        }
        const auto arg = static_cast<std::size_t>(pattern[i + 1] - '0');
        if (arg < message.args.size()) text += render(message.args[arg], language);
        i += 2;
    }
    return text;
}

}  // namespace fxpool
