#include "adapters/store/sqlite/case_list.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <deque>
#include <variant>

#include "adapters/store/paging.h"
#include "adapters/store/sqlite/rows.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

// Conditions with the values they are bound to. The text depends only on which filters are used,
// never on their values (lists are one JSON parameter), so that few statements are ever prepared.
class Conditions {
  public:
    // Where the rows come from; its values are bound before all others.
    void from(std::string source) { from_ = std::move(source); }
    void add(const std::string& condition) { text_ += (text_.empty() ? "" : " AND ") + condition; }
    template <class Value>
    void add(const std::string& condition, Value value) {
        add(condition);
        values_.emplace_back(std::move(value));
    }
    void bind_also(std::string value) { values_.emplace_back(std::move(value)); }
    void bind_also(std::int64_t value) { values_.emplace_back(value); }

    const std::string& from() const { return from_; }
    std::string where() const { return text_.empty() ? "" : " WHERE " + text_; }
    void bind_to(Use& statement) const {
        for (const auto& value : values_) {
            std::visit([&](const auto& held) { statement.with(held); }, value);
        }
    }

  private:
    std::string text_, from_ = "cases";
    std::deque<std::variant<std::string, std::int64_t>> values_;
};

std::string json_ids(const std::vector<model::CaseId>& ids) {
    boost::json::array list;
    for (const model::CaseId& id : ids) list.emplace_back(id.value);
    return boost::json::serialize(list);
}

void add_one_of(Conditions& conditions, const char* column, const std::vector<std::string>& any) {
    if (any.empty()) return;
    conditions.add(std::string(column) + " IN (SELECT value FROM json_each(?))", json_list(any));
}

// Who may see which cases. Each filter that is set lets its cases through; none set: all cases.
class Visibility {
  public:
    explicit Visibility(const ports::CaseQuery& query) {
        if (!query.concerns.empty())
            also("SELECT kase FROM concerns WHERE who IN (SELECT value FROM json_each(?))",
                 "EXISTS (SELECT 1 FROM json_each(concerned) AS one JOIN json_each(?) AS wanted"
                 " ON one.value=wanted.value)",
                 json_list(query.concerns));
        if (!query.enterprise_id.empty())
            also("SELECT id AS kase FROM cases WHERE enterprise_id=?", "enterprise_id=?",
                 query.enterprise_id);
        if (!query.filer_account.empty())
            also("SELECT id AS kase FROM cases WHERE filer_account=?", "filer_account=?",
                 query.filer_account);
        if (!query.ids.empty())
            also("SELECT value AS kase FROM json_each(?)", "id IN (SELECT value FROM json_each(?))",
                 json_ids(query.ids));
    }
    // So few that it is best to begin with them, however many others there are. Where they are
    // many, a walk in the order of the list soon finds a page of them.
    bool is_narrow(Connection& connection) const {
        if (values_.empty()) return false;
        Use count = connection.use_composed("SELECT count(*) FROM (" + each() + " LIMIT " +
                                            std::to_string(few + 1) + ")");
        for (const auto& value : values_) count.with(value);
        return count.step() && count.row().integer() <= few;
    }
    // Only these cases, instead of all.
    void add_source(Conditions& conditions) const {
        // A case may concern somebody in several ways.
        conditions.from("(SELECT DISTINCT kase FROM (" + each() +
                        ")) AS seen CROSS JOIN cases ON cases.id=seen.kase");
        for (const auto& value : values_) conditions.bind_also(value);
    }
    void add_test(Conditions& conditions) const {
        if (values_.empty()) return;
        std::string any;
        for (const char* test : tests_) any += (any.empty() ? "" : " OR ") + std::string(test);
        conditions.add("(" + any + ")");
        for (const auto& value : values_) conditions.bind_also(value);
    }

  private:
    static constexpr std::int64_t few = 4000;

    void also(const char* source, const char* test, std::string value) {
        sources_.push_back(source);
        tests_.push_back(test);
        values_.push_back(std::move(value));
    }
    std::string each() const {
        std::string all;
        for (const char* source : sources_)
            all += (all.empty() ? "" : " UNION ALL ") + std::string(source);
        return all;
    }

    std::vector<const char*> sources_, tests_;
    std::vector<std::string> values_;
};

void add_filters(Conditions& conditions, const ports::CaseQuery& query) {
    // Literals, so that SQLite can see that a partial index fits.
    if (query.open) conditions.add(*query.open ? "open=1" : "open=0");
    if (query.exercise) conditions.add(*query.exercise ? "exercise=1" : "exercise=0");
    if (query.restricted_only)
        conditions.add("restricted=1");
    else if (!query.restricted_too)
        conditions.add("restricted=0");
    add_one_of(conditions, "state", query.states);
    add_one_of(conditions, "stage", query.stages);
    add_one_of(conditions, "grade", query.grades);
    add_one_of(conditions, "owner_post", query.owners);
    if (query.overdue_at) {
        conditions.add("next_due_ms<=? AND next_due_ms<9223372036854775807",
                       time::to_ms(*query.overdue_at));
    }
    if (!query.q.empty()) conditions.add("instr(lower(summary),?)>0", folded(query.q));
}

