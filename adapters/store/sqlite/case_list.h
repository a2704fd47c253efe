#pragma once
#include "adapters/store/sqlite/connection.h"
#include "engine/ports/store.h"

namespace jinqiao::adapters::store::sqlite {

// One page of cases. Throws SQLite::Exception; invalid: unknown sort, foreign cursor, limit < 1.
engine::model::Result<engine::ports::CasePage> list(Connection& connection,
                                                    const engine::ports::CaseQuery& query);

// Throws SQLite::Exception.
engine::model::Result<std::vector<engine::ports::CaseTally>> tally(
    Connection& connection, const engine::ports::CaseQuery& query, engine::ports::TallyBy by,
    engine::time::Instant now);

}  // namespace jinqiao::adapters::store::sqlite
