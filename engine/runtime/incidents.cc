#include "engine/runtime/incidents.h"

#include <algorithm>

#include "engine/runtime/refuse.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using kernel::EarlierCase;

namespace {

constexpr std::size_t most_enterprises = 4096;
// More than a decision reads: the case itself is among them, and one that cannot be read may be.
constexpr std::size_t most_kept = 2 * most_earlier;  // of each kind

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

}  // namespace

model::Result<Incidents::Entry*> Incidents::entry_of(Transaction& tx,
                                                     const model::EnterpriseId& enterprise) {
    if (const auto found = known_.find(enterprise); found != known_.end()) {
        used_.splice(used_.begin(), used_, found->second.use);
        return &found->second;
    }
    auto filings = tx.batch().filings_of(enterprise, tx.now() - earlier_window);
    if (!filings) return filings.error();
    Entry entry;
    std::size_t kept[2] = {0, 0};
    for (auto& filing : *filings)
        if (kept[filing.exercise ? 1 : 0]++ < most_kept)
            entry.cases.push_back({std::move(filing), {}});
    if (known_.size() >= most_enterprises) forget(model::EnterpriseId(used_.back()));
    used_.push_front(enterprise);
    entry.use = used_.begin();
    read_now_.push_back(enterprise);
    return &known_.emplace(enterprise, std::move(entry)).first->second;
}

model::Result<std::vector<EarlierCase>> Incidents::before(Transaction& tx,
                                                          const model::EnterpriseId& enterprise,
                                                          const model::CaseId& self,
                                                          bool exercise) {
    if (enterprise.empty()) return Cases{};
    auto entry = entry_of(tx, enterprise);
    if (!entry) return entry.error();
    const auto counts = [&](const model::CaseId& id, time::Instant filed_at) {
        return id != self && filed_at >= tx.now() - earlier_window;
    };
    // As this transaction has made them, before as they were.
    Cases out;
    tx.each_changed([&](const model::Case& kase) {
        if (kase.enterprise == enterprise && kase.exercise == exercise &&
            counts(kase.id, kase.filed_at))
            out.push_back(in_short(kase, tx.world(), tx.now()));
    });
    const std::size_t changed = out.size();
    std::size_t unchanged = 0;
    for (Known& known : (*entry)->cases) {
        if (unchanged >= most_earlier) break;
        if (known.filing.exercise != exercise || !counts(known.filing.kase, known.filing.at) ||
            tx.changed(known.filing.kase))
            continue;
        if (!known.in_short) {
            auto snapshot = tx.find(known.filing.kase);
            if (!snapshot && ends_batch(snapshot.error().code)) return snapshot.error();
            // An earlier case that cannot be read must not keep this one from being decided.
            if (!snapshot || !*snapshot) continue;
            known.in_short = in_short(*(*snapshot)->kase, tx.world(), tx.now());
        }
        out.push_back(*known.in_short);
        ++unchanged;
    }
    if (changed > 0) std::sort(out.begin(), out.end(), newer);
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

// What a case was in short is worked out again when it is next asked for.
void Incidents::put(std::vector<Known>& cases, const model::Case& kase) {
    const auto same = [&](const Known& known) { return known.filing.kase == kase.id; };
    if (const auto found = std::find_if(cases.begin(), cases.end(), same); found != cases.end())
        return found->in_short.reset();
    const ports::Filing filing{kase.id, kase.filed_at, kase.exercise};
    const auto later = [](const ports::Filing& left, const Known& right) {
        return std::tie(left.at, left.kase) > std::tie(right.filing.at, right.filing.kase);
    };
    cases.insert(std::upper_bound(cases.begin(), cases.end(), filing, later), {filing, {}});
    const auto alike = [&](const Known& known) { return known.filing.exercise == kase.exercise; };
    if (std::count_if(cases.begin(), cases.end(), alike) <= static_cast<std::ptrdiff_t>(most_kept))
        return;
    cases.erase(std::next(std::find_if(cases.rbegin(), cases.rend(), alike)).base());
}

void Incidents::committed(const Transaction& tx) {
    tx.each_changed([&](const model::Case& kase) {
        const auto found = known_.find(kase.enterprise);
        if (found != known_.end()) put(found->second.cases, kase);
    });
}

}  // namespace jinqiao::engine::runtime
