#pragma once
#include <SQLiteCpp/Database.h>

#include <span>

#include "engine/model/result.h"

namespace jinqiao::adapters::store::sqlite {

// "JQAO": tells `file` and us whose database this is.
inline constexpr int application_id = 0x4A51414F;

// Each step takes the file from version n to n + 1 (PRAGMA user_version). Written to disk: a step
// that has been released is never edited, only followed by another.
std::span<const char* const> schema_steps();

// Brings the file to version steps.size(), each step in a transaction of its own, so that a crash
// in between leaves a file of some version. Refuses files of other programs and of newer ones.
engine::model::Status migrate(SQLite::Database& database, std::span<const char* const> steps);

// For those who only look: the file must be ours and of exactly this version.
engine::model::Status check_version(SQLite::Database& database, std::span<const char* const> steps);

}  // namespace jinqiao::adapters::store::sqlite
