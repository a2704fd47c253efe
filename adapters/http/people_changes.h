#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "adapters/http/account.h"
#include "adapters/http/rights.h"
#include "adapters/http/words.h"
#include "engine/kernel/payload.h"
#include "engine/policy/directory.h"

namespace jinqiao::adapters::http {

// The calls that change who holds which post, and what else supervisors and administrators put on
// the directory's record, as one table: routes, rights, payloads and the
// OpenAPI document are read from it.
struct PeopleChange {
    std::string_view call;  // Route::name
    std::string_view kind;  // DirectoryChange::kind
    std::string_view hole;  // what the {…} of the path is in the data; empty: the path has none
    bool oneself;           // the person or account it is about may do it too
    Right right = Right::staff;
};

// Null if the call is none of them.
const PeopleChange* people_change(std::string_view call);

// What may be sent, with titles from the catalogue (field.…).
engine::kernel::Fields fields_of(const PeopleChange& change, const Words& words);

// Why a case is put under the rules in force.
engine::kernel::Fields migration_fields(const Words& words);

// How a reload of the configuration is asked for.
engine::kernel::Fields reload_fields(const Words& words);

// What signing in takes.
engine::kernel::Fields trial_fields(const Words& words);
engine::kernel::Fields sign_in_fields(const Words& words);

// What making a second factor takes, and confirming it.
engine::kernel::Fields factor_fields(std::string_view call, const Words& words);
// What opens the conversation of somebody who filed without a name, and what they say in it.
engine::kernel::Fields receipt_fields(const Words& words);
engine::kernel::Fields message_fields(const Words& words);

// What the fields alone cannot say: these roles see nothing without knowing whose they are.
std::optional<engine::model::Message> misfit(const PeopleChange& change,
                                             const boost::json::object& data);

// Who has the right may do all of them; a person what concerns nobody but them: their
// own absence, quiet hours and contacts, asking for a swap of their own shift and answering one.
bool may_change(const PeopleChange& change, const boost::json::object& data, const Account& account,
                const engine::policy::Directory& directory);

// Whose names and addresses the account may see: of everybody, or its own only.
bool sees_people(const Account& account);

}  // namespace jinqiao::adapters::http
