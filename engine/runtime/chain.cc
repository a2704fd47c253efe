#include "engine/runtime/chain.h"

#include "engine/runtime/canonical.h"
#include "engine/runtime/digest.h"

namespace jinqiao::engine::runtime {

std::string first_link() { return std::string(64, '0'); }

std::string link_hash(const ports::HistoryRow& row) {
    std::string text;
    text.reserve(row.body.size() + 160);
    text.append(row.prev_hash).append("\n");
    text.append(row.kase.value).append("\n");
    text.append(std::to_string(row.seq)).append("\n");
    text.append(std::to_string(time::to_ms(row.at))).append("\n");
    text.append(row.body);
    return sha256_hex(text);
}

ports::HistoryRow chained(const model::CaseId& stream, std::uint64_t seq, time::Instant at,
                          const boost::json::object& body, std::string prev_hash) {
    ports::HistoryRow row;
    row.kase = stream;
    row.seq = seq;
    row.at = at;
    row.body = canonical(body);
    row.prev_hash = std::move(prev_hash);
    row.hash = link_hash(row);
    return row;
}

}  // namespace jinqiao::engine::runtime
