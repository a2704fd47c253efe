#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/refusal.h"
#include "engine/ports/store.h"
#include "engine/runtime/case_writer.h"
#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

// Files that payloads name. The id of a document is "<time-ordered id>-<SHA-256 of its content>":
// whatever names it, history and snapshots included, vouches for the content as well, and nothing
// else need be written anywhere. What the sender called the file stands in the document's row only,
// where it can be erased.
//
// Sent first and named later: until a payload of some case names it, a document is its sender's,
// and removed after CoreSettings::unused_documents_kept. The first case that names it keeps it.

// The SHA-256 that an id of this form vouches for; empty if the text is none.
std::string_view content_of(std::string_view document_id);

// Keeps the content (once, however often it is sent) and a row for this sender; the answer's event
// "document_stored" has the id. Refusal document.quota {used, limit, size} if too much of what the
// account has sent is not named by any case.
Answer store_document(const Tools& tools, Transaction& tx, const Upload& upload);

// What of it the sender may not name, as faults payload.document {field, found}: ids that nobody
// has sent, or somebody else, unless the case (empty: a new one) has them already.
model::Result<std::optional<model::Refusal>> unfit_documents(ports::Reader& reader,
                                                             const Naming& naming,
                                                             const model::CaseId& kase);

// They belong to the case from now on, those that belong to none.
model::Status claim(ports::Batch& batch, const Naming& naming, const model::CaseId& kase);

}  // namespace jinqiao::engine::runtime
