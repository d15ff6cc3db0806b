#pragma once

#include "fxpool/base/id.hpp"

#include <array>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

/// Plain structs to bytes and back, for the prepared input and a block's estimates (to disk, to another machine, to a browser).
/// A struct takes part by naming its fields once: `void fields(auto&& f) { f(a); f(b); }`. Bytes are of the machine that wrote them.
namespace fxpool {

template <class T>
concept HasFields = requires(T& t) {
    t.fields([](auto&) {});
};

class ByteWriter {
  public:
    template <class T>
    void operator()(const T& item) {
        if constexpr (HasFields<T>) {
            const_cast<T&>(item).fields([this](const auto& field) { (*this)(field); });  // fields() only names them
        } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
            raw(&item, sizeof item);
        } else {
            write(item);
        }
    }
    const std::string& bytes() const { return bytes_; }

  private:
    void raw(const void* from, std::size_t size) { bytes_.append(static_cast<const char*>(from), size); }
    template <class Tag>
    void write(Id<Tag> id) {
        (*this)(id.value());
    }
    void write(const std::string& text) {
        (*this)(text.size());
        raw(text.data(), text.size());
    }
    template <class T>
    void write(const std::vector<T>& items) {
        (*this)(items.size());
        if constexpr (std::is_arithmetic_v<T>) {
            raw(items.data(), items.size() * sizeof(T));
        } else {
            for (const auto& item : items) (*this)(item);
        }
    }
    template <class I, class T>
    void write(const Table<I, T>& table) {
        write(table.items());
    }
    template <class T, std::size_t n>
    void write(const std::array<T, n>& items) {
        for (const auto& item : items) (*this)(item);
    }
    template <class T>
    void write(const std::optional<T>& item) {
        (*this)(item.has_value());
        if (item) (*this)(*item);
    }

    void write(std::monostate) {}
    template <class... T>
    void write(const std::variant<T...>& item) {
        (*this)(item.index());
        std::visit([this](const auto& one) { (*this)(one); }, item);
    }

    std::string bytes_;
};

/// Reads what ByteWriter wrote; throws std::runtime_error where the bytes end too early.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

    template <class T>
    void operator()(T& item) {
        if constexpr (HasFields<T>) {
            item.fields([this](auto& field) { (*this)(field); });
        } else if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
            raw(&item, sizeof item);
        } else {
            read(item);
        }
    }
    bool done() const { return rest_.empty(); }

  private:
    void raw(void* to, std::size_t size) {
        if (size > rest_.size()) throw std::runtime_error("the bytes end too early");
        if (size > 0) std::memcpy(to, rest_.data(), size);
        rest_.remove_prefix(size);
    }
    std::size_t size_of_list(std::size_t smallest_item) {
        std::size_t size = 0;
        (*this)(size);
        if (size > rest_.size() / smallest_item) throw std::runtime_error("the bytes end too early");
        return size;
    }
    template <class Tag>
    void read(Id<Tag>& id) {
        std::int32_t value = 0;
        (*this)(value);
        id = Id<Tag>{value};
    }
    void read(std::string& text) {
        text.resize(size_of_list(1));
        raw(text.data(), text.size());
    }
    template <class T>
    void read(std::vector<T>& items) {
        if constexpr (std::is_arithmetic_v<T>) {
            items.resize(size_of_list(sizeof(T)));
            raw(items.data(), items.size() * sizeof(T));
        } else {
            items.resize(size_of_list(1));
            for (auto& item : items) (*this)(item);
        }
    }
    template <class I, class T>
    void read(Table<I, T>& table) {
        read(table.items());
    }
    template <class T, std::size_t n>
    void read(std::array<T, n>& items) {
        for (auto& item : items) (*this)(item);
    }
    template <class T>
    void read(std::optional<T>& item) {
        bool there = false;
        (*this)(there);
        if (there) (*this)(item.emplace());
        else item.reset();
    }
    void read(std::monostate) {}
    template <class... T>
    void read(std::variant<T...>& item) {
        std::size_t index = 0;
        (*this)(index);
        if (index >= sizeof...(T)) throw std::runtime_error("a number of no alternative");
        emplace(item, index, std::index_sequence_for<T...>{});
        std::visit([this](auto& one) { (*this)(one); }, item);
    }
    template <class... T, std::size_t... i>
    static void emplace(std::variant<T...>& item, std::size_t index, std::index_sequence<i...>) {
        ((i == index ? void(item.template emplace<i>()) : void()), ...);
    }

    std::string_view rest_;
};

template <class T>
std::string to_bytes(const T& item) {
    ByteWriter writer;
    writer(item);
    return writer.bytes();
}

template <class T>
T from_bytes(std::string_view bytes) {
    T item{};
    ByteReader reader(bytes);
    reader(item);
    if (!reader.done()) throw std::runtime_error("bytes are left over");
    return item;
}

}  // namespace fxpool
