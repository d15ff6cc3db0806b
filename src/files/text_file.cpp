#include "fxpool/files/text_file.hpp"

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
    if (!std::filesystem::is_regular_file(file, failed) && std::filesystem::is_directory(file, failed)) return std::nullopt;
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

unsigned char byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

/// The length of the UTF-8 character at `i`; 0 where there is none (RFC 3629: no overlong forms, no surrogates, up to U+10FFFF).
std::size_t utf8_length(std::string_view text, std::size_t i) {
    const unsigned char first = byte_at(text, i);
    if (first < 0x80) return 1;
    std::size_t length = 0;
    unsigned char low = 0x80, high = 0xBF;  // of the second byte
    if (first >= 0xC2 && first <= 0xDF) length = 2;
    else if (first >= 0xE0 && first <= 0xEF) length = 3;
    else if (first >= 0xF0 && first <= 0xF4) length = 4;
    else return 0;
    if (first == 0xE0) low = 0xA0;
    if (first == 0xED) high = 0x9F;
    if (first == 0xF0) low = 0x90;
    if (first == 0xF4) high = 0x8F;
    if (i + length > text.size() || byte_at(text, i + 1) < low || byte_at(text, i + 1) > high) return 0;
    for (std::size_t k = 2; k < length; ++k) {
        if ((byte_at(text, i + k) & 0xC0U) != 0x80U) return 0;
    }
    return length;
}

/// The first byte that is not UTF-8; npos where all is well.
std::size_t first_not_utf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        if (i + 8 <= text.size()) {  // eight ASCII bytes at once
            std::uint64_t eight = 0;
            std::memcpy(&eight, text.data() + i, 8);
            if ((eight & 0x8080808080808080ULL) == 0) {
                i += 8;
                continue;
            }
        }
        const auto length = utf8_length(text, i);
        if (length == 0) return i;
        i += length;
    }
    return npos;
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
        const auto length = utf8_length(bytes, i);
        whole += length > 1;
        bad += length == 0;
        i += std::max<std::size_t>(length, 1);
    }
    return whole >= 4 * bad;
}

/// Decodes bytes whose encoding no mark tells: UTF-8, else GB18030.
std::optional<std::string> decode(const std::string& name, std::string bytes, bool marked_utf8, Problems& problems) {
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
    problems.error(place, {},
                   rather_utf8 ? say("half a character: the text is UTF-8 up to here; save the file again as CSV UTF-8")
                               : say("half a character: the text is GB18030 up to here; save the file again as CSV UTF-8"));
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

int count_characters(std::string_view utf8) {
    const auto starts = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<int>(std::count_if(utf8.begin(), utf8.end(), starts));
}

std::string shortened(std::string_view utf8) {
    constexpr std::size_t most = 60;
    std::size_t characters = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const bool starts = (byte_at(utf8, i) & 0xC0U) != 0x80U;
        if (starts && ++characters > most) return std::string(utf8.substr(0, i)) + "...";
    }
    return std::string(utf8);
}

Place place_in_text(const std::string& file, std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, offset);
    const auto line_begin = before.rfind('\n') == npos ? 0 : before.rfind('\n') + 1;
    return {file, 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')), 1 + count_characters(before.substr(line_begin))};
}

std::optional<std::string> read_text_file(const std::filesystem::path& file, Problems& problems) {
    const auto name = file.string();
    const auto refuse = [&](Place place, Message why) {
        problems.error(std::move(place), {}, std::move(why));
        return std::nullopt;
    };
    auto bytes = read_bytes(file);
    if (!bytes) {
        std::error_code failed;
        return refuse({name}, std::filesystem::exists(file, failed) ? say("the file can't be read") : say("there is no such file"));
    }
    if (is_workbook(*bytes)) {
        return refuse({name},
                      say("this is a workbook, not a CSV file: in Excel or WPS choose File, Save As, file type \"CSV UTF-8\", and name the .csv file here"));
    }
    std::optional<std::string> text;
    if (bytes->starts_with("\xEF\xBB\xBF")) {
        text = decode(name, bytes->substr(3), true, problems);
    } else if (bytes->starts_with("\xFF\xFE") || bytes->starts_with("\xFE\xFF")) {
        auto converted = convert(bytes->starts_with("\xFF\xFE") ? "UTF-16LE" : "UTF-16BE", std::string_view(*bytes).substr(2));
        if (converted.bad != npos) {
            return refuse(place_in_text(name, converted.text, converted.text.size()),
                          say("half a character: the text is UTF-16 up to here; save the file again as CSV UTF-8"));
        }
        text = std::move(converted.text);
    } else if (const auto zero = bytes->find('\0'); zero == npos) {
        text = decode(name, std::move(*bytes), false, problems);
    } else {
        return refuse(place_in_text(name, *bytes, zero), say("this is no text: it has a zero byte; save the file as CSV UTF-8"));
    }
    if (!text) return std::nullopt;
    if (const auto zero = text->find('\0'); zero != npos) {
        return refuse(place_in_text(name, *text, zero), say("this is no text: it has a zero byte; save the file as CSV UTF-8"));
    }
    if (text->find_first_not_of(" \t\r\n") == npos) return refuse({name}, say("the file is empty"));
    plain_line_ends(*text);
    return text;
}

}  // namespace fxpool
