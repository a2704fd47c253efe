// Merging (3.7): everything the source holds goes to the target, above all its legal dues; undoing
// a merge brings the application and its clocks back.
#include <algorithm>
#include <array>

#include "workflows/dispute/alert.h"
#include "workflows/dispute/effects.h"
#include "workflows/dispute/hooks.h"
#include "workflows/dispute/restore.h"

namespace jinqiao::workflows::dispute {

namespace {

constexpr std::array<std::string_view, 5> application_clocks{
    "med.accept", "med.arb_right", "med.end", "med.platform", "med.court"};

bool going(std::string_view mediation) { return mediation == "applied" || mediation == "open"; }

// --- source
// -------------------------------------------------------------------------------------------

json::array running_clocks(const Step& step) {
    json::array list;
    for (const model::Clock& clock : step.kase().clocks) {
        if (!clock.open() || clock.cls != model::ClockClass::legal) continue;
        json::array extensions;
        for (const time::Budget& each : clock.rule.extensions)
            extensions.emplace_back(time::to_string(each));
        list.push_back(json::object{{"name", clock.name},
                                    {"from", text_of(clock.from)},
                                    {"budget", time::to_string(clock.rule.budget)},
                                    {"extensions", std::move(extensions)},
                                    {"subject", clock.subject},
                                    {"target", clock.by_date ? text_of(clock.due.at) : ""}});
    }
    return list;
}

void merge_into(Step& step) {
    const model::Case& source = step.kase();
    // The payload may name the target by its number; what was read says which case that is.
    const auto& other = step.draft.context().facts->other;
    if (!other) return;
    const model::CaseId target = other->id;
    const auto workers = read_alert(step.data).workers();
    const auto added = std::max<std::int64_t>(workers - number(step.payload(), "overlap"), 0);
    step.data.before_merge = BeforeMerge{step.from[Region::pipeline],
                                         step.from[Region::process],
                                         step.from[Region::mediation],
                                         target.value,
                                         step.at,
                                         {},
                                         workers};
    model::Command command;
    command.target = target;
    command.name = "absorbed";
    command.payload = {
        {"source", source.id.value},
        {"number", source.number},
        {"workers", added},
        {"mediation",
         going(step.from[Region::mediation]) ? step.from[Region::mediation] : std::string("none")},
        {"filer", source.filer.value},
        {"clocks", running_clocks(step)},
        {"data", write_data(step.data)}};
    step.draft.link("merged_into", target);
    step.draft.follow_up(std::move(command));
}

void unmerge(Step& step) {
    if (!step.data.before_merge) return;
    resurrect(step);
    restore_clocks(step, "merged");
    model::Command command;
    command.target = model::CaseId{step.data.before_merge->target};
    command.name = "released";
    command.payload = {{"source", step.kase().id.value}};
    step.draft.follow_up(std::move(command));
    step.data.before_merge.reset();
    step.data.end.reset();
}

// --- target
// -------------------------------------------------------------------------------------------

void absorb_scene(Step& step, const Data& source, Absorbed& absorbed) {
    for (const Demand& each : source.demands) {
        Demand demand = each;
        demand.id = "d" + std::to_string(step.data.demands.size() + 1);
        absorbed.demands.push_back(demand.id);
        step.data.demands.push_back(std::move(demand));
    }
    for (const Behaviour& each : source.behaviours) step.data.behaviours.push_back(each);
    for (Party each : source.parties) {
        each.from_case = absorbed.source;
        step.data.parties.push_back(std::move(each));
    }
    const auto append = [](auto& into, const auto& from) {
        into.insert(into.end(), from.begin(), from.end());
    };
    append(step.data.reports, source.reports);
    append(step.data.documents, source.documents);
    append(step.data.notes, source.notes);
    append(step.data.spreads, source.spreads);
    append(step.data.findings, source.findings);
    step.data.ever_spread = step.data.ever_spread || source.ever_spread;
    step.data.collective = step.data.collective || source.collective;
    set_workers(step.data, read_alert(step.data).workers() + absorbed.workers);
    see_collective(step.data, step.params);
}

// The target's own mediation goes on: what came stays behind it in the list, where
// data.application() does not look.
void absorb_applications(Step& step, const Data& source, Absorbed& absorbed) {
    const bool own_goes_on = going(step.from[Region::mediation]);
    auto& list = step.data.applications;
    for (Application each : source.applications) {
        each.no = static_cast<std::int64_t>(list.size()) + 1;
        each.from_case = absorbed.source;
        absorbed.applications.push_back(each.no);
        if (own_goes_on)
            list.insert(list.end() - 1, std::move(each));
        else
            list.push_back(std::move(each));
    }
}

void absorb_clocks(Step& step) {
    for (const json::object& each : objects(step.payload(), "clocks")) {
        kernel::StartOptions options;
        options.from = field<Instant>(each, "from");
        options.subject = text(each, "subject");
        options.budget = time::parse_budget(text(each, "budget"));
        if (!text(each, "target").empty()) options.target = field<Instant>(each, "target");
        options.new_instance = true;
        auto* clock = step.draft.start(text(each, "name"), options);
        if (clock == nullptr) continue;
        for (const std::string& extension : texts(each, "extensions"))
            if (const auto budget = time::parse_budget(extension))
                step.draft.extend(*clock, *budget);
    }
}

void absorbed(Step& step) {
    const auto& payload = step.payload();
    const Data source = read_data(object(payload, "data"));
    Absorbed absorbed;
    absorbed.source = text(payload, "source");
    absorbed.workers = number(payload, "workers");
    absorb_scene(step, source, absorbed);
    absorb_applications(step, source, absorbed);
    absorb_clocks(step);
    step.data.absorbed.push_back(std::move(absorbed));
    step.draft.link("merged_from", model::CaseId{text(payload, "source")});
    step.draft.facts_changed();
    step.save();
    step.draft.tell("merged", {{"source", text(payload, "number")}});
    // The source's filer stays informed (首问).
    if (const auto filer = text(payload, "filer"); !filer.empty())
        step.draft.notify("merged", {model::Addressee::Kind::person, filer}, {},
                          {{"source", text(payload, "number")}});
}

bool of_source(const Step& step, const model::Clock& clock, std::string_view source) {
    for (const Application& each : step.data.applications)
        if (each.from_case == source &&
            (each.received_at == clock.from || each.accepted_at == clock.from))
            return true;
    return false;
}

void release_clocks(Step& step, std::string_view source) {
    for (model::Clock& clock : step.kase().clocks)
        if (std::find(application_clocks.begin(), application_clocks.end(), clock.name) !=
                application_clocks.end() &&
            of_source(step, clock, source))
            step.draft.finish(clock, model::ClockState::closed, "released");
}

void released(Step& step) {
    const auto source = text(step.payload(), "source");
    auto& list = step.data.absorbed;
    const auto found = std::find_if(list.begin(), list.end(),
                                    [&](const Absorbed& each) { return each.source == source; });
    if (found == list.end()) return;
    release_clocks(step, source);
    set_workers(step.data,
                std::max<std::int64_t>(read_alert(step.data).workers() - found->workers, 0));
    for (Demand& each : step.data.demands)
        if (each.answer.empty() && std::find(found->demands.begin(), found->demands.end(),
                                             each.id) != found->demands.end()) {
            each.answer = "moved";
            each.answered_at = step.at;
        }
    std::erase_if(step.data.applications,
                  [&](const Application& each) { return each.from_case == source; });
    std::erase_if(step.data.parties, [&](const Party& each) { return each.from_case == source; });
    list.erase(found);
    step.draft.facts_changed();
}

constexpr Effect list[] = {{"merge_into", merge_into},
                           {"unmerge", unmerge},
                           {"absorbed", absorbed},
                           {"released", released}};

}  // namespace

std::span<const Effect> merge_effects() { return list; }

}  // namespace jinqiao::workflows::dispute
