#include "engine/runtime/facts.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;

namespace {

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

bool is_child(const model::Case& kase) {
    for (const auto& link : kase.links)
        if (link.kind == "parent") return true;
    return false;
}

kernel::EarlierCase summary_of(const model::Case& kase, const World& world, time::Instant now) {
    kernel::EarlierCase earlier;
    earlier.id = kase.id;
    earlier.number = kase.number;
    earlier.filed_at = kase.filed_at;
    earlier.open = kase.open;
    earlier.child = is_child(kase);
    if (!kase.regions.empty()) earlier.state = kase.regions.front().state;
    const auto workflow = world.workflows.find(kase.workflow);
    if (workflow == world.workflows.end()) return earlier;
    const auto facts = workflow->second->facts(kase, now);
    earlier.cause = text_of(facts, "cause");
    earlier.workers = number_of(facts, "workers");
    earlier.collective = flag_of(facts, "collective");
    return earlier;
}

model::Status add_earlier(Transaction& tx, const FactsQuestion& question, kernel::Facts& facts) {
    if (question.enterprise.empty()) return model::Done{};
    auto rows = tx.batch().cases_of(question.enterprise, tx.now() - earlier_window);
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
        if (row.id == question.kase) continue;
        auto snapshot = tx.find(row.id);
        if (!snapshot && ends_batch(snapshot.error().code)) return snapshot.error();
        // An earlier case that cannot be read must not keep this one from being decided.
        if (!snapshot || !*snapshot) continue;
        facts.earlier.push_back(summary_of(*(*snapshot)->kase, tx.world(), tx.now()));
    }
    return model::Done{};
}

// payload.target names a case by id or by number.
model::Status add_other(Transaction& tx, const FactsQuestion& question, kernel::Facts& facts) {
    const std::string target = text_of(*question.payload, "target");
    if (target.empty()) return model::Done{};
    auto snapshot = tx.find(model::CaseId{target});
    if (!snapshot) return snapshot.error();
    if (!*snapshot) {
        auto row = tx.batch().find_number(target);
        if (!row) return row.error();
        if (!*row) return model::Done{};
        snapshot = tx.find((*row)->id);
        if (!snapshot) return snapshot.error();
    }
    if (*snapshot) facts.other = *(*snapshot)->kase;
    return model::Done{};
}

}  // namespace

model::Result<kernel::Facts> gather(Transaction& tx, const FactsQuestion& question) {
    kernel::Facts facts;
    facts.directory = &tx.directory();
    auto earlier = add_earlier(tx, question, facts);
    if (!earlier) return earlier.error();
    auto other = add_other(tx, question, facts);
    if (!other) return other.error();
    return facts;
}

}  // namespace jinqiao::engine::runtime
