// Ways through a dispute that a policy is proven with: each is what people would do, step by step,
// so that together they start every clock and enter every state. Payloads are the least that the
// guards ask for.
#include "engine/kernel/rehearsal.h"

#include <boost/json/parse.hpp>

#include "workflows/dispute/dispute.h"
#include "workflows/dispute/expiry.h"
#include "workflows/dispute/params.h"

namespace jinqiao::workflows::dispute {

namespace json = boost::json;
using engine::kernel::Deed;
using engine::kernel::Rehearsal;
using engine::model::GradeLevel;

namespace {

// Steps follow each other closely: what is to be met are states, not missed deadlines.
constexpr std::chrono::seconds between_steps{10};

class Way {
  public:
    Way(std::string name, GradeLevel grade, const engine::policy::Policy& policy,
        const Params& params)
        : grade_(grade), policy_(policy), params_(params) {
        out_.name = std::move(name);
    }

    // Whatever a fact sheet may ask for is known, and harmless.
    Way& filed(std::int64_t workers, const char* more = R"("cause": "wage_arrears")") {
        sparsely_filed(workers, more);
        out_.alert["enterprise"] = json::parse(R"({"name": "rehearsal",
            "uscc": "91310115MA0000000U", "address": "a", "industry": "i", "ownership": "private",
            "home_country": "CN", "staff": 1000, "fortune500": false})");
        out_.alert["reporter"] = json::parse(R"({"name": "n", "role": "r", "phone": "1"})");
        auto& event = out_.alert["event"].get_object();
        const auto known = json::parse(R"({"behaviours": ["talk"], "place": "p",
            "workers_present": 1, "arrears_months": 0, "started_at": "$now", "injured": 0,
            "media": false, "cross_enterprise": false, "amount": 0, "owner_unreachable": false})");
        for (const auto& [key, value] : known.get_object())
            if (!event.contains(key)) event[key] = value;
        return *this;
    }

    // Half-known facts, as they mostly come.
    Way& sparsely_filed(std::int64_t workers, const char* more = R"("cause": "wage_arrears")") {
        auto event = json::parse(std::string("{") + more + "}").as_object();
        event["workers_involved"] = workers;
        event["demands"] = json::array{"pay_arrears"};
        event["noticed_at"] = "$now";
        out_.alert = {{"enterprise", {{"name", "rehearsal"}, {"staff", 1000}}},
                      {"event", std::move(event)}};
        return *this;
    }

    Way& in_confidence() {
        out_.alert["filing"] = "confidential";
        return *this;
    }

    Way& then(const char* action, const char* payload = "{}", const char* post = "") {
        out_.deeds.push_back({between_steps * static_cast<int>(out_.deeds.size() + 1), action,
                              json::parse(payload).as_object(), engine::model::PostId(post)});
        return *this;
    }

    // Asked for, and answered by as many persons as the policy wants.
    Way& approved(const char* kind, const char* action, const char* payload) {
        then(action, payload);
        const auto rule = policy_.requests.find(kind);
        const int needed = rule == policy_.requests.end() ? 1 : rule->second.needed;
        for (int i = 0; i < needed; ++i)
            then("approve_request", R"({"request": "$request", "reason": "r"})", "$approver");
        return *this;
    }

    // `from`: the grade that the alert has by itself.
    Way& taken(GradeLevel from) { return risen(from).then("acknowledge"); }

    Way& risen(GradeLevel from) {
        if (grade_ <= from) return *this;
        then("raise_grade");
        out_.deeds.back().payload = {{"to", engine::model::name(grade_)}, {"reason", "r"}};
        return *this;
    }

