#include "workflows/dispute/children.h"

#include <algorithm>

#include "workflows/dispute/alert.h"
#include "workflows/dispute/carry_out.h"
#include "workflows/dispute/hooks.h"

namespace jinqiao::workflows::dispute {

namespace {

bool moves(const Part& part, const Demand& demand) {
    return part.demands.empty() ||
           std::find(part.demands.begin(), part.demands.end(), demand.id) != part.demands.end();
}

// What is known of the parent holds for its part; what was done about it does not.
Data data_of(const Step& step, const Part& part) {
    Data child;
    child.alert = step.data.alert;
    child.certainty = step.data.certainty;
    child.facts = step.data.facts;
    child.facts.common_claim.clear();  // one of few: not collective by itself
    child.plans = step.data.plans;
    child.acknowledged_post = step.data.acknowledged_post;
    child.site = step.data.site;
    for (const Demand& each : step.data.demands)
        if (moves(part, each)) child.demands.push_back({each.id, each.code, 0, "", "", {}});
    child.parties.push_back({"employer", read_alert(step.data).enterprise.name, 0, ""});
    child.parties.push_back({"workers", "", part.workers, ""});
    set_workers(child, part.workers);
    return child;
}

void lower_parent(Step& step, const Part& part) {
    const auto all = read_alert(step.data).workers();
    if (all > 0) set_workers(step.data, all - part.workers);
    for (Demand& each : step.data.demands)
        if (!part.demands.empty() && moves(part, each) && each.answer.empty()) {
            each.answer = "moved";
            each.answered_at = step.at;
        }
    step.draft.facts_changed();
}

End end_of(std::string to, std::string purpose) {
    End end;
    end.to = std::move(to);
    end.purpose = std::move(purpose);
    return end;
}

}  // namespace

void open_child(Step& step, const Part& part) {
    json::object seed;
    const model::Case& parent = step.kase();
    seed["enterprise_id"] = parent.enterprise.value;
    seed["enterprise_name"] = parent.enterprise_name;
    seed["filer_account"] = parent.filer_account.value;
    seed["filer"] = parent.filer.value;
    seed["noticed_ms"] = time::to_ms(parent.noticed_at);
    seed["exercise"] = parent.exercise;
    seed["restricted"] = parent.confidentiality == model::Confidentiality::restricted;
    seed["owner_post"] = parent.owner.post.value;
    seed["owner_person"] = parent.owner.person.value;
    seed["to"] = part.target;
    seed["by_event"] = step.event;
    seed["exit"] = step.payload();
    seed["at"] = text_of(step.at);
    seed["end"] = part.end;
    seed["data"] = write_data(data_of(step, part));
    lower_parent(step, part);
    step.draft.child(std::move(seed));
}

void start_child(Step& step) {
    const json::object& seed = step.payload();
    step.data = read_data(object(seed, "data"));
    step.at = field<Instant>(seed, "at").value_or(step.draft.now());
    step.save();
    step.draft.own(model::PostId{text(seed, "owner_post")},
                   model::PersonId{text(seed, "owner_person")}, "split");
    step.draft.regrade();
    const auto by = text(seed, "by_event");
    if (by == "party_went_to_arbitration" || by == "refer")
        step.data.end = end_of("arbitration", "decide");
    if (const json::object& end = object(seed, "end"); !end.empty())
        step.data.end = end_of(text(end, "to"), text(end, "purpose"));
    step.event = "child_opened";
}

}  // namespace jinqiao::workflows::dispute
