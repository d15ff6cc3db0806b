#include "key_type.hpp"
#include "member_types.hpp"

// The scenario file: the keys that the settings list, those of the file itself, and the models.
namespace fxpool::scenario {
namespace {

/// The names of all models as words, with what they do.
Type model_names() {
    Type type;
    for_each_model([&]<class T>(const T&) {
        type.words.emplace_back(T::name);
        type.meanings.push_back(T::summary());
    });
    return type;
}

/// Adds keys that go with one value of the tag.
void add(std::vector<Key>& all, std::vector<Key> keys, const char* tag_value) {
    for (auto& key : keys) {
        key.only = {tag_value};
        all.push_back(std::move(key));
    }
}

/// The parameters of all models; each key goes with the model of that name.
void add_models(std::vector<Key>& all) {
    for_each_model([&]<class T>(T model) { add(all, keys_of(model), T::name); });
}

Type then_type() {
    Type names = model_names();
    names.never = {{"path", say("a path can't follow a path in 'then': list all moves in one, and give a model for the days after")}};
    std::vector<Key> keys = {key("type", names, names.words.front(), say("the model of the days after the moves"))};
    add_models(keys);
    return or_none(section(std::move(keys), "type", {{"then", say("a 'then' can't have a 'then' of its own: its model goes on to the end")}}));
}

/// "constant volatility; or merton | heston | path"
Message a_model_or(const Type& names, const char* more) {
    std::string others;
    for (std::size_t i = 1; i < names.words.size(); ++i) others += names.words[i] + " | ";
    return say("{0}; or {1}", names.meanings.front(), others + more);
}

}  // namespace

Type rate_law_type() {
    Type names = model_names();
    const Message which = a_model_or(names, "path");
    names.words.emplace_back("path");
    names.meanings.push_back(say("given moves, for replays"));
    std::vector<Key> keys = {key("type", names, names.words.front(), which)};
    add_models(keys);
    add(keys, keys_of(GivenMoves{}), "path");
    add(keys, {key("then", then_type(), "none", say("the days after: none (the rate stands still), or any of the other models"))}, "path");
    return section(std::move(keys), "type");
}

const Type& scenario_type() {
    static const Type type = [] {
        std::vector<Key> keys = {
            required_key("fxpool", text(TextForm::version), "1", say("format version of this file")),
            optional_key("extends", either(text(TextForm::file), list_of(text(TextForm::file))), "base.yaml",
                         say("start from another file (or a list, the later wins) and override the keys given here")),
            optional_key("fragment", flag(), "true", say("true: a part that others extend, like an episode; it need not be complete and is not run")),
        };
        for (auto& key : keys_of(Settings{})) keys.push_back(std::move(key));
        return section(std::move(keys));
    }();
    return type;
}

}  // namespace fxpool::scenario
