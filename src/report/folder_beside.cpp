#include "folder_beside.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

namespace fxpool::report {
namespace {

namespace fs = std::filesystem;

/// The system's reason, in the reader's language where it is one that a full disk or a folder's rights give.
Message reason(int code) {
    switch (code) {
        case ENOSPC:
        case EDQUOT: return say("the disk is full");
        case EFBIG: return say("a file would be larger than is allowed here (ulimit -f)");
        case EACCES:
        case EPERM: return say("no permission to write there");
        case EROFS: return say("the disk is read-only");
        case EBUSY: return say("it is in use, or a disk is mounted there");
        case ENOENT: return say("the folder is gone");
        case ENOTDIR:
        case EEXIST: return say("there is a file where a folder is needed");
        case ENAMETOOLONG: return say("the name is too long");
        default: return say("system error {0}", code);
    }
}

/// The folder behind a link; the path itself where it is none.
fs::path behind_links(const fs::path& target, std::error_code& error) {
    if (!fs::is_symlink(fs::symlink_status(target, error))) {
        error.clear();  // it need not be there
        return target;
    }
    return fs::canonical(target, error);
}

std::string beginning_of_rests(const fs::path& target) { return "." + target.filename().string() + ".new-"; }

/// Where there are no locks: whether the process that the folder is named for is gone.
bool is_named_for_the_dead(const fs::path& rest, const std::string& beginning) {
    const long process = std::strtol(rest.filename().c_str() + beginning.size(), nullptr, 10);
    return process > 0 && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
}

/// What the former result consists of: what its manifest lists, of a manifest without a list the files of its time. Where there is no
/// manifest it is no result.
std::set<std::string> files_of_result(const fs::path& folder) {
    std::ifstream in(folder / "manifest.json", std::ios::binary);
    const auto manifest = nlohmann::json::parse(in, nullptr, false);
    if (!manifest.is_object() || !manifest.contains("schema")) return {};
    std::set<std::string> names;
    if (const auto listed = manifest.find("files"); listed != manifest.end() && listed->is_array()) {
        for (const auto& name : *listed) {
            if (name.is_string()) names.insert(name.get<std::string>());
        }
        return names;
    }
    names = {"summary.json", "manifest.json"};
    for (const auto* table : {"daily", "banks", "exporters", "bearers", "budget", "losses", "losses_histogram"}) names.insert(std::string(table) + ".csv");
    return names;
}

/// Another name for the same bytes where the file system has such, else a copy.
void take_over(const fs::path& from, const fs::path& to, std::error_code& error) {
    constexpr auto all = fs::copy_options::recursive | fs::copy_options::copy_symlinks;
    fs::copy(from, to, all | fs::copy_options::create_hard_links, error);
    if (!error) return;
    fs::remove_all(to, error);
    fs::copy(from, to, all, error);
}

fs::path free_name(const fs::path& folder, const std::string& name) {
    std::error_code ignored;
    fs::path path = folder / name;
    for (int i = 1; fs::exists(fs::symlink_status(path, ignored)); ++i) path = folder / ("kept-" + (i == 1 ? "" : std::to_string(i) + "-") + name);
    return path;
}

}  // namespace

Message not_written(const fs::path& where, int code) { return say("{0} can't be written: {1}", where.string(), reason(code)); }

FolderLock::FolderLock(const fs::path& folder) : file_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)) {
    if (file_ < 0) return;
    if (::flock(file_, LOCK_EX | LOCK_NB) == 0) state_ = State::ours;
    else if (errno == EWOULDBLOCK) state_ = State::taken;
}

FolderLock::~FolderLock() {
    if (file_ >= 0) ::close(file_);
}

bool FolderLock::stands_at(const fs::path& folder) const {
    struct stat locked = {}, there = {};
    return file_ >= 0 && ::fstat(file_, &locked) == 0 && ::lstat(folder.c_str(), &there) == 0 && locked.st_ino == there.st_ino && locked.st_dev == there.st_dev;
}

FolderBeside::FolderBeside(const fs::path& out, const std::string& name) : target_(out / name) {
    std::error_code error;
    fs::create_directories(out, error);
    if (error) {
        failure_ = not_written(out, error.value());
        return;
    }
    real_ = behind_links(target_, error);
    if (error) {
        failure_ = say("{0} can't be written: {1}", target_.string(), say("it is a link that leads nowhere"));
        return;
    }
    if (fs::exists(real_, error) && !fs::is_directory(real_, error)) {
        failure_ = not_written(target_, ENOTDIR);
        return;
    }
    int code = 0;
    if (!make_folder(code)) failure_ = not_written(real_ == target_ ? out : real_.parent_path(), code);
}