    Way& verified(bool collective = false) {
        then("dispatch", R"({"person": "$person"})");
        then("arrive", R"({"heads_now": 5})");
        then("report_up", R"({"kind": "first", "text": "t"})");
        then("update_facts", R"({"certainty": "seen"})");
        return then("confirm_facts", collective
                                         ? R"({"types": ["wage_arrears"], "collective": true,
                                               "common_claim": "pay", "in_scope": true,
                                               "rights_claim": true})"
                                         : R"({"types": ["wage_arrears"], "collective": false,
                                               "in_scope": true, "rights_claim": true})");
    }

    Way& coordinated() { return coordinated_at(grade_); }

    Way& coordinated_at(GradeLevel grade) {
        then("attach_plan", R"({"plan": "rehearsed"})").then("open_coordination");
        const auto& tiers = params_.tiers_of(grade);
        out_.deeds.back().payload = {{"tier", tiers.empty() ? "joint" : tiers.front()}};
        return then("accept_handover", "{}", "$offeree");
    }

    Way& mediated(const char* kind = "enterprise_committee", const char* body = "x") {
        then("apply_mediation");
        out_.deeds.back().payload = {{"mediator_kind", kind}, {"body", body},
                                     {"received_at", "$now"}, {"by", "both"},
                                     {"form", "written"},     {"requests", json::array{"r"}}};
        return then("accept_mediation",
                    R"({"mediator": "$person", "no_tie": true, "accepted_at": "$now"})");
    }

    Way& heard() {
        return then("record_session", R"({"kind": "talk", "present": [{"side": "employer"}],
                                          "heard": ["employer", "workers"], "result": "r"})");
    }

    Way& proposed(const char* kind) {
        then("propose_agreement",
             R"({"text": "doc", "outcomes": {"enterprise": "a", "workers": "b"},
                                      "balance": {"lawful": "a", "humane": "b", "fair": "c"}})");
        out_.deeds.back().payload["kind"] = kind;
        return *this;
    }

    Way& signed_by_both() {
        return then("sign_agreement", R"({"signed_at": "$now", "mandate": "doc",
            "signatures": {"employer": true, "workers": true, "mediator": true, "seal": true},
            "instalments": [{"no": 1, "due": "$today+20", "amount": 100}]})");
    }

    Way& confirming(const char* route) {
        then("apply_confirmation", R"({"applied_at": "$now", "joint": true, "doc": "doc"})");
        out_.deeds.back().payload["route"] = route;
        return *this;
    }

    Way& performed() {
        return then("record_performance",
                    R"({"no": 1, "amount": 100, "at": "$now", "proof": "doc"})")
            .then("complete_performance", R"({"at": "$now"})")
            .then("record_visit", R"({"at": "$now"})")
            .then("answer_demand", R"({"demand": "d1", "answer": "met", "text": "t"})")
            .then("close_settled");
    }

    Rehearsal done() { return std::move(out_); }

  private:
    GradeLevel grade_;
    const engine::policy::Policy& policy_;
    const Params& params_;
    Rehearsal out_;
};

// 5 people are blue by themselves, 25 yellow, and enough for a lay-off that has to be explained.
constexpr std::int64_t few = 5, many = 25;

class Ways {
  public:
    Ways(const engine::policy::Policy& policy, const Params& params, GradeLevel grade)
        : policy_(policy), params_(params), grade_(grade) {}

    std::vector<Rehearsal> all() {
        mediation();
        other_talks();
        waiting();
        changing();
        ends();
        if (grade_ >= GradeLevel::yellow) three_steps();
        return std::move(out_);
    }

  private:
    Way begin(const char* name) {
        Way way(name, grade_, policy_, params_);
        way.filed(few).taken(GradeLevel::blue);
        return way;
    }
    Way talks(const char* name) {
        Way way = begin(name);
        way.verified().coordinated();
        return way;
    }
    void keep(Way& way) { out_.push_back(way.done()); }

