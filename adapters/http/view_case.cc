#include <algorithm>
#include <array>

#include "adapters/http/json_text.h"
#include "adapters/http/papers.h"
#include "adapters/http/view.h"
#include "engine/kernel/sign_for.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using namespace engine::model;

namespace {

constexpr std::size_t usual_members = 48;

json::value value_or(const json::object& from, std::string_view key, json::value fallback) {
    const auto* value = from.if_contains(key);
    return value ? *value : std::move(fallback);
}

void add_identity(const Case& kase, const Lens& lens, json::object& out) {
    out["id"] = kase.id.value;
    out["number"] = kase.number;
    out["workflow"] = kase.workflow;
    out["workflow_version"] = kase.workflow_version;
    out["policy"] = kase.policy.value;
    out["stage"] = kase.stage;
    out["stage_label"] = lens.label("stage.", kase.stage);
    const auto state = kase.regions.empty() ? std::string_view{} : kase.regions.front().state;
    const auto region = kase.regions.empty() ? std::string_view{} : kase.regions.front().name;
    out["state"] = state;
    out["state_label"] = lens.state(kase.workflow, region, state);
    json::object regions;
    for (const auto& one : kase.regions) regions[one.name] = one.state;
    out["regions"] = std::move(regions);
    out["open"] = kase.open;
    out["exercise"] = kase.exercise;
    out["confidentiality"] =
        kase.confidentiality == Confidentiality::restricted ? "restricted" : "normal";
    out["version"] = kase.version;
    out["seq"] = kase.seq;
    out["filed_at"] = lens.instant(kase.filed_at);
    out["noticed_at"] = lens.instant(kase.noticed_at);
    if (kase.ended_at)
        out["ended_at"] = lens.instant(*kase.ended_at);
    else
        out["ended_at"] = nullptr;
}

void add_grade(const Case& kase, const Lens& lens, json::object& out) {
    const auto& grade = kase.grade;
    const auto level = std::string(name(grade.effective));
    out["grade"] = level;
    out["grade_label"] = lens.say("grade." + level);
    json::array reasons;
    for (const auto& reason : grade.reasons)
        reasons.push_back(
            json::object{{"rule", reason.rule}, {"text", reason.text.in(lens.language)}});
    out["grade_reasons"] = std::move(reasons);
    const auto named = [](const std::optional<GradeLevel>& maybe) -> json::value {
        if (!maybe) return nullptr;
        return json::string(name(*maybe));
    };
    out["grade_detail"] = {{"computed", name(grade.computed)},
                           {"granted", named(grade.granted)},
                           {"granted_on", named(grade.granted_on)},
                           {"floor", named(grade.floor)},
                           {"effective", level}};
}

void add_custody(const Case& kase, const Lens& lens, json::object& out) {
    out["owner"] = view_owner(kase.owner.post, kase.owner.person, lens, out.storage());
    if (!kase.offer) {
        out["offer"] = nullptr;
        return;
    }
    const auto& offer = *kase.offer;
    const auto* clock = kase.clock("st.handover");
    out["offer"] = {{"to", offer.to.value},
                    {"to_name", lens.post(offer.to)},
                    {"by_post", offer.by_post.value},
                    {"by", offer.by.value},
                    {"at", lens.instant(offer.at)},
                    {"note", offer.note},
                    {"forced", offer.forced},
                    {"due_at", clock && clock->open() ? json::value(lens.instant(clock->due.at))
                                                      : json::value(nullptr)}};
}

template <class List, class View>
json::array listed(const List& list, View view, const Memory& memory = {}) {
    json::array out(memory);
    out.reserve(list.size());
    for (const auto& item : list) out.push_back(view(item));
    return out;
}

// The clock that ends first stands first; those that have ended come after the running ones.
json::array clocks_of(const Case& kase, const Lens& lens, const Memory& memory) {
    std::vector<const Clock*> order;
    for (const auto& clock : kase.clocks) order.push_back(&clock);
    std::stable_sort(order.begin(), order.end(), [](const Clock* a, const Clock* b) {
        if (a->open() != b->open()) return a->open();
        return a->due.at < b->due.at;
    });
    return listed(
        order, [&](const Clock* clock) { return view_clock(*clock, kase, lens, memory); }, memory);
}

bool reached(const Assignment& assignment) {
    return assignment.delivered_at || assignment.signed_at ||
           assignment.state != AssignmentState::told;
}

// Every alert goes to the union side and to the government side; a side that nobody of was reached
// must be seen at once.
json::object side(const Case& kase, const std::vector<std::string>& departments) {
    int told = 0;
    bool any_reached = false;
    for (const auto& assignment : kase.assignments) {
        if (assignment.addressee.kind != Addressee::Kind::department) continue;
        if (std::find(departments.begin(), departments.end(), assignment.addressee.id) ==
            departments.end())
            continue;
        ++told;
        any_reached = any_reached || reached(assignment);
    }
    return {{"told", told}, {"reached", any_reached}};
}

json::object sides_of(const Case& kase, const Lens& lens) {
    const auto* policy = lens.policy(kase.workflow);
    if (!policy) return {};
    return {{"union", side(kase, policy->routing.union_side)},
            {"government", side(kase, policy->routing.government_side)}};
}

// How far each group of those who were told has got with signing, and how many are enough.
json::array answers_of(const Case& kase, const Lens& lens) {
    const auto* policy = lens.policy(kase.workflow);
    if (!policy) return {};
    return listed(engine::kernel::answers(kase, policy->routing), [](const auto& group) {
        return json::object{
            {"group", group.group},       {"told", group.told},
            {"signed", group.signed_for}, {"accepted", group.accepted},
            {"returned", group.returned}, {"enough", group.enough > 0 ? group.enough : group.told},
            {"reached", group.reached()}};
    });
}

// Whether the name of whoever reported is kept from this reader, and who has seen it, when and why.
json::object identity_of(const Case& kase, const Lens& lens) {
    json::array openings;
    if (const auto* all = kase.data.if_contains("openings");
        all && all->is_array() && !lens.department_only())
        for (const auto& each : all->get_array()) {
            const auto& opening = each.as_object();
            const PersonId by{text_of(opening, "by")}, approver{text_of(opening, "approver")};
            openings.push_back(json::object{{"request", text_of(opening, "request")},
                                            {"by", by.value},
                                            {"by_name", lens.actor_name(by, kase)},
                                            {"approver", approver.value},
                                            {"approver_name", lens.actor_name(approver, kase)},
                                            {"reason", text_of(opening, "reason")},
                                            {"at", text_of(opening, "at")},
                                            {"until", text_of(opening, "until")}});
        }
    return {{"sealed", lens.hides_filer(kase)},
            {"filed_by_me", (lens.relations & relation::filer) != 0},
            {"openings", std::move(openings)}};
}

// The parts of the workflow's data that every answer has under their own names; the rest is `data`.
void add_data(const Case& kase, const Lens& lens, json::object& out) {
    auto data = visible(kase.data, *lens.fields, lens.reading_of(kase), lens.personal);
    if (lens.hides_filer(kase))
        for (auto& member : data) hide_filer(member.value(), kase);
    const auto alert = part(data, "alert");
    auto enterprise = part(alert, "enterprise");
    enterprise["id"] = kase.enterprise.value;
    if (!kase.enterprise_name.empty()) enterprise["name"] = kase.enterprise_name;
    out["enterprise"] = std::move(enterprise);
    out["event"] = part(alert, "event");
    out["reporter"] = part(alert, "reporter");
    out["filing"] = value_or(alert, "filing", "identified");
    out["note"] = value_or(alert, "note", "");
    for (const std::string_view list : {"behaviours", "demands", "parties"})
        out[list] = value_or(data, list, json::array{});
    out["identity"] = identity_of(kase, lens);
    for (const std::string_view shown :
         {"alert", "behaviours", "demands", "parties", "documents", "openings"})
        data.erase(shown);
    out["documents"] = view_documents(kase, lens);
    out["data"] = std::move(data);
}

void add_outlook(const Case& kase, const Lens& lens, json::object& out) {
    json::array missing;
    json::value next;
    std::string code;
    if (const auto* workflow = lens.workflow(kase.workflow)) {
        for (const auto& field : workflow->missing(kase)) missing.emplace_back(field);
        if (const auto step = workflow->next_step(kase); !step.code.empty()) {
            next = json::string(lens.words->text(step, lens.language));
            code = step.code.substr(step.code.find('.') + 1);
        }
    }
    out["missing"] = std::move(missing);
    out["next_step"] = std::move(next);
    out["next_code"] = code;  // "next.verify" is "verify": for programs that offer a button
}

}  // namespace

