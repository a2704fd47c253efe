#include "engine/runtime/case_reading.h"

#include "engine/model/codec.h"

namespace jinqiao::engine::runtime {

using model::Error;
using model::ErrorCode;

namespace {

Error unreadable(const model::CaseId& id, const std::string& why) {
    return {ErrorCode::internal, "the stored case cannot be read and is left as it is: " + why,
            id.value};
}

}  // namespace

model::Result<std::optional<Snapshot>> read_case(ports::Reader& reader, const model::CaseId& id) {
    auto stored = reader.stored_case(id);
    if (!stored) return stored.error();
    if (!*stored) return std::optional<Snapshot>{};
    auto kase = model::decode_case((*stored)->body);
    if (!kase) return unreadable(id, kase.error().what);
    if ((*stored)->last_seq != kase->seq || (*stored)->seq != kase->seq)
        return unreadable(id, "snapshot and history disagree about the last row");
    return std::optional(Snapshot{std::make_shared<const model::Case>(std::move(*kase)),
                                  std::move((*stored)->last_hash)});
}

}  // namespace jinqiao::engine::runtime