// The cases of a query, whatever their order.
Conditions wanted(Connection& connection, const ports::CaseQuery& query) {
    Conditions conditions;
    const Visibility visibility(query);
    const bool narrow = visibility.is_narrow(connection);
    if (narrow) visibility.add_source(conditions);
    add_filters(conditions, query);
    if (!narrow) visibility.add_test(conditions);
    return conditions;
}

const char* expression_of(SortKey key) {
    switch (key) {
        case SortKey::filed_at:
            return "filed_at_ms";
        case SortKey::next_due:
            return "next_due_ms";
        case SortKey::grade:
            return "(CASE grade WHEN 'red' THEN 3 WHEN 'orange' THEN 2 WHEN 'yellow' THEN 1"
                   " WHEN 'blue' THEN 0 ELSE -1 END)";
        case SortKey::number:
            return "number";
    }
    return "";
}

void add_position(Conditions& conditions, const Sort& sort, const Position& after) {
    const std::string beyond = sort.descending ? "<" : ">";
    const std::string condition =
        "(" + std::string(expression_of(sort.key)) + ",id)" + beyond + "(?,?)";
    if (sort.key == SortKey::number) {
        conditions.add(condition, after.text);
    } else {
        conditions.add(condition, after.number);
    }
    conditions.bind_also(after.id);
}

// Which rows first, then their bodies: a sort over many rows must not drag bodies along.
std::string composed(const Conditions& conditions, const Sort& sort) {
    const std::string direction = sort.descending ? " DESC" : "";
    const std::string key = expression_of(sort.key);
    return "SELECT " JINQIAO_CASE_COLUMNS " FROM (SELECT cases.rowid AS place, " + key +
           " AS sort_key, id AS sort_id FROM " + conditions.from() + conditions.where() +
           " ORDER BY " + key + direction + ",id" + direction +
           " LIMIT ?) CROSS JOIN cases ON cases.rowid=place ORDER BY sort_key" + direction +
           ",sort_id" + direction;
}

ports::CasePage cut(std::vector<ports::CaseRow> rows, const Sort& sort, std::size_t limit) {
    ports::CasePage page;
    if (rows.size() > limit) {
        rows.resize(limit);
        page.next_cursor = write_cursor(sort, position_of(rows.back(), sort.key));
    }
    page.items = std::move(rows);
    return page;
}

}  // namespace

model::Result<ports::CasePage> list(Connection& connection, const ports::CaseQuery& query) {
    if (query.limit < 1) {
        return model::Error{model::ErrorCode::invalid, "a page holds at least one case", "limit"};
    }
    const auto sort = parse_sort(query.sort);
    if (!sort) return sort.error();
    Conditions conditions = wanted(connection, query);
    if (!query.cursor.empty()) {
        const auto after = read_cursor(*sort, query.cursor);
        if (!after) return after.error();
        add_position(conditions, *sort, *after);
    }
    const std::int64_t one_more = std::int64_t{query.limit} + 1;
    Use statement = connection.use_composed(composed(conditions, *sort));
    conditions.bind_to(statement);
    statement.with(one_more);
    std::vector<ports::CaseRow> rows;
    while (statement.step()) rows.push_back(read_case(statement.row()));
    return cut(std::move(rows), *sort, static_cast<std::size_t>(query.limit));
}

model::Result<std::vector<ports::CaseTally>> tally(Connection& connection,
                                                   const ports::CaseQuery& query, ports::TallyBy by,
                                                   time::Instant now) {
    const bool by_stage = by == ports::TallyBy::stage;
    const std::string key = by_stage ? "stage" : "enterprise_id";
    const Conditions conditions = wanted(connection, query);
    // The sign keeps SQLite from walking the index of enterprises and fetching each row for the
    // rest.
    Use statement = connection.use_composed(
        "SELECT " + key + ",grade,count(*),sum(next_due_ms<=?) FROM " + conditions.from() +
        conditions.where() + " GROUP BY +" + key + ",grade");
    statement.with(now);
    conditions.bind_to(statement);
    std::vector<ports::CaseTally> out;
    while (statement.step()) {
        auto row = statement.row();
        ports::CaseTally one;
        (by_stage ? one.stage : one.enterprise_id) = row.text();
        one.grade = row.text();
        one.cases = row.count();
        one.overdue = row.count();
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace jinqiao::adapters::store::sqlite
