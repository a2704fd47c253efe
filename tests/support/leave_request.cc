#include "tests/support/leave_request.h"

#include <algorithm>

#include "tests/support/leave_steps.h"

namespace jinqiao::tests {

namespace json = boost::json;
namespace kernel = engine::kernel;
namespace model = engine::model;
using kernel::Action;
using kernel::Field;
using kernel::Fields;
using kernel::FieldType;
using kernel::StateInfo;

namespace {

// The whole machine. A row whose target is "=" moves nothing; "" as source is any open state.
const std::vector<LeaveRow>& table() {
    static const std::vector<LeaveRow> rows = {
        // region   source      action                 target       gates
        {"leave", "drafted", "ask", "asked", {}},
        {"leave", "asked", "grant", "granted", {"G.running", "G.two"}},
        {"leave", "asked", "refuse", "refused", {"G.running"}},
        {"leave", "", "change_days", "=", {}},
        {"leave", "", "split", "=", {"G.split"}},
        {"leave", "", "add_note", "=", {}},
        {"leave", "", "raise_grade", "=", {}},
        {"leave", "", "request_lower_grade", "=", {"G.one_request"}},
        {"leave", "", "request_long_leave", "=", {"G.one_request"}},
        {"leave", "asked", "request_suspension", "=", {"G.one_request"}},
        {"leave", "", "extend", "=", {}},
        {"leave", "", "approve_request", "=", {"G.pending", "G.second_person"}},
        {"leave", "", "reject_request", "=", {"G.pending", "G.second_person"}},
        {"clock", "suspended", "resume", "running", {}},
        {"custody", "held", "offer_handover", "=", {"G.addressee"}},
        {"custody", "offered", "recall_handover", "=", {}},
        {"custody", "offered", "accept_handover", "=", {}},
        {"custody", "offered", "decline_handover", "=", {}},
    };
    return rows;
}

Field field(std::string name, FieldType type, bool required, std::string zh, std::string en) {
    Field out;
    out.name = std::move(name);
    out.type = type;
    out.required = required;
    out.title = {std::move(zh), std::move(en)};
    return out;
}

Field days() {
    auto out = field("days", FieldType::integer, true, "天数", "days");
    out.least = 1;
    return out;
}

Field reason() { return field("reason", FieldType::text, true, "理由", "reason"); }

Field grade() {
    auto out = field("to", FieldType::code, true, "等级", "grade");
    for (auto level : {model::GradeLevel::blue, model::GradeLevel::yellow,
                       model::GradeLevel::orange, model::GradeLevel::red})
        out.codes.push_back({std::string(model::name(level)), {}});
    return out;
}

Field enterprise() {
    auto out = field("enterprise", FieldType::object, false, "企业", "enterprise");
    out.fields = {field("id", FieldType::text, false, "编号", "id"),
                  field("name", FieldType::text, false, "名称", "name")};
    return out;
}

Action action(std::string name, std::string zh, std::string en, std::vector<std::string> who,
              Fields payload) {
    payload.push_back(field("note", FieldType::text, false, "备注", "note"));
    payload.push_back(
        field("occurred_at", FieldType::instant, false, "发生时间", "when it happened"));
    Action out;
    out.name = std::move(name);
    out.label = {std::move(zh), std::move(en)};
    out.who = std::move(who);
    out.payload = std::move(payload);
    return out;
}

std::vector<Action> make_actions() {
    const auto request = field("request", FieldType::reference, true, "申请", "request");
    const auto post = field("to", FieldType::post, true, "接收岗位", "receiving post");
    const auto budget = field("budget", FieldType::budget, true, "延长", "more time");
    const auto until = field("until", FieldType::instant, true, "截止", "until");
    auto note = field("text", FieldType::text, true, "内容", "text");
    note.max_length = 200;
    std::vector<Action> all = {
        action("file", "填写", "Draft", {"enterprise_union", "duty_officer"},
               {days(), enterprise(), field("urgent", FieldType::boolean, false, "紧急", "urgent"),
                field("exercise", FieldType::boolean, false, "演练", "exercise"),
                field("filing", FieldType::text, false, "方式", "filing")}),
        action("ask", "提出", "Ask", {"own", "filer"}, {}),
        action("grant", "准假", "Grant", {"own"}, {}),
        action("refuse", "不准", "Refuse", {"own"}, {reason()}),
        action("change_days", "改天数", "Change days", {"own", "filer", "department"}, {days()}),
        action("split", "拆分", "Split", {"own"}, {days()}),
        action("add_note", "记事", "Note", {"own", "filer", "department", "cover"}, {note}),
        action("raise_grade", "提级", "Raise grade", {"own", "supervisor"}, {grade(), reason()}),
        action("request_lower_grade", "申请降级", "Ask to lower", {"own"}, {grade(), reason()}),
        action("request_long_leave", "申请长假", "Ask for long leave", {"own"}, {reason()}),
        action("request_suspension", "申请中止", "Ask to suspend", {"own"}, {until, reason()}),
        action("extend", "延时", "More time", {"supervisor"}, {budget}),
        action("approve_request", "批准", "Approve", {"approver"}, {request, reason()}),
        action("reject_request", "驳回", "Reject", {"approver"}, {request, reason()}),
        action("resume", "恢复", "Resume", {"own"}, {}),
        action("offer_handover", "提请移交", "Offer", {"own", "supervisor"}, {post, reason()}),
        action("recall_handover", "撤回移交", "Recall", {"own", "supervisor"}, {}),
        action("accept_handover", "接收", "Accept", {"addressee"}, {}),
        action("decline_handover", "不接收", "Decline", {"addressee"}, {reason()}),
    };
    all[6].light = true;
    return all;
}

std::vector<StateInfo> make_states() {
    const auto state = [](std::string name, std::string region, std::string stage, bool initial) {
        StateInfo out;
        out.label = {name, name};
        out.name = std::move(name);
        out.region = std::move(region);
        out.stage = std::move(stage);
        out.initial = initial;
        return out;
    };
    return {state("drafted", "leave", "warn", true),   state("asked", "leave", "coordinate", false),
            state("granted", "leave", "ended", false), state("refused", "leave", "ended", false),
            state("running", "clock", {}, true),       state("suspended", "clock", {}, false),
            state("held", "custody", {}, true),        state("offered", "custody", {}, false)};
}

bool fits(const LeaveRow& row, const model::Case& kase) {
    return kase.open && (row.source.empty() || kase.state_of(row.region) == row.source);
}

class LeaveRequest : public kernel::Workflow {
  public:
    std::string_view name() const override { return "leave_request"; }
    std::string version() const override { return "leave-1"; }
    std::span<const StateInfo> states() const override {
        static const auto all = make_states();
        return all;
    }
    std::span<const Action> actions() const override {
        static const auto all = make_actions();
        return all;
    }
    std::vector<kernel::Row> rows() const override {
        std::vector<kernel::Row> out;
        for (const auto& row : table())
            out.push_back({row.region,
                           row.source,
                           row.action,
                           row.target == "=" ? row.source : row.target,
                           row.gates,
                           {}});
        return out;
    }
    std::span<const std::string> fact_names() const override {
        static const std::vector<std::string> all = {"days", "urgent"};
        return all;
    }
    std::span<const std::string> clock_names() const override {
        static const std::vector<std::string> all = {"st.ask",    "st.decide",   "law.answer",
                                                     "sus.until", "st.handover", "st.answer",
                                                     "asg.sign",  "arch.keep"};
        return all;
    }
    std::span<const std::string> notice_names() const override {
        static const std::vector<std::string> all = {"leave_asked", "leave_answered"};
        return all;
    }

