#include "engine/runtime/receipts.h"

#include "engine/runtime/digest.h"

namespace jinqiao::engine::runtime {

namespace {

constexpr std::string_view holder = "receipt:";

}  // namespace

model::Status keep_receipt(ports::Batch& batch, const std::string& hash, const model::CaseId& kase,
                           time::Instant at) {
    ports::TokenRow row;
    row.hash = hash;
    row.account.value = std::string(holder) + kase.value;
    row.name = receipt_token;
    row.made_at = at;
    return batch.put_token(row);
}

model::Result<std::optional<model::CaseId>> case_of_receipt(ports::Reader& reader,
                                                            const std::string& hash) {
    constexpr std::optional<model::CaseId> none;
    auto row = reader.find_token(hash);
    if (!row) return row.error();
    // The index found it by equality already; comparing again makes a store that folds case no way
    // in, and tells by its time nothing of where two differ.
    if (!*row || !equal_in_constant_time((*row)->hash, hash)) return none;
    const std::string_view account = (*row)->account.value;
    if ((*row)->name != receipt_token || !account.starts_with(holder)) return none;
    return std::optional<model::CaseId>(model::CaseId{std::string(account.substr(holder.size()))});
}

}  // namespace jinqiao::engine::runtime
