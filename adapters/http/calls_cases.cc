// Filing, listing and reading cases, their history and who was told.
#include <algorithm>

#include "adapters/http/api.h"
#include "adapters/http/case_sight.h"
#include "adapters/http/language.h"
#include "adapters/http/ledger.h"
#include "adapters/http/parameters.h"
#include "adapters/http/rights.h"
#include "adapters/http/view.h"
#include "engine/model/codec.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::Case;
using engine::model::Message;
using engine::ports::CaseQuery;
using engine::ports::CaseRow;

namespace {

// Rows looked at for one page. A page may then hold fewer than asked for, never none for good: its
// cursor goes on where it stopped.
constexpr int most_looked_at = 2000;

bool may_file(const engine::kernel::Workflow& workflow, const Account& account) {
    for (const auto& action : workflow.actions()) {
        if (action.name != "file") continue;
        return std::any_of(action.who.begin(), action.who.end(),
                           [&](const auto& word) { return account.has(word); });
    }
    return false;
}

bool is_state(const engine::runtime::World& world, const std::string& text) {
    for (const auto& [name, workflow] : world.workflows) {
        if (workflow->states().empty()) continue;
        const auto& pipeline = workflow->states().front().region;
        for (const auto& state : workflow->states())
            if (state.region == pipeline && state.name == text) return true;
    }
    return false;
}

bool is_stage(const engine::runtime::World& world, const std::string& text) {
    for (const auto& [name, workflow] : world.workflows)
        for (const auto& state : workflow->states())
            if (!state.stage.empty() && state.stage == text) return true;
    return false;
}

Or<CaseQuery> query_of(const Call& call) {
    Parameters from(call.target);
    from.only({"overdue", "open", "exercise", "q", "sort", "cursor", "limit"},
              {"state", "stage", "grade", "owner"});
    const auto& world = call.world();
    CaseQuery query;
    query.states = from.list("state", [&](const auto& text) { return is_state(world, text); });
    query.stages = from.list("stage", [&](const auto& text) { return is_stage(world, text); });
    query.grades = from.list(
        "grade", [](const auto& text) { return engine::model::parse_grade(text).has_value(); });
    // A post that was abolished may still own cases, so any id will do that could be one.
    query.owners = from.list("owner", [](const auto& text) { return text.size() <= 100; });
    // The tail of an ended case (end notice, final report) can be overdue like anything else.
    if (from.flag("overdue").value_or(false)) query.overdue_at = call.lens.now;
    query.open = from.flag("open");
    query.exercise = from.flag("exercise");
    query.q = from.text("q", 200);
    query.sort = from.sort();
    query.cursor = from.text("cursor", 1000);
    query.limit = from.limit(50);
    if (auto problem = from.problem()) return std::move(*problem);
    return query;
}

}  // namespace

const engine::kernel::Workflow* filing_workflow(const engine::runtime::World& world) {
    const auto found = world.default_workflow.empty()
                           ? world.workflows.begin()
                           : world.workflows.find(world.default_workflow);
    return found == world.workflows.end() ? nullptr : found->second.get();
}

Reply Api::file_alert(Call& call) {
    const auto* workflow = filing_workflow(call.world());
    if (!workflow || !may_file(*workflow, call.account()))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    engine::model::Command command;
    command.name = "file";
    command.payload = std::move(*payload);
    command.payload["workflow"] = workflow->name();
    command.actor = call.account().actor();
    auto naming = name_documents(call, workflow, command, nullptr);
    auto deed = submit(call, std::move(command), [](const Case& kase, const Lens& lens) {
        return case_response(201, kase, closer(lens, kase));
    });
    deed.submission.naming = std::move(naming);
    return deed;
}

Reply Api::list_cases(Call& call) {
    if (!ever(call.account().roles, Right::list))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto query = query_of(call);
    if (!query) return answered(query.problem(), call.lens);
    narrow(*query, call);
    const int wanted = query->limit;
    json::array items;
    for (int looked_at = 0; looked_at < most_looked_at;) {
        query->limit = wanted - static_cast<int>(items.size());
        auto page = call.reader->list_cases(*query);
        if (!page && page.error().code == engine::model::ErrorCode::invalid)
            return answered(
                Problem::fault(400, "bad_request", "cursor", Message{"query.cursor", {}}),
                call.lens);
        if (!page) return answered(failed(page.error()), call.lens);
        for (const auto& row : page->items)
            if (look(row, call)) items.push_back(view_row(row, call.lens));
        looked_at += std::max(1, static_cast<int>(page->items.size()));
        query->cursor = page->next_cursor;
        if (query->cursor.empty() || static_cast<int>(items.size()) >= wanted) break;
    }
    json::object out{{"items", std::move(items)}, {"next_cursor", nullptr}};
    if (!query->cursor.empty()) out["next_cursor"] = query->cursor;
    return json_response(200, out);
}

Reply Api::get_case(Call& call) {
    auto seen = find(call, call.args[0], Right::see);
    if (!seen) return answered(seen.problem(), call.lens);
    return case_response(200, *seen->kase, call.lens);
}

Reply Api::history(Call& call) {
    auto seen = find(call, call.args[0], Right::history);
    if (!seen) return answered(seen.problem(), call.lens);
    constexpr int page = 1000;
    json::array items;
    for (std::uint64_t after = 0;;) {
        auto rows = call.reader->history(seen->kase->id.value, after, page);
        if (!rows) return answered(failed(rows.error()), call.lens);
        for (const auto& row : *rows) items.push_back(view_history(row, *seen->kase, call.lens));
        if (rows->size() < page) break;
        after = rows->back().seq;
    }
    return json_response(200, json::object{{"items", std::move(items)}});
}

Reply Api::notices(Call& call) {
    auto seen = find(call, call.args[0], Right::notices);
    if (!seen) return answered(seen.problem(), call.lens);
    auto rows = call.reader->notices(seen->kase->id);
    if (!rows) return answered(failed(rows.error()), call.lens);
    const bool own_only = call.lens.department_only();
    json::array items;
    for (const auto& row : *rows) {
        if (own_only &&
            !is_for(row.notice.addressee, call.account(), *call.world().directory, call.lens.now))
            continue;
        auto attempts = attempts_of(*call.reader, row);
        if (!attempts) return answered(failed(attempts.error()), call.lens);
        items.push_back(view_notice(row, *seen->kase, *attempts, call.lens));
    }
    json::array assignments;
    for (const auto& assignment : seen->kase->assignments)
        if (!own_only ||
            is_for(assignment.addressee, call.account(), *call.world().directory, call.lens.now))
            assignments.push_back(view_assignment(assignment, *seen->kase, call.lens));
    return json_response(
        200, json::object{{"items", std::move(items)}, {"assignments", std::move(assignments)}});
}

}  // namespace jinqiao::adapters::http
