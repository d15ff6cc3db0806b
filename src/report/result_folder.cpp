#include "fxpool/report/result_folder.hpp"

#include "folder_beside.hpp"

#include "fxpool/report/column_names.hpp"
#include "fxpool/report/csv.hpp"
#include "fxpool/report/manifest.hpp"
#include "fxpool/report/summary_json.hpp"

#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace fxpool::report {
namespace {

namespace fs = std::filesystem;

/// A file that remembers its first failure: a full disk may show only when it is closed. What the reader is told of is the folder that
/// the result was to stand in, not the one beside it.
class OutputFile {
  public:
    OutputFile(const FolderBeside& folder, const std::string& name) : target_(folder.target()), file_(std::fopen((folder.path() / name).c_str(), "wb")) {
        if (file_ == nullptr) code_ = errno;
    }
    ~OutputFile() { close(); }
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(std::string_view bytes) {
        if (code_ == 0 && std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) code_ = errno;
    }
    std::optional<Message> close() {
        if (file_ != nullptr) {
            if (std::fflush(file_) != 0 && code_ == 0) code_ = errno;
            if (::fsync(::fileno(file_)) != 0 && code_ == 0 && errno != EINVAL) code_ = errno;
            if (std::fclose(file_) != 0 && code_ == 0) code_ = errno;
            file_ = nullptr;
        }
        return code_ == 0 ? std::nullopt : std::optional(not_written(target_, code_));
    }

  private:
    fs::path target_;
    std::FILE* file_;
    int code_ = 0;
};

std::optional<Message> write_text(const FolderBeside& folder, const std::string& name, std::string_view text) {
    OutputFile file(folder, name);
    file.write(text);
    return file.close();
}

bool is_set(const std::atomic<bool>* stop) { return stop != nullptr && stop->load(std::memory_order_relaxed); }

std::optional<Message> write_table(const FolderBeside& folder, const DataTable& table, const std::atomic<bool>* stop) {
    constexpr std::size_t chunk = 1 << 20;
    OutputFile file(folder, table.name + ".csv");
    std::string text = byte_order_mark + csv_header(table);
    for (const auto& row : table.rows) {
        append_csv_row(text, row);
        if (text.size() < chunk) continue;
        file.write(text);
        text.clear();
        if (is_set(stop)) break;
    }
    file.write(text);
    return file.close();
}

/// The names in the folder, and the manifest's own: what the next run may take for a result's.
std::vector<std::string> files_in(const FolderBeside& folder) {
    std::vector<std::string> names = {"manifest.json"};
    std::error_code error;
    for (auto entry = fs::directory_iterator(folder.path(), error); !error && entry != fs::directory_iterator(); entry.increment(error)) {
        names.push_back(entry->path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

WriteOutcome write_results(const fs::path& out, const Scenario& scenario, const Prepared& prepared, const Results& results, const RunFacts& facts,
                           const std::atomic<bool>* stop) {
    FolderBeside folder(out, facts.folder.empty() ? scenario.settings.name : facts.folder);
    WriteOutcome outcome{folder.target(), folder.failure()};
    if (outcome.failure) return outcome;

    outcome.failure = write_text(folder, "summary.json", json_text(summary_json(scenario, prepared, results)));
    for (const auto& table : results.tables) {
        if (outcome.failure || is_set(stop)) break;
        outcome.failure = write_table(folder, table, stop);
    }
    if (!outcome.failure && !is_set(stop)) outcome.failure = write_table(folder, chinese_columns(results.tables), stop);
    if (!outcome.failure && !is_set(stop)) {
        auto manifest = manifest_json(scenario, prepared, results, facts);
        manifest["files"] = files_in(folder);
        outcome.failure = write_text(folder, "manifest.json", json_text(manifest));
    }
    if (is_set(stop)) outcome.stopped = true;
    if (!outcome.failure && !outcome.stopped) outcome.failure = folder.keep_foreign_files(outcome.kept);
    if (!outcome.failure && !outcome.stopped) outcome.failure = folder.put_in_place();
    return outcome;
}

Ground try_ground(const fs::path& out, const std::string& folder) {
    const auto beside = std::make_shared<const FolderBeside>(out, folder);
    if (beside->failure()) return {beside->failure(), {}, {}};
    auto told = beside->sweep();
    return {write_text(*beside, "summary.json", "{}\n"), std::move(told), beside};
}

}  // namespace fxpool::report
