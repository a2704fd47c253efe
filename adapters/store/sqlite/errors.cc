#include "adapters/store/sqlite/errors.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

// SQLite's result codes; part of its stable interface, and not repeated by SQLiteCpp.
enum Code : int {
    perm = 3,
    busy = 5,
    locked = 6,
    readonly = 8,
    ioerr = 10,
    corrupt = 11,
    full = 13,
    cantopen = 14,
    too_big = 18,
    constraint = 19,
    not_a_database = 26,
    ioerr_fsync = ioerr | (4 << 8),
    ioerr_dir_fsync = ioerr | (5 << 8),
    constraint_foreignkey = constraint | (3 << 8),
    constraint_primarykey = constraint | (6 << 8),
    constraint_unique = constraint | (8 << 8),
    constraint_rowid = constraint | (10 << 8),
};

model::ErrorCode constraint_code(int extended) {
    switch (extended) {
        case constraint_primarykey:
        case constraint_unique:
        case constraint_rowid:
            return model::ErrorCode::conflict;
        case constraint_foreignkey:
            return model::ErrorCode::not_found;
        default:
            return model::ErrorCode::internal;  // our own schema was not respected
    }
}

// A sync that failed may be reported as done when it is tried again: as bad as a broken file.
bool promise_broken(const SQLite::Exception& thrown) {
    const int extended = thrown.getExtendedErrorCode();
    const int primary = thrown.getErrorCode() & 0xFF;
    return extended == ioerr_fsync || extended == ioerr_dir_fsync || primary == corrupt ||
           primary == not_a_database;
}

model::ErrorCode code_of(const SQLite::Exception& thrown) {
    if (promise_broken(thrown)) return model::ErrorCode::corrupt;
    switch (thrown.getErrorCode() & 0xFF) {
        case full:
            return model::ErrorCode::disk_full;
        case busy:
        case locked:
            return model::ErrorCode::busy;
        case constraint:
            return constraint_code(thrown.getExtendedErrorCode());
        case too_big:
            return model::ErrorCode::invalid;
        case perm:
        case readonly:
        case ioerr:
        case cantopen:
            return model::ErrorCode::unavailable;
        default:
            return model::ErrorCode::internal;
    }
}

model::Error worded(model::ErrorCode code, const SQLite::Exception& thrown) {
    return {code,
            std::string(thrown.what()) + " (SQLite " +
                std::to_string(thrown.getExtendedErrorCode()) + ")",
            "store"};
}

}  // namespace

model::Error error_of(const SQLite::Exception& thrown) { return worded(code_of(thrown), thrown); }

model::Error commit_error_of(const SQLite::Exception& thrown) {
    const model::ErrorCode code = code_of(thrown);
    const bool certain = code == model::ErrorCode::corrupt || code == model::ErrorCode::disk_full ||
                         code == model::ErrorCode::busy;
    return worded(certain ? code : model::ErrorCode::unknown, thrown);
}

bool is_about_input(model::ErrorCode code) {
    return code == model::ErrorCode::conflict || code == model::ErrorCode::not_found ||
           code == model::ErrorCode::invalid;
}

}  // namespace jinqiao::adapters::store::sqlite
