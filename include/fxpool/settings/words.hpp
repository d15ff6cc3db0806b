#pragma once

#include <array>
#include <string_view>

/// An enum of the settings has its words beside it: `words_of(Layout{})` lists them once, for the keys, for reading and for writing.
namespace fxpool {

template <class Value>
struct Word {
    std::string_view word;
    Value value;
};

template <class Value, std::size_t count>
using Words = std::array<Word<Value>, count>;

template <class Value>
concept HasWords = requires(Value value) {
    words_of(value);
};

template <HasWords Value>
constexpr std::string_view word_of(Value value) {
    for (const auto& one : words_of(value)) {
        if (one.value == value) return one.word;
    }
    return {};
}

}  // namespace fxpool
