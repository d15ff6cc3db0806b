#include "fxpool/files/csv_file.hpp"

#include "tests/support/scratch.hpp"

#include <catch2/catch.hpp>
#include <chrono>

using namespace fxpool;
using fxpool::testing::line_of;
using fxpool::testing::lines_of;
using fxpool::testing::Scratch;

namespace {

const std::vector<CsvColumn> columns = {{"bank_id", "银行", true}, {"name", "名称", false}, {"weight", "权重", false}};

struct Read {
    std::vector<std::string> rows;  ///< "line:bank_id|name|weight"
    std::string problems;
    Problems all;
};

Read read(std::string_view bytes, CsvFile::Others others = CsvFile::Others::note, const std::vector<CsvColumn>& wanted = columns) {
    const Scratch scratch;
    Read result;
    const auto csv = CsvFile::open(scratch.file("banks.csv", bytes), wanted, others, result.all);
    if (csv) {
        csv->read_rows(result.all, [&](const CsvRow& row) {
            result.rows.push_back(std::to_string(row.line()) + ":" + std::string(row[0]) + "|" + std::string(row[1]) + "|" + std::string(row[2]));
        });
    }
    result.problems = line_of(result.all);
    return result;
}

using Rows = std::vector<std::string>;

}  // namespace

TEST_CASE("comma, semicolon or tab separate the columns, which stand in any order under either name", "[csv_file]") {
    const Rows rows = {"2:ICBC|Fuzhou|30%", "3:BOC||20%"};
    for (const auto* text : {"bank_id,name,weight\nICBC,Fuzhou,30%\nBOC,,20%\n", "weight;bank_id;name\n30%;ICBC;Fuzhou\n20%;BOC;\n",
                             "名称\t权重\t银行\nFuzhou\t30%\tICBC\n\t20%\tBOC\n", " Bank_ID , NAME ,weight\n ICBC , Fuzhou , 30% \n BOC , , 20% ",
                             "银行,name,权重\r\nICBC,Fuzhou,30%\r\nBOC,,20%\r\n"}) {
        const auto file = read(text);
        INFO(text << "\n" << file.problems);
        CHECK(file.rows == rows);
        CHECK(file.problems.empty());
    }
}

TEST_CASE("quotes hold separators, line ends and doubled quotes", "[csv_file]") {
    const auto file = read("bank_id,name,weight\nICBC,\"Fuzhou, \"\"Gulou\"\"\",\"1,000\"\nBOC,\"two\nlines\",2\nCCB,3\"x,1\n");
    CHECK(file.rows == Rows{"2:ICBC|Fuzhou, \"Gulou\"|1,000", "3:BOC|two\nlines|2", "5:CCB|3\"x|1"});
    CHECK(file.problems.empty());
}

TEST_CASE("blank rows and rows of nothing but separators are passed over", "[csv_file]") {
    const auto file = read("\nbank_id,name,weight\n\nICBC,,\n,,\n  \nBOC,,\n\n");
    CHECK(file.rows == Rows{"4:ICBC||", "7:BOC||"});
    CHECK(file.problems.empty());
}

TEST_CASE("a missing column is named in both languages, with the columns that there are", "[csv_file]") {
    CHECK(read("bank,weight\nICBC,1\n").problems ==
          "banks.csv:1:1: note: unknown column 'bank'; it is not read\n"
          "banks.csv:1:1: column bank_id (银行) is missing; the file has: bank, weight");
    CHECK(read("银行，权重\nICBC，1\n", CsvFile::Others::allow).problems == "banks.csv:1:1: columns are separated by full-width commas; write , or ; or a tab");
}

TEST_CASE("an unknown column is a note; one that nearly names a column which the file lacks is an error", "[csv_file]") {
    const auto file = read("bank_id,remark\nICBC,1\n");
    CHECK(file.rows == Rows{"2:ICBC||"});
    CHECK(file.problems == "banks.csv:1:9: note: unknown column 'remark'; it is not read");
    CHECK(read("bank_id,remark\nICBC,x\n", CsvFile::Others::allow).problems.empty());

    const auto suggested = [](const std::string& written, const std::string& meant) {
        const auto near = read("bank_id," + written + "\nICBC,1\n");
        INFO(near.problems);
        return near.problems == "banks.csv:1:9: unknown column '" + written + "'; did you mean '" + meant + "'?" && near.rows.empty();
    };
    CHECK(suggested("wieght", "weight"));
    CHECK(suggested("weight*", "weight"));
    CHECK(suggested("权重*", "权重"));
    CHECK(suggested("银行名称", "名称"));
    CHECK(read("银行名称,weight\nICBC,1\n").problems == "banks.csv:1:1: unknown column '银行名称'; did you mean '银行'?");  // the missing column is told once
    // the column is there already: nothing is lost
    CHECK(read("bank_id,weight,weights\nICBC,1,2\n").problems == "banks.csv:1:16: note: unknown column 'weights'; it is not read");
    // a short word that is near by chance
    CHECK(read("bank_id,note\nICBC,1\n").problems == "banks.csv:1:9: note: unknown column 'note'; it is not read");
}

TEST_CASE("a header's case, width, blanks and underscores make no difference", "[csv_file]") {
    const auto file = read("Bank ID,Ｎａｍｅ,权 重\nICBC,x,2\n");
    CHECK(file.rows == Rows{"2:ICBC|x|2"});
    CHECK(file.problems.empty());
}

