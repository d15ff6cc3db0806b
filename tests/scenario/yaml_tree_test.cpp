// What is no YAML, or no text: one message, at its place, in both languages.
#include "tests/scenario/scenario_files.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;
using namespace fxpool::testing;

namespace {

struct Broken {
    std::string_view text, english, chinese;
};

void check(const Broken& broken) {
    const auto loaded = load_text(broken.text);
    CHECK_FALSE(loaded.scenario.has_value());
    CHECK(loaded.lines() == broken.english);
    CHECK(loaded.lines(Language::zh) == broken.chinese);
}

}  // namespace

TEST_CASE("a truncated file is shown where what is not closed begins", "[yaml]") {
    check({"fxpool: 1\npool: {fund: 20m", "a.yaml:2:7: a map that begins with '{' is not closed by '}', or a comma is missing",
           "a.yaml:2:7: 以“{”开始的映射缺少“}”，或漏了逗号"});
    check({"fxpool: 1\nbanks: [{id: ICBC},\n", "a.yaml:2:8: a list that begins with '[' is not closed by ']', or a comma is missing",
           "a.yaml:2:8: 以“[”开始的列表缺少“]”，或漏了逗号"});
    check({"pool: {fund: 20m, multiple: ", "a.yaml:1:7: a map that begins with '{' is not closed by '}', or a comma is missing",
           "a.yaml:1:7: 以“{”开始的映射缺少“}”，或漏了逗号"});
    check({"fxpool: 1\ntitle: \"the pool\nname: x\n", "a.yaml:2:8: a quoted text is not closed", "a.yaml:2:8: 引号没有成对"});
    check({"title: 'it''s'\nname: 'x\n\n", "a.yaml:2:7: a quoted text is not closed", "a.yaml:2:7: 引号没有成对"});
}

TEST_CASE("a tab in the indentation", "[yaml]") {
    check({"pool:\n\tfund: 20m\n", "a.yaml:2:1: there is a tab in the indentation; use spaces", "a.yaml:2:1: 缩进中有制表符，请改为空格"});
    check({"pool:\n  \tfund: 20m\n", "a.yaml:2:3: there is a tab in the indentation; use spaces", "a.yaml:2:3: 缩进中有制表符，请改为空格"});
    CHECK(load_text(least + "\t\n\t# a comment\n").scenario.has_value());
}

TEST_CASE("full-width characters are named, with what to write instead", "[yaml]") {
    check({"pool:\n  fund：20m\n  multiple: 1\n", "a.yaml:2:7: '：' is a full-width character; write ':'", "a.yaml:2:7: “：”是全角字符，请改为“:”"});
    check({"banks:\n- id: A\n- weight：30%\n", "a.yaml:3:9: '：' is a full-width character; write ':'", "a.yaml:3:9: “：”是全角字符，请改为“:”"});
    check({"fund：20m", "a.yaml:1:5: '：' is a full-width character; write ':'", "a.yaml:1:5: “：”是全角字符，请改为“:”"});
    check({"pool: {fund: 20m，multiple: 1}\n", "a.yaml:1:17: '，' is a full-width character; write ','", "a.yaml:1:17: “，”是全角字符，请改为“,”"});
}

TEST_CASE("full-width characters in texts and comments are welcome", "[yaml]") {
    CHECK(load_with("title: {zh: \"福州：公共保证金池，（基准）\", en: x}  # 注：全角，无妨\n").lines() == "");
    // the colon in the Chinese name is at home; the '*' that names nothing is the error
    check({"banks:\n- {id: A, name: 工行：福州}\n- {id: *b}\n", "a.yaml:3:8: this '*' refers to a name that no '&' has given",
           "a.yaml:3:8: “*”所指的名称没有用“&”定义过"});
    CHECK(load_with("title: 福州市（基准）\n").settings().title.zh == "福州市（基准）");
}

TEST_CASE("columns count characters, lines count from 1", "[yaml]") {
    CHECK(load_with("title: {zh: 福州市, en: x, fr: y}\n").lines() == "a.yaml:11:25: title: unknown key 'fr'; the keys here: en, zh");
}

