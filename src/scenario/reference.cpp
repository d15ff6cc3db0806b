#include "fxpool/scenario/scenario_file.hpp"

#include "check_values.hpp"
#include "key_type.hpp"
#include "node.hpp"

#include <algorithm>

// The description of the keys as tables to read: key, meaning, what may stand there, default.
namespace fxpool {
namespace {

using namespace scenario;

class Reference {
  public:
    explicit Reference(Language language) : language_(language) {}

    std::string write() {
        const auto& keys = scenario_type().map->keys;
        begin("", say("The file"));
        for (const auto& key : keys) {
            if (!is_section(key)) row(key, key.name, "");
        }
        for (const auto& key : keys) {
            if (!is_section(key)) continue;
            begin(key.name, key.comment);
            rows_of(key.type, "");
        }
        for (std::size_t i = 0; i < models_.size(); ++i) write_models(models_[i].first, *models_[i].second);
        return std::move(text_);
    }

  private:
    std::string tell(const Message& message) const { return render(message, language_); }

    /// A heading and the head of a table.
    void begin(const std::string& key, const Message& title) {
        text_ += (text_.empty() ? "" : "\n") + std::string("### ") + (key.empty() ? tell(title) : "`" + key + "`: " + tell(title)) + "\n\n";
        text_ += "| " + tell(say("key")) + " | " + tell(say("what it says")) + " | " + tell(say("what may stand there")) + " | " + tell(say("default")) +
                 " |\n|---|---|---|---|\n";
    }

    static bool is_section(const Key& key) {
        const auto& type = key.type;
        return (type.map && !type.map->entry && key.name != "title") || (type.list && type.list->map) || (type.map && type.map->entry && type.map->entry->map);
    }

    /// The keys below a section, a list of maps, or an open map of them; `path` stands before their names.
    void rows_of(const Type& type, const std::string& path) {
        if (type.list && type.list->map) rows_of(*type.list, path);
        if (!type.map) return;
        if (type.map->entry) {
            rows_of(*type.map->entry, path + "<" + render(entry_word(type.map->entry_key), Language::en) + ">.");
            return;
        }
        for (const auto& key : type.map->keys) {
            const std::string goes_with = key.only.size() == 1 ? type.map->tag + ": " + key.only.front() : "";
            row(key, path + key.name, goes_with);
            if (key.name == "model") {
                models_.emplace_back(path + key.name, key.type.map.get());
            } else if (key.name != "name" || key.type.list) {  // a name in two languages is said by its example
                rows_of(key.type, path + key.name + (key.type.list && key.type.list->map ? "[]." : "."));
            }
        }
    }

    void row(const Key& key, const std::string& name, const std::string& goes_with) {
        std::string meaning = tell(key.comment);
        if (!goes_with.empty()) meaning += " (" + goes_with + ")";
        text_ += "| `" + name + "` | " + cell(meaning) + " | " + cell(allowed(key.type)) + " | " + default_of(key) + " |\n";
    }

    /// Each model's keys in a table of their own.
    void write_models(const std::string& path, const MapForm& map) {
        const Key& tag = *find_key(map, map.tag, "");
        for (std::size_t i = 0; i < tag.type.words.size(); ++i) {
            const auto& model = tag.type.words[i];
            begin(path + ": {" + map.tag + ": " + model + "}", i < tag.type.meanings.size() ? tag.type.meanings[i] : tag.comment);
            for (const auto& key : map.keys) {
                if (key.name == map.tag || !key.goes_with(model)) continue;
                row(key, key.name, "");
                if (key.name != "then") rows_of(key.type, key.name + (key.type.list && key.type.list->map ? "[]." : "."));
            }
        }
    }

    std::string default_of(const Key& key) const {
        if (key.required) return "**" + tell(say("required")) + "**";
        if (!key.otherwise) return "–";
        return *key.otherwise == "{}" ? "" : "`" + *key.otherwise + "`";
    }

    /// What may stand there: the words, then the rest as messages say it, a number with its range.
    std::string allowed(const Type& type) const {
        std::string words, rest;
        const auto more = [&](std::string& list, const std::string& one) { list += (list.empty() ? "" : language_ == Language::zh ? "、" : ", ") + one; };
        for (const auto& word : type.words) more(words, "`" + word + "`");
        if (type.flag) more(words, "`true`, `false`");
        if (type.number) more(rest, tell(range_of(*type.number)));
        if (type.text) more(rest, tell(wanted_text(*type.text)));
        if (type.list) more(rest, tell(say("a list")));
        if (type.map && type.map->entry) more(rest, "{" + tell(entry_word(type.map->entry_key)) + ": …}");
        else if (type.map) more(rest, tell(say("a map")));
        if (!rest.empty()) more(words, rest);
        return words;
    }

    static Message entry_word(EntryKey key) {
        switch (key) {
            case EntryKey::tenor: return say("tenor, 3M");
            case EntryKey::currency: return say("currency");
            case EntryKey::pair: return say("pair");
            case EntryKey::couple: return say("pair~pair");
            case EntryKey::sector: return say("sector");
            case EntryKey::date: return say("date");
            case EntryKey::metric: return say("figure of the result");
        }
        return say("key");
    }

    /// A bar would end the table's cell.
    static std::string cell(std::string text) {
        for (auto at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
        return text;
    }

    Language language_;
    std::string text_;
    std::vector<std::pair<std::string, const MapForm*>> models_;
};

}  // namespace

std::string scenario_reference(Language language) { return Reference(language).write(); }

}  // namespace fxpool
