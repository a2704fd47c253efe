// Absences, terms, deputies: who acts when somebody cannot.
#include "tests/scenario/duty_story.h"

namespace jinqiao::tests {

class Absence : public DutyStory {
  protected:
    static std::string of(const std::string& person, const std::string& from,
                          const std::string& until) {
        return R"({"person": ")" + person + R"(", "from": ")" + from + R"(:00+08:00", "until": ")" +
               until + R"(:00+08:00"})";
    }
    void away(const std::string& person, const std::string& from, const std::string& until) {
        change("put_absence", of(person, from, until));
    }
    engine::model::PostId post(const std::string& id) { return engine::model::PostId{id}; }
};

TEST_F(Absence, BackBeforeTheTimeMeansActingAgainAtOnce) {
    open("2026-03-03 10:00");
    const auto id = file();
    act("wang", "ask", id);
    away("wang", "2026-03-03T11:00", "2026-03-10T00:00");
    at("2026-03-03 11:00");
    EXPECT_EQ(kase(id).owner.person.value, "li");
    at("2026-03-03 15:00");
    change("end_absence", R"({"person": "wang"})");
    EXPECT_EQ(kase(id).owner.person.value, "wang");
    at("2026-03-04 12:00");
    EXPECT_EQ(acting("desk").front(), "wang") << "an ended absence applies no more";
}

TEST_F(Absence, OfTwoThatOverlapTheOtherStillAppliesWhenOneEnds) {
    open("2026-03-03 10:00");
    away("wang", "2026-03-03T11:00", "2026-03-05T00:00");
    away("wang", "2026-03-03T12:00", "2026-03-04T00:00");
    at("2026-03-03 13:00");
    change("end_absence", R"({"person": "wang", "from": "2026-03-03T11:00:00+08:00"})");
    EXPECT_EQ(acting("desk").front(), "li");
    at("2026-03-04 00:00");
    EXPECT_EQ(acting("desk").front(), "wang");
}

TEST_F(Absence, ComingHomeEarlyLeavesNextMonthsHolidayAlone) {
    open("2026-03-03 10:00");
    away("wang", "2026-03-03T11:00", "2026-03-05T00:00");
    away("wang", "2026-04-01T00:00", "2026-04-08T00:00");
    at("2026-03-04 09:00");
    change("end_absence", R"({"person": "wang"})");
    at("2026-04-02 09:00");
    EXPECT_EQ(acting("desk").front(), "li");
}

TEST_F(Absence, NobodyCanEndWhatIsNotThere) {
    open("2026-03-03 10:00");
    refused("from", "end_absence", R"({"person": "wang"})");
    refused("until", "put_absence", of("wang", "2026-03-05T00:00", "2026-03-05T00:00"));
}

TEST_F(Absence, DeputiesOfDeputiesActInTheEnd) {
    open("2026-03-03 10:00");
    const auto id = file();
    for (const auto* person : {"wang", "li", "hu"})
        away(person, "2026-03-03T11:00", "2026-03-09T00:00");
    away("zhao", "2026-03-03T11:00", "2026-03-09T00:00");
    at("2026-03-03 11:00");
    EXPECT_EQ(kase(id).owner.post.value, "desk") << "the case stays with its post";
    EXPECT_EQ(kase(id).owner.person.value, "zheng");
    act("zheng", "ask", id);
}

TEST_F(Absence, CircleOfDeputiesEndsAndTheFallbackDeskOwns) {
    people.posts.at(post("third_desk")).deputies = {post("desk")};
    open("2026-03-03 10:00");
    const auto id = file();
    for (const auto* person : {"wang", "li", "hu", "zhao", "zheng"})
        change("disable_person", std::string(R"({"person": ")") + person + "\"}");
    EXPECT_EQ(kase(id).owner.post.value, "fallback_desk");
}

