#pragma once
#include <SQLiteCpp/Exception.h>

#include <exception>
#include <string>
#include <utility>

#include "engine/model/result.h"

// The edge of the adapter: what SQLiteCpp throws becomes an Error here and nowhere else.
namespace jinqiao::adapters::store::sqlite {

namespace model = engine::model;

// Of a statement that ran inside or outside a transaction. Nothing of it was made durable.
model::Error error_of(const SQLite::Exception& thrown);

// Of COMMIT, where "did it happen?" may have no answer. disk_full: certainly not.
model::Error commit_error_of(const SQLite::Exception& thrown);

// True for errors that say something about the input; the transaction goes on after them.
bool is_about_input(model::ErrorCode code);

// Runs `body` (which returns a Result) and turns exceptions into errors.
template <class Body>
auto guarded(Body&& body) -> decltype(body()) {
    try {
        return std::forward<Body>(body)();
    } catch (const SQLite::Exception& thrown) {
        return error_of(thrown);
    } catch (const std::exception& thrown) {
        return model::Error{model::ErrorCode::internal, thrown.what(), "store"};
    }
}

}  // namespace jinqiao::adapters::store::sqlite
