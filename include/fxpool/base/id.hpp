#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

/// Typed numbers: an exporter's number can't index a bank.
namespace fxpool {

/// The place of something in its list, typed by what it is a place of. A default-made one is invalid (-1).
template <class Tag>
class Id {
  public:
    constexpr Id() = default;
    constexpr explicit Id(std::int64_t value) : value_(static_cast<std::int32_t>(value)) {}
    constexpr explicit Id(std::size_t value) : value_(static_cast<std::int32_t>(value)) {}
    constexpr explicit Id(int value) : value_(value) {}

    constexpr std::int32_t value() const { return value_; }
    constexpr std::size_t index() const { return static_cast<std::size_t>(value_); }
    constexpr bool valid() const { return value_ >= 0; }
    constexpr Id& operator++() {
        ++value_;
        return *this;
    }
    friend constexpr auto operator<=>(Id, Id) = default;

  private:
    std::int32_t value_ = -1;
};

using BankId = Id<struct BankTag>;
using ExporterId = Id<struct ExporterTag>;
using SectorId = Id<struct SectorTag>;
using GroupId = Id<struct GroupTag>;
using ContractId = Id<struct ContractTag>;
using PairId = Id<struct PairTag>;
/// An (exporter, bank) couple: what netting and margin calls look at.
using SetId = Id<struct SetTag>;
/// A business day of the grid; 0 is the start.
using DayIndex = Id<struct DayTag>;

constexpr DayIndex operator+(DayIndex day, int days) { return DayIndex{day.value() + days}; }
constexpr DayIndex operator-(DayIndex day, int days) { return DayIndex{day.value() - days}; }

/// A list whose index is a typed number.
template <class Index, class T>
class Table {
  public:
    Table() = default;
    explicit Table(std::size_t size, const T& value = T{}) : items_(size, value) {}
    explicit Table(std::vector<T> items) : items_(std::move(items)) {}

    decltype(auto) operator[](Index i) { return items_[i.index()]; }
    decltype(auto) operator[](Index i) const { return items_[i.index()]; }

    std::size_t size() const { return items_.size(); }
    bool empty() const { return items_.empty(); }
    auto begin() { return items_.begin(); }
    auto end() { return items_.end(); }
    auto begin() const { return items_.begin(); }
    auto end() const { return items_.end(); }
    T& back() { return items_.back(); }
    const T& back() const { return items_.back(); }
    void push_back(T item) { items_.push_back(std::move(item)); }
    void assign(std::size_t size, const T& value) { items_.assign(size, value); }
    void resize(std::size_t size) { items_.resize(size); }
    void reserve(std::size_t size) { items_.reserve(size); }
    void clear() { items_.clear(); }
    /// The number that the next item pushed will have.
    Index next() const { return Index{items_.size()}; }

    std::vector<T>& items() { return items_; }
    const std::vector<T>& items() const { return items_; }

    friend bool operator==(const Table&, const Table&) = default;

  private:
    std::vector<T> items_;
};

}  // namespace fxpool
