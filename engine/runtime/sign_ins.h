#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "engine/ports/store.h"

namespace jinqiao::engine::runtime {

// Attempts to sign in to one account, as its owner and administrators may read them. The same from
// the same place is one entry that counts.
struct SignIn {
    time::Instant at;     // the last of them
    std::string from;     // address without the part that tells the machine
    std::string outcome;  // signed_in, recovered, wrong_password, wrong_code, locked, disabled
    std::int64_t times = 1;
};

// Entries kept of an account. They say who was there and are no evidence, so the oldest go; what an
// account may is on the hash-chained record.
inline constexpr std::size_t sign_ins_kept = 50;

// The oldest first. Names nobody has leave no entry: people type passwords into the wrong field.
model::Result<std::vector<SignIn>> sign_ins_of(ports::Reader& reader, const model::AccountId& id);

model::Status note_sign_in(ports::Batch& batch, const model::AccountId& id, const SignIn& attempt);

}  // namespace jinqiao::engine::runtime
