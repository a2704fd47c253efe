#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "engine/ports/ids.h"
#include "engine/ports/store.h"

namespace jinqiao::engine::runtime {

// The form in which names and addresses are compared: full-width letters, digits and punctuation
// become ASCII ones, ASCII letters lower case, white space of any width goes. Nothing is guessed:
// two spellings that differ otherwise are two enterprises until somebody merges them.
std::string normalised(std::string_view text);
// EnterpriseRow::name_key: normalised name, line feed, normalised address.
std::string enterprise_key(std::string_view name, std::string_view address);

struct EnterpriseMatch {
    ports::EnterpriseRow row;
    bool changed = false;  // new, or learnt its credit code: to be written
};

// Which enterprise a payload {id, uscc, name, address, …} names: by an id we gave out, by unified
// social credit code, by exact key, else a new unconfirmed one. Empty if it carries neither code
// nor name. A known key under another code is another enterprise. Nothing is written here.
model::Result<std::optional<EnterpriseMatch>> match_enterprise(ports::Batch& batch, ports::Ids& ids,
                                                               const boost::json::object& payload,
                                                               time::Instant now);

}  // namespace jinqiao::engine::runtime
