#include "workflows/dispute/actions.h"

#include <gtest/gtest.h>

#include <set>

#include "workflows/dispute/machine.h"

namespace jinqiao::workflows::dispute {
namespace {

const std::vector<std::string> reference{"file",
                                         "acknowledge",
                                         "dispatch",
                                         "arrive",
                                         "update_facts",
                                         "report_up",
                                         "confirm_facts",
                                         "complete_check",
                                         "attach_plan",
                                         "watch",
                                         "review_watch",
                                         "open_coordination",
                                         "change_tier",
                                         "record_session",
                                         "ask_negotiation",
                                         "apply_mediation",
                                         "record_consent",
                                         "refuse_mediation",
                                         "accept_mediation",
                                         "extend_mediation",
                                         "end_mediation",
                                         "serve_end_notice",
                                         "request_bargaining",
                                         "answer_bargaining",
                                         "call_congress",
                                         "hold_congress",
                                         "elect_representatives",
                                         "record_bargaining",
                                         "reach_agreement",
                                         "reopen_bargaining",
                                         "propose_agreement",
                                         "sign_agreement",
                                         "apply_confirmation",
                                         "record_confirmation",
                                         "start_performance",
                                         "renegotiate",
                                         "record_performance",
                                         "complete_performance",
                                         "report_breach",
                                         "cure_breach",
                                         "record_visit",
                                         "add_demand",
                                         "answer_demand",
                                         "close_settled",
                                         "close_no_dispute",
                                         "close_unresolved",
                                         "refer",
                                         "party_refused",
                                         "party_went_to_arbitration",
                                         "withdraw",
                                         "add_note",
                                         "go_back",
                                         "split_individual",
                                         "merge_into",
                                         "unmerge",
                                         "reopen",
                                         "report_spread",
                                         "report_contained",
                                         "raise_grade",
                                         "resume",
                                         "request_lower_grade",
                                         "request_suspension",
                                         "request_skip_step",
                                         "request_stage_extension",
                                         "request_approval",
                                         "request_unseal",
                                         "approve_request",
                                         "reject_request",
                                         "offer_handover",
                                         "recall_handover",
                                         "accept_handover",
                                         "decline_handover",
                                         "reassign",
                                         "reassign_task",
                                         "rule_competence",
                                         "order_task_force",
                                         "review_task_force",
                                         "dissolve_task_force",
                                         "filer_message",
                                         "answer_filer"};

const kernel::Action& action(std::string_view name) {
    for (const auto& each : actions())
        if (each.name == name) return each;
    throw std::out_of_range(std::string(name));
}

const kernel::Field& field(const kernel::Fields& fields, std::string_view name) {
    for (const auto& each : fields)
        if (each.name == name) return each;
    throw std::out_of_range(std::string(name));
}

void expect_well_formed(const kernel::Fields& fields, const std::string& path) {
    std::set<std::string> names;
    for (const auto& each : fields) {
        const auto here = path + "." + each.name;
        EXPECT_TRUE(names.insert(each.name).second) << here;
        EXPECT_FALSE(each.title.zh.empty()) << here;
        EXPECT_FALSE(each.title.en.empty()) << here;
        EXPECT_EQ(each.codes.empty(), each.type != kernel::FieldType::code) << here;
        EXPECT_EQ(each.fields.empty(), each.type != kernel::FieldType::object) << here;
        std::set<std::string> codes;
        for (const auto& [code, label] : each.codes) {
            EXPECT_TRUE(codes.insert(code).second) << here << " " << code;
            EXPECT_FALSE(label.zh.empty()) << here << " " << code;
            EXPECT_FALSE(label.en.empty()) << here << " " << code;
        }
        expect_well_formed(each.fields, here);
    }
}

TEST(DisputeActions, AreThoseOfTheReferenceInItsOrder) {
    std::vector<std::string> names;
    for (const auto& each : actions()) names.push_back(each.name);
    EXPECT_EQ(names, reference);
}

TEST(DisputeActions, AreTheEventsThatAreNotTheEngines) {
    for (const auto& each : actions())
        if (each.name != "file") {
            EXPECT_TRUE(known_event(each.name)) << each.name;
        }
    std::set<std::string> names(reference.begin(), reference.end());
    for (const auto& event : events())
        EXPECT_NE(names.contains(event), engine_event(event)) << event;
}

TEST(DisputeActions, AreWellFormedInBothLanguages) {
    for (const auto& each : actions()) {
        EXPECT_FALSE(each.label.zh.empty()) << each.name;
        EXPECT_FALSE(each.label.en.empty()) << each.name;
        expect_well_formed(each.payload, each.name);
        for (const auto language : {model::Language::zh, model::Language::en})
            EXPECT_TRUE(kernel::schema(each.payload, language).contains("properties")) << each.name;
    }
}

TEST(DisputeActions, AreAskedForByKnownRolesAndRelations) {
    const std::set<std::string> known{"enterprise_union",
                                      "duty_officer",
                                      "mediator",
                                      "department",
                                      "supervisor",
                                      "own",
                                      "lead",
                                      "com",
                                      "filer",
                                      "approver",
                                      "addressee",
                                      "anonymous"};
    for (const auto& each : actions()) {
        EXPECT_FALSE(each.who.empty()) << each.name;
        for (const auto& word : each.who) EXPECT_TRUE(known.contains(word)) << each.name << word;
    }
}

TEST(DisputeActions, MayAllCarryANoteAndAllButFilingATime) {
    for (const auto& each : actions()) {
        EXPECT_EQ(field(each.payload, "note").type, kernel::FieldType::text);
        if (each.name != "file") {
            EXPECT_EQ(field(each.payload, "occurred_at").type, kernel::FieldType::instant);
        }
    }
}

// I4: an exit with nothing but `by` is a whole payload.
TEST(DisputeActions, ExitsAskForBySideAlone) {
    const boost::json::object payload{{"by", "workers"}};
    for (const auto* exit : {"party_refused", "party_went_to_arbitration", "withdraw"})
        EXPECT_TRUE(kernel::validate(action(exit).payload, payload, {}).empty()) << exit;
}

TEST(DisputeActions, AFirstAlertMayKnowNextToNothing) {
    const boost::json::object payload{
        {"enterprise", {{"name", "某厂"}}},
        {"event", {{"behaviours", {"gate_block"}}, {"noticed_at", "2026-02-18T03:00:00+08:00"}}}};
    EXPECT_TRUE(kernel::validate(action("file").payload, payload, {}).empty());
}

TEST(DisputeActions, AnUpdateCarriesTheEndOfABehaviour) {
    const boost::json::object payload{
        {"certainty", "seen"},
        {"behaviours",
         boost::json::array{{{"code", "gate_block"}, {"ended", "2026-02-18T11:30:00+08:00"}}}}};
    EXPECT_TRUE(kernel::validate(action("update_facts").payload, payload, {}).empty());
}

TEST(DisputeActions, ABlankReasonIsAFault) {
    const boost::json::object payload{{"to", "joint"}, {"reason", " "}};
    const auto faults = kernel::validate(action("change_tier").payload, payload, {});
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].code, "payload.blank");
}

TEST(DisputeActions, MarkNamesAndPhonesAsPersonal) {
    const auto& reporter = field(action("file").payload, "reporter").fields;
    EXPECT_TRUE(field(reporter, "name").personal);
    EXPECT_TRUE(field(reporter, "phone").personal);
    EXPECT_FALSE(field(reporter, "role").personal);
    const auto& elected = action("elect_representatives").payload;
    EXPECT_TRUE(field(field(elected, "workers").fields, "name").personal);
    EXPECT_TRUE(field(field(elected, "employer").fields, "name").personal);
    for (const auto* side : {"workers", "employer"})
        EXPECT_TRUE(field(field(elected, "chiefs").fields, side).personal);
}

// I28: an exercise stays one, and a case never becomes one.
TEST(DisputeActions, ExerciseIsSaidAtFilingOnly) {
    EXPECT_NO_THROW(field(action("file").payload, "exercise"));
    EXPECT_THROW(field(action("update_facts").payload, "exercise"), std::out_of_range);
}

}  // namespace
}  // namespace jinqiao::workflows::dispute
