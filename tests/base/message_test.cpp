#include "fxpool/base/message.hpp"

#include <catch2/catch.hpp>

using namespace fxpool;

TEST_CASE("a message has its arguments in the places of its pattern", "[message]") {
    CHECK(render(say("{0} and {1}, then {0}", "spot", 3), Language::en) == "spot and 3, then spot");
    CHECK(render(say("from {0}", Date::of(2026, 1, 5)), Language::en) == "from 2026-01-05");
}

TEST_CASE("braces that are no place stay as they are", "[message]") {
    CHECK(render(say("write {pool: 80%} or {} or {x}"), Language::en) == "write {pool: 80%} or {} or {x}");
    CHECK(render(say("the end {"), Language::en) == "the end {");
}

TEST_CASE("a message within a message is translated too", "[message]") {
    const auto nested = say("{0} more like this one: {1}", 7, say("warning"));
    CHECK(render(nested, Language::en) == "7 more like this one: warning");
    CHECK(render(nested, Language::zh) == "另有 7 处同类问题：警告");
}

TEST_CASE("verbatim text is the same in every language, whatever it holds", "[message]") {
    CHECK(render(verbatim("warning"), Language::zh) == "warning");
    CHECK(render(verbatim("{0}"), Language::zh) == "{0}");
}

TEST_CASE("a pattern without a Chinese twin comes out in English", "[message]") {
    const Message untranslated{"no such pattern {0}", {verbatim("x")}, false};
    CHECK(chinese_pattern(untranslated.pattern).empty());
    CHECK(render(untranslated, Language::zh) == "no such pattern x");
}
