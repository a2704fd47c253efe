#include "engine/runtime/case_reading.h"

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>

#include "engine/model/codec.h"

namespace jinqiao::engine::runtime {

using model::Error;
using model::ErrorCode;

namespace {

Error unreadable(const model::CaseId& id, const std::string& why) {
    return {ErrorCode::internal, "the stored case cannot be read and is left as it is: " + why,
            id.value};
}

// What is parsed is thrown away once it is decoded: one region of memory instead of an allocation
// for each value of it.
model::Result<model::Case> decoded(const model::CaseId& id, const std::string& body) {
    static thread_local std::array<unsigned char, 128 * 1024> buffer;
    boost::json::monotonic_resource memory(buffer.data(), buffer.size());
    boost::system::error_code failure;
    const auto json = boost::json::parse(body, failure, &memory);
    if (failure || !json.is_object()) return unreadable(id, "not a JSON object");
    auto kase = model::decode_case(json.get_object());
    if (!kase) return unreadable(id, kase.error().what);
    return kase;
}

}  // namespace

model::Result<std::optional<Snapshot>> read_case(ports::Reader& reader, const model::CaseId& id) {
    auto stored = reader.stored_case(id);
    if (!stored) return stored.error();
    if (!*stored) return std::optional<Snapshot>{};
    auto kase = decoded(id, (*stored)->body);
    if (!kase) return kase.error();
    if ((*stored)->last_seq != kase->seq || (*stored)->seq != kase->seq)
        return unreadable(id, "snapshot and history disagree about the last row");
    return std::optional(Snapshot{std::make_shared<const model::Case>(std::move(*kase)),
                                  std::move((*stored)->last_hash)});
}

}  // namespace jinqiao::engine::runtime
