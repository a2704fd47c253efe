#include "adapters/http/lens.h"

namespace jinqiao::adapters::http {

using engine::model::Addressee;

std::string Lens::label(std::string_view prefix, std::string_view name) const {
    const auto code = std::string(prefix) + std::string(name);
    return words->has(code) ? say(code) : std::string(name);
}

std::string Lens::remark(const std::string& detail) const {
    const auto code = remark_code(detail);
    return words->has(code) ? say(code) : detail;
}

const engine::kernel::Workflow* Lens::workflow(const std::string& name) const {
    const auto found = world->workflows.find(name);
    return found == world->workflows.end() ? nullptr : found->second.get();
}

const engine::policy::Policy* Lens::policy(const std::string& workflow) const {
    const auto found = world->policies.find(workflow);
    return found == world->policies.end() ? nullptr : found->second.get();
}

std::string Lens::post(const engine::model::PostId& id) const {
    const auto found = world->directory->posts.find(id);
    return found == world->directory->posts.end() ? id.value : found->second.name.in(language);
}

std::string Lens::person(const engine::model::PersonId& id) const {
    const auto found = world->directory->people.find(id);
    return found == world->directory->people.end() ? id.value : found->second.name;
}

std::string Lens::actor_name(const engine::model::PersonId& id) const {
    const bool hidden =
        department_only() && !fields->department.contains("person_names") && id != account.person;
    return hidden ? std::string() : person(id);
}

std::string Lens::actor_name(const engine::model::PersonId& id,
                             const engine::model::Case& kase) const {
    return hidden_filer({Addressee::Kind::person, id.value}, kase) ? say("identity.confidential")
                                                                   : actor_name(id);
}

std::string Lens::actor_id(const engine::model::PersonId& id,
                           const engine::model::Case& kase) const {
    return hidden_filer({Addressee::Kind::person, id.value}, kase) ? std::string("filer")
                                                                   : id.value;
}

std::string Lens::addressee(const Addressee& to) const {
    if (to.kind == Addressee::Kind::post) return post(engine::model::PostId{to.id});
    if (to.kind == Addressee::Kind::person) return person(engine::model::PersonId{to.id});
    const auto& departments = world->directory->departments;
    const auto found = departments.find(engine::model::DepartmentId{to.id});
    return found == departments.end() ? to.id : found->second.name.in(language);
}

bool Lens::hidden_filer(const Addressee& to, const engine::model::Case& kase) const {
    return to.kind == Addressee::Kind::person && !to.id.empty() && to.id == kase.filer.value &&
           hides_filer(kase);
}

std::string Lens::addressee(const Addressee& to, const engine::model::Case& kase) const {
    return hidden_filer(to, kase) ? say("identity.confidential") : addressee(to);
}

std::string Lens::state(const std::string& workflow_name, std::string_view region,
                        std::string_view state) const {
    if (const auto* known = workflow(workflow_name))
        for (const auto& info : known->states())
            if (info.name == state && info.region == region) return info.label.in(language);
    return std::string(state);
}

bool Lens::department_only() const {
    constexpr auto closer =
        relation::owner | relation::offeree | relation::filer | relation::opener;
    return account.has("department") && (relations & closer) == 0 && !sees_all(account.roles);
}

bool Lens::hides_filer(const engine::model::Case& kase) const {
    return in_confidence(kase.data) && (relations & (relation::filer | relation::opener)) == 0;
}

Reading Lens::reading_of(const engine::model::Case& kase) const {
    const bool own = (relations & relation::owner) != 0;
    const bool sealed =
        in_confidence(kase.data) ? !hides_filer(kase) : own || (relations & relation::filer) != 0;
    return {account.person, department_only(), sealed, own};
}

}  // namespace jinqiao::adapters::http
