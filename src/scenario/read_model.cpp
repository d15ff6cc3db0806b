#include "read_model.hpp"

#include "check_values.hpp"
#include "keys_of_models.hpp"
#include "typed_values.hpp"

namespace fxpool::scenario {
namespace {

// A node into the member of a model, by the member's type. The forms are those of keys_of_models.cpp.
void read(const Node& node, double& value) { value = number(node); }
void read(const Node& node, std::optional<double>& value) { value = number(node); }
void read(const Node& node, bool& value) { value = node.is("true"); }
void read(const Node& node, std::string& value) { value = node.text; }
void read(const Node& node, FileName& value) { value.path = file(node).string(); }
void read(const Node& node, std::optional<Date>& value) { value = date(node); }
void read(const Node& node, Drift& value) { value = node.is("carry") ? Drift{0, true} : Drift{number(node), false}; }
void read(const Node& node, CarryOnly& value) { value.carry = node.is("carry"); }
void read(const Node& node, DatedDrift& value) {
    const bool carry = node.is("carry");
    value = {carry ? DatedValues{} : by_date(node), carry};
}
void read(const Node& node, DatedVolatility& value) {
    if (const Node* quotes = node.find("quotes")) value = {{}, by_tenor(*quotes)};
    else value = {by_date(node), {}};
}
void read(const Node& node, Residuals& value) {
    using Kind = Residuals::Kind;
    const auto df = student_df_of(node.text);
    value = df ? Residuals{Kind::student, *df} : Residuals{node.is("history") ? Kind::history : Kind::normal, 0};
}
template <class T>
void read(const Node& node, std::vector<T>& values);
void read(const Node& node, RegimeStart& value) {
    value = {};
    if (node.kind == Node::Kind::list) read(node, value.probabilities);
    else value.state = node.text;
}

/// Reads each parameter that a model lists.
struct ParameterReader {
    const Node& node;

    void operator()(const char* name, auto& member, auto&&...) const {
        if (const Node* written = node.find(name)) read(*written, member);
    }
};
template <ListsKeys T>
void read(const Node& node, T& listed) {
    listed.keys(ParameterReader{node});
}
template <class T>
void read(const Node& node, std::vector<T>& values) {
    values.clear();
    for (const auto& item : node.items) {
        T value{};
        read(item, value);
        values.push_back(std::move(value));
    }
}

/// Names the history where none is named.
struct HistoryNamer {
    const std::string& path;

    void operator()(const char*, FileName& name, auto&&...) const {
        if (name.path.empty()) name.path = path;
    }
    void operator()(const char*, auto&, auto&&...) const {}
};

}  // namespace

Model read_model(const Node& node, const std::optional<std::filesystem::path>& history_of_pair) {
    Model read_one;
    for_each_model([&]<class T>(T model) {
        if (!at(node, "type").is(T::name)) return;
        read(node, model);
        read_one = std::move(model);
    });
    if (history_of(read_one) && history_of_pair) {
        const auto path = history_of_pair->string();
        std::visit([&](auto& model) { model.keys(HistoryNamer{path}); }, read_one);
    }
    return read_one;
}

}  // namespace fxpool::scenario
