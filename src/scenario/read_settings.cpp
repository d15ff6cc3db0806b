#include "read_settings.hpp"

#include "bound.hpp"
#include "check_values.hpp"
#include "member_types.hpp"
#include "typed_values.hpp"

// Every default is in the tree already (check_keys.cpp).
namespace fxpool::scenario {
namespace {

/// Reads each member that a struct lists, by the member's type; what may stand there says member_types.hpp.
class MemberReader {
  public:
    explicit MemberReader(const Node& node) : node_(node) {}

    template <class Member, class... More>
    void operator()(const char* name, Member&& member, const More&... more) const {
        if (const Node* written = node_.find(name)) read(*written, member, form_in(more...));
    }

  private:
    // Numbers.
    template <Number T>
    static void read(const Node& node, T& value, const auto&) {
        value = static_cast<T>(number(node));
    }
    template <Number T>
    static void read(const Node& node, std::optional<T>& value, const auto&) {
        value = static_cast<T>(number(node));
    }
    static void read(const Node& node, double& value, OrNone form) { value = number(node, form.means); }
    static void read(const Node& node, ExporterCap& cap, OrNone form) {
        if (node.kind == Node::Kind::map) cap.keys(MemberReader{node});
        else cap.frozen = cap.claims = number(node, form.means);
    }
    static void read(const Node& node, Absorption& absorb, NumberForm) {
        absorb.from_liquidity = node.is("liquidity");
        absorb.share = number(node, 0);
    }
    static void read(const Node& node, ByTenor& values, const auto&) { values = by_tenor(node); }
    template <class Value>
    static void read(const Node& node, std::map<std::string, Value>& values, const auto& form) {
        values.clear();
        for (const auto& item : node.items) read(item, values[item.key], form.value);
    }
    static void read(const Node& node, BySector& values, NumberForm form) {
        values = {};
        if (node.number) values.otherwise = *node.number;
        else read(node, values.sectors, Entries{EntryKey::sector, form});
        if (const auto other = values.sectors.extract("default")) values.otherwise = other.mapped();
    }
    static void read(const Node& node, std::map<std::pair<std::string, std::string>, double>& correlation, NumberForm) {
        for (const auto& item : node.items) {
            const auto tilde = item.key.find('~');
            correlation[{item.key.substr(0, tilde), item.key.substr(tilde + 1)}] = number(item);
        }
    }

    // Words and texts.
    template <HasWords Value>
    static void read(const Node& node, Value& value, NoForm) {
        for (const auto& one : words_of(value)) {
            if (node.is(one.word)) value = one.value;
        }
    }
    template <HasWords Value>
    static void read(const Node& node, std::set<Value>& values, NoForm form) {
        values.clear();
        for (const auto& item : node.items) {
            Value value{};
            read(item, value, form);
            values.insert(value);
        }
    }
    static void read(const Node& node, bool& value, NoForm) { value = node.is("true"); }
    static void read(const Node& node, bool& value, TwoWords words) { value = node.is(words.yes); }
    static void read(const Node&, Reserved&, NoForm) {}
    static void read(const Node& node, NoRoom& no_room, NoForm) {
        if (node.is("own-margin")) no_room = {NoRoom::Kind::own_margin, 0};
        else if (const auto days = queue_days_of(node.text)) no_room = {NoRoom::Kind::queue, *days};
    }
    static void read(const Node& node, std::string& value, const auto&) { value = node.text; }
    static void read(const Node& node, std::optional<std::string>& value, NoForm) { value = node.text; }
    static void read(const Node& node, Date& value, NoForm) { value = date(node); }
    static void read(const Node& node, std::optional<Date>& value, NoForm) { value = date(node); }
    static void read(const Node& node, FileName& value, NoForm) { value.path = file(node).string(); }
    static void read(const Node& node, std::optional<std::filesystem::path>& value, NoForm) { value = file(node); }
    static void read(const Node& node, Localised& names, NoForm) {
        if (node.kind == Node::Kind::text) names = {node.text, node.text};
        else names.keys(MemberReader{node});
        if (names.en.empty()) names.en = names.zh;
        if (names.zh.empty()) names.zh = names.en;
    }

