#include "adapters/store/paging.h"
#include "adapters/store/sqlite/batch.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

constexpr char add_case[] =
    "INSERT INTO cases(id,number,workflow,enterprise_id,enterprise_name,state,stage,grade,"
    "owner_post,filer_account,open,exercise,restricted,filed_at_ms,next_due_ms,seq,version,"
    "summary,concerned,body) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

// SQLite rewrites each index that has a column in the SET list, changed or not, and every rewritten
// page goes through the log. So there are three updates, from the usual to the rare; each names in
// its WHERE what it leaves alone, and the next is tried only if that has changed.
#define PLAIN_COLUMNS                                                                   \
    "enterprise_name=?,state=?,stage=?,grade=?,restricted=?,seq=?,version=?,summary=?," \
    "concerned=?,body=?"
constexpr char update_plain[] =
    "UPDATE cases SET " PLAIN_COLUMNS
    " WHERE id=? AND seq=? AND open=? AND owner_post=? AND enterprise_id=? AND number=?"
    " AND next_due_ms=?";
constexpr char update_due[] =
    "UPDATE cases SET " PLAIN_COLUMNS
    ",next_due_ms=? WHERE id=? AND seq=? AND open=? AND owner_post=? AND enterprise_id=?"
    " AND number=?";
constexpr char update_all[] =
    "UPDATE cases SET " PLAIN_COLUMNS
    ",next_due_ms=?,open=?,owner_post=?,enterprise_id=?,number=? WHERE id=? AND seq=?";

Use& bind_plain(Use& use, const ports::CaseRow& row, const std::string& concerned) {
    return use.with(row.enterprise_name, row.state, row.stage, row.grade, row.restricted, row.seq,
                    row.version, row.summary, concerned, row.body);
}

model::Error somebody_was_first(const ports::CaseRow& row, std::uint64_t expected) {
    return {model::ErrorCode::conflict,
            "the case is not at history row " + std::to_string(expected), "case " + row.id.value};
}

int update(Connection& connection, const ports::CaseRow& row, std::uint64_t expected) {
    const std::int64_t due = due_ms(row);
    const std::string concerned = json_list(row.concerned);
    {
        Use use = connection.use(update_plain);
        bind_plain(use, row, concerned)
            .with(row.id.value, expected, row.open, row.owner_post, row.enterprise_id, row.number,
                  due);
        if (const int changed = use.run(); changed != 0) return changed;
    }
    {
        Use use = connection.use(update_due);
        bind_plain(use, row, concerned)
            .with(due, row.id.value, expected, row.open, row.owner_post, row.enterprise_id,
                  row.number);
        if (const int changed = use.run(); changed != 0) return changed;
    }
    Use use = connection.use(update_all);
    bind_plain(use, row, concerned)
        .with(due, row.open, row.owner_post, row.enterprise_id, row.number, row.id.value, expected);
    return use.run();
}

}  // namespace

model::Status SqliteBatch::put_case(const ports::CaseRow& row, std::uint64_t expected_seq) {
    if (expected_seq == 0) {
        const std::int64_t due = due_ms(row);
        const std::string concerned = json_list(row.concerned);
        return write_row(add_case, row.id.value, row.number, row.workflow, row.enterprise_id,
                         row.enterprise_name, row.state, row.stage, row.grade, row.owner_post,
                         row.filer_account, row.open, row.exercise, row.restricted, row.filed_at,
                         due, row.seq, row.version, row.summary, concerned, row.body);
    }
    return write([&]() -> model::Status {
        if (update(connection(), row, expected_seq) == 1) return model::Done{};
        return somebody_was_first(row, expected_seq);
    });
}

}  // namespace jinqiao::adapters::store::sqlite
