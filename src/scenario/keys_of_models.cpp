#include "keys_of_models.hpp"

namespace fxpool::scenario {
namespace {

constexpr int longest_quote = 600;  // months, as curves

template <class T>
std::vector<Key> keys_of(T listed);

// What may stand at a parameter, by the type of the member that holds it.
Type type_of(double, NumberForm form) { return number(form); }
Type type_of(const std::optional<double>&, NumberForm form) { return number(form); }
Type type_of(const Drift&, NumberForm form) { return either(choice({"carry"}), number(form)); }
Type type_of(const DatedDrift&, NumberForm form) { return either(choice({"carry"}), either(number(form), by_date(number(form)))); }
Type type_of(const DatedVolatility&, NumberForm form) {
    Key quotes = optional_key("quotes", by_tenor(number(form), longest_quote), "{1M: 2.5%, 12M: 4.2%}", say("implied volatilities by tenor"));
    return either(number(form), by_date(number(form), {std::move(quotes)}));
}
Type type_of(bool) { return flag(); }
Type type_of(const std::string&) { return text(TextForm::any); }
Type type_of(const FileName&) { return text(TextForm::file); }
Type type_of(const std::optional<Date>&) { return text(TextForm::date); }
Type type_of(const CarryOnly&) {
    Type type = choice({"carry"});
    type.advice = say("this model's own parameters or its history give its growth; write carry to make the expected rate the forward, or leave the key out");
    return type;
}
Type type_of(double) { return factor(-most_times); }
Type type_of(const RegimeStart&) { return either(text(TextForm::any), list_of(share(), false)); }
Type type_of(const Residuals&) { return either(choice({"normal", "history"}), text(TextForm::student)); }
template <ListsKeys T>
Type type_of(const T&) {
    return section(keys_of(T{}));
}
template <class T>
Type type_of(const std::vector<T>&) {
    return list_of(type_of(T{}), false);
}

/// Makes a key of each parameter that a model lists.
class KeyMaker {
  public:
    std::vector<Key> keys;

    template <class Member>
    void operator()(const char* name, const Member& member, NumberForm form, Otherwise otherwise, const Message& comment) {
        add(name, type_of(member, form), otherwise, comment);
    }
    template <class Member>
    void operator()(const char* name, const Member& member, Otherwise otherwise, const Message& comment) {
        add(name, type_of(member), otherwise, comment);
    }
    /// The pair's own history stands in for one that is not given: such a key is never missing (check_models.cpp).
    void operator()(const char* name, const FileName& member, Otherwise otherwise, const Message& comment) {
        Key key = optional_key(name, type_of(member), otherwise.yaml, comment);
        key.in_template = otherwise.kind == Otherwise::Kind::needed;
        keys.push_back(std::move(key));
    }

  private:
    void add(const char* name, Type type, Otherwise otherwise, const Message& comment) {
        switch (otherwise.kind) {
            case Otherwise::Kind::value: keys.push_back(key(name, std::move(type), otherwise.yaml, comment)); return;
            case Otherwise::Kind::needed: keys.push_back(required_key(name, std::move(type), otherwise.yaml, comment)); return;
            case Otherwise::Kind::absent: keys.push_back(optional_key(name, std::move(type), otherwise.yaml, comment)); return;
        }
    }
};

template <class T>
std::vector<Key> keys_of(T listed) {
    KeyMaker maker;
    listed.keys(maker);
    return std::move(maker.keys);
}

}  // namespace

Type model_names() {
    Type type;
    for_each_model([&]<class T>(const T&) {
        type.words.emplace_back(T::name);
        type.meanings.push_back(T::summary());
    });
    return type;
}

std::vector<Key> model_keys() {
    std::vector<Key> all;
    for_each_model([&]<class T>(const T& model) {
        for (auto& key : keys_of(model)) {
            key.only = {T::name};
            all.push_back(std::move(key));
        }
    });
    return all;
}

}  // namespace fxpool::scenario
