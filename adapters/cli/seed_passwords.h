#pragma once
#include <map>
#include <string>

#include "config/service.h"
#include "config/zone.h"
#include "engine/model/result.h"

namespace jinqiao::adapters::cli {

// What the accounts of a new database sign in by at first. In a demonstration it is one password
// for all of them, so that whoever looks around types the same each time; otherwise each account
// has its own, and changes it before anything else.
struct FirstPasswords {
    std::map<std::string, std::string> hashes;  // of accounts
    std::string text;                           // for people: who signs in by what
};

engine::model::Result<FirstPasswords> first_passwords(const config::Zone& zone,
                                                      const config::Service::Accounts& accounts);

}  // namespace jinqiao::adapters::cli