json::object view_case(const Case& kase, const Lens& lens, const Memory& memory) {
    json::object out(memory);
    out.reserve(usual_members);
    add_identity(kase, lens, out);
    add_grade(kase, lens, out);
    add_custody(kase, lens, out);
    out["clocks"] = clocks_of(kase, lens, memory);
    add_outlook(kase, lens, out);
    add_data(kase, lens, out);
    out["requests"] = listed(kase.requests, [&](const engine::model::Request& request) {
        return view_request(request, kase, lens);
    });
    out["assignments"] = listed(
        kase.assignments,
        [&](const Assignment& assignment) {
            return view_assignment(assignment, kase, lens, memory);
        },
        memory);
    out["links"] = listed(kase.links, [](const Link& link) {
        return json::object{{"kind", link.kind}, {"case", link.other.value}};
    });
    out["sides"] = sides_of(kase, lens);
    out["answers"] = answers_of(kase, lens);
    return out;
}

Lens closer(const Lens& lens, const Case& kase) {
    Lens out = lens;
    out.relations = relations_of(lens.account, kase, *lens.world->directory, lens.now);
    return out;
}

json::object view_row(const engine::ports::CaseRow& row, const Lens& lens) {
    json::object out{
        {"id", row.id.value},
        {"number", row.number},
        {"workflow", row.workflow},
        {"stage", row.stage},
        {"stage_label", lens.label("stage.", row.stage)},
        {"state", row.state},
        {"grade", row.grade},
        {"grade_label", lens.say("grade." + row.grade)},
        {"owner", view_owner(PostId{row.owner_post}, {}, lens)},
        {"enterprise", json::object{{"id", row.enterprise_id}, {"name", row.enterprise_name}}},
        {"open", row.open},
        {"exercise", row.exercise},
        {"restricted", row.restricted},
        {"filed_at", lens.instant(row.filed_at)},
        {"next_due", nullptr},
        {"overdue", false},
        {"version", row.version}};
    const auto* workflow = lens.workflow(row.workflow);
    const auto region = workflow && !workflow->states().empty()
                            ? std::string_view(workflow->states().front().region)
                            : std::string_view{};
    out["state_label"] = lens.state(row.workflow, region, row.state);
    if (row.next_due) {
        out["next_due"] = lens.instant(*row.next_due);
        out["overdue"] = *row.next_due <= lens.now;
    }
    return out;
}

}  // namespace jinqiao::adapters::http