    // Models.
    static void read(const Node& node, Drift& drift, NumberForm) { drift = node.is("carry") ? Drift{0, true} : Drift{number(node), false}; }
    static void read(const Node& node, CarryOnly& drift, NoForm) { drift.carry = node.is("carry"); }
    static void read(const Node& node, DatedDrift& drift, NumberForm) {
        const bool carry = node.is("carry");
        drift = {carry ? DatedValues{} : by_date(node), carry};
    }
    static void read(const Node& node, DatedVolatility& volatility, NumberForm) {
        if (const Node* quotes = node.find("quotes")) volatility = {{}, by_tenor(*quotes)};
        else volatility = {by_date(node), {}};
    }
    static void read(const Node& node, Residuals& residuals, NoForm) {
        using Kind = Residuals::Kind;
        const auto df = student_df_of(node.text);
        residuals = df ? Residuals{Kind::student, *df} : Residuals{node.is("history") ? Kind::history : Kind::normal, 0};
    }

    // Sections and lists.
    template <ListsKeys T>
    static void read(const Node& node, T& listed, const auto&) {
        if constexpr (MayBeOff<T>) {
            if (off(node)) return listed.when_none();
        }
        listed.keys(MemberReader{node});
    }
    template <ListsKeys T>
    static void read(const Node& node, std::optional<T>& value, const auto& form) {
        if (off(node)) value.reset();
        else read(node, value.emplace(), form);
    }
    static void read(const Node& node, Sides& sides, NoForm) {
        sides.sell = sides.buy = 0;
        sides.keys(MemberReader{node});
    }
    template <class T>
    static void read(const Node& node, std::vector<T>& values, const auto& form) {
        values.clear();
        for (const auto& item : node.items) {
            T& value = values.emplace_back();
            if constexpr (requires { value.place; }) value.place = item.place();
            read(item, value, form);
        }
    }
    static void read(const Node& node, RegimeStart& start, NoForm form) {
        start = {};
        if (node.kind == Node::Kind::list) read(node, start.probabilities, form);
        else start.state = node.text;
    }
    static void read(const Node& node, RateLaw& law, NoForm) {
        const bool path = at(node, "type").is("path");
        if (path) law.given.emplace().keys(MemberReader{node});
        const Node& then = path ? at(node, "then") : node;
        if (!off(then)) law.model = read_model(then, law.history);
    }
    static void read(const Node& node, std::vector<PairSettings>& pairs, NoForm) {
        for (const auto& item : node.items) {
            pairs.emplace_back().name = item.key;
            pairs.back().keys(MemberReader{item});
        }
    }
    static void read(const Node& node, Horizon& horizon, NoForm) {
        HorizonSettings settings;
        settings.keys(MemberReader{node});
        horizon.start = settings.start;
        horizon.end = settings.end.value_or(add_months(settings.start, settings.months));
    }
    static void read(const Node& node, ExporterSettings& exporters, NoForm) {
        if (node.kind == Node::Kind::text) {
            exporters = file(node);
        } else {
            MadeAtRandom made;
            made.keys(MemberReader{node});
            exporters = made.synthetic;
        }
    }
    static void read(const Node& node, std::vector<Limit>& limits, NoForm) {
        for (const auto& item : node.items) {
            limits.push_back(parse_bound(item.text).value_or(Limit{}));
            limits.back().metric = item.key;
        }
    }

    const Node& node_;
};

/// Names the history where none is named.
struct HistoryNamer {
    const std::string& path;

    void operator()(const char*, FileName& name, auto&&...) const {
        if (name.path.empty()) name.path = path;
    }
    void operator()(const char*, auto&, auto&&...) const {}
};

/// What has no name of its own is shown by its id.
void name_by(const std::string& id, Localised& names) {
    if (names.en.empty()) names = {id, id};
}

}  // namespace

Model read_model(const Node& node, const std::optional<std::filesystem::path>& history_of_pair) {
    Model read_one;
    for_each_model([&]<class T>(T model) {
        if (!at(node, "type").is(T::name)) return;
        model.keys(MemberReader{node});
        read_one = std::move(model);
    });
    if (history_of(read_one) && history_of_pair) {
        const auto path = history_of_pair->string();
        std::visit([&](auto& model) { model.keys(HistoryNamer{path}); }, read_one);
    }
    return read_one;
}

Settings read_settings(const Node& tree) {
    Settings settings;
    settings.keys(MemberReader{tree});
    name_by(settings.name, settings.title);
    for (auto& bank : settings.banks) name_by(bank.id, bank.name);
    return settings;
}

std::optional<std::filesystem::path> named_file(const Node& tree, std::string_view key) {
    const Node* node = tree.find(key);
    const bool names_one = node && node->kind == Node::Kind::text && !node->text.empty() && !node->is("none");
    return names_one ? std::optional{file(*node)} : std::nullopt;
}

}  // namespace fxpool::scenario
