#include "fxpool/files/text_file.hpp"

#include "fxpool/files/utf8.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>

namespace fxpool {
namespace {

constexpr auto npos = std::string_view::npos;

std::optional<std::string> read_bytes(const std::filesystem::path& file) {
    std::error_code failed;
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "rb"), &std::fclose);
    if (!stream) return std::nullopt;
    std::string bytes;
    std::size_t used = 0;
    const auto size = std::filesystem::file_size(file, failed);
    bytes.resize(failed ? 1 << 16 : static_cast<std::size_t>(size) + 1);
    while (const auto got = std::fread(bytes.data() + used, 1, bytes.size() - used, stream.get())) {
        used += got;
        if (used == bytes.size()) bytes.resize(2 * used);
    }
    if (std::ferror(stream.get()) != 0) return std::nullopt;
    bytes.resize(used);
    return bytes;
}

struct Converted {
    std::string text;        ///< up to the first bad byte
    std::size_t bad = npos;  ///< that byte's place in the input
};

Converted convert(const char* from, std::string_view bytes) {
    Converted converted;
    const iconv_t conversion = iconv_open("UTF-8", from);
    if (reinterpret_cast<std::intptr_t>(conversion) == -1) return {{}, 0};
    std::string input(bytes);
    char* in = input.data();
    std::size_t left = input.size();
    std::string buffer(1 << 16, '\0');
    while (left > 0) {
        char* out = buffer.data();
        std::size_t room = buffer.size();
        const auto status = iconv(conversion, &in, &left, &out, &room);
        const int why = errno;
        converted.text.append(buffer.data(), buffer.size() - room);
        if (status != static_cast<std::size_t>(-1) || why == E2BIG) continue;
        converted.bad = input.size() - left;
        break;
    }
    iconv_close(conversion);
    return converted;
}

bool is_workbook(std::string_view bytes) { return bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0"); }

/// Whether four times as many characters of several bytes are whole as bytes fit nowhere.
bool is_mostly_utf8(std::string_view bytes) {
    std::size_t whole = 0, bad = 0;
    for (std::size_t i = 0; i < bytes.size();) {
        const auto character = first_character(bytes.substr(i));
        whole += character.bytes.size() > 1;
        bad += !character.code;
        i += character.bytes.size();
    }
    return whole >= 4 * bad;
}

Message half_a_character(const char* encoding, const char* save_as) {
    return say("half a character: the text is {0} up to here; save the file again as {1}", encoding, save_as);
}

/// Decodes bytes whose encoding no mark tells: UTF-8, else GB18030.
std::optional<std::string> decode(const std::string& name, std::string bytes, bool marked_utf8, const char* save_as, Problems& problems) {
    const auto not_utf8 = first_not_utf8(bytes);
    if (not_utf8 == npos) return bytes;
    const auto valid_part = std::string_view(bytes).substr(0, not_utf8);
    if (marked_utf8) {
        problems.error(place_in_text(name, valid_part, not_utf8), {}, say("half a character: the file says that it is UTF-8, but this is not"));
        return std::nullopt;
    }
    // UTF-8 that lost a byte here or there often makes (other) words in GB18030, too; GB18030 seldom looks like UTF-8 for long.
    const bool mostly_utf8 = is_mostly_utf8(bytes);
    auto converted = convert("GB18030", bytes);
    if (!mostly_utf8 && converted.bad == npos) return std::move(converted.text);
    // Neither: the encoding that was understood for longer is probably the one meant.
    const bool rather_utf8 = mostly_utf8 || not_utf8 > converted.bad;
    const auto place = rather_utf8 ? place_in_text(name, valid_part, not_utf8) : place_in_text(name, converted.text, converted.text.size());
    problems.error(place, {}, half_a_character(rather_utf8 ? "UTF-8" : "GB18030", save_as));
    return std::nullopt;
}

/// Windows and old Macintosh line ends become '\n'.
void plain_line_ends(std::string& text) {
    auto from = text.find('\r');
    if (from == npos) return;
    auto to = from;
    while (from < text.size()) {
        const bool pair = from + 1 < text.size() && text[from + 1] == '\n';
        text[to++] = '\n';
        from += pair ? 2 : 1;
        const auto next = std::min(text.find('\r', from), text.size());
        std::memmove(text.data() + to, text.data() + from, next - from);
        to += next - from;
        from = next;
    }
    text.resize(to);
}

}  // namespace

Place place_in_text(const std::string& file, std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, offset);
    const auto line_begin = before.rfind('\n') == npos ? 0 : before.rfind('\n') + 1;
    return {file, 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')), 1 + count_characters(before.substr(line_begin))};
}

std::optional<std::string> read_text_file(const std::filesystem::path& file, Problems& problems, const NamedAt& named, TextFor what) {
    const auto name = file.string();
    const bool table = what == TextFor::table;
    const char* save_as = table ? "CSV UTF-8" : "UTF-8";
    const auto refuse = [&](Place place, Message why) {
        problems.error(std::move(place), {}, std::move(why));
        return std::nullopt;
    };
    const auto not_readable = [&](Message why) {
        if (named.place.file.empty()) return refuse({name}, std::move(why));
        const bool by_option = named.place.file == "--set " + named.key;  // which names the key already
        problems.error(named.place, by_option ? "" : named.key, say("{0}: {1}", name, std::move(why)));
        return std::nullopt;
    };
    std::error_code failed;
    if (!std::filesystem::exists(file, failed)) return not_readable(say("there is no such file"));
    if (std::filesystem::is_directory(file, failed)) return not_readable(say("this is a folder, not a file"));
    auto bytes = read_bytes(file);
    if (!bytes) return not_readable(say("the file can't be read; may this user read it?"));
    if (is_workbook(*bytes)) {
        if (!table) return refuse({name}, say("this is an Excel workbook or a zip archive; a scenario is a YAML text file (see fxpool init)"));
        return refuse({name},
                      say("this is a workbook, not a CSV file: in Excel or WPS choose File, Save As, file type \"CSV UTF-8\", and name the .csv file here"));
    }
    std::optional<std::string> text;
    if (bytes->starts_with("\xEF\xBB\xBF")) {
        text = decode(name, bytes->substr(3), true, save_as, problems);
    } else if (bytes->starts_with("\xFF\xFE") || bytes->starts_with("\xFE\xFF")) {
        auto converted = convert(bytes->starts_with("\xFF\xFE") ? "UTF-16LE" : "UTF-16BE", std::string_view(*bytes).substr(2));
        if (converted.bad != npos) return refuse(place_in_text(name, converted.text, converted.text.size()), half_a_character("UTF-16", save_as));
        text = std::move(converted.text);
    } else if (const auto zero = bytes->find('\0'); zero == npos) {
        text = decode(name, std::move(*bytes), false, save_as, problems);
    } else {
        return refuse(place_in_text(name, *bytes, zero), say("this is no text: it has a zero byte; save the file as {0}", save_as));
    }
    if (!text) return std::nullopt;
    if (table && text->find_first_not_of(" \t\r\n") == npos) return refuse({name}, say("the file is empty"));
    plain_line_ends(*text);
    if (const auto control = first_control(*text); control != npos) {
        return refuse(place_in_text(name, *text, control), control_character(std::string_view(*text).substr(control)));
    }
    return text;
}

Message control_character(std::string_view text) {
    return say("there is a control character here ({0}), which no text has; delete it", code_point_name(first_character(text).code.value_or(0)));
}

}  // namespace fxpool
