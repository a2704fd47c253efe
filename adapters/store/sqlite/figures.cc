// What reports count of cases.
#include <limits>

#include "adapters/store/sqlite/batch.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

#define FIGURES_COLUMNS "kase,filed_at_ms,last_at_ms,restricted,body"
constexpr char in_period[] =
    "SELECT " FIGURES_COLUMNS " FROM figures WHERE last_at_ms>=? AND filed_at_ms<? ORDER BY kase";
constexpr char of_restricted[] =
    "SELECT " FIGURES_COLUMNS " FROM figures WHERE restricted=1 ORDER BY kase";
// As for cases: what is in an index is written only when it has changed, which it does at the end
// of a case.
constexpr char update_body[] =
    "UPDATE figures SET body=? WHERE kase=? AND last_at_ms=? AND restricted=?";
constexpr char set_figures[] =
    "INSERT INTO figures(" FIGURES_COLUMNS
    ") VALUES(?,?,?,?,?)"
    " ON CONFLICT(kase) DO UPDATE SET filed_at_ms=excluded.filed_at_ms,"
    "last_at_ms=excluded.last_at_ms,restricted=excluded.restricted,body=excluded.body";

ports::FiguresRow read_figures(Columns row) {
    ports::FiguresRow figures;
    figures.kase.value = row.text();
    figures.filed_at = row.instant();
    if (const auto last = row.integer(); last != never) figures.last_at = time::from_ms(last);
    figures.restricted = row.flag();
    figures.body = row.text();
    return figures;
}

}  // namespace

model::Result<std::vector<ports::FiguresRow>> SqliteReader::figures(time::Instant from,
                                                                    time::Instant until) {
    return find_all(connection(), in_period, read_figures, from, until);
}

model::Result<std::vector<ports::FiguresRow>> SqliteReader::restricted_figures() {
    return find_all(connection(), of_restricted, read_figures);
}

model::Status SqliteBatch::put_figures(const ports::FiguresRow& row) {
    return write([&]() -> model::Status {
        const std::int64_t last = row.last_at ? time::to_ms(*row.last_at) : never;
        {
            Use update = connection().use(update_body);
            update.with(row.body, row.kase.value, last, row.restricted);
            if (update.run() == 1) return model::Done{};
        }
        connection()
            .use(set_figures)
            .with(row.kase.value, row.filed_at, last, row.restricted, row.body)
            .run();
        return model::Done{};
    });
}

}  // namespace jinqiao::adapters::store::sqlite
