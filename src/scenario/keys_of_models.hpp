#pragma once

#include "key_type.hpp"

#include "fxpool/model/model.hpp"

#include <cstddef>
#include <utility>
#include <variant>

// The rate models as keys of the file. What a model's parameters are it says itself (Model::keys); nothing here knows a model by name.
namespace fxpool::scenario {

/// A struct that lists its members: `keys(auto&& key)`.
template <class T>
concept ListsKeys = requires(T listed) {
    listed.keys([](auto&&...) {});
};

/// Calls act(model) with one of each model.
template <class Act>
void for_each_model(Act&& act) {
    [&]<std::size_t... i>(std::index_sequence<i...>) { (act(std::variant_alternative_t<i, Model>{}), ...); }
    (std::make_index_sequence<std::variant_size_v<Model>>{});
}

/// The names of all models as words, with what they do.
Type model_names();

/// The parameters of all models; each key goes with the model of that name.
std::vector<Key> model_keys();

}  // namespace fxpool::scenario
