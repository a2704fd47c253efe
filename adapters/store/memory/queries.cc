#include <algorithm>

#include "adapters/store/memory/reader.h"
#include "adapters/store/paging.h"

namespace jinqiao::adapters::store::memory {

namespace {

template <class Row>
std::optional<Row> copied(const Held<Row>& row) {
    return row ? std::optional<Row>(*row) : std::nullopt;
}

// The smallest id under `first` in an index of (first, id) pairs.
template <class Table, class Index>
std::optional<typename Table::RowType> first_under(const Table& table, const Index& index,
                                                   const std::string& first) {
    if (first.empty()) return std::nullopt;
    const auto found = index.lower_bound({first, {}});
    if (found == index.end() || found->first != first) return std::nullopt;
    return copied(table.find(found->second));
}

Held<ports::HistoryRow> last_row(const Tables& tables, const std::string& stream) {
    const auto& rows = tables.history.rows();
    auto behind = rows.lower_bound(stream + '\x01');
    if (behind == rows.begin()) return nullptr;
    --behind;
    return behind->second->kase.value == stream ? behind->second : nullptr;
}

bool contains(const std::string& text, const std::string& folded_part) {
    return folded(text).find(folded_part) != std::string::npos;
}

}  // namespace

model::Result<std::optional<ports::CaseRow>> MemoryReader::find_case(const model::CaseId& id) {
    return copied(sight().tables->cases.find(id.value));
}

model::Result<std::optional<ports::CaseRow>> MemoryReader::find_number(const std::string& number) {
    const Sight seen = sight();
    const Cases& cases = seen.tables->cases;
    const auto found = cases.by_number.find(number);
    if (found == cases.by_number.end()) return std::optional<ports::CaseRow>();
    return copied(cases.find(found->second));
}

model::Result<std::optional<ports::StoredCase>> MemoryReader::stored_case(const model::CaseId& id) {
    const Sight seen = sight();
    const auto row = seen.tables->cases.find(id.value);
    if (!row) return std::optional<ports::StoredCase>();
    ports::StoredCase stored{row->seq, row->body, 0, {}};
    if (const auto last = last_row(*seen.tables, id.value)) {
        stored.last_seq = last->seq;
        stored.last_hash = last->hash;
    }
    return std::optional(std::move(stored));
}

model::Result<std::uint64_t> MemoryReader::case_seq(const model::CaseId& id) {
    const Sight seen = sight();
    const auto row = seen.tables->cases.find(id.value);
    return row ? row->seq : 0;
}

model::Result<std::vector<ports::Filing>> MemoryReader::filings_of(
    const model::EnterpriseId& enterprise, time::Instant since) {
    const Sight seen = sight();
    const auto& filed = seen.tables->cases.by_enterprise;
    std::vector<ports::Filing> filings;
    auto place = filed.lower_bound({enterprise.value, {time::to_ms(since), {}}});
    for (; place != filed.end() && place->first == enterprise.value; ++place) {
        const auto row = seen.tables->cases.find(place->second.second);
        filings.push_back({model::CaseId(place->second.second), time::from_ms(place->second.first),
                           row && row->exercise});
    }
    std::reverse(filings.begin(), filings.end());
    return filings;
}

model::Status MemoryReader::each_case(bool open_only,
                                      const std::function<bool(const ports::CaseRow&)>& visit) {
    std::vector<Held<ports::CaseRow>> held;
    {
        const Sight seen = sight();
        for (const auto& [id, row] : seen.tables->cases.rows()) {
            if (row->open || !open_only) held.push_back(row);
        }
    }
    for (const auto& row : held) {
        if (!visit(*row)) break;
    }
    return model::Done{};
}

model::Result<std::vector<ports::HistoryRow>> MemoryReader::history(const std::string& stream,
                                                                    std::uint64_t after_seq,
                                                                    int limit) {
    const Sight seen = sight();
    std::vector<ports::HistoryRow> rows;
    if (limit < 1) return rows;
    seen.tables->history.each_from(part(stream), History::key(stream, after_seq + 1),
                                   [&](const Held<ports::HistoryRow>& row) {
                                       rows.push_back(*row);
                                       return rows.size() < at_most(limit);
                                   });
    return rows;
}

model::Result<std::optional<ports::HistoryRow>> MemoryReader::last_history(
    const std::string& stream) {
    return copied(last_row(*sight().tables, stream));
}

model::Result<std::vector<ports::TrailRow>> MemoryReader::trail(std::uint64_t before, int limit) {
    const Sight seen = sight();
    const History& history = seen.tables->history;
    std::vector<ports::TrailRow> rows;
    auto place = before == 0 ? history.by_place.end() : history.by_place.lower_bound(before);
    while (place != history.by_place.begin() && rows.size() < at_most(limit)) {
        --place;
        rows.push_back({place->first, *history.find(place->second)});
    }
    return rows;
}

model::Status MemoryReader::each_stream(
    const std::function<bool(const std::string& stream)>& visit) {
    std::vector<std::string> streams;
    {
        const Sight seen = sight();
        const auto& rows = seen.tables->history.rows();
        for (auto row = rows.begin(); row != rows.end();) {
            streams.push_back(row->second->kase.value);
            row = rows.lower_bound(streams.back() + '\x01');
        }
    }
    for (const std::string& stream : streams) {
        if (!visit(stream)) break;
    }
    return model::Done{};
}

model::Result<std::vector<ports::FiguresRow>> MemoryReader::figures(time::Instant from,
                                                                    time::Instant until) {
    std::vector<ports::FiguresRow> rows;
    const Sight seen = sight();
    for (const auto& [id, row] : seen.tables->figures.rows())
        if (row->filed_at < until && (!row->last_at || *row->last_at >= from)) rows.push_back(*row);
    return rows;
}

model::Result<std::vector<ports::FiguresRow>> MemoryReader::restricted_figures() {
    std::vector<ports::FiguresRow> rows;
    const Sight seen = sight();
    for (const auto& [id, row] : seen.tables->figures.rows())
        if (row->restricted) rows.push_back(*row);
    return rows;
}

model::Result<std::vector<ports::TimerRow>> MemoryReader::timers_due(time::Instant until,
                                                                     int limit) {
    const Sight seen = sight();
    const Timers& timers = seen.tables->timers;
    std::vector<ports::TimerRow> rows;
    for (const auto& [at, key] : timers.by_at) {
        if (at > time::to_ms(until) || rows.size() >= at_most(limit)) break;
        rows.push_back(*timers.find(key));
    }
    return rows;
}

model::Result<std::vector<ports::TimerRow>> MemoryReader::timers_of(const model::CaseId& id) {
    std::vector<ports::TimerRow> rows;
    const Sight seen = sight();
    const std::string prefix = part(id.value);
    seen.tables->timers.each_from(prefix, prefix, [&](const Held<ports::TimerRow>& row) {
        rows.push_back(*row);
        return true;
    });
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    return rows;
}

model::Result<std::optional<ports::PersonalRow>> MemoryReader::personal(const std::string& ref) {
    return copied(sight().tables->personal.find(ref));
}

model::Result<std::optional<ports::EnterpriseRow>> MemoryReader::find_enterprise(
    const model::EnterpriseId& id) {
    return copied(sight().tables->enterprises.find(id.value));
}

model::Result<std::optional<ports::EnterpriseRow>> MemoryReader::enterprise_by_uscc(
    const std::string& uscc) {
    const Sight seen = sight();
    const Enterprises& enterprises = seen.tables->enterprises;
    return first_under(enterprises, enterprises.by_uscc, uscc);
}

model::Result<std::optional<ports::EnterpriseRow>> MemoryReader::enterprise_by_name_key(
    const std::string& key) {
    const Sight seen = sight();
    const Enterprises& enterprises = seen.tables->enterprises;
    return first_under(enterprises, enterprises.by_name_key, key);
}

model::Result<std::vector<ports::EnterpriseRow>> MemoryReader::search_enterprises(
    const std::string& q, int limit) {
    const std::string wanted = folded(q);
    std::vector<ports::EnterpriseRow> rows;
    {
        const Sight seen = sight();
        for (const auto& [id, row] : seen.tables->enterprises.rows()) {
            if (contains(row->name, wanted) || contains(row->uscc, wanted)) rows.push_back(*row);
        }
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const auto& a, const auto& b) { return a.name < b.name; });
    if (rows.size() > at_most(limit)) rows.resize(at_most(limit));
    return rows;
}

