#include "fxpool/report/result_folder.hpp"

#include "fxpool/report/column_names.hpp"
#include "fxpool/report/csv.hpp"
#include "fxpool/report/manifest.hpp"
#include "fxpool/report/summary_json.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

namespace fxpool::report {
namespace {

namespace fs = std::filesystem;

/// The system's reason, in the reader's language where it is one that a full disk or a folder's rights give.
Message reason(int code) {
    switch (code) {
        case ENOSPC:
        case EDQUOT: return say("the disk is full");
        case EACCES:
        case EPERM: return say("no permission to write there");
        case EROFS: return say("the disk is read-only");
        case ENOTDIR:
        case EEXIST: return say("there is a file where a folder is needed");
        case ENAMETOOLONG: return say("the name is too long");
        default: return say("system error {0}", code);
    }
}

Message not_written(const fs::path& where, int code) { return say("{0} can't be written: {1}", where.string(), reason(code)); }

/// Removes what a run of this result left beside it when it was killed; a former result that it had moved aside comes back.
void sweep_rests(const fs::path& out, const std::string& name) {
    const std::string beginning = "." + name + ".new-";
    std::error_code error;
    for (auto entry = fs::directory_iterator(out, error); !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const std::string found = entry->path().filename().string();
        if (found.rfind(beginning, 0) != 0) continue;
        const long process = std::strtol(found.c_str() + beginning.size(), nullptr, 10);
        const bool is_dead = process > 0 && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
        std::error_code ignored;
        if (!is_dead) continue;
        if (entry->path().extension() == ".former" && !fs::exists(out / name, ignored)) {
            fs::rename(entry->path(), out / name, ignored);
        } else {
            fs::remove_all(entry->path(), ignored);
        }
    }
}

/// A folder beside the result that vanishes with this object unless it has been put in the result's place.
class FolderBeside {
  public:
    FolderBeside(const fs::path& out, const std::string& name) : target_(out / name), folder_(out / ("." + name + ".new-" + std::to_string(::getpid()))) {
        std::error_code error;
        fs::create_directories(out, error);
        if (error) {
            failure_ = not_written(out, error.value());
            return;
        }
        if (fs::exists(target_, error) && !fs::is_directory(target_, error)) {
            failure_ = not_written(target_, ENOTDIR);
            return;
        }
        sweep_rests(out, name);
        fs::remove_all(folder_, error);
        if (!fs::create_directory(folder_, error)) failure_ = not_written(out, error ? error.value() : EEXIST);
    }
    ~FolderBeside() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);  // after an exchange it holds the former result
    }
    FolderBeside(const FolderBeside&) = delete;
    FolderBeside& operator=(const FolderBeside&) = delete;

    const fs::path& path() const { return folder_; }
    const fs::path& target() const { return target_; }
    const std::optional<Message>& failure() const { return failure_; }

    /// Changes places with the former result in one step where the file system can do that, else by two renames.
    std::optional<Message> put_in_place() {
        if (::renameat2(AT_FDCWD, folder_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) == 0) return std::nullopt;
        std::error_code error;
        const fs::path former = folder_.string() + ".former";
        const bool had_one = fs::exists(target_, error);
        if (had_one) fs::rename(target_, former, error);
        if (error) return not_written(target_, error.value());
        fs::rename(folder_, target_, error);
        if (error) {
            const int code = error.value();
            if (had_one) fs::rename(former, target_, error);
            return not_written(target_, code);
        }
        fs::remove_all(former, error);
        return std::nullopt;
    }

  private:
    fs::path target_, folder_;
    std::optional<Message> failure_;
};

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

}  // namespace

WriteOutcome write_results(const fs::path& out, const Scenario& scenario, const Prepared& prepared, const Results& results, const RunFacts& facts,
                           const std::atomic<bool>* stop) {
    FolderBeside folder(out, facts.folder.empty() ? scenario.settings.name : facts.folder);
    WriteOutcome outcome{folder.target(), folder.failure(), false};
    if (outcome.failure) return outcome;

    outcome.failure = write_text(folder, "summary.json", json_text(summary_json(scenario, prepared, results)));
    for (const auto& table : results.tables) {
        if (outcome.failure || is_set(stop)) break;
        outcome.failure = write_table(folder, table, stop);
    }
    if (!outcome.failure && !is_set(stop)) outcome.failure = write_table(folder, chinese_columns(results.tables), stop);
    if (!outcome.failure && !is_set(stop)) {
        outcome.failure = write_text(folder, "manifest.json", json_text(manifest_json(scenario, prepared, results, facts)));
    }
    if (is_set(stop)) outcome.stopped = true;
    if (!outcome.failure && !outcome.stopped) outcome.failure = folder.put_in_place();
    return outcome;
}

std::optional<Message> cannot_write(const fs::path& out, const std::string& name) {
    FolderBeside folder(out, name);
    if (folder.failure()) return folder.failure();
    return write_text(folder, "summary.json", "{}\n");
}

}  // namespace fxpool::report