    json::object facts(const model::Case& kase, engine::time::Instant) const override {
        json::object out;
        for (const auto* name : {"days", "urgent"})
            if (const auto* value = kase.data.if_contains(name)) out[name] = *value;
        return out;
    }

    std::optional<model::Refusal> step(kernel::Draft& draft) const override {
        const auto& event = draft.command().name;
        if (event == "file" || event == "open_child") return leave_opened(draft);
        for (const auto& row : table()) {
            if (row.action != event || !fits(row, draft.kase)) continue;
            auto reasons = unmet(row.gates, draft, true);
            if (!reasons.empty())
                return model::Refusal{model::Refusal::Kind::blocked, std::move(reasons)};
            return leave_step(draft, row);
        }
        return model::Refusal{model::Refusal::Kind::no_transition, {no_row(draft.kase, event)}};
    }

    std::vector<model::Message> blocked(const kernel::Draft& draft,
                                        const Action& action) const override {
        for (const auto& row : table())
            if (row.action == action.name && fits(row, draft.kase))
                return unmet(row.gates, draft, false);
        return {no_row(draft.kase, action.name)};
    }

    bool expired(kernel::Draft& draft, model::Clock& clock) const override {
        if (clock.name != "sus.until") return false;
        draft.finish(clock, model::ClockState::met, "resumed");
        leave_resumed(draft);
        return true;
    }

    bool wants_unrolled(const model::Clock& clock) const override {
        return clock.name == "law.answer";
    }
    void unrolled(kernel::Draft& draft, model::Clock& clock) const override {
        draft.record("unrolled", {{"clock", clock.key()}});
    }

    void raise_tier(kernel::Draft& draft) const override { draft.record("tier_raised"); }

    void stalled(kernel::Draft& draft) const override {
        draft.start("st.ask", {.from = draft.now()});
    }

    void answered(kernel::Draft& draft, model::Request& request) const override {
        leave_answered(draft, request);
    }

    std::vector<std::string> relations(const model::Case& kase,
                                       const model::PersonId& person) const override {
        const auto* cover = kase.data.if_contains("cover");
        if (cover && cover->is_string() && cover->get_string() == person.value) return {"cover"};
        return {};
    }

    model::Message next_step(const model::Case& kase) const override {
        return {"leave.next." + std::string(kase.state_of("leave")), {}};
    }
    std::vector<std::string> missing(const model::Case& kase) const override {
        if (kase.data.contains("urgent")) return {};
        return {"urgent"};
    }

  private:
    static model::Message no_row(const model::Case& kase, const std::string& event) {
        return {"no_transition",
                {{"state", std::string(kase.state_of("leave"))}, {"action", event}}};
    }

    // With the payload at hand every gate is asked; without it those that do not need it.
    static std::vector<model::Message> unmet(const std::vector<std::string>& gates,
                                             const kernel::Draft& draft, bool with_payload) {
        std::vector<model::Message> out;
        for (const auto& gate : gates)
            if (auto reason = leave_gate(gate, draft, with_payload)) out.push_back(*reason);
        return out;
    }
};

}  // namespace

std::unique_ptr<kernel::Workflow> leave_request() { return std::make_unique<LeaveRequest>(); }

}  // namespace jinqiao::tests
