#include "fxpool/app/progress_line.hpp"

#include <catch2/catch.hpp>
#include <sstream>

using namespace fxpool;
using namespace fxpool::app;

TEST_CASE("the bar says how far, how fast and how long", "[progress]") {
    const Progress progress{40'000, 100'000, 4.0};
    CHECK(progress_bar("fuzhou-base", progress, Language::en) == "fuzhou-base  [########------------]  40 %  10,000 paths/s, 6 s left");
    CHECK(progress_line("fuzhou-base", progress, Language::en) == "fuzhou-base: 40,000 of 100,000 paths, 10,000 paths/s, 6 s left");
    CHECK(progress_line("fuzhou-base", {100'000, 1'000'000, 10.0}, Language::zh) ==
          "fuzhou-base：已完成 100,000 / 1,000,000 条路径，每秒 10,000 条路径，剩余 90 秒");
}

TEST_CASE("off a terminal there is a line every ten seconds, and no more", "[progress]") {
    std::ostringstream out, err;
    const Console console{out, err};
    ProgressTeller teller(console, "fuzhou");
    for (const double seconds : {1.0, 9.9, 10.1, 10.2, 15.0, 20.2, 21.0}) teller.tell({static_cast<std::int64_t>(seconds * 100), 10'000, seconds});
    CHECK(err.str() == "fuzhou: 1,010 of 10,000 paths, 100 paths/s, 90 s left\nfuzhou: 2,020 of 10,000 paths, 100 paths/s, 80 s left\n");
}

TEST_CASE("on a terminal the bar takes itself away", "[progress]") {
    std::ostringstream out, err;
    {
        const Console console{out, err, Language::en, true};
        ProgressTeller teller(console, "fuzhou");
        teller.tell({500, 1'000, 1.0});
    }
    CHECK(err.str().find("fuzhou  [##########----------]") != std::string::npos);
    CHECK(err.str().ends_with("\r\033[K"));
    CHECK(out.str().empty());
}

TEST_CASE("work in stages says nothing in its first second", "[progress]") {
    std::ostringstream out, err;
    const Console console{out, err};
    StageTeller teller(console);
    for (const double seconds : {0.0, 0.9, 1.2, 1.3, 9.0, 11.3, 12.0}) teller.tell(say("{0}: fit", "heston"), seconds / 100, seconds);
    CHECK(err.str() == "heston: fit: 1 % done\nheston: fit: 11 % done\n");
    CHECK(stage_bar("heston: fit", 0.4) == "heston: fit  [########------------]  40 %");
}
