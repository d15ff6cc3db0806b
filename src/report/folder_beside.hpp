#pragma once

#include "fxpool/base/message.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// How a result takes the place of the former one: written to a folder beside it, then exchanged in one step.
namespace fxpool::report {

/// "<where> can't be written: <the system's reason>".
Message not_written(const std::filesystem::path& where, int code);

/// A lock on a folder. It ends with its process, however that ends, and so tells the living runs from the dead ones, on other machines
/// and in other containers too.
class FolderLock {
  public:
    enum class State { ours, taken, none_here };  ///< none_here: no such folder, or a file system without locks
    explicit FolderLock(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;

    State state() const { return state_; }
    /// Whether what is locked still stands at `folder`.
    bool stands_at(const std::filesystem::path& folder) const;

  private:
    int file_ = -1;
    State state_ = State::none_here;
};

/// A folder beside the result that vanishes with this object unless it has been put in the result's place. Where <out>/<name> is a link
/// to a folder, the result goes where it leads, and the link stays.
class FolderBeside {
  public:
    FolderBeside(const std::filesystem::path& out, const std::string& name);
    ~FolderBeside();
    FolderBeside(const FolderBeside&) = delete;
    FolderBeside& operator=(const FolderBeside&) = delete;

    const std::filesystem::path& path() const { return folder_; }
    const std::filesystem::path& target() const { return target_; }  ///< as the user calls it
    const std::optional<Message>& failure() const { return failure_; }

    /// Removes what runs of this result left beside it when they were killed (a former result that one had moved aside comes back), and
    /// says so; says, too, when another run is about to write the same result.
    std::vector<Message> sweep() const;

    /// Takes over from the former folder what no result wrote there, under its name, or as kept-<name> where the new result has that
    /// name. The names, as they were; a failure leaves the former folder as it was.
    std::optional<Message> keep_foreign_files(std::vector<std::string>& kept);

    /// Changes places with the former result in one step where the file system can do that, else by two renames.
    std::optional<Message> put_in_place();

  private:
    bool make_folder(int& code);
    int by_two_renames();

    std::filesystem::path target_, real_, folder_;  ///< real_: target_ behind its links
    std::optional<FolderLock> lock_;
    std::optional<Message> failure_;
};

}  // namespace fxpool::report
