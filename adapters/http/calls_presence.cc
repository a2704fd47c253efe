// Two people at one case: who else has a form of it open now.
#include "adapters/http/api.h"
#include "adapters/http/json_text.h"
#include "adapters/http/rights.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::Message;

namespace {

constexpr std::size_t longest_form = 100;

// What they do, by the label of the action; by nothing where it is none of the workflow's.
std::string label_of(const std::string& form, const engine::model::Case& kase, const Lens& lens) {
    if (const auto* workflow = lens.workflow(kase.workflow))
        for (const auto& action : workflow->actions())
            if (action.name == form) return action.label.in(lens.language);
    return {};
}

json::object shown(const Presence::Entry& entry, const engine::model::Case& kase,
                   const Lens& lens) {
    const auto posts = lens.world->directory->posts_of(entry.person, lens.now);
    return {{"person_name", lens.actor_name(entry.person)},
            {"post_name", posts.empty() ? std::string() : lens.post(posts.front())},
            {"form", entry.form},
            {"form_label", label_of(entry.form, kase, lens)}};
}

Response others_of(Presence& presence, const Call& call, const engine::model::Case& kase) {
    json::array items;
    for (const auto& each : presence.others(kase.id.value, call.account().id, call.lens.now)) {
        const bool filer = each.account == kase.filer_account ||
                           (!each.person.empty() && each.person == kase.filer);
        if (filer && call.lens.hides_filer(kase)) continue;
        items.push_back(shown(each, kase, call.lens));
    }
    return json_response(200, json::object{{"items", std::move(items)}});
}

}  // namespace

Reply Api::presence(Call& call) {
    auto seen = find(call, call.args[0], Right::see);
    if (!seen) return answered(seen.problem(), call.lens);
    return others_of(presence_, call, *seen->kase);
}

Reply Api::be_present(Call& call) {
    auto seen = find(call, call.args[0], Right::act);
    if (!seen) return answered(seen.problem(), call.lens);
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    const auto* said = payload->if_contains("form");
    const auto form = text_of(*payload, "form");
    if (!said || !said->is_string() || payload->size() != 1 || form.size() > longest_form)
        return answered(
            Problem::fault(422, "invalid_payload", "form",
                           Message{"payload.type", {{"field", "form"}, {"expected", "string"}}}),
            call.lens);
    const auto& id = seen->kase->id.value;
    const auto& account = call.account();
    const bool news = form.empty()
                          ? presence_.leave(id, account.id, call.lens.now)
                          : presence_.enter({id, account.id, account.person, form}, call.lens.now);
    if (news) tell_presence(*seen->kase);
    return others_of(presence_, call, *seen->kase);
}

// No names: whoever may see the case asks who it is, with the rights they have then.
void Api::tell_presence(const engine::model::Case& kase) {
    const auto world = parts_.world->get();
    const auto now = parts_.core->now();
    for (auto* watcher : Watchers(watchers_)) {
        watcher->somebody_writes(kase, *world, now);
        if (watcher->has_text() && watcher->wake) watcher->wake();
    }
}

}  // namespace jinqiao::adapters::http
