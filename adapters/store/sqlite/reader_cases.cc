#include "adapters/store/paging.h"
#include "adapters/store/sqlite/case_list.h"
#include "adapters/store/sqlite/reader.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

constexpr char case_by_id[] = "SELECT " JINQIAO_CASE_COLUMNS " FROM cases WHERE id=?";
constexpr char case_by_number[] =
    "SELECT " JINQIAO_CASE_COLUMNS " FROM cases WHERE number=? AND number<>''";
constexpr char stored[] =
    "SELECT seq,body,h.last,h.hash FROM cases LEFT JOIN (SELECT seq AS last,hash FROM history"
    " WHERE stream=?1 ORDER BY seq DESC LIMIT 1) AS h WHERE id=?1";
constexpr char seq_of_case[] = "SELECT seq FROM cases WHERE id=?";
constexpr char filings_of_enterprise[] =
    "SELECT id,filed_at_ms,exercise FROM cases WHERE enterprise_id=? AND filed_at_ms>=?"
    " ORDER BY filed_at_ms DESC,id DESC";

constexpr int visited_at_once = 256;
constexpr char cases_after[] =
    "SELECT " JINQIAO_CASE_COLUMNS " FROM cases WHERE id>? ORDER BY id LIMIT ?";
constexpr char open_cases_after[] =
    "SELECT " JINQIAO_CASE_COLUMNS " FROM cases WHERE id>? AND open=1 ORDER BY id LIMIT ?";

ports::StoredCase read_stored(Columns row) {
    ports::StoredCase kase;
    kase.seq = row.count();
    kase.body = row.text();
    kase.last_seq = row.count();  // none: NULL, which reads as 0 and the empty text
    kase.last_hash = row.text();
    return kase;
}

ports::Filing read_filing(Columns row) {
    ports::Filing filing;
    filing.kase.value = row.text();
    filing.at = row.instant();
    filing.exercise = row.flag();
    return filing;
}

}  // namespace

model::Result<std::optional<ports::CaseRow>> SqliteReader::find_case(const model::CaseId& id) {
    return find_one(connection(), case_by_id, read_case, id.value);
}

model::Result<std::optional<ports::CaseRow>> SqliteReader::find_number(const std::string& number) {
    return find_one(connection(), case_by_number, read_case, number);
}

model::Result<std::optional<ports::StoredCase>> SqliteReader::stored_case(const model::CaseId& id) {
    return find_one(connection(), stored, read_stored, id.value);
}

model::Result<std::uint64_t> SqliteReader::case_seq(const model::CaseId& id) {
    auto seq = find_one(
        connection(), seq_of_case, [](Columns row) { return row.count(); }, id.value);
    if (!seq) return seq.error();
    return seq->value_or(0);
}

model::Result<std::vector<ports::Filing>> SqliteReader::filings_of(
    const model::EnterpriseId& enterprise, time::Instant since) {
    return find_all(connection(), filings_of_enterprise, read_filing, enterprise.value, since);
}

model::Result<ports::CasePage> SqliteReader::list_cases(const ports::CaseQuery& query) {
    return guarded([&] { return list(connection(), query); });
}

model::Result<std::vector<ports::CaseTally>> SqliteReader::tally_cases(
    const ports::CaseQuery& query, ports::TallyBy by, time::Instant now) {
    return guarded([&] { return tally(connection(), query, by, now); });
}

model::Status SqliteReader::each_case(bool open_only,
                                      const std::function<bool(const ports::CaseRow&)>& visit) {
    std::string last;
    while (true) {
        auto rows = find_all(connection(), open_only ? open_cases_after : cases_after, read_case,
                             last, visited_at_once);
        if (!rows) return rows.error();
        for (const ports::CaseRow& row : *rows) {
            if (!visit(row)) return model::Done{};
        }
        if (rows->size() < visited_at_once) return model::Done{};
        last = rows->back().id.value;
    }
}

}  // namespace jinqiao::adapters::store::sqlite
