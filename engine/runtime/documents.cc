#include "engine/runtime/documents.h"

#include <algorithm>

namespace jinqiao::engine::runtime {

using model::Refusal;
using model::Status;

namespace {

constexpr std::size_t fresh_size = 26, digest_size = 64;

bool all_of(std::string_view text, std::string_view allowed) {
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

Refusal too_much(std::uint64_t used, const Upload& upload) {
    return {Refusal::Kind::blocked,
            {{"document.quota",
              {{"used", std::to_string(used)},
               {"limit", std::to_string(upload.unused_limit)},
               {"size", std::to_string(upload.content.size())}}}}};
}

}  // namespace

std::string_view content_of(std::string_view id) {
    if (id.size() != fresh_size + 1 + digest_size || id[fresh_size] != '-') return {};
    const auto digest = id.substr(fresh_size + 1);
    const bool fits = all_of(id.substr(0, fresh_size), "0123456789abcdefghijklmnopqrstuvwxyz") &&
                      all_of(digest, "0123456789abcdef");
    return fits ? digest : std::string_view{};
}

Answer store_document(const Tools& tools, Transaction& tx, const Upload& upload) {
    auto unused = tx.batch().unused_documents(upload.account);
    if (!unused) return unused.error();
    std::uint64_t used = 0;
    for (const auto& row : *unused) used += row.size;
    if (used + upload.content.size() > upload.unused_limit) return too_much(used, upload);

    ports::DocumentRow row;
    row.id = tools.parts.ids->next(tx.now()) + '-' + upload.sha256;
    row.account = upload.account;
    row.name = upload.name;
    row.type = upload.type;
    row.size = upload.content.size();
    row.sha256 = upload.sha256;
    row.at = tx.now();
    if (auto put = tx.batch().put_content(row.sha256, upload.content); !put) return put.error();
    if (auto put = tx.batch().put_document(row); !put) return put.error();
    Accepted accepted;
    accepted.events.push_back({"document_stored", {{"id", row.id}}});
    return accepted;
}

model::Result<std::optional<Refusal>> unfit_documents(ports::Reader& reader, const Naming& naming,
                                                      const model::CaseId& kase) {
    Refusal refusal{Refusal::Kind::invalid_payload, {}};
    for (const auto& [field, id] : naming.documents) {
        auto row = reader.find_document(id);
        if (!row) return row.error();
        const bool own = *row && (*row)->account == naming.by;
        const bool there = *row && !kase.empty() && (*row)->kase == kase;
        if (!own && !there)
            refusal.reasons.push_back({"payload.document", {{"field", field}, {"found", id}}});
    }
    if (refusal.reasons.empty()) return std::optional<Refusal>{};
    return std::optional<Refusal>(std::move(refusal));
}

Status claim(ports::Batch& batch, const Naming& naming, const model::CaseId& kase) {
    for (const auto& [field, id] : naming.documents) {
        auto row = batch.find_document(id);
        if (!row) return row.error();
        if (!*row || !(*row)->kase.empty()) continue;
        (*row)->kase = kase;
        if (auto put = batch.put_document(**row); !put) return put;
    }
    return model::Done{};
}

}  // namespace jinqiao::engine::runtime
