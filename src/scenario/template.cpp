#include "fxpool/scenario/scenario_file.hpp"

#include "key_type.hpp"
#include "yaml_tree.hpp"

#include <algorithm>
#include <memory>

// The description of the keys as a file to edit: what runs unchanged, and the alternatives as comments.
namespace fxpool {
namespace {

using namespace scenario;

constexpr std::size_t comment_column = 44;

class TemplateWriter {
  public:
    TemplateWriter(std::string name, Language language) : name_(std::move(name)), language_(language) {}

    std::string write() {
        for (const auto& key : scenario_type().map->keys) {
            const bool section = key.type.map || key.type.list;
            if (section) text_ += '\n';
            write_key(key, "", "", true);
        }
        return std::move(text_);
    }

  private:
    /// `before`: blanks, and "# " where the whole stands in a comment. `dash`: "- " before the first key of a list's entry.
    void line(const std::string& before, const std::string& words, const Message& comment) {
        std::string out = before + words;
        const auto said = render(comment, language_);
        out.resize(std::max(out.size() + 2, comment_column), ' ');
        text_ += out + "# " + said + "\n";
    }

    void write_key(const Key& key, const std::string& before, const std::string& dash, bool alternatives) {
        const Type& type = key.type;
        const bool live = key.otherwise || key.required || key.in_template;
        const bool first = dash.find('-') != std::string::npos;
        const std::string start = live ? before : first ? before + "# " : before + dash + "# ";
        const std::string inner = start + std::string(dash.size(), ' ') + "  ";
        const std::string head = (live ? dash : "") + key.name + ":";
        if (key.name == "name" && before.empty()) {
            line(start, head + " " + name_, key.comment);
        } else if (type.list && type.list->map && !key.otherwise) {
            line(start, head, key.comment);
            write_entries(key, inner, alternatives);
        } else if (written_as_section(key)) {
            line(start, head, key.comment);
            write_section(key.name == "model" ? on_recommended_model(*type.map) : *type.map, inner, "", alternatives);
        } else if (type.map && type.map->entry && type.map->entry->map && !type.map->entry->map->entry) {
            line(start, head, key.comment);
            text_ += inner + key.example + ":\n";
            write_section(*type.map->entry->map, inner + "  ", "", alternatives);
        } else {
            line(start, head + " " + value_of(key), key.comment);
            if (alternatives) write_alternative(key, start);
        }
    }

    /// The entries of a list as its example has them: the first key by key, the others on a line each.
    void write_entries(const Key& key, const std::string& before, bool alternatives) {
        MapForm entry = *key.type.list->map;
        if (!key.example.starts_with('[')) {  // the first is made of the keys' own examples
            write_section(entry, before, "- ", alternatives);
            text_ += more_entries(key.example, before);
            return;
        }
        Problems none;
        const auto example = parse_yaml(key.example, std::make_shared<const Source>(), none).value_or(Node{});
        for (std::size_t i = 0; i < example.items.size(); ++i) {
            if (i > 0) text_ += before + "- " + in_one_line(example.items[i]) + "\n";
            if (i > 0) continue;
            for (auto& one : entry.keys) {
                if (const Node* given = example.items[i].find(one.name)) one.otherwise = in_one_line(*given);
            }
            write_section(entry, before, "- ", alternatives);
        }
    }

    static std::string in_one_line(const Node& node) {
        if (node.kind == Node::Kind::text) return node.text;
        const bool is_map = node.kind == Node::Kind::map;
        std::string words;
        for (const auto& item : node.items) {
            if (!words.empty()) words += ", ";
            if (is_map) words += item.key + ": ";
            words += in_one_line(item);
        }
        return is_map ? "{" + words + "}" : "[" + words + "]";
    }

    /// The pair's model with the recommended one (docs/models.md) in the place of the default.
    static MapForm on_recommended_model(MapForm models) {
        constexpr const char* recommended = "bootstrap";
        const std::pair<std::string, std::string> values[] = {
            {"history", shipped_rates_name}, {"from", "2015-08-03"}, {"to", "2025-12-31"}, {"mean_block", "19"}};
        for (auto& key : models.keys) {
            if (key.name == models.tag) key.otherwise = recommended;
            if (key.only != std::vector<std::string>{recommended}) continue;
            for (const auto& [name, value] : values) {
                if (key.name == name) key.otherwise = value;
            }
        }
        return models;
    }

    static std::string value_of(const Key& key) {
        if (key.name == "monthly_usd") return "800k";    // what the three firms of exporters.csv can ask for
        if (key.name == "steady_state") return "false";  // the contracts are on the books, and the ladder would stand there as well
        if (key.otherwise) return *key.otherwise;
        return key.example.empty() ? "none" : key.example;
    }

