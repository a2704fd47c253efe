#include <algorithm>
#include <set>

#include "tests/contract/store_contract.h"

namespace jinqiao::tests::contract {

using Names = std::vector<std::string>;

namespace {

ports::CaseQuery sorted_by(const std::string& sort) {
    ports::CaseQuery query;
    query.sort = sort;
    return query;
}

}  // namespace

TEST_P(StoreContract, ExercisesAreListedAndCountedApart) {
    auto drill = a_case("b", 2);
    drill.exercise = true;
    file(a_case("a", 1));
    file(drill);
    file(a_case("c", 3));
    const auto listed = [&](std::optional<bool> exercise) {
        ports::CaseQuery query;
        query.exercise = exercise;
        const auto page = reader()->list_cases(query).value();
        std::string out;
        for (const auto& row : page.items) out += row.id.value;
        return out;
    };
    EXPECT_EQ(listed({}), "cba");
    EXPECT_EQ(listed(true), "b");
    EXPECT_EQ(listed(false), "ca");
    EXPECT_EQ(reader()->count("open_cases").value(), 2U);
    EXPECT_EQ(reader()->count("open_exercises").value(), 1U);
}

TEST_P(StoreContract, CasesAreCountedByStageAndByEnterprise) {
    auto late = a_case("a", 1);
    late.grade = "red";
    late.next_due = at(10);
    auto soon = a_case("b", 2);
    soon.grade = "red";
    soon.next_due = at(100);
    auto other = a_case("c", 3);
    other.grade = "blue";
    other.next_due.reset();
    other.enterprise_id = "ent-2";
    auto hidden = a_case("d", 4);
    hidden.restricted = true;
    auto ended = a_case("e", 5);
    ended.open = false;
    for (const auto& row : {late, soon, other, hidden, ended}) file(row);
    const auto counted = [&](ports::TallyBy by, ports::CaseQuery query) {
        query.open = true;
        std::set<std::string> out;
        const auto found = reader()->tally_cases(query, by, at(10));
        for (const auto& one : found.value())
            out.insert((by == ports::TallyBy::stage ? one.stage : one.enterprise_id) + " " +
                       one.grade + " " + std::to_string(one.cases) + " " +
                       std::to_string(one.overdue));
        return out;
    };
    const auto stage = late.stage, first = late.enterprise_id;
    using Counts = std::set<std::string>;
    EXPECT_EQ(counted(ports::TallyBy::stage, {}),
              (Counts{stage + " red 2 1", stage + " blue 1 0"}));
    EXPECT_EQ(counted(ports::TallyBy::enterprise, {}),
              (Counts{first + " red 2 1", "ent-2 blue 1 0"}));
    ports::CaseQuery of_one;
    of_one.enterprise_id = "ent-2";
    EXPECT_EQ(counted(ports::TallyBy::stage, of_one), (Counts{stage + " blue 1 0"}));
    ports::CaseQuery restricted;
    restricted.restricted_only = true;
    EXPECT_EQ(counted(ports::TallyBy::enterprise, restricted),
              (Counts{first + " " + hidden.grade + " 1 0"}));
    restricted.limit = 10;
    EXPECT_EQ(ids(restricted), (Names{"d"}));
}

TEST_P(StoreContract, CaseComesBackAsItWasPut) {
    ports::CaseRow row = a_case("a", 3);
    row.exercise = true;
    row.restricted = true;
    row.next_due.reset();
    row.body = std::string(20'000, 'x') + "汉";
    file(row);
    const auto found = reader()->find_case(row.id).value();
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->number, row.number);
    EXPECT_EQ(found->enterprise_name, row.enterprise_name);
    EXPECT_EQ(found->owner_post, row.owner_post);
    EXPECT_EQ(found->filer_account, row.filer_account);
    EXPECT_TRUE(found->open && found->exercise && found->restricted);
    EXPECT_EQ(found->filed_at, row.filed_at);
    EXPECT_FALSE(found->next_due.has_value());
    EXPECT_EQ(found->seq, 1U);
    EXPECT_EQ(found->summary, row.summary);
    EXPECT_EQ(found->body, row.body);
    EXPECT_EQ(reader()->find_number(row.number).value()->id, row.id);
}

TEST_P(StoreContract, EveryColumnThatMayChangeDoesChange) {
    file(a_case("a"));
    ports::CaseRow next = a_case("a");
    std::uint64_t seq = 1;
    const auto update = [&] {
        next.seq = seq + 1;
        committed([&](ports::Batch& batch) { EXPECT_DONE(batch.put_case(next, seq)); });
        ++seq;
        return *reader()->find_case(next.id).value();
    };
    next.state = "watching";
    next.grade = "red";
    next.version = 7;
    next.summary = "neu";
    next.body = "{}";
    next.restricted = true;
    ports::CaseRow found = update();
    EXPECT_EQ(found.state + found.grade + found.summary + found.body, "watchingredneu{}");
    EXPECT_EQ(found.version, 7U);
    EXPECT_TRUE(found.restricted);
    next.next_due = at(500);
    EXPECT_EQ(update().next_due, at(500));
    next.owner_post = "fallback";
    next.enterprise_id = "ent-2";
    next.number = "JQ-2026-other";
    next.open = false;
    next.next_due.reset();
    found = update();
    EXPECT_EQ(found.owner_post + found.enterprise_id + found.number, "fallbackent-2JQ-2026-other");
    EXPECT_FALSE(found.open);
    EXPECT_FALSE(found.next_due.has_value());
    EXPECT_EQ(reader()->count("open_cases").value(), 0U);
    EXPECT_FALSE(reader()->find_number("JQ-2026-a").value().has_value());
}

TEST_P(StoreContract, PagesNeitherRepeatNorHideACaseWhileOthersAreFiled) {
    for (int i = 0; i < 6; ++i) file(a_case("c" + std::to_string(i), i));
    for (const char* sort : {"-filed_at", "filed_at", "number", "-grade", "next_due"}) {
        ports::CaseQuery query = sorted_by(sort);
        query.limit = 2;
        std::multiset<std::string> seen;
        int turn = 0;
        do {
            const auto page = reader()->list_cases(query);
            ASSERT_TRUE(page.ok());
            for (const auto& row : page->items) seen.insert(row.id.value);
            query.cursor = page->next_cursor;
            file(a_case(std::string("new") + sort + std::to_string(turn++), 3));
        } while (!query.cursor.empty() && turn < 50);
        for (int i = 0; i < 6; ++i) EXPECT_EQ(seen.count("c" + std::to_string(i)), 1U) << sort;
    }
}

TEST_P(StoreContract, LastPageHasNoCursor) {
    for (int i = 0; i < 4; ++i) file(a_case("c" + std::to_string(i), i));
    ports::CaseQuery query;
    query.limit = 4;
    EXPECT_TRUE(reader()->list_cases(query).value().next_cursor.empty());
    query.limit = 3;
    EXPECT_FALSE(reader()->list_cases(query).value().next_cursor.empty());
}

TEST_P(StoreContract, CasesFiledInTheSameMillisecondAreOrderedById) {
    for (const char* id : {"b", "a", "c"}) file(a_case(id));
    EXPECT_EQ(ids(sorted_by("filed_at")), Names({"a", "b", "c"}));
    EXPECT_EQ(ids(sorted_by("-filed_at")), Names({"c", "b", "a"}));
}

TEST_P(StoreContract, GradesAreSortedBySeverityNotByName) {
    for (const char* grade : {"blue", "red", "orange", "yellow"}) {
        ports::CaseRow row = a_case(grade);
        row.grade = grade;
        file(row);
    }
    EXPECT_EQ(ids(sorted_by("grade")), Names({"blue", "yellow", "orange", "red"}));
    EXPECT_EQ(ids(sorted_by("-grade")), Names({"red", "orange", "yellow", "blue"}));
}

TEST_P(StoreContract, CaseWithoutADueTimeComesAfterThoseThatHaveOne) {
    ports::CaseRow none = a_case("none");
    none.next_due.reset();
    file(none);
    file(a_case("late", 9));
    file(a_case("soon", 1));
    EXPECT_EQ(ids(sorted_by("next_due")), Names({"soon", "late", "none"}));
}

TEST_P(StoreContract, OverdueMeansDueAtOrBeforeTheInstant) {
    ports::CaseRow none = a_case("none");
    none.next_due.reset();
    file(none);
    file(a_case("a", 0));  // due at 60
    file(a_case("b", 1));
    ports::CaseQuery query = sorted_by("next_due");
    query.overdue_at = at(60);
    EXPECT_EQ(ids(query), Names({"a"}));
    query.overdue_at = at(59);
    EXPECT_TRUE(ids(query).empty());
    query.overdue_at = time::from_ms(std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(ids(query), Names({"a", "b"}));
}

TEST_P(StoreContract, SearchFindsChineseInTheMiddleOfAWord) {
    file(a_case("a"));
    ports::CaseRow other = a_case("b");
    other.summary = "JQ-2026-b 浦东机械厂 东门 Layoff 100%_done";
    file(other);
    const auto found = [&](const char* q) {
        ports::CaseQuery query = sorted_by("number");
        query.q = q;
        return ids(query);
    };
    EXPECT_EQ(found("桥电"), Names({"a"}));
    EXPECT_EQ(found("拖欠工资"), Names({"a"}));
    EXPECT_EQ(found("门"), Names({"a", "b"}));
    EXPECT_EQ(found("layOFF"), Names({"b"}));
    EXPECT_EQ(found("jq-2026"), Names({"a", "b"}));
    EXPECT_TRUE(found("金 桥").empty());
    // Nothing in a search is a pattern.
    EXPECT_EQ(found("100%_d"), Names({"b"}));
    EXPECT_TRUE(found("1%done").empty());
    EXPECT_TRUE(found("_").size() == 1);
    EXPECT_TRUE(found("'; --").empty());
}

TEST_P(StoreContract, FiltersCombine) {
    ports::CaseRow row = a_case("a");
    row.state = "joint";
    row.stage = "coordinate";
    row.grade = "red";
    file(row);
    row = a_case("b");
    row.state = "team";
    row.stage = "coordinate";
    row.owner_post = "team-lead";
    file(row);
    row = a_case("c");
    row.open = false;
    row.stage = "ended";
    file(row);
    const auto listed = [&](const std::function<void(ports::CaseQuery&)>& filter) {
        ports::CaseQuery query = sorted_by("number");
        filter(query);
        return ids(query);
    };
    EXPECT_EQ(listed([](auto& q) { q.stages = {"coordinate"}; }), Names({"a", "b"}));
    EXPECT_EQ(listed([](auto& q) {
                  q.states = {"team", "joint", "reported"};
              }),
              Names({"a", "b", "c"}));
    EXPECT_EQ(listed([](auto& q) {
                  q.stages = {"coordinate"};
                  q.grades = {"red", "orange"};
              }),
              Names({"a"}));
    EXPECT_EQ(listed([](auto& q) { q.owners = {"team-lead"}; }), Names({"b"}));
    EXPECT_EQ(listed([](auto& q) { q.open = true; }), Names({"a", "b"}));
    EXPECT_EQ(listed([](auto& q) { q.open = false; }), Names({"c"}));
}

TEST_P(StoreContract, RestrictedCaseIsListedOnlyForThoseWhoMaySee) {
    ports::CaseRow row = a_case("secret");
    row.restricted = true;
    file(row);
    file(a_case("a"));
    ports::CaseQuery query;
    EXPECT_EQ(ids(query), Names({"a"}));
    query.ids = {row.id};
    EXPECT_TRUE(ids(query).empty());
    query.restricted_too = true;
    EXPECT_EQ(ids(query), Names({"secret"}));
}

TEST_P(StoreContract, VisibilityLetsThroughWhatAnyRelationAllows) {
    ports::CaseRow row = a_case("a");
    file(row);
    row = a_case("b");
    row.enterprise_id = "ent-2";
    file(row);
    row = a_case("c");
    row.enterprise_id = "ent-3";
    row.filer_account = "union-3";
    file(row);
    ports::CaseQuery query = sorted_by("number");
    query.enterprise_id = "ent-2";
    EXPECT_EQ(ids(query), Names({"b"}));
    query.ids = {model::CaseId("c")};
    EXPECT_EQ(ids(query), Names({"b", "c"}));
    query.filer_account = "union-1";
    EXPECT_EQ(ids(query), Names({"a", "b", "c"}));
    query.states = {"nowhere"};
    EXPECT_TRUE(ids(query).empty());
}

// Neither store kept whom a case concerns, so a change of people reassessed no case at all.
TEST_P(StoreContract, CaseIsFoundByWhomItConcernsAndComesBackWithAllOfThem) {
    auto row = a_case("a");
    row.concerned = {"department:hrss", "post:duty_desk"};
    file(row);
    file(a_case("b"));
    ports::CaseQuery query;
    query.concerns = {"department:court", "post:duty_desk"};
    EXPECT_EQ(ids(query), Names({"a"}));
    EXPECT_EQ(reader()->find_case(row.id).value()->concerned, row.concerned);
    query.concerns = {"department:court"};
    EXPECT_TRUE(ids(query).empty());
}

TEST_P(StoreContract, CaseConcernsWhoeverItsNewestRowNamesAndIsListedOnce) {
    auto row = a_case("a");
    row.concerned = {"person:li", "post:duty_desk"};
    file(row);
    row.seq = 2;
    row.concerned = {"person:li", "person:wang", "post:mediator"};
    committed([&](auto& batch) { EXPECT_DONE(batch.put_case(row, 1)); });
    ports::CaseQuery query;
    query.concerns = {"person:li", "person:wang", "post:mediator"};
    EXPECT_EQ(ids(query), Names({"a"}));
    query.concerns = {"post:duty_desk"};
    EXPECT_TRUE(ids(query).empty());
}

// One of a few is found from the other end than one of many.
TEST_P(StoreContract, FewAndManyThatConcernSomebodyAreListedAlike) {
    committed([&](auto& batch) {
        for (int i = 0; i < 4200; ++i) {
            auto row = a_case("c" + std::to_string(10'000 + i), i);
            row.concerned = {"post:many"};
            if (i % 350 == 0) row.concerned.insert(row.concerned.begin(), "post:few");
            if (i % 700 == 0) row.enterprise_id = "ent-of-some";
            EXPECT_DONE(batch.put_case(row, 0));
        }
    });
    const auto all = [&](ports::CaseQuery query, int limit = 5) {
        query.limit = limit;
        Names out;
        do {
            const auto page = reader()->list_cases(query).value();
            for (const auto& row : page.items) out.push_back(row.id.value);
            query.cursor = page.next_cursor;
        } while (!query.cursor.empty());
        return out;
    };
    for (const char* sort : {"-filed_at", "filed_at", "next_due", "-number"}) {
        auto query = sorted_by(sort);
        query.concerns = {"post:few", "post:nobody"};
        const auto few = all(query);
        EXPECT_EQ(few.size(), 12U) << sort;
        query.enterprise_id = "ent-of-some";
        EXPECT_EQ(all(query), few) << sort;  // each of them is among the twelve
        query.concerns = {"post:few", "post:many"};
        query.q = "c10000";
        EXPECT_EQ(all(query), Names({"c10000"})) << sort;
        query.q.clear();
        query.states = {"nowhere"};
        EXPECT_TRUE(all(query).empty()) << sort;
    }
    auto query = sorted_by("filed_at");
    query.concerns = {"post:many"};
    const auto many = all(query, 200);
    EXPECT_EQ(many.size(), 4200U);
    EXPECT_TRUE(std::is_sorted(many.begin(), many.end()));
}

TEST_P(StoreContract, ListRefusesWhatItDoesNotUnderstand) {
    file(a_case("a"));
    file(a_case("b"));
    auto looking = reader();
    EXPECT_ERROR(invalid, looking->list_cases(sorted_by("body; DROP TABLE cases")));
    ports::CaseQuery query;
    query.limit = 0;
    EXPECT_ERROR(invalid, looking->list_cases(query));
    query.limit = 1;
    query.cursor = "not a cursor";
    EXPECT_ERROR(invalid, looking->list_cases(query));
    query.cursor = "5b5d";
    EXPECT_ERROR(invalid, looking->list_cases(query));
    query.cursor.clear();
    query.cursor = looking->list_cases(query).value().next_cursor;
    query.sort = "number";  // a cursor belongs to the order it was made in
    EXPECT_ERROR(invalid, looking->list_cases(query));
}

TEST_P(StoreContract, FilingsOfAnEnterpriseComeNewestFirst) {
    for (int i = 0; i < 4; ++i) file(a_case("c" + std::to_string(i), i));
    ports::CaseRow other = a_case("other");
    other.enterprise_id = "ent-10";
    file(other);
    file(a_case("c4", 3));  // of one instant the later id comes first
    const auto filings = reader()->filings_of(model::EnterpriseId("ent-1"), at(1));
    const std::vector<ports::Filing> wanted{{model::CaseId("c4"), at(3)},
                                            {model::CaseId("c3"), at(3)},
                                            {model::CaseId("c2"), at(2)},
                                            {model::CaseId("c1"), at(1)}};
    EXPECT_EQ(filings.value(), wanted);
}

TEST_P(StoreContract, VisitorMayStopAndMayWriteMeanwhile) {
    auto batch = begin();
    for (int i = 0; i < 300; ++i) {
        ports::CaseRow row = a_case("c" + std::to_string(1000 + i), i);
        row.open = i % 2 == 0;
        EXPECT_DONE(batch->put_case(row, 0));
    }
    int open = 0;
    EXPECT_DONE(batch->each_case(true, [&](const ports::CaseRow& row) {
        EXPECT_TRUE(row.open);
        EXPECT_TRUE(batch->put_timer(timer(row.id.value, "due", 1)).ok());
        return ++open < 140;
    }));
    EXPECT_EQ(open, 140);
    int all = 0;
    EXPECT_DONE(batch->each_case(false, [&](const ports::CaseRow&) { return ++all > 0; }));
    EXPECT_EQ(all, 300);
    EXPECT_EQ(batch->count("open_cases").value(), 150U);
    EXPECT_EQ(batch->count("timers").value(), 140U);
}

}  // namespace jinqiao::tests::contract
