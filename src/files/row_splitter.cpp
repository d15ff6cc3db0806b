#include "row_splitter.hpp"

#include <algorithm>

namespace fxpool {

RowSplitter::RowSplitter(std::string_view text, char delimiter, std::size_t begin, int line) : text_(text), position_(begin), line_(line) {
    csv_init(&parser_, 0);
    csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
    csv_set_blk_size(&parser_, 1 << 16);  // the field buffer grows by so much at a time: 128 bytes by default
}

RowSplitter::~RowSplitter() { csv_free(&parser_); }

void RowSplitter::field_done(void* field, std::size_t size, void* self) {
    auto& splitter = *static_cast<RowSplitter*>(self);
    splitter.row_text_.append(static_cast<const char*>(field), size);
    splitter.ends_.push_back(splitter.row_text_.size());
}

void RowSplitter::row_done(int, void* self) { static_cast<RowSplitter*>(self)->row_done_ = true; }

RowSplitter::Found RowSplitter::next(std::size_t longest_row) {
    row_text_.clear();
    ends_.clear();
    row_done_ = false;
    bool begun = false;
    while (!row_done_) {
        if (position_ >= text_.size()) return begun ? Found::open_quote : Found::end;
        const auto end = std::min(text_.find('\n', position_), text_.size());
        const auto line = text_.substr(position_, end - position_);
        const bool blank = line.find_first_not_of(" \t") == std::string_view::npos;
        if (!begun && !blank) {
            begun = true;
            row_begin_ = position_;
            row_line_ = line_;
        }
        if (begun && end - row_begin_ > longest_row) return row_line_ == line_ ? Found::too_long : Found::open_quote;
        if (begun) {
            csv_parse(&parser_, line.data(), line.size(), field_done, row_done, this);
            csv_parse(&parser_, "\n", 1, field_done, row_done, this);
        }
        position_ = end + 1;
        ++line_;
    }
    fields_.clear();
    std::size_t from = 0;
    for (const auto to : ends_) {
        fields_.push_back(trim_field(std::string_view(row_text_).substr(from, to - from)));
        from = to;
    }
    return Found::row;
}

std::size_t RowSplitter::field_begin(std::string_view text, char delimiter, std::size_t row_begin, std::size_t field) {
    RowSplitter splitter(text, delimiter, row_begin, 1);
    const char ends[] = {delimiter, '\n'};
    std::size_t begin = row_begin;
    while (splitter.ends_.size() < field && splitter.position_ < text.size()) {
        const auto end = std::min(text.find_first_of(std::string_view(ends, 2), splitter.position_), text.size() - 1);
        const auto piece = text.substr(splitter.position_, end + 1 - splitter.position_);
        const auto fields_before = splitter.ends_.size();
        csv_parse(&splitter.parser_, piece.data(), piece.size(), field_done, row_done, &splitter);
        if (splitter.row_done_) break;  // the row has fewer
        splitter.position_ = end + 1;
        if (splitter.ends_.size() > fields_before) begin = splitter.position_;
    }
    while (begin < text.size() && (text[begin] == ' ' || text[begin] == '\t') && text[begin] != delimiter) ++begin;
    return begin;
}

std::string_view trim_field(std::string_view text) {
    constexpr std::string_view no_break = "\xC2\xA0", full_width = "\xE3\x80\x80";
    while (true) {
        if (text.starts_with(' ') || text.starts_with('\t') || text.starts_with('\n')) text.remove_prefix(1);
        else if (text.starts_with(no_break)) text.remove_prefix(no_break.size());
        else if (text.starts_with(full_width)) text.remove_prefix(full_width.size());
        else break;
    }
    while (true) {
        if (text.ends_with(' ') || text.ends_with('\t') || text.ends_with('\n')) text.remove_suffix(1);
        else if (text.ends_with(no_break)) text.remove_suffix(no_break.size());
        else if (text.ends_with(full_width)) text.remove_suffix(full_width.size());
        else break;
    }
    return text;
}

}  // namespace fxpool
