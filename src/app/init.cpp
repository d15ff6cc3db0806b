// fxpool init [NAME]
#include "fxpool/app/commands.hpp"
#include "fxpool/data/embedded.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <filesystem>

namespace fxpool::app {
namespace {

/// Letters, digits, - and _: what names a results folder.
bool is_name(const std::string& text) {
    for (const char c : text) {
        const bool fits = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
        if (!fits) return false;
    }
    return !text.empty();
}

struct NewFile {
    std::string name, text;
};

/// Writes a file that must not be there yet; false where it can't be.
bool write_new(const NewFile& file) {
    const int to = ::open(file.name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (to < 0) return false;
    std::size_t written = 0;
    while (written < file.text.size()) {
        const auto more = ::write(to, file.text.data() + written, file.text.size() - written);
        if (more <= 0) break;
        written += static_cast<std::size_t>(more);
    }
    const bool whole = ::close(to) == 0 && written == file.text.size();
    if (!whole) ::unlink(file.name.c_str());
    return whole;
}

}  // namespace

Status init_command(const CommandLine& line, const Console& console) {
    const std::string name = line.arguments.empty() ? "my-pool" : line.arguments.front();
    if (!is_name(name)) {
        console.tell(say("'{0}' can't name a scenario: use letters, digits, - and _", name));
        return wrong_command_line;
    }
    const std::vector<NewFile> files = {{name + ".yaml", line.full ? scenario_template(name, console.language) : short_template(name, console.language)},
                                        {"exporters.csv", exporters_template(console.language)},
                                        {"contracts.csv", contracts_template(console.language)},
                                        {shipped_rates_name, std::string(data::cny_fx_daily_csv)}};
    bool in_the_way = false;
    for (const auto& file : files) {
        std::error_code ignored;
        if (!std::filesystem::exists(std::filesystem::symlink_status(file.name, ignored))) continue;
        console.tell(say("{0} is already here and is not overwritten", file.name));
        in_the_way = true;
    }
    if (in_the_way) {
        console.tell(say("nothing was written; move these away, or start in another folder"));
        return wrong_command_line;
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (write_new(files[i])) continue;
        console.tell(say("{0} can't be written: no permission, or no room on the disk", files[i].name));
        for (std::size_t j = 0; j < i; ++j) ::unlink(files[j].name.c_str());
        return internal_failure;
    }
    if (!line.quiet) {
        console.print(say("written: {0}, {1}, {2}, {3}", files[0].name, files[1].name, files[2].name, files[3].name));
        console.print(say("next: fill in the two tables, edit {0}, then 'fxpool check {0}' and 'fxpool run {0}'", files[0].name));
    }
    return done;
}

}  // namespace fxpool::app