model::Result<std::optional<ports::AccountRow>> MemoryReader::find_account(
    const model::AccountId& id) {
    return copied(sight().tables->accounts.find(id.value));
}

model::Result<std::optional<ports::TokenRow>> MemoryReader::find_token(const std::string& hash) {
    return copied(sight().tables->tokens.find(hash));
}

model::Result<std::vector<ports::TokenRow>> MemoryReader::tokens_of(const model::AccountId& id) {
    const Sight seen = sight();
    const Tokens& tokens = seen.tables->tokens;
    std::vector<ports::TokenRow> rows;
    for (auto at = tokens.by_account.lower_bound({id.value, {}});
         at != tokens.by_account.end() && at->first == id.value; ++at)
        rows.push_back(*tokens.find(at->second.second));
    return rows;
}

model::Result<std::vector<ports::AccountRow>> MemoryReader::accounts() {
    const Sight seen = sight();
    std::vector<ports::AccountRow> rows;
    for (const auto& [id, row] : seen.tables->accounts.rows()) rows.push_back(*row);
    return rows;
}

model::Result<std::optional<ports::DocumentRow>> MemoryReader::find_document(
    const std::string& id) {
    return copied(sight().tables->documents.find(id));
}

model::Result<std::vector<ports::DocumentRow>> MemoryReader::unused_documents(
    const model::AccountId& account) {
    const Sight seen = sight();
    const Documents& documents = seen.tables->documents;
    std::vector<ports::DocumentRow> rows;
    for (const auto& [at, id] : documents.unused)
        if (const auto row = documents.find(id); row->account == account) rows.push_back(*row);
    return rows;
}