TEST_F(Absence, EverybodyAwayAtOnceGivesTheCaseToTheFallbackDeskInOneDecision) {
    open("2026-03-03 10:00");
    const auto id = file();
    for (const auto* person : {"wang", "li", "hu", "zhao", "zheng"})
        away(person, "2026-03-03T11:00", "2026-03-04T00:00");
    const auto before = rows(id.value);
    at("2026-03-03 11:00");
    EXPECT_EQ(kase(id).owner.post.value, "fallback_desk");
    EXPECT_EQ(kase(id).owner.person.value, "wu");
    EXPECT_EQ(rows(id.value), before + 1) << "no step in between at which nobody owned it";
}

TEST_F(Absence, HandOverToAPostWhoseHolderLeftReachesTheDeputy) {
    open("2026-03-03 10:00");
    const auto id = file();
    change("end_term", R"({"person": "qian", "post": "chief"})");
    act("wang", "offer_handover", id, R"({"to": "chief", "reason": "x"})");
    ASSERT_TRUE(kase(id).offer);
    EXPECT_EQ(kase(id).offer->person.value, "feng");
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-03 10:00 feng"}));
    EXPECT_EQ(refusal_of("qian", "accept_handover", id), "forbidden");
    act("feng", "accept_handover", id);
}

TEST_F(Absence, TermThatEndsWhileItsHolderOwnsCasesLeavesThemWithThePost) {
    open("2026-03-03 10:00");
    change("end_term",
           R"({"person": "wang", "post": "desk", "until": "2026-03-03T12:00:00+08:00"})");
    const auto id = file();
    EXPECT_EQ(kase(id).owner.person.value, "wang");
    at("2026-03-03 12:00");
    EXPECT_EQ(kase(id).owner.post.value, "desk");
    EXPECT_EQ(kase(id).owner.person.value, "li");
    EXPECT_EQ(refusal_of("wang", "ask", id), "forbidden");
}

TEST_F(Absence, SuccessorActsFromTheDayTheirTermBegins) {
    open("2026-03-03 10:00");
    change("end_term",
           R"({"person": "sun", "post": "chief2", "until": "2026-03-04T00:00:00+08:00"})");
    change("put_term",
           R"({"person": "feng", "post": "chief2", "from": "2026-03-04T00:00:00+08:00"})");
    EXPECT_EQ(acting("chief2"), (Lines{"sun"}));
    at("2026-03-04 00:00");
    EXPECT_EQ(acting("chief2"), (Lines{"feng"}));
}

TEST_F(Absence, PersonOfTwoPostsCannotApproveWhatTheyAskedForUnderTheOther) {
    open("2026-03-03 10:00");
    change("put_term", R"({"person": "wang", "post": "chief", "rank": 0,
                           "from": "2026-03-03T09:00:00+08:00"})");
    const auto id = file();
    act("wang", "request_long_leave", id, R"({"reason": "x"})");
    const auto request = kase(id).requests.front().id.value;
    EXPECT_EQ(refusal_of("wang", "approve_request", id,
                         R"({"request": ")" + request + R"(", "reason": "y"})"),
              "G.second_person");
    act("qian", "approve_request", id, R"({"request": ")" + request + R"(", "reason": "y"})");
}

TEST_F(Absence, PersonOfTwoPostsActsForBothAndIsAwayFromBoth) {
    open("2026-03-03 10:00");
    change("put_term", R"({"person": "zhou", "post": "chief2", "rank": 0,
                           "from": "2026-03-03T09:00:00+08:00"})");
    EXPECT_EQ(acting("leader"), (Lines{"zhou"}));
    EXPECT_EQ(acting("chief2"), (Lines{"sun", "zhou"}));
    away("zhou", "2026-03-03T10:30", "2026-03-03T11:30");
    at("2026-03-03 11:00");
    EXPECT_TRUE(acting("leader").empty());
    EXPECT_EQ(acting("chief2"), (Lines{"sun"}));
}

