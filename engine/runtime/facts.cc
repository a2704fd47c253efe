#include "engine/runtime/facts.h"

namespace jinqiao::engine::runtime {

namespace {

// payload.target names a case by id or by number.
model::Status add_other(Transaction& tx, const boost::json::object& payload, kernel::Facts& facts) {
    const auto* value = payload.if_contains("target");
    if (value == nullptr || !value->is_string() || value->get_string().empty())
        return model::Done{};
    const std::string target(value->get_string());
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

model::Result<kernel::Facts> gather(Transaction& tx, Incidents& incidents,
                                    const FactsQuestion& question) {
    kernel::Facts facts;
    facts.directory = &tx.directory();
    auto earlier = incidents.before(tx, question.enterprise, question.kase, question.exercise);
    if (!earlier) return earlier.error();
    facts.earlier = std::move(*earlier);
    auto other = add_other(tx, *question.payload, facts);
    if (!other) return other.error();
    return facts;
}

}  // namespace jinqiao::engine::runtime