    void mediation() {
        keep(talks("mediated")
                 .mediated()
                 .heard()
                 .proposed("mediation")
                 .signed_by_both()
                 .confirming("arb_review")
                 .then("record_confirmation",
                       R"({"result": "accepted", "at": "$now", "doc": "doc"})")
                 .then("record_confirmation",
                       R"({"result": "confirmed", "at": "$now", "doc": "doc"})")
                 .performed());
        keep(talks("court")
                 .mediated("court_invited", "court_invited")
                 .heard()
                 .proposed("mediation")
                 .signed_by_both()
                 .confirming("judicial")
                 .then("record_confirmation",
                       R"({"result": "accepted", "at": "$now", "doc": "doc"})"));
        keep(talks("failed")
                 .mediated()
                 .then("end_mediation", R"({"reason": "r"})")
                 .then("serve_end_notice",
                       R"({"served": [{"side": "employer", "at": "$now"},
                                      {"side": "workers", "at": "$now"}], "doc": "doc"})")
                 .approved("approval", "request_approval",
                           R"({"for": "close_unresolved", "reason": "r",
                     "payload": {"reason": "r", "remaining": ["d1"]}})"));
    }

    void other_talks() {
        keep(talks("negotiated")
                 .then("ask_negotiation", R"({"by": "workers", "at": "$now"})")
                 .heard()
                 .proposed("settlement")
                 .signed_by_both()
                 .then("start_performance", R"({"reason": "r"})")
                 .then("report_breach", R"({"no": 1, "kind": "late", "at": "$now"})")
                 .then("cure_breach", R"({"proof": "doc"})"));
        keep(talks("period").then("ask_negotiation", R"({"by": "workers", "at": "$now",
                                              "until": "$today+10"})"));
    }

    void waiting() {
        keep(begin("watched")
                 .verified()
                 .then("watch", R"({"review_on": "$today+1", "reason": "r"})")
                 .then("review_watch"));
        if (grade_ != GradeLevel::red)
            keep(talks("suspended").approved("suspension", "request_suspension", R"({"reason": "r",
                     "evidence": "doc", "until": "$today+3", "kind": "suspend"})"));
        const bool urgent = grade_ >= GradeLevel::orange;
        keep(
            begin("extended")
                .approved(
                    "stage_extension", "request_stage_extension",
                    urgent
                        ? R"({"reason": "r", "evidence": "doc", "clock": "st.verify", "budget": "1 h"})"
                        : R"({"reason": "r", "evidence": "doc", "clock": "st.verify", "budget": "1 W"})"));
        keep(begin("returned")
                 .then("return", R"({"assignment": "$task", "reason": "r"})", "$assignee"));
        keep(talks("spread").then("report_spread",
                                  R"({"kind": "place", "where": "w", "seen_at": "$now"})"));
        Way confidential("confidential", grade_, policy_, params_);
        keep(confidential.filed(few)
                 .in_confidence()
                 .taken(GradeLevel::blue)
                 .approved("unseal", "request_unseal", R"({"reason": "r"})"));
        Way half_known("half_known", grade_, policy_, params_);
        keep(half_known.sparsely_filed(few).taken(GradeLevel::blue));
        Way stopped("stopped", grade_, policy_, params_);
        keep(stopped
                 .sparsely_filed(few, R"("cause": "wage_arrears", "behaviours": ["stoppage"],
                                   "started_at": "$now")")
                 .taken(GradeLevel::blue));
    }

    // What grew worse, or better, while it was talked about, at a tier that is not fit for it.
    void changing() {
        if (grade_ < GradeLevel::orange) {
            Way later("lowered", GradeLevel::red, policy_, params_);
            later.filed(few).taken(GradeLevel::blue).verified().coordinated();
            keep(later.approved("lower_grade", "request_lower_grade",
                                grade_ == GradeLevel::blue
                                    ? R"({"to": "blue", "reason": "r", "evidence": "doc"})"
                                    : R"({"to": "yellow", "reason": "r", "evidence": "doc"})"));
        }
        if (grade_ == GradeLevel::blue) return;
        Way early("risen", grade_, policy_, params_);
        keep(early.filed(few)
                 .then("acknowledge")
                 .verified()
                 .coordinated_at(GradeLevel::blue)
                 .risen(GradeLevel::blue)
                 .heard());
    }

    void ends() {
        keep(talks("arbitration")
                 .then("party_went_to_arbitration", R"({"by": "workers", "filed_at": "$now"})")
                 .then("reopen", R"({"cause": "new_facts", "reason": "r"})", ""));
        keep(talks("withdrawn").then("withdraw", R"({"by": "workers", "mandate": "doc",
                                                     "waiver": "doc"})"));
        keep(begin("no_dispute")
                 .verified()
                 .approved("approval", "request_approval",
                           R"({"for": "close_no_dispute", "reason": "r",
                     "payload": {"reason": "r"}})"));
    }

    void three_steps() {
        Way way("three_steps", grade_, policy_, params_);
        way.filed(many, R"("cause": "layoff", "layoff": {"announced": "$today",
                           "planned_for": "$today+40"})")
            .taken(GradeLevel::yellow);
        way.verified(true)
            .coordinated()
            .heard()
            .then("request_bargaining", R"({"by": "workers", "delivered_at": "$now"})")
            .then("call_congress", R"({"on": "$today+25", "topic": "t"})")
            .then("hold_congress", R"({"on": "$today", "form": "congress", "delegates": 9,
                      "present": 9, "topic": "t", "minutes": "doc"})")
            .then("answer_bargaining", R"({"accepts": true, "at": "$now"})")
            .then("elect_representatives", R"({"on": "$today", "kind": "bargaining", "method": "m",
                      "workers": [{"name": "a"}, {"name": "b"}, {"name": "c"}],
                      "employer": [{"name": "d"}, {"name": "e"}, {"name": "f"}],
                      "chiefs": {"workers": "a", "employer": "d"}})");
        for (const char* which : {"facts", "law", "individual"})
            way.then("complete_check", (std::string(R"({"which": ")") + which +
                                        R"(", "by": "$person", "findings": "f"})")
                                           .c_str());
        way.then("reach_agreement", R"({"text": "doc", "form": "congress", "members": 9,
                     "present": 9, "for": 9, "on": "$today"})")
            .proposed("collective_contract")
            .signed_by_both()
            .confirming("hr_filing");
        keep(way);
        Way skipped("step_left_out", grade_, policy_, params_);
        keep(skipped.filed(many)
                 .taken(GradeLevel::yellow)
                 .verified(true)
                 .coordinated()
                 .approved("skip_step", "request_skip_step",
                           R"({"reason": "r", "evidence": "doc", "cause": "rights_claim"})"));
        // A request to bargain that is turned down goes to coordination by the authority.
        Way refused("bargaining_refused", grade_, policy_, params_);
        keep(refused.filed(many)
                 .taken(GradeLevel::yellow)
                 .verified(true)
                 .coordinated()
                 .then("request_bargaining", R"({"by": "workers", "delivered_at": "$now"})")
                 .then("answer_bargaining", R"({"accepts": false, "at": "$now"})"));
    }

    const engine::policy::Policy& policy_;
    const Params& params_;
    GradeLevel grade_;
    std::vector<Rehearsal> out_;
};

}  // namespace

std::vector<Rehearsal> Dispute::rehearsals(const engine::policy::Policy& policy,
                                           GradeLevel grade) const {
    const Params params = read_params(policy.params);
    return Ways(policy, params, grade).all();
}

std::vector<Deed> Dispute::exits() const {
    std::vector<Deed> out;
    for (const char* exit : {"party_refused", "party_went_to_arbitration", "withdraw"})
        out.push_back({{}, exit, {{"by", "workers"}}, {}});
    return out;
}

bool Dispute::trapped(const engine::model::Case& kase) const {
    const auto mediation = kase.state_of("mediation");
    return mediation == "applied" || mediation == "open";
}

bool Dispute::ends_at_due(std::string_view clock) const { return expiry_ends(clock); }

// I30. The first talk comes before the mediation has to end, and the way of confirmation is chosen
// while the shorter of its periods runs.
std::vector<std::pair<std::string, std::string>> Dispute::serves() const {
    return {{"st.meeting", "med.end"},
            {"st.meeting", "med.court"},
            {"st.meeting", "med.platform"},
            {"st.route", "agr.arb_review"},
            {"st.route", "agr.judicial_confirm"}};
}

}  // namespace jinqiao::workflows::dispute