TEST_CASE("a byte order mark and Windows line ends change nothing", "[yaml]") {
    std::string windows = "\xEF\xBB\xBF";
    for (const char c : least + "fund: 3\n") windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    CHECK(load_text(windows).lines() == "a.yaml:11:1: unknown key 'fund'; it belongs under 'pool'");
}

TEST_CASE("indentation and punctuation that YAML can't read", "[yaml]") {
    check({"pool:\n  fund: 20m\n multiple: 1\n", "a.yaml:3:2: this entry is not in line with the others: is the indentation right?",
           "a.yaml:3:2: 此项与其他项没有对齐，请检查缩进"});
    check({"pool:\n  fund: 20m: 3\n", "a.yaml:2:12: a ':' can't stand here: is there one too many, or is the line above not finished?",
           "a.yaml:2:12: 此处不能用“:”：可能多了一个冒号，或上一行没有写完"});
    check({"pool: ]\n", "a.yaml:1:7: a bracket is closed that was not opened", "a.yaml:1:7: 多余的右括号"});
    check({"pool: @x\n", "a.yaml:1:7: this character can't begin a value; put the text in quotes", "a.yaml:1:7: 值不能以此字符开头，请给文本加引号"});
    check({"name: x\n---\nname: y\n", "a.yaml:3:1: a second document begins here ('---'); a scenario file has one",
           "a.yaml:3:1: 此处开始了第二个文档（“---”），情景文件只能有一个"});
}

TEST_CASE("doubled keys are found at any depth", "[yaml]") {
    CHECK(load_with_pool("{fund: 20m, multiple: 2,\n  fund: 30m}").lines() == "a.yaml:9:3: key 'fund' is given twice; the first is in line 8");
    CHECK(load_with_pool("{fund: 20m, fund: 30m}").lines(Language::zh) == "a.yaml:8:19: 键“fund”重复，第一次出现在第 8 行");
    CHECK(load_with("name: again\n").lines() == "a.yaml:11:1: key 'name' is given twice; the first is in line 2");
}

TEST_CASE("files that are no scenario at all", "[yaml]") {
    check({"", "a.yaml: the file is empty; fxpool init writes one to start from", "a.yaml: 文件为空；可用 fxpool init 生成一份初始文件"});
    check({"# only a comment\n", "a.yaml: the file is empty; fxpool init writes one to start from", "a.yaml: 文件为空；可用 fxpool init 生成一份初始文件"});
    check({"just words\n", "a.yaml:1:1: a scenario file holds keys and values, like 'name: fuzhou-base'; this one does not",
           "a.yaml:1:1: 情景文件应由键和值组成（如“name: fuzhou-base”），此文件不是"});
    check({"- a\n- b\n", "a.yaml:1:1: a scenario file holds keys and values, like 'name: fuzhou-base'; this one does not",
           "a.yaml:1:1: 情景文件应由键和值组成（如“name: fuzhou-base”），此文件不是"});
    check({"PK\x03\x04 and more", "a.yaml: this is an Excel workbook or a zip archive; a scenario is a YAML text file (see fxpool init)",
           "a.yaml: 这是电子表格或压缩文件；情景文件应为 YAML 文本（可用 fxpool init 生成）"});
    check({std::string_view("name\0: x", 8), "a.yaml:1:5: this is no text: it has a zero byte; save the file as UTF-8",
           "a.yaml:1:5: 这不是文本文件：含有空字节；请将文件另存为 UTF-8"});
}

TEST_CASE("a scenario is read in UTF-8, GB18030 or UTF-16 alike", "[yaml]") {
    // title: 福州
    const auto loaded = load_with("title: \xB8\xA3\xD6\xDD\nbenefit: {lown_rate: 4%}\n");
    CHECK(loaded.lines().find("a.yaml:12:11: benefit: unknown key 'lown_rate'") == 0);
    std::string wide = "\xFF\xFE";
    for (const char c : least + "tutle: x\n") (wide += c) += '\0';
    CHECK(load_text(wide).lines().find("a.yaml:11:1: unknown key 'tutle'") == 0);
}