FolderBeside::~FolderBeside() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);  // after an exchange it holds the former result
}

/// Between making a folder and locking it another run may take it for a rest: then it is made again under the next name.
bool FolderBeside::make_folder(int& code) {
    const auto name = beginning_of_rests(real_) + std::to_string(::getpid());
    for (int i = 1; i <= 100; ++i) {
        std::error_code error;
        const auto folder = real_.parent_path() / (i == 1 ? name : name + "-" + std::to_string(i));
        const bool made = fs::create_directory(folder, error);
        code = error ? error.value() : EEXIST;
        if (error && code != EEXIST) return false;
        if (!made) continue;
        lock_.emplace(folder);
        if (lock_->state() == FolderLock::State::taken || !lock_->stands_at(folder)) continue;
        folder_ = folder;
        return true;
    }
    return false;
}

std::vector<Message> FolderBeside::sweep() const {
    std::vector<Message> told;
    const auto beginning = beginning_of_rests(real_);
    std::error_code error;
    std::vector<fs::path> rests;
    for (auto entry = fs::directory_iterator(real_.parent_path(), error); !error && entry != fs::directory_iterator(); entry.increment(error)) {
        if (entry->path().filename().string().starts_with(beginning) && entry->path() != folder_) rests.push_back(entry->path());
    }
    std::sort(rests.begin(), rests.end());
    std::string removed;
    bool another = false;
    for (const auto& rest : rests) {
        const FolderLock lock(rest);
        const bool is_left =
            lock.state() == FolderLock::State::ours || (lock.state() == FolderLock::State::none_here && is_named_for_the_dead(rest, beginning));
        if (!is_left) {
            another |= lock.state() == FolderLock::State::taken;
            continue;
        }
        std::error_code failed;
        if (rest.extension() == ".former" && !fs::exists(real_, failed)) {
            fs::rename(rest, real_, failed);
            if (!failed) told.push_back(say("the former result, which an interrupted run had moved aside, is back in {0}", target_.string()));
        } else if (fs::remove_all(rest, failed) > 0 && !failed) {
            removed += (removed.empty() ? "" : ", ") + rest.filename().string();
        }
    }
    if (!removed.empty()) told.push_back(say("removed what an interrupted run had left: {0}", removed));
    if (another) told.push_back(say("another run is writing {0} too: the result of the one that ends last will stand there", target_.string()));
    return told;
}

std::optional<Message> FolderBeside::keep_foreign_files(std::vector<std::string>& kept) {
    std::error_code error;
    const auto own = files_of_result(real_);
    for (auto entry = fs::directory_iterator(real_, error); !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const auto name = entry->path().filename().string();
        if (own.contains(name) && fs::is_regular_file(entry->symlink_status(error))) continue;
        take_over(entry->path(), free_name(folder_, name), error);
        if (error) break;
        kept.push_back(name);
    }
    std::sort(kept.begin(), kept.end());
    if (error && error.value() != ENOENT) return not_written(target_, error.value());  // no former folder: nothing to keep
    return std::nullopt;
}

std::optional<Message> FolderBeside::put_in_place() {
    int code = 0;
    for (int attempt = 0; attempt < 100; ++attempt) {
        if (::renameat2(AT_FDCWD, folder_.c_str(), AT_FDCWD, real_.c_str(), RENAME_EXCHANGE) == 0) return std::nullopt;
        code = by_two_renames();
        if (code == 0) return std::nullopt;
        if (code != ENOTEMPTY && code != EEXIST) break;  // another run was quicker: its result is the former one now
    }
    return not_written(target_, code);
}

int FolderBeside::by_two_renames() {
    std::error_code error;
    const fs::path former = folder_.string() + ".former";
    const FolderLock moved_aside(real_);  // no other run takes it for a rest
    fs::rename(real_, former, error);
    const bool had_one = !error;
    if (error && error.value() != ENOENT) return error.value();
    fs::rename(folder_, real_, error);
    const int code = error.value();
    if (had_one && code != 0) fs::rename(former, real_, error);
    else if (had_one) fs::remove_all(former, error);
    return code;
}

}  // namespace fxpool::report
