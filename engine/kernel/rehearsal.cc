#include "engine/kernel/rehearsal.h"

#include <algorithm>
#include <charconv>

#include "engine/kernel/workflow.h"
#include "engine/policy/policy.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;
using model::Assignment;
using model::Case;

namespace {

const model::Request* pending(const Case& kase) {
    for (auto each = kase.requests.rbegin(); each != kase.requests.rend(); ++each)
        if (each->state == model::RequestState::pending) return &*each;
    return nullptr;
}

// The last task a department has to answer for.
const Assignment* task(const Case& kase) {
    for (auto each = kase.assignments.rbegin(); each != kase.assignments.rend(); ++each)
        if (each->addressee.kind == model::Addressee::Kind::department && each->needs_sign &&
            !each->closed_at)
            return &*each;
    return nullptr;
}

model::PostId post_of(const Deed& deed, const Case& kase, const policy::Directory& directory) {
    const auto& word = deed.post.value;
    if (word.empty()) return kase.owner.post;
    if (word == "$approver") {
        const auto* request = pending(kase);
        return request == nullptr ? model::PostId{} : request->approver;
    }
    if (word == "$offeree") return kase.offer ? kase.offer->to : model::PostId{};
    if (word != "$assignee") return deed.post;
    const auto* given = task(kase);
    if (given == nullptr) return {};
    const auto department = directory.departments.find(model::DepartmentId{given->addressee.id});
    return department == directory.departments.end() ? model::PostId{} : department->second.desk;
}

// Whoever acts first for the post; of approvers the first who neither asked nor has answered.
std::optional<policy::Acting> first_fit(const Deed& deed, const Case& kase,
                                        const policy::Directory& directory, time::Instant now) {
    const auto* request = deed.post.value == "$approver" ? pending(kase) : nullptr;
    for (const auto& acting : directory.acting(post_of(deed, kase, directory), now)) {
        const auto& done = request == nullptr ? std::vector<model::PersonId>{} : request->approvals;
        if (request != nullptr && acting.person == request->by) continue;
        if (std::find(done.begin(), done.end(), acting.person) == done.end()) return acting;
    }
    return {};
}

class Filling {
  public:
    Filling(Case kase, std::string person, time::Instant now)
        : kase_(std::move(kase)), person_(std::move(person)), now_(now) {}

    void fill(json::value& value) const {
        if (value.is_string() && value.get_string().starts_with("$"))
            value = json::value(word(std::string_view(value.get_string())));
        else if (value.is_array())
            for (auto& item : value.get_array()) fill(item);
        else if (value.is_object())
            fill(value.get_object());
    }
    void fill(json::object& object) const {
        for (auto& [key, value] : object) fill(value);
    }

  private:
    std::string word(std::string_view text) const {
        const time::Calendar plain;
        if (text == "$now") return time::to_rfc3339(now_, plain.utc_offset());
        if (text.starts_with("$today")) {
            int days = 0;
            if (text.size() > 7) std::from_chars(text.data() + 7, text.data() + text.size(), days);
            return time::to_string(plain.local_date(now_) + std::chrono::days{days});
        }
        if (text == "$person") return person_;
        if (const auto* request = pending(kase_); request != nullptr && text == "$request")
            return request->id.value;
        if (const auto* given = task(kase_); given != nullptr && text == "$task")
            return given->id.value;
        return std::string(text);  // no such thing now: refused by its name
    }

    Case kase_;
    std::string person_;
    time::Instant now_;
};

}  // namespace

model::Command command_of(const Deed& deed, const Case& kase, const policy::Directory& directory,
                          time::Instant now) {
    model::Command command;
    command.target = kase.id;
    command.name = deed.action;
    command.payload = deed.payload;
    command.actor.kind = model::Actor::Kind::person;
    if (const auto who = first_fit(deed, kase, directory, now)) {
        command.actor.person = who->person;
        if (const auto via = directory.posts.find(who->via); via != directory.posts.end())
            command.actor.roles = via->second.roles;
    }
    Filling(kase, command.actor.person.value, now).fill(command.payload);
    return command;
}

std::optional<model::Refusal> file_rehearsal(Trial& trial, const Rehearsal& way,
                                             const model::Actor& filer) {
    model::Command file;
    file.target = rehearsed();
    file.name = "file";
    file.payload = filed_as(way, filer, trial.now());
    file.actor = filer;
    return trial.send(file);
}

json::object filed_as(const Rehearsal& way, const model::Actor& filer, time::Instant at) {
    auto alert = way.alert;
    Filling({}, filer.person.value, at).fill(alert);
    return alert;
}

const model::CaseId& rehearsed() {
    static const model::CaseId id{"rehearsal"};
    return id;
}

bool ends_at_due(const Workflow& workflow, const policy::Policy& policy, std::string_view clock) {
    return workflow.ends_at_due(clock) ||
           std::any_of(policy.requests.begin(), policy.requests.end(),
                       [&](const auto& each) { return each.second.answer_clock == clock; });
}

// A workflow that offers no rehearsals is explored no further than filing.
std::vector<Rehearsal> Workflow::rehearsals(const policy::Policy&, model::GradeLevel) const {
    return {};
}
std::vector<Deed> Workflow::exits() const { return {}; }
bool Workflow::trapped(const Case&) const { return false; }
bool Workflow::ends_at_due(std::string_view) const { return false; }
std::vector<std::pair<std::string, std::string>> Workflow::serves() const { return {}; }

}  // namespace jinqiao::engine::kernel
