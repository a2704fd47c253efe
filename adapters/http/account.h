#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/command.h"
#include "engine/model/result.h"
#include "engine/model/text.h"
#include "engine/ports/store.h"

namespace jinqiao::adapters::http {

// Who calls: an account row, read.
struct Account {
    engine::model::AccountId id;
    std::vector<std::string> roles;
    engine::model::PersonId person;
    engine::model::EnterpriseId enterprise;
    engine::model::DepartmentId department;
    std::optional<engine::model::Language> language;
    bool enabled = true;
    bool locked = false;         // too many wrong passwords: none is good until it is unlocked
    bool demonstration = false;  // the password is one that a demonstration began with
    bool must_change = false;    // the password was chosen by another
    bool second_factor = false;  // a code is asked for beside the password

    bool has(std::string_view role) const;
    engine::model::Actor actor() const;  // of the commands it makes
};

// AccountRow::body is {"roles": […], "person", "enterprise", "department", "language", "enabled",
// "password", "failures", "locked", "must_change",
// "totp", "totp_offered"}; everything but the roles may be absent.
// Error{corrupt} if it is not.
engine::model::Result<Account> read_account(const engine::ports::AccountRow& row);

// The Argon2id string of the account's password; empty if it has none.
std::string password_hash_of(const engine::ports::AccountRow& row);

// The token of "Bearer <token>" (RFC 6750, 2.1); empty if the field is something else.
std::string_view bearer_token(std::string_view authorization);

// The second factor of an account, as it is stored.
struct StoredFactor {
    std::string sealed;                 // totp.h
    std::int64_t step = 0;              // of the last code that was good
    std::vector<std::string> recovery;  // hashes of codes not used yet
};
std::optional<StoredFactor> factor_of(const engine::ports::AccountRow& row);
// One that was made and of which no code was shown yet, sealed; empty: none.
std::string offered_factor(const engine::ports::AccountRow& row);

struct SignedIn {
    Account account;
    engine::ports::TokenRow token;
};

// The enabled account that this token opens now. Not found, expired, disabled and malformed look
// the same. Looked up in the store each time: who is disabled or revoked is out at once.
engine::model::Result<std::optional<SignedIn>> authenticate(engine::ports::Reader& reader,
                                                            std::string_view token,
                                                            engine::time::Instant now);

}  // namespace jinqiao::adapters::http
