#include "engine/runtime/directory_changes.h"

#include <boost/json/parse.hpp>

#include "engine/policy/directory_codec.h"
#include "engine/runtime/firing.h"
#include "tests/unit/runtime/office.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {
namespace {

namespace json = boost::json;
using time::testing::at;

TEST(DirectoryChanges, DisabledHolderIsReplacedByTheDeputyAtOnce) {
    Office office;
    const auto id = office.file();
    EXPECT_EQ(office.stored(id).owner.person.value, "wang");
    ASSERT_NE(accepted(office.change("disable_person", {{"person", "wang"}})), nullptr);
    const auto kase = office.stored(id);
    EXPECT_EQ(kase.owner.post.value, "desk");
    EXPECT_EQ(kase.owner.person.value, "li");
    EXPECT_EQ(text(office.last_row(id).at("command").as_object(), "name"), "person_disabled");
    EXPECT_EQ(text(office.last_row(id).at("command").as_object(), "cause"), "directory/1");
    EXPECT_FALSE(office.world.get()->directory->people.at(model::PersonId{"wang"}).enabled);
}

TEST(DirectoryChanges, CaseTheChangeDoesNotConcernIsLeftAlone) {
    Office office;
    const auto id = office.file();
    const auto rows = office.history(id.value).size();
    ASSERT_NE(accepted(office.change("disable_person", {{"person", "zhou"}})), nullptr);
    EXPECT_EQ(office.history(id.value).size(), rows);
}

TEST(DirectoryChanges, PostNobodyHoldsFallsToTheFallbackDesk) {
    Office office;
    const auto id = office.file();
    for (const auto* who : {"wang", "li", "zhao", "zheng"})
        ASSERT_NE(accepted(office.change("disable_person", {{"person", who}})), nullptr);
    EXPECT_EQ(office.stored(id).owner.post.value, "fallback_desk");
}

TEST(DirectoryChanges, FaultyChangeLeavesEverythingAsItWas) {
    Office office;
    for (const auto& [kind, data] : std::vector<std::pair<std::string, json::object>>{
             {"put_term", {{"person", "wang"}, {"post", "nowhere"}, {"from_ms", 1}}},
             {"put_term", {{"person", "nobody"}, {"post", "desk"}, {"from_ms", 1}}},
             {"put_term", {{"person", "wang"}, {"post", "desk"}}},
             {"put_absence", {{"person", "wang"}, {"from_ms", 5}, {"until_ms", 5}}},
             {"drop_absence", {{"person", "wang"}}},
             {"end_term", {{"person", "wang"}, {"post", "chief"}}},
             {"put_person", {{"name", "no id"}}},
             {"disable_person", {{"person", "nobody"}}},
             {"promote", {}}}) {
        const auto answer = office.change(kind, data);
        ASSERT_NE(failed(answer), nullptr) << kind;
        EXPECT_EQ(failed(answer)->code, model::ErrorCode::invalid) << kind;
    }
    EXPECT_TRUE(office.history("directory").empty());
    EXPECT_EQ(office.world.get()->directory->seq, 0U);
}

TEST(DirectoryChanges, StoredRowsComeBackOnTopOfTheConfiguration) {
    Office office;
    ASSERT_NE(accepted(office.change("put_person", {{"id", "gao"},
                                                    {"name", "高"},
                                                    {"language", "en"},
                                                    {"contacts", {{{"channel", "file"}}}}})),
              nullptr);
    ASSERT_NE(accepted(office.change("put_term", {{"person", "gao"},
                                                  {"post", "chief"},
                                                  {"rank", 2},
                                                  {"from", "2026-03-01T00:00:00+08:00"}})),
              nullptr);
    auto base = leave_directory();
    base.people.clear();
    base.terms.clear();
    const auto loaded = runtime::load_directory(*office.reader(), base);
    ASSERT_TRUE(loaded.ok());
    EXPECT_EQ(loaded->seq, 2U);
    EXPECT_EQ(loaded->posts.size(), base.posts.size());
    EXPECT_TRUE(loaded->holds(model::PersonId{"gao"}, model::PostId{"chief"}, office.clock.now()));
    EXPECT_EQ(loaded->people.at(model::PersonId{"gao"}).language, model::Language::en);
}

TEST(DirectoryChanges, NamesAndAddressesAreKeptApartFromTheStream) {
    Office office;
    ASSERT_NE(
        accepted(office.change(
            "put_person", {{"id", "gao"},
                           {"name", "高女士"},
                           {"contacts", {{{"channel", "mail"}, {"address", "gao@example.org"}}}}})),
        nullptr);
    const auto body = office.history("directory")[0].body;
    EXPECT_EQ(body.find("高女士"), std::string::npos);
    EXPECT_EQ(body.find("gao@example.org"), std::string::npos);
    EXPECT_NE(body.find("p-directory-1-1"), std::string::npos);
}

TEST(DirectoryChanges, SeedingAgainChangesNothing) {
    Office office;
    const json::object rows{{"people", {{{"id", "gao"}, {"name", "高"}}}},
                            {"terms", {{{"person", "gao"}, {"post", "chief"}, {"from_ms", 0}}}},
                            {"absences", {{{"person", "gao"}, {"from_ms", 10}, {"until_ms", 20}}}}};
    ASSERT_NE(accepted(office.change("seed", rows)), nullptr);
    ASSERT_NE(accepted(office.change("end_term", {{"person", "gao"}, {"post", "chief"}})), nullptr);
    ASSERT_NE(accepted(office.change("seed", rows)), nullptr);
    EXPECT_EQ(office.history("directory").size(), 2U);
    EXPECT_FALSE(office.world.get()->directory->holds(model::PersonId{"gao"},
                                                      model::PostId{"chief"}, office.clock.now()));
}

// An absence entered today for next week must move the cases when next week comes.
TEST(DirectoryChanges, AbsenceThatBeginsByItselfReassessesItsCases) {
    Office office;
    const auto id = office.file();
    ASSERT_NE(accepted(office.change("put_absence", {{"person", "wang"},
                                                     {"from", "2026-03-03T11:00:00+08:00"},
                                                     {"until", "2026-03-03T11:30:00+08:00"}})),
              nullptr);
    EXPECT_EQ(office.stored(id).owner.person.value, "wang");
    const auto next = runtime::next_due_at(*office.reader(), office.world);
    ASSERT_TRUE(next.ok() && *next);
    EXPECT_EQ(**next, at("2026-03-03 11:00"));

    office.clock.set(at("2026-03-03 11:00"));
    auto fired =
        runtime::fire_due(*office.core, *office.reader(), office.world, office.clock.now(), 10);
    ASSERT_TRUE(fired.ok());
    EXPECT_EQ(fired->accepted, 1U);
    EXPECT_EQ(office.stored(id).owner.person.value, "li");

    fired = runtime::fire_due(*office.core, *office.reader(), office.world, office.clock.now(), 10);
    EXPECT_EQ(fired->accepted + fired->refused, 0U);
    office.clock.set(at("2026-03-03 11:30"));
    fired = runtime::fire_due(*office.core, *office.reader(), office.world, office.clock.now(), 10);
    EXPECT_EQ(office.stored(id).owner.person.value, "wang");
}

TEST(DirectoryChanges, FailedCommitPublishesNothing) {
    Office office;
    office.file();
    office.store.fail_next_commit(adapters::store::memory::CommitFault::disk_full);
    ASSERT_NE(failed(office.change("disable_person", {{"person", "wang"}})), nullptr);
    EXPECT_TRUE(office.world.get()->directory->people.at(model::PersonId{"wang"}).enabled);
}

TEST(DirectoryCodec, RowsSurviveTheRoundTrip) {
    auto directory = leave_directory();
    directory.seq = 7;
    directory.absences.push_back(
        {model::PersonId{"wang"}, at("2026-03-04 00:00"), at("2026-03-05 00:00")});
    directory.terms.front().until = at("2026-06-01 00:00");
    const auto json = engine::policy::encode_rows(directory);
    engine::policy::Directory back;
    ASSERT_TRUE(engine::policy::decode_rows(json, back).ok());
    EXPECT_EQ(engine::policy::encode_rows(back), json);
    EXPECT_EQ(back.seq, 7U);
}

TEST(DirectoryCodec, PostsAndDepartmentsSurviveTheRoundTrip) {
    const auto directory = leave_directory();
    for (const auto& [id, post] : directory.posts) {
        const auto json = engine::policy::encode(post);
        const auto back = engine::policy::decode_post(json);
        ASSERT_TRUE(back.ok());
        EXPECT_EQ(engine::policy::encode(*back), json);
    }
    for (const auto& [id, department] : directory.departments) {
        const auto json = engine::policy::encode(department);
        const auto back = engine::policy::decode_department(json);
        ASSERT_TRUE(back.ok());
        EXPECT_EQ(engine::policy::encode(*back), json);
    }
}

TEST(DirectoryCodec, FaultNamesItsPlace) {
    engine::policy::Directory into;
    const auto status = engine::policy::decode_rows(
        json::parse(R"({"seq":1,"people":[],"terms":[{"person":"a","post":"b"}]})").as_object(),
        into);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().where, "terms.0.from");
}

}  // namespace
}  // namespace jinqiao::tests