model::Result<std::optional<std::string>> MemoryReader::document_content(
    const std::string& sha256) {
    return copied(sight().tables->contents.find(sha256));
}

model::Result<std::optional<ports::StoredAnswer>> MemoryReader::answer(const std::string& account,
                                                                       const std::string& key) {
    return copied(sight().tables->answers.find(Answers::key(account, key)));
}

model::Result<std::optional<std::string>> MemoryReader::policy_text(const model::PolicyId& id) {
    return copied(sight().tables->policies.find(id.value));
}

model::Result<std::optional<std::string>> MemoryReader::meta(const std::string& key) {
    return copied(sight().tables->meta.find(key));
}

model::Result<std::uint64_t> MemoryReader::count(const std::string& table) {
    const Sight seen = sight();
    const Tables& tables = *seen.tables;
    if (table == "open_cases") return tables.cases.open;
    if (table == "open_exercises") return tables.cases.open_exercises;
    if (table == "timers") return std::uint64_t{tables.timers.rows().size()};
    if (table == "notices") return std::uint64_t{tables.notices.rows().size()};
    if (table == "deliveries_pending") return tables.deliveries.pending;
    if (table == "dead_letters") return std::uint64_t{tables.dead_letters.open.size()};
    if (table == "deliveries_dead") return std::uint64_t{tables.deliveries.dead.size()};
    return model::Error{model::ErrorCode::invalid, "nothing is counted as '" + table + "'",
                        "store"};
}

}  // namespace jinqiao::adapters::store::memory