TEST_CASE("what a header has in brackets is a unit of a column of numbers, and a remark of any other", "[csv_file]") {
    const std::vector<CsvColumn> measured = {{"name", "名称", false}, {"paid", "已付", false, Measure::usd}, {"share", "占比", false, Measure::share}};
    CHECK(read("名称（如工行）,已付（万美元）,share (%)\nx,1,2\n", CsvFile::Others::note, measured).rows == Rows{"2:x|1|2"});
    CHECK(read("paid(optional)\n1\n", CsvFile::Others::note, measured).problems.empty());
    CHECK(
        read("已付(万元)\n1\n", CsvFile::Others::note, measured).problems ==
        "banks.csv:1:1: '万元' is no unit of the column paid; it may have: USD, USD k, USD m; 美元, 万美元, 亿美元; a remark must not stand in brackets here");
    CHECK(read("paid (2024)\n1\n", CsvFile::Others::note, measured).problems.find("'2024' is no unit of the column paid") != std::string::npos);
    CHECK(read("占比（万）\n1\n", CsvFile::Others::note, measured).problems.find("'万' is no unit of the column share") != std::string::npos);
    // the unit without its brackets
    CHECK(read("已付万美元\n1\n", CsvFile::Others::note, measured).problems == "banks.csv:1:1: unknown column '已付万美元'; did you mean '已付（万美元）'?");
}

TEST_CASE("full-width separators in a row are named with their place", "[csv_file]") {
    CHECK(read("bank_id,name,weight\nICBC,x,1\nBOC，y，2\n").problems ==
          "banks.csv:3:4: fields are separated by '，' here; write ',': the row has 1 fields, the header 3");
    CHECK(read("bank_id;name;weight\nBOC;福州；2\n").problems ==
          "banks.csv:2:7: fields are separated by '；' here; write ';': the row has 2 fields, the header 3");
    // within a name they are at home
    CHECK(read("bank_id,name,weight\nBOC,福州，鼓楼,2\n").rows == Rows{"2:BOC|福州，鼓楼|2"});
}

TEST_CASE("a number written with commas makes too many fields, and is asked about", "[csv_file]") {
    CHECK(read("bank_id,name,weight\nBOC,y,1,000,000\n").problems ==
          "banks.csv:2:1: the row has 5 fields, the header 3: is a number written with commas? Put it in quotes, as \"1,000,000\", or leave its commas out");
    CHECK(read("bank_id,name,weight\nBOC,y,2,x\n").problems == "banks.csv:2:1: the row has 4 fields, the header 3");
}

TEST_CASE("a column given twice is an error, whatever its names", "[csv_file]") {
    CHECK(read("bank_id,weight,权重\nICBC,1,2\n").problems == "banks.csv:1:16: column '权重' means the same as column 'weight' before it");
    CHECK(read("银行,银行\nICBC,x\n").problems == "banks.csv:1:4: column '银行' means the same as column '银行' before it");
}

TEST_CASE("a ragged row is an error with its line; empty fields at its end are none", "[csv_file]") {
    const auto file = read("bank_id,name,weight\nICBC,x\nBOC,y,1,2\nCCB,z,3,,\n");
    CHECK(file.problems == "banks.csv:2:1: the row has 2 fields, the header 3\nbanks.csv:3:1: the row has 4 fields, the header 3");
    CHECK(file.rows == Rows{"4:CCB|z|3"});
}

TEST_CASE("a quote that is never closed is found where it opens", "[csv_file]") {
    const auto file = read("bank_id,name\nICBC,福州\nBOC, \"Fuzhou\nCCB,x\n");
    CHECK(file.problems == "banks.csv:3:6: the quote that opens here is never closed");
    CHECK(file.rows == Rows{"2:ICBC|福州|"});
}

TEST_CASE("a row of ten million bytes is refused at once", "[csv_file]") {
    const auto begin = std::chrono::steady_clock::now();
    const auto file = read("bank_id,name\nICBC,x\nBOC," + std::string(10'000'000, 'x') + "\nCCB,y\n");
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    CHECK(file.problems == "banks.csv:3:1: a row of more than 1000000 bytes: this is not a table that fxpool reads");
    CHECK(took.count() < 5);
    // the header, too
    CHECK(read(std::string(10'000'000, 'x')).problems == "banks.csv:1:1: a row of more than 1000000 bytes: this is not a table that fxpool reads");
}

TEST_CASE("a field's place is its line and its column in characters", "[csv_file]") {
    const Scratch scratch;
    Problems problems;
    const auto path = scratch.file("banks.csv", "名称,银行,权重\n\"福州, 鼓楼\", ICBC ,\"30\"\n\"a\nb\",BOC,x\n");
    const auto csv = CsvFile::open(path, columns, CsvFile::Others::note, problems);
    REQUIRE(csv);
    std::vector<Place> places;
    csv->read_rows(problems, [&](const CsvRow& row) {
        for (std::size_t column = 0; column < columns.size(); ++column) places.push_back(row.place(column));
    });
    const auto name = path.string();
    CHECK(places == std::vector<Place>{{name, 2, 11}, {name, 2, 1}, {name, 2, 17}, {name, 4, 4}, {name, 3, 1}, {name, 4, 8}});
}

TEST_CASE("bytes at random are told of or read, never worse", "[csv_file]") {
    std::uint32_t state = 1;
    const auto next = [&] { return state = state * 1664525U + 1013904223U, state >> 24U; };
    const std::string_view likely = "\"\"\",,;\t\r\n\n  ab\xD2\xF8\xE9\x93\xB6\xFF";
    for (int round = 0; round < 500; ++round) {
        std::string bytes = round % 2 == 0 ? "bank_id,name,weight\n" : "";
        for (std::uint32_t i = next(); i > 0; --i) bytes += likely[next() % likely.size()];
        const auto file = read(bytes);
        for (const auto& line : lines_of(file.all)) {
            if (line.find("banks.csv") != 0) FAIL(line);
        }
    }
}
