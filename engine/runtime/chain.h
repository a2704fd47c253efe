#pragma once
#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "engine/ports/store.h"

namespace jinqiao::engine::runtime {

// The stream of posts' people, beside one stream per case.
inline constexpr std::string_view directory_stream = "directory";

// What the first row of a stream follows.
std::string first_link();

// hash = SHA-256 of prev_hash, stream, seq, at_ms and body, one per line, in hex. Changing,
// removing or inserting a row breaks every row after it.
std::string link_hash(const ports::HistoryRow& row);

// A row ready to be appended: canonical body, chained to `prev_hash`.
ports::HistoryRow chained(const model::CaseId& stream, std::uint64_t seq, time::Instant at,
                          const boost::json::object& body, std::string prev_hash);

}  // namespace jinqiao::engine::runtime
