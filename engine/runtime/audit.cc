#include "engine/runtime/audit.h"

#include <boost/json/parse.hpp>
#include <optional>
#include <set>

#include "engine/runtime/chain.h"
#include "engine/runtime/digest.h"
#include "engine/runtime/directory_changes.h"
#include "engine/runtime/documents.h"
#include "engine/runtime/personal.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::Status;

namespace {

constexpr int rows_a_page = 500;
// A case that gets this many rows while it is being read is left to the next audit's word.
constexpr int most_passes = 1000;

class StreamAudit {
  public:
    StreamAudit(ports::Reader& reader, std::string stream)
        : reader_(reader), stream_(std::move(stream)) {}

    // Follows the chain to its end, then to wherever it has moved meanwhile.
    Status run() {
        for (int pass = 0; pass < most_passes && !broken_; ++pass) {
            if (auto done = read_rows(); !done) return done;
            if (broken_) break;
            auto settled = check_snapshot();
            if (!settled) return settled.error();
            if (*settled) break;
        }
        return model::Done{};
    }

    const std::optional<ChainBreak>& broken() const { return broken_; }
    std::uint64_t rows() const { return rows_; }
    std::string head() const {
        return stream_ + ' ' + std::to_string(seq_) + ' ' + last_hash_ + '\n';
    }

  private:
    Status read_rows() {
        while (true) {
            auto rows = reader_.history(stream_, seq_, rows_a_page);
            if (!rows) return rows.error();
            for (const auto& row : *rows) {
                if (auto done = check(row); !done) return done;
                if (broken_) return model::Done{};
            }
            if (rows->size() < rows_a_page) return model::Done{};
        }
    }

    Status check(const ports::HistoryRow& row) {
        ++rows_;
        if (row.seq != seq_ + 1) return note(seq_ + 1, "gap");
        if (row.prev_hash != last_hash_) return note(row.seq, "link");
        if (row.hash != link_hash(row)) return note(row.seq, "hash");
        boost::system::error_code failure;
        last_body_ = json::parse(row.body, failure);
        if (failure || !last_body_.is_object()) return note(row.seq, "unreadable");
        seq_ = row.seq;
        last_hash_ = row.hash;
        return check_kept_apart(last_body_);
    }

    // Every {"ref", "digest"} and every document in the row, however deep.
    Status check_kept_apart(const json::value& value) {
        if (const auto* array = value.if_array()) {
            for (const auto& item : *array)
                if (auto done = check_kept_apart(item); !done) return done;
            return model::Done{};
        }
        if (const auto* text = value.if_string()) return check_document(*text);
        const auto* object = value.if_object();
        if (object == nullptr) return model::Done{};
        const auto* ref = object->if_contains("ref");
        const auto* digest = object->if_contains("digest");
        if (ref != nullptr && digest != nullptr && ref->is_string() && digest->is_string())
            return check_digest(std::string(ref->get_string()), digest->get_string());
        for (const auto& member : *object)
            if (auto done = check_kept_apart(member.value()); !done) return done;
        return model::Done{};
    }

    // A document that is gone is a break too: removed ones are never named in any row.
    Status check_document(std::string_view id) {
        const std::string sha256(content_of(id));
        if (sha256.empty() || !seen_.insert(std::string(id)).second) return model::Done{};
        auto row = reader_.find_document(std::string(id));
        if (!row) return row.error();
        auto content = reader_.document_content(sha256);
        if (!content) return content.error();
        if (!*row || !*content || sha256_hex(**content) != sha256) return note(seq_, "document");
        return model::Done{};
    }

    Status check_digest(const std::string& ref, std::string_view digest) {
        auto stored = reader_.personal(ref);
        if (!stored) return stored.error();
        if (!*stored || (*stored)->value.empty()) return model::Done{};  // erased
        auto salt = reader_.personal("salt-" + (*stored)->kase.value);
        if (!salt) return salt.error();
        if (!*salt || (*salt)->value.empty()) return model::Done{};
        if (!matches_digest((*salt)->value, (*stored)->value, digest))
            return note(seq_, "personal");
        return model::Done{};
    }

    std::string promised(std::string_view key) const {
        const auto* object = last_body_.if_object();
        const auto* value = object != nullptr ? object->if_contains(key) : nullptr;
        return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                      : std::string();
    }

    // True: nothing more to read. The snapshot is read after the rows, so it is never older.
    model::Result<bool> check_snapshot() {
        if (stream_ == directory_stream) {
            auto stored = reader_.meta(directory_meta);
            if (!stored) return stored.error();
            const bool fits = *stored && sha256_hex(**stored) == promised("state_sha256");
            return fits ? model::Result<bool>(true) : moved_on_or("snapshot");
        }
        auto row = reader_.find_case(model::CaseId{stream_});
        if (!row) return row.error();
        const bool fits =
            *row && (*row)->seq == seq_ && sha256_hex((*row)->body) == promised("case_sha256");
        return fits ? model::Result<bool>(true) : moved_on_or("snapshot");
    }

    model::Result<bool> moved_on_or(const char* what) {
        auto last = reader_.last_history(stream_);
        if (!last) return last.error();
        if (*last && (*last)->seq > seq_) return false;
        (void)note(seq_, what);
        return true;
    }

    Status note(std::uint64_t seq, const char* what) {
        if (!broken_) broken_ = ChainBreak{stream_, seq, what};
        return model::Done{};
    }

    ports::Reader& reader_;
    std::string stream_;
    std::uint64_t seq_ = 0;
    std::string last_hash_ = first_link();
    json::value last_body_;
    std::uint64_t rows_ = 0;
    std::set<std::string> seen_;  // documents
    std::optional<ChainBreak> broken_;
};

// Streams that have history, and cases that should have.
model::Result<std::set<std::string>> streams_of(ports::Reader& reader) {
    std::set<std::string> out;
    auto visited = reader.each_stream([&](const std::string& stream) {
        out.insert(stream);
        return true;
    });
    if (!visited) return visited.error();
    visited = reader.each_case(false, [&](const ports::CaseRow& row) {
        out.insert(row.id.value);
        return true;
    });
    if (!visited) return visited.error();
    return out;
}

}  // namespace

model::Result<AuditReport> verify(
    ports::Reader& reader,
    const std::function<bool(std::uint64_t done, std::uint64_t all)>& progress) {
    auto streams = streams_of(reader);
    if (!streams) return streams.error();
    AuditReport report;
    std::string heads;
    for (const auto& stream : *streams) {
        StreamAudit audit(reader, stream);
        if (auto done = audit.run(); !done) return done.error();
        ++report.streams;
        report.rows += audit.rows();
        heads += audit.head();
        if (audit.rows() == 0)
            report.breaks.push_back({stream, 0, "no_history"});
        else if (audit.broken())
            report.breaks.push_back(*audit.broken());
        if (progress && !progress(report.streams, streams->size())) break;
    }
    report.heads = sha256_hex(heads);
    return report;
}

}  // namespace jinqiao::engine::runtime
