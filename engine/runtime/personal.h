#pragma once
#include <boost/json/object.hpp>
#include <vector>

#include "engine/kernel/payload.h"
#include "engine/ports/ids.h"
#include "engine/ports/store.h"

namespace jinqiao::engine::runtime {

// Values of persons are kept apart from history, so that they can be erased while the chain of
// hashes still holds. In their place stands {"ref": "p-<case>-<seq>-<n>", "digest": …}: the digest
// is an HMAC under a random salt of the case, so equal values of one case are seen to be equal, and
// nobody can guess a name from it once the salt is erased too.
struct Extraction {
    boost::json::object payload;
    std::vector<ports::PersonalRow> rows;  // salt included where it is new
};

struct ExtractionPlace {
    model::CaseId kase;     // or the directory's stream
    std::uint64_t seq = 0;  // of the history row about to be written
    time::Instant at;
    std::vector<std::string> sealed;  // payload paths whose values are of class "sealed"
};

// Takes every value marked personal out of a payload. The payload has been validated; a value that
// is a reference already is left alone.
model::Result<Extraction> extract_personal(ports::Batch& batch, ports::Ids& ids,
                                           const kernel::Fields& fields,
                                           const boost::json::object& payload,
                                           const ExtractionPlace& place);

bool has_personal(const kernel::Fields& fields);

// Empties the value; reference and digest stay in history. not_found for an unknown reference.
model::Status erase_personal(ports::Batch& batch, const std::string& ref, time::Instant at);

// Whether a stored value is the one that history holds the digest of.
bool matches_digest(std::string_view salt, std::string_view value, std::string_view digest);

}  // namespace jinqiao::engine::runtime