TEST_CASE("half a character and control characters are refused with their place", "[yaml]") {
    check({"name: x\ntitle: 福州福州福州福州福州福州\xED\xA0\x80\n",
           "a.yaml:2:20: half a character: the text is UTF-8 up to here; save the file again as UTF-8",
           "a.yaml:2:20: 字符不完整：此处之前为 UTF-8 编码；请将文件重新另存为 UTF-8"});
    check({"name: x\ntitle: \xED\xA0\x80\n", "a.yaml:2:9: half a character: the text is GB18030 up to here; save the file again as UTF-8",
           "a.yaml:2:9: 字符不完整：此处之前为 GB18030 编码；请将文件重新另存为 UTF-8"});
    check({"name: x\ntitle: a\x1B[31m\n", "a.yaml:2:9: there is a control character here (U+001B), which no text has; delete it",
           "a.yaml:2:9: 此处有控制字符（U+001B），文本中不应出现，请删除"});
}

TEST_CASE("a control character written as an escape is refused where its text begins", "[yaml]") {
    CHECK(load_with("title: \"a\\u0000\"\n").lines() == "a.yaml:11:8: there is a control character here (U+0000), which no text has; delete it");
    CHECK(load_with("title: {en: \"\\xED\\xA0\\x80\"}\n").lines() == "a.yaml:11:13: there is a control character here (U+0080), which no text has; delete it");
    CHECK(load_with("", {{"title", "\"\\u0007\""}}).lines() == "--set title: there is a control character here (U+0007), which no text has; delete it");
    CHECK(load_with("", {{"title", "\xED\xA0\x80"}}).lines() == "--set title: this is not UTF-8 text");
    CHECK(load_with("title: \"two\\nlines\\tand a tab\"\n").lines() == "");
}

TEST_CASE("files that can't be read", "[yaml]") {
    const Scratch folder;
    const auto gone = folder.path("gone.yaml").string();
    CHECK(load_file(gone).lines() == "gone.yaml: there is no such file");
    const auto place = folder.path("").parent_path();
    CHECK(load_file(place).lines().find("this is a folder, not a file") != std::string::npos);
}

TEST_CASE("names for values work, bombs of them don't", "[yaml]") {
    const auto loaded = load_instead("  curves: {CNY: 1.5%, USD: 3.4%}", "  curves: &flat {CNY: 1.5%, USD: &usd 3.4%}");
    CHECK(loaded.lines() == "");
    CHECK(load_with("benefit: {loan_rate: &r 4%, deposit_rate: *r}\n").settings().benefit.deposit_rate == 0.04);
    CHECK(load_with("benefit: &b {loan_rate: 4%}\nfailure: {strategic: {<<: {share: 5%}, threshold: 3%}}\n").settings().failure.strategic_share == 0.05);

    std::string bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
    for (char name = 'b'; name < 'h'; ++name) {
        bomb += std::string(1, name) + ": &" + name + " [";
        for (int i = 0; i < 10; ++i) bomb += std::string(i > 0 ? ", " : "") + "*" + static_cast<char>(name - 1);
        bomb += "]\n";
    }
    CHECK(load_text(bomb).lines() == "a.yaml:5:36: the file has more than 100000 values, counting those that its aliases repeat");
    CHECK(load_text("a: &x [*x]\n").lines() == "a.yaml:1:8: an alias is inside the value that it names");
    CHECK(load_text("a: *x\n").lines() == "a.yaml:1:4: this '*' refers to a name that no '&' has given");
}

TEST_CASE("very deep nesting is refused, not followed", "[yaml]") {
    CHECK(load_text("a: " + std::string(100'000, '[')).lines() == "a.yaml:1:34: there are more than 60 levels of maps and lists here");
    std::string dashes;
    for (int i = 0; i < 20'000; ++i) dashes += "- ";
    CHECK(load_text(dashes).lines() == "a.yaml:1:121: there are more than 60 levels of maps and lists here");
}