    static bool is_section(const Type& type) { return type.map && !type.map->entry; }

    /// Where the map of named keys is what stands there: no default, or the default that its keys make.
    static bool written_as_section(const Key& key) {
        if (!is_section(key.type)) return false;
        return key.otherwise ? *key.otherwise == "{}" : key.example.empty();
    }

    /// A map or a list that may stand there instead of the plain value.
    void write_alternative(const Key& key, const std::string& start) {
        const Type& type = key.type;
        const std::string inner = start + "#   ";
        if (is_section(type) && !value_of(key).starts_with('{') && key.name != "title") {
            text_ += start + "# " + key.name + ":\n";
            write_section(*type.map, inner, "", false);
        } else if (type.list && is_section(*type.list)) {
            text_ += start + "# " + key.name + ":\n";
            write_section(*type.list->map, inner, "- ", false);
        }
    }

    void write_section(const MapForm& map, const std::string& before, std::string dash, bool alternatives) {
        const std::string tag = map.tag.empty() ? std::string() : *find_key(map, map.tag, "")->otherwise;
        write_keys(map, tag, before, dash, alternatives);
        if (map.tag.empty() || !alternatives) return;
        const Type& values = find_key(map, map.tag, "")->type;
        for (std::size_t i = 0; i < values.words.size(); ++i) {
            const auto& other = values.words[i];
            if (other == tag) continue;
            if (i < values.meanings.size()) line(before, "# " + map.tag + ": " + other, values.meanings[i]);
            else text_ += before + "# " + map.tag + ": " + other + "\n";
            for (const auto& key : map.keys) {
                if (!key.only.empty() && key.goes_with(other)) write_key(key, before + "# ", "", false);
            }
        }
    }

    void write_keys(const MapForm& map, const std::string& tag, const std::string& before, std::string dash, bool alternatives) {
        for (const auto& key : map.keys) {
            if (!key.goes_with(tag)) continue;
            write_key(key, before, dash, alternatives);
            dash = std::string(dash.size(), ' ');
        }
    }

    static std::string more_entries(const std::string& lines, const std::string& before) {
        std::string text;
        for (std::size_t at = 0; at < lines.size();) {
            const auto end = std::min(lines.find('\n', at), lines.size());
            text += before + lines.substr(at, end - at) + "\n";
            at = end + 1;
        }
        return text;
    }

    std::string name_;
    Language language_;
    std::string text_;
};

}  // namespace

std::string scenario_template(const std::string& name, Language language) { return TemplateWriter(name, language).write(); }

std::string exporters_template(Language language) {
    const std::string bom = "\xEF\xBB\xBF";  // so that Excel opens the Chinese right
    if (language == Language::zh) {
        return bom +
               "企业编号,企业名称,行业,年收汇,违约概率,对美占比,流动性,集团\n"
               "E001,福州某电子有限公司,electronics,12000000,3%,45%,5000000,\n"
               "E002,福清某纺织有限公司,textile,4500000,4%,20%,1500000,\n"
               "E003,连江某水产有限公司,food,2000000,3%,10%,800000,\n";
    }
    return bom +
           "exporter_id,name,sector,annual_receipts_usd,pd,us_share,liquidity_cny,group_id\n"
           "E001,An electronics maker,electronics,12000000,3%,45%,5000000,\n"
           "E002,A textile mill,textile,4500000,4%,20%,1500000,\n"
           "E003,A seafood exporter,food,2000000,3%,10%,800000,\n";
}

std::string contracts_template(Language language) {
    const std::string bom = "\xEF\xBB\xBF";
    if (language == Language::zh) {
        return bom +
               "合约编号,企业编号,银行,货币对,方向,外币金额,合约汇率,交易日,交割日\n"
               "C001,E001,ICBC,USDCNY,结汇,500000,7.00,2025-12-08,2026-06-08\n"
               "C002,E002,BOC,USDCNY,结汇,300000,7.01,2025-12-15,2026-03-16\n"
               "C003,E003,CCB,USDCNY,购汇,100000,6.98,2025-12-22,2026-06-22\n";
    }
    return bom +
           "contract_id,exporter_id,bank_id,pair,direction,notional,contract_rate,trade_date,settle_date\n"
           "C001,E001,ICBC,USDCNY,sell,500000,7.00,2025-12-08,2026-06-08\n"
           "C002,E002,BOC,USDCNY,sell,300000,7.01,2025-12-15,2026-03-16\n"
           "C003,E003,CCB,USDCNY,buy,100000,6.98,2025-12-22,2026-06-22\n";
}

}  // namespace fxpool
