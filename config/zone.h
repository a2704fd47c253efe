#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/fault.h"
#include "engine/model/ids.h"
#include "engine/model/text.h"
#include "engine/policy/directory.h"

namespace jinqiao::config {

struct AccountSeed {
    engine::model::AccountId id;
    std::vector<std::string> roles;
    engine::model::PersonId person;
    engine::model::EnterpriseId enterprise;  // of an enterprise union's account
    engine::model::DepartmentId department;  // of a department's account
    engine::model::Language language = engine::model::Language::zh;
    std::string token_name;  // key in demo-tokens.json; empty: gets no token
};

struct EnterpriseSeed {
    engine::model::EnterpriseId id;
    std::string uscc;  // unified social credit code; may be empty
    std::string name;
    std::string address;
    boost::json::object known;  // industry, ownership, home_country, staff, fortune500, …
};

// Rows that a new database starts with: the people of a zone. After that they live in the database
// and this file is not read again.
struct Zone {
    std::vector<engine::policy::Person> people;
    std::vector<engine::policy::Term> terms;
    std::vector<engine::policy::Absence> absences;
    std::vector<engine::policy::Rotation> rotations;
    std::vector<EnterpriseSeed> enterprises;
    std::vector<AccountSeed> accounts;
    bool demo = false;  // invented data for trying: what protects real ones is not asked for
};

struct ZoneLoaded {
    std::optional<Zone> zone;
    Faults faults;
};

// Reads and checks a zone against the posts, departments and channels of the organisation: every
// post wants a holder, a deputy somewhere down its line, with a contact, and the reserve of its
// unit.
ZoneLoaded load_zone(const std::filesystem::path& file,
                     const engine::policy::Directory& organisation);

// The organisation with the zone's people in it: for previews, replays and tests.
engine::policy::Directory staffed(engine::policy::Directory organisation, const Zone& zone);

// Roles an account may have.
const std::vector<std::string>& account_roles();

}  // namespace jinqiao::config
