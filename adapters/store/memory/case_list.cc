#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_set>

#include "adapters/store/memory/reader.h"
#include "adapters/store/paging.h"

namespace jinqiao::adapters::store::memory {

namespace {

bool one_of(const std::vector<std::string>& any, const std::string& value) {
    return any.empty() || std::find(any.begin(), any.end(), value) != any.end();
}

class Filter {
  public:
    explicit Filter(const ports::CaseQuery& query) : query_(query), q_(folded(query.q)) {
        for (const model::CaseId& id : query.ids) ids_.insert(id.value);
    }

    bool lets_through(const ports::CaseRow& row) const {
        if (query_.open && row.open != *query_.open) return false;
        if (query_.exercise && row.exercise != *query_.exercise) return false;
        if (query_.restricted_only && !row.restricted) return false;
        if (row.restricted && !query_.restricted_too && !query_.restricted_only) return false;
        if (query_.overdue_at && (!row.next_due || *row.next_due > *query_.overdue_at)) {
            return false;
        }
        return one_of(query_.states, row.state) && one_of(query_.stages, row.stage) &&
               one_of(query_.grades, row.grade) && one_of(query_.owners, row.owner_post) &&
               is_visible(row) && (q_.empty() || folded(row.summary).find(q_) != std::string::npos);
    }

  private:
    // Each filter that is set lets its cases through; none set: all cases.
    bool is_visible(const ports::CaseRow& row) const {
        const bool enterprise = !query_.enterprise_id.empty();
        const bool filer = !query_.filer_account.empty();
        const auto& wanted = query_.concerns;
        if (!enterprise && !filer && ids_.empty() && wanted.empty()) return true;
        const bool concerned =
            std::any_of(row.concerned.begin(), row.concerned.end(), [&](const auto& one) {
                return std::find(wanted.begin(), wanted.end(), one) != wanted.end();
            });
        return concerned || (enterprise && row.enterprise_id == query_.enterprise_id) ||
               (filer && row.filer_account == query_.filer_account) || ids_.contains(row.id.value);
    }

    const ports::CaseQuery& query_;
    std::string q_;
    std::unordered_set<std::string> ids_;
};

struct Placed {
    Position position;
    Held<ports::CaseRow> row;
};

bool before(const Position& a, const Position& b) {
    return std::tie(a.number, a.text, a.id) < std::tie(b.number, b.text, b.id);
}

bool comes_first(const Sort& sort, const Position& a, const Position& b) {
    return sort.descending ? before(b, a) : before(a, b);
}

}  // namespace

model::Result<ports::CasePage> MemoryReader::list_cases(const ports::CaseQuery& query) {
    if (query.limit < 1) {
        return model::Error{model::ErrorCode::invalid, "a page holds at least one case", "limit"};
    }
    const auto sort = parse_sort(query.sort);
    if (!sort) return sort.error();
    std::optional<Position> after;
    if (!query.cursor.empty()) {
        auto cursor = read_cursor(*sort, query.cursor);
        if (!cursor) return cursor.error();
        after = std::move(*cursor);
    }
    const Filter filter(query);
    std::vector<Placed> found;
    {
        const Sight seen = sight();
        for (const auto& [id, row] : seen.tables->cases.rows()) {
            if (!filter.lets_through(*row)) continue;
            Position position = position_of(*row, sort->key);
            if (after && !comes_first(*sort, *after, position)) continue;
            found.push_back({std::move(position), row});
        }
    }
    const auto limit = static_cast<std::size_t>(query.limit);
    const auto wanted = static_cast<std::ptrdiff_t>(std::min(found.size(), limit));
    std::partial_sort(found.begin(), found.begin() + wanted, found.end(),
                      [&](const Placed& a, const Placed& b) {
                          return comes_first(*sort, a.position, b.position);
                      });
    ports::CasePage page;
    for (auto placed = found.begin(); placed != found.begin() + wanted; ++placed) {
        page.items.push_back(*placed->row);
    }
    if (found.size() > limit) {
        page.next_cursor = write_cursor(*sort, found[limit - 1].position);
    }
    return page;
}

model::Result<std::vector<ports::CaseTally>> MemoryReader::tally_cases(
    const ports::CaseQuery& query, ports::TallyBy by, time::Instant now) {
    const Filter filter(query);
    std::map<std::pair<std::string, std::string>, ports::CaseTally> found;
    const Sight seen = sight();
    for (const auto& [id, row] : seen.tables->cases.rows()) {
        if (!filter.lets_through(*row)) continue;
        const bool by_stage = by == ports::TallyBy::stage;
        const auto& key = by_stage ? row->stage : row->enterprise_id;
        auto& one = found[{key, row->grade}];
        (by_stage ? one.stage : one.enterprise_id) = key;
        one.grade = row->grade;
        ++one.cases;
        if (row->next_due && *row->next_due <= now) ++one.overdue;
    }
    std::vector<ports::CaseTally> out;
    for (auto& [key, one] : found) out.push_back(std::move(one));
    return out;
}

}  // namespace jinqiao::adapters::store::memory
