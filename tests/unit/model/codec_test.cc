#include "engine/model/codec.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <functional>

#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::engine::model {
namespace {

namespace json = boost::json;
using time::testing::at;

Clock full_clock() {
    Clock out;
    out.name = "med.end";
    out.instance = 2;
    out.epoch = 3;
    out.subject = "c-a4";
    out.cls = ClockClass::legal;
    out.state = ClockState::missed;
    out.from = at("2026-09-15 10:00");
    out.rule = {time::testing::budget("15 N"), {time::testing::budget("15 N")}, true, false};
    out.by_date = true;
    out.suspendable = true;
    out.own_budget = true;
    out.ledger = {time::testing::pause("2026-09-16 00:00", "2026-09-17 00:00"),
                  time::testing::open_pause("2026-09-20 08:00")};
    out.due.at = at("2026-10-16 00:00");
    out.due.unrolled = at("2026-10-15 00:00");
    out.due.safe_until = at("2026-10-15 17:30");
    out.due.provisional = true;
    out.due.explain = time::Explanation({{"start", {{"date", "2026-09-15"}}}, {"month_end", {}}});
    out.source = "LDMAA Art. 14";
    out.calendar_version = "2026-2";
    out.ended_at = at("2026-10-20 09:00");
    out.outcome = "agreed";
    out.late = true;
    out.ladder = "end of mediation";
    out.rung = 2;
    out.repeat = 5;
    out.quiet_until = at("2026-10-18 09:00");
    out.rung_at = at("2026-10-18 10:00");
    out.next_at = at("2026-10-18 11:00");
    out.unrolled_told = true;
    out.expired = true;
    return out;
}

Assignment full_assignment() {
    Assignment out;
    out.id = AssignmentId{"c-a4"};
    out.addressee = {Addressee::Kind::department, "hrss"};
    out.task = "escalation";
    out.round = 2;
    out.state = AssignmentState::returned;
    out.told_at = at("2026-09-15 10:00");
    out.delivered_at = at("2026-09-15 10:01");
    out.signed_at = at("2026-09-15 10:02");
    out.closed_at = at("2026-09-15 10:03");
    out.signed_by = PersonId{"p1"};
    out.reason = "非本部门职责";
    out.about = "st.ack#1";
    out.needs_sign = false;
    out.group = "experts";
    out.returns = 2;
    out.ruled = true;
    out.before = AssignmentId{"c-a3"};
    out.returned_on = GradeLevel::yellow;
    return out;
}

Request full_request() {
    Request out;
    out.id = RequestId{"c-r1"};
    out.kind = "skip_step";
    out.by_post = PostId{"lead_mediator"};
    out.by = PersonId{"p2"};
    out.reason = "讨薪";
    out.evidence = "doc-3";
    out.asked = {{"cause", "rights_claim"}};
    out.needed = 2;
    out.approvals = {PersonId{"p3"}};
    out.approver = PostId{"supervisor"};
    out.made_at = at("2026-09-16 10:00");
    out.state = RequestState::void_;
    out.answered_at = at("2026-09-16 11:00");
    out.answer = "同意";
    out.on_expiry = "approve";
    out.escalated = true;
    return out;
}

// A case in which no field has its default.
Case full() {
    Case out;
    out.id = CaseId{"c"};
    out.number = "JQ-2026-000123";
    out.workflow = "dispute";
    out.workflow_version = "v1";
    out.policy = PolicyId{"p"};
    out.enterprise = EnterpriseId{"e"};
    out.enterprise_name = "某公司";
    out.exercise = true;
    out.confidentiality = Confidentiality::restricted;
    out.filed_at = at("2026-09-15 09:30");
    out.noticed_at = at("2026-09-15 08:40");
    out.filer_account = AccountId{"acc"};
    out.filer = PersonId{"p0"};
    out.regions = {{"pipeline", "team"}, {"custody", "offered"}, {"clock", "running"}};
    out.stage = "coordinate";
    out.open = false;
    out.grade = {GradeLevel::orange, GradeLevel::yellow, GradeLevel::red,
                 GradeLevel::blue,   GradeLevel::red,    {{"crowd", {"人多", "many people"}}}};
    out.owner = {PostId{"duty_desk"}, PersonId{"p1"}};
    out.offer = Offer{PostId{"liaison"},
                      PersonId{"p4"},
                      PostId{"duty_desk"},
                      PersonId{"p1"},
                      at("2026-09-15 12:00"),
                      "请接收",
                      true,
                      AssignmentId{"c-a4"}};
    out.clocks = {full_clock(), Clock{}};
    out.assignments = {full_assignment(), Assignment{}};
    out.requests = {full_request(), Request{}};
    out.links = {{"parent", CaseId{"b"}}, {"child", CaseId{"c-c1"}}};
    out.ended_at = at("2026-11-01 00:00");
    out.held_until = at("2026-10-30 07:00");
    out.data = {{"workers", 120}, {"nested", {{"list", {1, 2}}}}};
    out.seq = 17;
    out.version = 9;
    out.epoch = 1;
    out.escalations = 4;
    out.next_assignment = 5;
    out.next_request = 2;
    out.next_child = 3;
    return out;
}

std::string stored(const Case& kase) { return encode(kase); }

Result<Case> restored(const std::string& text) { return decode_case(text); }

using Change = std::pair<const char*, std::function<void(Case&)>>;

// One change of every field that is stored.
std::vector<Change> changes() {
    const auto later = at("2027-01-01 00:00");
    const auto clock = [](auto change) { return [change](Case& k) { change(k.clocks[0]); }; };
    const auto task = [](auto change) { return [change](Case& k) { change(k.assignments[0]); }; };
    const auto asked = [](auto change) { return [change](Case& k) { change(k.requests[0]); }; };
    return {
        {"id", [](Case& k) { k.id.value += "x"; }},
        {"number", [](Case& k) { k.number.clear(); }},
        {"workflow", [](Case& k) { k.workflow = "other"; }},
        {"workflow_version", [](Case& k) { k.workflow_version = "v2"; }},
        {"policy", [](Case& k) { k.policy.value = "q"; }},
        {"enterprise", [](Case& k) { k.enterprise.value = "f"; }},
        {"enterprise_name", [](Case& k) { k.enterprise_name = "另一公司"; }},
        {"exercise", [](Case& k) { k.exercise = false; }},
        {"confidentiality", [](Case& k) { k.confidentiality = Confidentiality::normal; }},
        {"filed_at", [=](Case& k) { k.filed_at = later; }},
        {"noticed_at", [=](Case& k) { k.noticed_at = later; }},
        {"filer_account", [](Case& k) { k.filer_account.value = "x"; }},
        {"filer", [](Case& k) { k.filer.value = "x"; }},
        {"region", [](Case& k) { k.regions[2].state = "suspended"; }},
        {"stage", [](Case& k) { k.stage = "resolve"; }},
        {"open", [](Case& k) { k.open = true; }},
        {"grade.computed", [](Case& k) { k.grade.computed = GradeLevel::red; }},
        {"grade.granted", [](Case& k) { k.grade.granted.reset(); }},
        {"grade.granted_on", [](Case& k) { k.grade.granted_on.reset(); }},
        {"grade.floor", [](Case& k) { k.grade.floor.reset(); }},
        {"grade.effective", [](Case& k) { k.grade.effective = GradeLevel::blue; }},
        {"grade.reasons", [](Case& k) { k.grade.reasons[0].text.en = "x"; }},
        {"owner.post", [](Case& k) { k.owner.post.value = "x"; }},
        {"owner.person", [](Case& k) { k.owner.person.value = "x"; }},
        {"offer", [](Case& k) { k.offer.reset(); }},
        {"offer.to", [](Case& k) { k.offer->to.value = "x"; }},
        {"offer.person", [](Case& k) { k.offer->person.value = "x"; }},
        {"offer.by_post", [](Case& k) { k.offer->by_post.value = "x"; }},
        {"offer.by", [](Case& k) { k.offer->by = {}; }},
        {"offer.at", [=](Case& k) { k.offer->at = later; }},
        {"offer.note", [](Case& k) { k.offer->note = "x"; }},
        {"offer.forced", [](Case& k) { k.offer->forced = false; }},
        {"offer.assignment", [](Case& k) { k.offer->assignment = {}; }},
        {"link", [](Case& k) { k.links[0].kind = "related"; }},
        {"ended_at", [](Case& k) { k.ended_at.reset(); }},
        {"held_until", [](Case& k) { k.held_until.reset(); }},
        {"data", [](Case& k) { k.data["workers"] = 121; }},
        {"seq", [](Case& k) { ++k.seq; }},
        {"version", [](Case& k) { ++k.version; }},
        {"epoch", [](Case& k) { k.epoch = 0; }},
        {"escalations", [](Case& k) { k.escalations = 0; }},
        {"next_assignment", [](Case& k) { ++k.next_assignment; }},
        {"next_request", [](Case& k) { ++k.next_request; }},
        {"next_child", [](Case& k) { ++k.next_child; }},
        {"clock.name", clock([](Clock& c) { c.name = "x"; })},
        {"clock.instance", clock([](Clock& c) { ++c.instance; })},
        {"clock.epoch", clock([](Clock& c) { c.epoch = 0; })},
        {"clock.subject", clock([](Clock& c) { c.subject.clear(); })},
        {"clock.class", clock([](Clock& c) { c.cls = ClockClass::reference; })},
        {"clock.state", clock([](Clock& c) { c.state = ClockState::suspended; })},
        {"clock.from", clock([=](Clock& c) { c.from = later; })},
        {"clock.budget", clock([](Clock& c) { c.rule.budget.amount = 16; })},
        {"clock.extensions", clock([](Clock& c) { c.rule.extensions.clear(); })},
        {"clock.backward", clock([](Clock& c) { c.rule.backward = false; })},
        {"clock.roll", clock([](Clock& c) { c.rule.roll = true; })},
        {"clock.by_date", clock([](Clock& c) { c.by_date = false; })},
        {"clock.suspendable", clock([](Clock& c) { c.suspendable = false; })},
        {"clock.own_budget", clock([](Clock& c) { c.own_budget = false; })},
        {"clock.ledger.until", clock([=](Clock& c) { c.ledger[1].until = later; })},
        {"clock.ledger.reason", clock([](Clock& c) { c.ledger[0].reason = "x"; })},
        {"clock.due", clock([=](Clock& c) { c.due.at = later; })},
        {"clock.unrolled", clock([=](Clock& c) { c.due.unrolled = later; })},
        {"clock.safe_until", clock([](Clock& c) { c.due.safe_until.reset(); })},
        {"clock.provisional", clock([](Clock& c) { c.due.provisional = false; })},
        {"clock.explain", clock([](Clock& c) {
             c.due.explain = time::Explanation({{"start", {{"date", "x"}}}});
         })},
        {"clock.source", clock([](Clock& c) { c.source = "x"; })},
        {"clock.calendar", clock([](Clock& c) { c.calendar_version = "x"; })},
        {"clock.ended_at", clock([](Clock& c) { c.ended_at.reset(); })},
        {"clock.outcome", clock([](Clock& c) { c.outcome.clear(); })},
        {"clock.late", clock([](Clock& c) { c.late = false; })},
        {"clock.ladder", clock([](Clock& c) { c.ladder.clear(); })},
        {"clock.rung", clock([](Clock& c) { c.rung = 0; })},
        {"clock.repeat", clock([](Clock& c) { c.repeat = 0; })},
        {"clock.quiet_until", clock([](Clock& c) { c.quiet_until.reset(); })},
        {"clock.rung_at", clock([](Clock& c) { c.rung_at.reset(); })},
        {"clock.next_at", clock([](Clock& c) { c.next_at.reset(); })},
        {"clock.unrolled_told", clock([](Clock& c) { c.unrolled_told = false; })},
        {"clock.expired", clock([](Clock& c) { c.expired = false; })},
        {"assignment.id", task([](Assignment& a) { a.id.value = "x"; })},
        {"assignment.addressee", task([](Assignment& a) { a.addressee.id = "x"; })},
        {"assignment.task", task([](Assignment& a) { a.task = "x"; })},
        {"assignment.round", task([](Assignment& a) { ++a.round; })},
        {"assignment.state", task([](Assignment& a) { a.state = AssignmentState::signed_for; })},
        {"assignment.told_at", task([=](Assignment& a) { a.told_at = later; })},
        {"assignment.delivered_at", task([](Assignment& a) { a.delivered_at.reset(); })},
        {"assignment.signed_at", task([](Assignment& a) { a.signed_at.reset(); })},
        {"assignment.closed_at", task([](Assignment& a) { a.closed_at.reset(); })},
        {"assignment.signed_by", task([](Assignment& a) { a.signed_by = {}; })},
        {"assignment.reason", task([](Assignment& a) { a.reason.clear(); })},
        {"assignment.about", task([](Assignment& a) { a.about.clear(); })},
        {"assignment.needs_sign", task([](Assignment& a) { a.needs_sign = true; })},
        {"assignment.group", task([](Assignment& a) { a.group.clear(); })},
        {"assignment.returns", task([](Assignment& a) { a.returns = 0; })},
        {"assignment.ruled", task([](Assignment& a) { a.ruled = false; })},
        {"assignment.before", task([](Assignment& a) { a.before = {}; })},
        {"assignment.returned_on", task([](Assignment& a) { a.returned_on.reset(); })},
        {"request.id", asked([](Request& r) { r.id.value = "x"; })},
        {"request.kind", asked([](Request& r) { r.kind = "x"; })},
        {"request.by_post", asked([](Request& r) { r.by_post = {}; })},
        {"request.by", asked([](Request& r) { r.by = {}; })},
        {"request.reason", asked([](Request& r) { r.reason.clear(); })},
        {"request.evidence", asked([](Request& r) { r.evidence.clear(); })},
        {"request.asked", asked([](Request& r) { r.asked["cause"] = "danger"; })},
        {"request.needed", asked([](Request& r) { r.needed = 1; })},
        {"request.approvals", asked([](Request& r) { r.approvals.clear(); })},
        {"request.approver", asked([](Request& r) { r.approver.value = "x"; })},
        {"request.made_at", asked([=](Request& r) { r.made_at = later; })},
        {"request.state", asked([](Request& r) { r.state = RequestState::lapsed; })},
        {"request.answered_at", asked([](Request& r) { r.answered_at.reset(); })},
        {"request.answer", asked([](Request& r) { r.answer.clear(); })},
        {"request.on_expiry", asked([](Request& r) { r.on_expiry = "refuse"; })},
        {"request.escalated", asked([](Request& r) { r.escalated = false; })},
    };
}

TEST(Codec, FullCaseComesBackTheSame) {
    const auto text = stored(full());
    const auto back = restored(text);
    ASSERT_TRUE(back.ok()) << back.error().what;
    EXPECT_EQ(stored(back.value()), text);
    EXPECT_EQ(back->regions, full().regions) << "the first region stays first";
}

TEST(Codec, EmptyCaseComesBackTheSame) {
    const auto text = stored(Case{});
    const auto back = restored(text);
    ASSERT_TRUE(back.ok()) << back.error().what;
    EXPECT_EQ(stored(back.value()), text);
}

TEST(Codec, EveryFieldIsStoredAndRead) {
    const auto before = stored(full());
    for (const auto& [field, change] : changes()) {
        auto kase = full();
        change(kase);
        const auto text = stored(kase);
        EXPECT_NE(text, before) << field << " is not stored";
        const auto back = restored(text);
        ASSERT_TRUE(back.ok()) << field << ": " << back.error().what;
        EXPECT_EQ(stored(back.value()), text) << field << " is not read";
    }
}

// A number written as unsigned is read back whether the parser made it signed or not.
TEST(Codec, LargeInstantsAndCountersSurvive) {
    Case kase;
    kase.seq = 9'000'000'000'000;
    kase.filed_at = time::from_ms(-62'135'596'800'000);
    const auto back = restored(stored(kase));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(back->seq, kase.seq);
    EXPECT_EQ(back->filed_at, kase.filed_at);
}

// As it was stored before the lines of an explanation were one text.
TEST(Codec, AnExplanationInListsIsRead) {
    auto before = json::parse(encode(full())).as_object();
    auto& due = before["clocks"].as_array()[0].as_object()["due"].as_object();
    due["explain"] = {{"start", "date", "2026-09-15"}, json::array{"month_end"}};
    const auto back = restored(json::serialize(before));
    ASSERT_TRUE(back.ok()) << back.error().what;
    EXPECT_EQ(stored(back.value()), stored(full()));
}

TEST(Codec, WhatIsNoObjectIsCorrupt) {
    for (const char* text : {"", "[]", "{", "7", "{} {}"}) {
        const auto back = decode_case(text);
        ASSERT_FALSE(back.ok()) << text;
        EXPECT_EQ(back.error().code, ErrorCode::corrupt) << text;
    }
}

TEST(Codec, TextThatDoesNotFitIsCorruptAndSaysWhere) {
    const std::vector<std::function<void(json::object&)>> spoilers = {
        [](json::object& o) { o.erase("filed_ms"); },
        [](json::object& o) { o["filed_ms"] = "yesterday"; },
        [](json::object& o) { o["regions"] = 7; },
        [](json::object& o) { o["regions"].as_object()["pipeline"] = 7; },
        [](json::object& o) { o["grade"].as_object()["computed"] = "violet"; },
        [](json::object& o) {
            o["next"] = {1, 2};
        },
        [](json::object& o) {
            o["next"] = {1, 2, "three"};
        },
        [](json::object& o) { o["open"] = "yes"; },
        [](json::object& o) { o["clocks"].as_array()[0].as_object()["budget"] = "15 X"; },
        [](json::object& o) { o["clocks"].as_array()[0].as_object()["state"] = "lost"; },
        [](json::object& o) { o["clocks"].as_array()[0].as_object()["extensions"] = {7}; },
        [](json::object& o) { o["clocks"].as_array()[0].as_object().erase("due"); },
        [](json::object& o) {
            o["clocks"].as_array()[0].as_object()["due"].as_object()["explain"] = {"start"};
        },
        [](json::object& o) { o["assignments"].as_array()[0].as_object()["to"] = "hrss"; },
        [](json::object& o) { o["requests"].as_array()[0].as_object().erase("asked"); },
        [](json::object& o) { o["requests"].as_array()[0] = 3; },
        [](json::object& o) { o["data"] = json::array{}; },
    };
    for (std::size_t i = 0; i < spoilers.size(); ++i) {
        auto spoiled = json::parse(encode(full())).as_object();
        spoilers[i](spoiled);
        const auto back = decode_case(json::serialize(spoiled));
        ASSERT_FALSE(back.ok()) << i;
        EXPECT_EQ(back.error().code, ErrorCode::corrupt) << i;
        EXPECT_EQ(back.error().where, "c") << i;
    }
}

}  // namespace
}  // namespace jinqiao::engine::model
