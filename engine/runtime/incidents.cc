#include "engine/runtime/incidents.h"

#include <algorithm>

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using kernel::EarlierCase;

namespace {

constexpr std::size_t most_enterprises = 4096;

std::string text_of(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

std::int64_t number_of(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_number() ? value->to_number<std::int64_t>() : 0;
}

bool flag_of(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

EarlierCase in_short(const model::Case& kase, const World& world, time::Instant now) {
    EarlierCase out;
    out.id = kase.id;
    out.number = kase.number;
    out.filed_at = kase.filed_at;
    out.open = kase.open;
    out.exercise = kase.exercise;
    out.child = std::any_of(kase.links.begin(), kase.links.end(),
                            [](const model::Link& link) { return link.kind == "parent"; });
    if (!kase.regions.empty()) out.state = kase.regions.front().state;
    const auto workflow = world.workflows.find(kase.workflow);
    if (workflow == world.workflows.end()) return out;
    const auto facts = workflow->second->facts(kase, now);
    out.cause = text_of(facts, "cause");
    out.workers = number_of(facts, "workers");
    out.collective = flag_of(facts, "collective");
    return out;
}

// Newest first; of one instant the later id.
bool newer(const EarlierCase& left, const EarlierCase& right) {
    return std::tie(left.filed_at, left.id) > std::tie(right.filed_at, right.id);
}

std::size_t count(const std::vector<EarlierCase>& cases, bool exercise) {
    return static_cast<std::size_t>(
        std::count_if(cases.begin(), cases.end(),
                      [&](const EarlierCase& one) { return one.exercise == exercise; }));
}

void put(std::vector<EarlierCase>& cases, EarlierCase one) {
    const bool exercise = one.exercise;
    std::erase_if(cases, [&](const EarlierCase& known) { return known.id == one.id; });
    cases.insert(std::upper_bound(cases.begin(), cases.end(), one, newer), std::move(one));
    // One more than a decision reads: the case itself may be among them.
    if (count(cases, exercise) <= most_earlier + 1) return;
    const auto oldest = std::find_if(cases.rbegin(), cases.rend(), [&](const EarlierCase& each) {
        return each.exercise == exercise;
    });
    cases.erase(std::next(oldest).base());
}

}  // namespace

model::Result<Incidents::Cases*> Incidents::cases_of(Transaction& tx,
                                                     const model::EnterpriseId& enterprise) {
    if (const auto found = known_.find(enterprise); found != known_.end()) {
        used_.splice(used_.begin(), used_, found->second.use);
        return &found->second.cases;
    }
    auto rows = tx.batch().cases_of(enterprise, tx.now() - earlier_window);
    if (!rows) return rows.error();
    Cases cases;
    for (const auto& row : *rows) {
        if (count(cases, row.exercise) > most_earlier) continue;
        auto snapshot = tx.find(row.id);
        if (!snapshot && ends_batch(snapshot.error().code)) return snapshot.error();
        // An earlier case that cannot be read must not keep this one from being decided.
        if (snapshot && *snapshot)
            cases.push_back(in_short(*(*snapshot)->kase, tx.world(), tx.now()));
    }
    if (known_.size() >= most_enterprises) forget(model::EnterpriseId(used_.back()));
    used_.push_front(enterprise);
    read_now_.push_back(enterprise);
    return &known_.emplace(enterprise, Entry{std::move(cases), used_.begin()}).first->second.cases;
}

model::Result<std::vector<EarlierCase>> Incidents::before(Transaction& tx,
                                                          const model::EnterpriseId& enterprise,
                                                          const model::CaseId& self,
                                                          bool exercise) {
    if (enterprise.empty()) return Cases{};
    auto known = cases_of(tx, enterprise);
    if (!known) return known.error();
    Cases out = **known;
    tx.each_changed([&](const model::Case& kase) {
        if (kase.enterprise == enterprise) put(out, in_short(kase, tx.world(), tx.now()));
    });
    std::erase_if(out, [&](const EarlierCase& each) {
        return each.id == self || each.exercise != exercise ||
               each.filed_at < tx.now() - earlier_window;
    });
    if (out.size() > most_earlier) out.resize(most_earlier);
    return out;
}

void Incidents::forget(const model::EnterpriseId& enterprise) {
    const auto found = known_.find(enterprise);
    if (found == known_.end()) return;
    used_.erase(found->second.use);
    known_.erase(found);
}

void Incidents::undo() {
    for (const auto& enterprise : read_now_) forget(enterprise);
    read_now_.clear();
}

void Incidents::committed(const Transaction& tx) {
    tx.each_changed([&](const model::Case& kase) {
        const auto found = known_.find(kase.enterprise);
        if (found != known_.end()) put(found->second.cases, in_short(kase, tx.world(), tx.now()));
    });
}

}  // namespace jinqiao::engine::runtime
