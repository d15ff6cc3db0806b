#pragma once

#include "fxpool/base/problem.hpp"

#include <unistd.h>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace fxpool::testing {

/// A folder of its own for the files of one test; gone with it.
class Scratch {
  public:
    Scratch() {
        static std::atomic<int> number = 0;
        folder_ = std::filesystem::temp_directory_path() / ("fxpool-test-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
        std::filesystem::create_directories(folder_);
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::filesystem::path path(std::string_view name) const { return folder_ / name; }
    /// Writes the bytes as they are.
    std::filesystem::path file(std::string_view name, std::string_view bytes) const {
        std::ofstream(path(name), std::ios::binary) << bytes;
        return path(name);
    }

  private:
    std::filesystem::path folder_;
};

/// The problems as a user reads them, without the folder of the files: "book.csv:3:7: pd: ...".
inline std::vector<std::string> lines_of(const Problems& problems, Language language = Language::en) {
    std::vector<std::string> lines;
    for (auto problem : problems.list()) {
        problem.place.file = std::filesystem::path(problem.place.file).filename().string();
        lines.push_back(format(problem, language));
    }
    return lines;
}

/// The one line that there is; all of them, a line each, where there are more or none.
inline std::string line_of(const Problems& problems, Language language = Language::en) {
    std::string all;
    for (const auto& line : lines_of(problems, language)) all += (all.empty() ? "" : "\n") + line;
    return all;
}

}  // namespace fxpool::testing
