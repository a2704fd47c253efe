#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "engine/ports/store.h"

namespace jinqiao::engine::runtime {

// What somebody who filed without a name holds is a code. Of it a hash is kept, as a row of the
// tokens with this name, so that looking a code up is one look and no walk through the cases. Whose
// it is says the case and nothing else; no account is called so, and no bearer token has the name.
inline constexpr std::string_view receipt_token = ".receipt";

model::Status keep_receipt(ports::Batch& batch, const std::string& hash, const model::CaseId& kase,
                           time::Instant at);

// The case that a code with this hash opens; empty: none.
model::Result<std::optional<model::CaseId>> case_of_receipt(ports::Reader& reader,
                                                            const std::string& hash);

}  // namespace jinqiao::engine::runtime
