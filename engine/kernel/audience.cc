#include "engine/kernel/audience.h"

#include <algorithm>
#include <array>

#include "engine/kernel/draft.h"
#include "engine/kernel/sign_for.h"
#include "engine/kernel/workflow.h"

namespace jinqiao::engine::kernel {

using model::Addressee;

namespace {

constexpr std::array<std::string_view, 11> kWords = {
    "owner",    "offeree", "next_deputy",  "fallback", "filer",     "assignee",
    "approver", "told",    "commissioner", "decider",  "task_force"};

class Gathering {
  public:
    void add(Addressee addressee) {
        if (!addressee.id.empty() &&
            std::find(found_.begin(), found_.end(), addressee) == found_.end())
            found_.push_back(std::move(addressee));
    }
    void post(const model::PostId& id) { add({Addressee::Kind::post, id.value}); }
    void person(const model::PersonId& id) { add({Addressee::Kind::person, id.value}); }
    std::vector<Addressee> take() { return std::move(found_); }

  private:
    std::vector<Addressee> found_;
};

// The part of a clock key behind '@': an assignment or request id.
std::string_view subject_of(std::string_view about) {
    const auto at = about.find('@');
    return at == std::string_view::npos ? about : about.substr(at + 1);
}

model::PostId next_deputy(const Draft& draft) {
    for (const auto& deputy : draft.directory().deputies_of(draft.kase.owner.post))
        if (!draft.kase.offer || draft.kase.offer->to != deputy) return deputy;
    return draft.directory().fallback;
}

void add_told(const Draft& draft, Gathering& gathering) {
    for (const auto& assignment : draft.kase.assignments)
        if (assignment.task == "alert" && !assignment.closed_at)
            gathering.add(assignment.addressee);
}

// Who must say who is competent for a task that came back: the owner, then the lead department.
void add_decider(const Draft& draft, const std::string& subject, Gathering& gathering) {
    const auto& routing = draft.policy().routing;
    for (const auto& assignment : draft.kase.assignments) {
        if (assignment.id.value != subject) continue;
        if (!needs_ruling(routing, assignment)) return gathering.post(draft.kase.owner.post);
        if (routing.lead.empty()) return gathering.post(draft.directory().fallback);
        return gathering.add({Addressee::Kind::department, routing.lead});
    }
}

void add_word(const Draft& draft, std::string_view word, std::string_view about,
              Gathering& gathering) {
    const auto& kase = draft.kase;
    const auto subject = std::string(subject_of(about));
    if (word == "owner") return gathering.post(kase.owner.post);
    if (word == "offeree") return gathering.post(kase.offer ? kase.offer->to : model::PostId{});
    if (word == "next_deputy") return gathering.post(next_deputy(draft));
    if (word == "fallback") return gathering.post(draft.directory().fallback);
    if (word == "filer") return gathering.person(kase.filer);
    if (word == "told") return add_told(draft, gathering);
    if (word == "decider") return add_decider(draft, subject, gathering);
    if (word == "task_force" && draft.policy().task_force)
        return gathering.post(draft.policy().task_force->post);
    if (word == "assignee") {
        for (const auto& assignment : kase.assignments)
            if (assignment.id.value == subject) gathering.add(assignment.addressee);
    } else if (word == "approver") {
        if (const auto* request = kase.request(model::RequestId{subject}))
            gathering.post(request->approver);
    } else if (word == "commissioner") {
        for (const auto& [id, person] : draft.directory().people)
            for (const auto& relation : draft.context().workflow->relations(kase, id))
                if (relation == "com") gathering.person(id);
    }
}

}  // namespace

std::span<const std::string_view> audience_words() { return kWords; }

std::vector<Addressee> Draft::audience(const std::vector<std::string>& words,
                                       std::string_view about) const {
    Gathering gathering;
    for (const auto& word : words) {
        if (std::find(kWords.begin(), kWords.end(), word) != kWords.end())
            add_word(*this, word, about, gathering);
        else if (directory().departments.contains(model::DepartmentId{word}))
            gathering.add({Addressee::Kind::department, word});
        else
            gathering.post(local(model::PostId{word}));
    }
    return gathering.take();
}

}  // namespace jinqiao::engine::kernel