TEST_F(Absence, UnionChairAndPartySecretaryStandInForEachOther) {
    open("2026-03-03 10:00");
    EXPECT_EQ(acting("union_chair"), (Lines{"chen", "xu"}));
    EXPECT_EQ(acting("secretary"), (Lines{"xu", "chen"}));
    const auto id = file();
    act("wang", "offer_handover", id, R"({"to": "union_chair", "reason": "x"})");
    away("chen", "2026-03-03T10:30", "2026-03-03T18:00");
    at("2026-03-03 10:30");
    act("xu", "accept_handover", id);
    EXPECT_EQ(kase(id).owner.post.value, "union_chair");
    EXPECT_EQ(kase(id).owner.person.value, "xu");
}

TEST_F(Absence, RecipientWithoutAChannelFallsThroughToTheNextWhoHasOne) {
    open("2026-03-03 10:00");
    change("put_person", R"({"id": "qian", "name": "qian", "contacts": []})");
    const auto id = file();
    act("wang", "offer_handover", id, R"({"to": "chief", "reason": "x"})");
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-03 10:00 feng"}));
}

TEST_F(Absence, CorrectedNameTakesNoContactAwayAndBringsNobodyBack) {
    open("2026-03-03 10:00");
    change("disable_person", R"({"person": "feng"})");
    change("put_person", R"({"id": "qian", "name": "钱"})");
    change("put_person", R"({"id": "feng", "name": "冯"})");
    EXPECT_EQ(acting("chief"), (Lines{"qian", "zhou"}));
    const auto id = file();
    act("wang", "offer_handover", id, R"({"to": "chief", "reason": "x"})");
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-03 10:00 qian"}));
}

TEST_F(Absence, PostWithoutAnyWorkingChannelHandsItsCaseToTheFallbackDesk) {
    open("2026-03-03 10:00");
    const auto id = file();
    for (const auto* person : {"wang", "li", "hu", "zhao", "zheng"})
        change("put_person", std::string(R"({"id": ")") + person +
                                 R"(", "name": "x", "contacts": [{"channel": "pager"}]})");
    EXPECT_EQ(kase(id).owner.post.value, "fallback_desk");
    EXPECT_TRUE(recorded(id.value, "unreachable"));
}

TEST_F(Absence, EnterprisesOwnCommitteeIsOfferedItsOwnCase) {
    people.posts[post("chair_of_ent_1")] = people.posts.at(post("chief2"));
    auto& own = people.posts.at(post("chair_of_ent_1"));
    own.id = post("chair_of_ent_1");
    own.enterprise = engine::model::EnterpriseId{"ent-1"};
    own.stands_for = post("chief2");
    open("2026-03-03 10:00");
    change("put_person", R"({"id": "gao", "name": "gao", "contacts": [{"channel": "file"}]})");
    change("put_term", R"({"person": "gao", "post": "chair_of_ent_1",
                           "from": "2026-03-03T00:00:00+08:00"})");
    const auto here = file(3, "ent-1");
    act("wang", "offer_handover", here, R"({"to": "chief2", "reason": "x"})");
    EXPECT_EQ(kase(here).offer->to.value, "chair_of_ent_1");
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-03 10:00 gao"}));
    act("gao", "accept_handover", here);
    EXPECT_EQ(kase(here).owner.post.value, "chair_of_ent_1");
}

TEST_F(Absence, EnterpriseWithoutACommitteeOfItsOwnGetsTheZones) {
    people.posts[post("chair_of_ent_2")] = people.posts.at(post("chief2"));
    auto& own = people.posts.at(post("chair_of_ent_2"));
    own.id = post("chair_of_ent_2");
    own.enterprise = engine::model::EnterpriseId{"ent-2"};
    own.stands_for = post("chief2");
    open("2026-03-03 10:00");
    const auto here = file(3, "ent-1");
    act("wang", "offer_handover", here, R"({"to": "chief2", "reason": "x"})");
    EXPECT_EQ(kase(here).offer->to.value, "chief2");
    EXPECT_EQ(sent("handover_offered"), (Lines{"03-03 10:00 sun"}));
}

}  // namespace jinqiao::tests
