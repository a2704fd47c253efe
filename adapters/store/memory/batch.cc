#include "adapters/store/memory/batch.h"

#include <utility>

namespace jinqiao::adapters::store::memory {

namespace {

model::Error misused(const char* what) { return {model::ErrorCode::internal, what, "store"}; }

model::Error taken(const std::string& what) {
    return {model::ErrorCode::conflict, "this is there already", what};
}

model::Error missing(const std::string& what) {
    return {model::ErrorCode::not_found, "there is no such thing", what};
}

}  // namespace

MemoryBatch::MemoryBatch(std::shared_ptr<MemoryStore::State> state)
    : state_(std::move(state)), number_(state_->transaction) {}

MemoryBatch::~MemoryBatch() {
    if (!alive()) return;
    state_->undo_down_to(0);
    state_->end();
}

model::Status MemoryBatch::alive() const {
    if (!over_ && state_->in_transaction && state_->transaction == number_) return model::Done{};
    return misused("this transaction has ended");
}

model::Status MemoryBatch::savepoint() {
    if (auto ready = alive(); !ready) return ready;
    savepoint_ = state_->changes.size();
    return model::Done{};
}

model::Status MemoryBatch::release() {
    if (auto ready = alive(); !ready) return ready;
    if (!savepoint_) return misused("there is no savepoint to release");
    savepoint_.reset();
    return model::Done{};
}

model::Status MemoryBatch::rollback_to_savepoint() {
    if (auto ready = alive(); !ready) return ready;
    if (!savepoint_) return misused("there is no savepoint to go back to");
    state_->undo_down_to(*savepoint_);
    return model::Done{};
}

model::Status MemoryBatch::put_case(const ports::CaseRow& row, std::uint64_t expected_seq) {
    const Cases& cases = tables().cases;
    const auto there = cases.find(row.id.value);
    const std::uint64_t seq = there ? there->seq : 0;
    if (static_cast<bool>(there) != (expected_seq != 0) || seq != expected_seq) {
        return model::Error{model::ErrorCode::conflict,
                            "the case is not at history row " + std::to_string(expected_seq),
                            "case " + row.id.value};
    }
    const auto same_number = cases.by_number.find(row.number);
    if (same_number != cases.by_number.end() && same_number->second != row.id.value) {
        return taken("number " + row.number);
    }
    if (!there) return put<&Tables::cases>(row.id.value, row);
    // What is fixed at filing stays.
    ports::CaseRow next = row;
    next.workflow = there->workflow;
    next.filer_account = there->filer_account;
    next.exercise = there->exercise;
    next.filed_at = there->filed_at;
    return put<&Tables::cases>(row.id.value, next);
}

model::Status MemoryBatch::put_figures(const ports::FiguresRow& row) {
    return put<&Tables::figures>(row.kase.value, row);
}

model::Status MemoryBatch::append_history(const ports::HistoryRow& row) {
    const std::string key = History::key(row.kase.value, row.seq);
    if (tables().history.find(key)) return taken("history of " + row.kase.value);
    return put<&Tables::history>(key, row);
}

model::Status MemoryBatch::put_timer(const ports::TimerRow& row) {
    return put<&Tables::timers>(Timers::key(row.kase.value, row.slot), row);
}

model::Status MemoryBatch::erase_timer(const model::CaseId& id, const std::string& slot) {
    if (auto ready = alive(); !ready) return ready;
    const std::string key = Timers::key(id.value, slot);
    if (tables().timers.find(key)) state_->put<&Tables::timers>(key, nullptr);
    return model::Done{};
}

model::Status MemoryBatch::add_notice(const ports::NoticeRow& row) {
    const Notices& notices = tables().notices;
    if (notices.find(row.notice.id.value) || notices.by_key.contains(row.notice.key)) {
        return taken("notice " + row.notice.key);
    }
    const PlacedNotice placed{row, ++state_->last_place};
    return put<&Tables::notices>(row.notice.id.value, placed);
}

model::Status MemoryBatch::put_notice_state(const model::NoticeId& id, const std::string& state,
                                            std::optional<time::Instant> delivered_at) {
    const auto there = tables().notices.find(id.value);
    if (!there) return missing("notice " + id.value);
    PlacedNotice next = *there;
    next.row.state = state;
    next.row.delivered_at = delivered_at;
    return put<&Tables::notices>(id.value, next);
}

model::Status MemoryBatch::add_delivery(const ports::DeliveryRow& row) {
    if (tables().deliveries.by_id.contains(row.id)) return taken("delivery " + row.id);
    ports::DeliveryRow placed = row;
    placed.order = ++state_->last_order;
    if (placed.state == "pending" && placed.priority > model::GradeLevel::blue)
        if (auto done = hurry(placed); !done) return done;
    return put<&Tables::deliveries>(part(placed.order), placed);
}

// An urgent one may not wait behind what need not hurry: order is kept, so they hurry together.
model::Status MemoryBatch::hurry(const ports::DeliveryRow& behind) {
    const Deliveries& deliveries = tables().deliveries;
    const auto queue = deliveries.queues.find(Deliveries::queue_of(behind));
    if (queue == deliveries.queues.end()) return model::Done{};
    const std::set<std::uint64_t> before = queue->second;
    for (const std::uint64_t order : before) {
        ports::DeliveryRow row = *tables().deliveries.find(part(order));
        if (row.state != "pending" || row.priority >= behind.priority) continue;
        row.priority = behind.priority;
        if (auto done = put<&Tables::deliveries>(part(order), row); !done) return done;
    }
    return model::Done{};
}

model::Status MemoryBatch::carry_notice(const model::NoticeId& id, const std::string& delivery) {
    const auto there = tables().notices.find(id.value);
    if (!there) return missing("notice " + id.value);
    PlacedNotice next = *there;
    next.row.delivery = delivery;
    next.row.state = "pending";
    next.row.delivered_at.reset();
    return put<&Tables::notices>(id.value, next);
}

model::Status MemoryBatch::put_dead_letter(const ports::DeadLetterRow& row) {
    return put<&Tables::dead_letters>(row.delivery, row);
}

model::Status MemoryBatch::put_delivery(const ports::DeliveryRow& row) {
    const Deliveries& deliveries = tables().deliveries;
    const auto found = deliveries.by_id.find(row.id);
    if (found == deliveries.by_id.end()) return missing("delivery " + row.id);
    const std::string key = part(found->second);
    ports::DeliveryRow next = *deliveries.find(key);
    next.state = row.state;
    next.attempts = row.attempts;
    next.next_at = row.next_at;
    next.sent_unknown = row.sent_unknown;
    next.since = row.since;
    next.successor = row.successor;
    return put<&Tables::deliveries>(key, next);
}

model::Status MemoryBatch::add_attempt(const ports::AttemptRow& row) {
    if (!tables().deliveries.by_id.contains(row.delivery)) {
        return missing("delivery " + row.delivery);
    }
    const auto nth = static_cast<std::uint64_t>(tables().attempts.rows().size());
    const std::string key =
        part(row.delivery) + part(static_cast<std::uint64_t>(row.attempt)) + part(nth);
    return put<&Tables::attempts>(key, row);
}

model::Status MemoryBatch::put_personal(const ports::PersonalRow& row) {
    return put<&Tables::personal>(row.ref, row);
}

model::Status MemoryBatch::put_enterprise(const ports::EnterpriseRow& row) {
    return put<&Tables::enterprises>(row.id.value, row);
}

model::Status MemoryBatch::put_account(const ports::AccountRow& row) {
    return put<&Tables::accounts>(row.id.value, row);
}

model::Status MemoryBatch::put_token(const ports::TokenRow& row) {
    return put<&Tables::tokens>(row.hash, row);
}

model::Status MemoryBatch::note_token_use(const std::string& hash, const std::string& day) {
    const auto there = tables().tokens.find(hash);
    if (!there) return alive();
    ports::TokenRow next = *there;
    next.used_on = day;
    return put<&Tables::tokens>(hash, next);
}

model::Status MemoryBatch::erase_token(const std::string& hash) {
    if (auto ready = alive(); !ready) return ready;
    state_->put<&Tables::tokens>(hash, nullptr);
    return model::Done{};
}

model::Status MemoryBatch::drop_sessions_before(time::Instant expired) {
    if (auto ready = alive(); !ready) return ready;
    const auto& sessions = tables().tokens.sessions;
    while (!sessions.empty() && sessions.begin()->first < time::to_ms(expired)) {
        const std::string hash = sessions.begin()->second;
        state_->put<&Tables::tokens>(hash, nullptr);
    }
    return model::Done{};
}

model::Status MemoryBatch::put_document(const ports::DocumentRow& row) {
    return put<&Tables::documents>(row.id, row);
}

model::Status MemoryBatch::put_content(const std::string& sha256, const std::string& bytes) {
    if (tables().contents.find(sha256)) return alive();
    return put<&Tables::contents>(sha256, bytes);
}

model::Status MemoryBatch::drop_unused_documents_before(time::Instant at) {
    if (auto ready = alive(); !ready) return ready;
    const Documents& documents = tables().documents;
    while (!documents.unused.empty() && documents.unused.begin()->first < time::to_ms(at)) {
        const std::string id = documents.unused.begin()->second;
        const std::string sha256 = documents.find(id)->sha256;
        state_->put<&Tables::documents>(id, nullptr);
        const auto other = documents.by_content.lower_bound({sha256, {}});
        if (other == documents.by_content.end() || other->first != sha256)
            state_->put<&Tables::contents>(sha256, nullptr);
    }
    return model::Done{};
}

model::Status MemoryBatch::put_answer(const ports::StoredAnswer& row) {
    const std::string key = Answers::key(row.account, row.key);
    if (tables().answers.find(key)) return taken("answer to " + row.key);
    return put<&Tables::answers>(key, row);
}

model::Status MemoryBatch::drop_answers_before(time::Instant at) {
    if (auto ready = alive(); !ready) return ready;
    const auto& by_at = tables().answers.by_at;
    while (!by_at.empty() && by_at.begin()->first < time::to_ms(at)) {
        const std::string key = by_at.begin()->second;
        state_->put<&Tables::answers>(key, nullptr);
    }
    return model::Done{};
}

model::Status MemoryBatch::put_policy(const model::PolicyId& id, const std::string& text) {
    if (tables().policies.find(id.value)) return alive();
    return put<&Tables::policies>(id.value, text);
}

model::Status MemoryBatch::put_meta(const std::string& key, const std::string& value) {
    return put<&Tables::meta>(key, value);
}

model::Result<std::uint64_t> MemoryBatch::next_number(const std::string& series) {
    const auto last = tables().counters.find(series);
    const std::uint64_t next = last ? *last + 1 : 1;
    if (auto counted = put<&Tables::counters>(series, next); !counted) return counted.error();
    return next;
}

model::Status MemoryBatch::commit() {
    if (auto ready = alive(); !ready) return ready;
    const std::optional<CommitFault> fault = std::exchange(state_->fault, std::nullopt);
    const bool happens = !fault || *fault == CommitFault::unknown_done;
    if (happens) {
        state_->publish();
    } else {
        state_->undo_down_to(0);
    }
    over_ = true;
    state_->end();
    if (!fault) return model::Done{};
    if (*fault == CommitFault::disk_full) {
        return model::Error{model::ErrorCode::disk_full, "there is no room left", "store"};
    }
    state_->broken = model::Error{model::ErrorCode::unknown,
                                  "whether the commit happened is not known", "store"};
    return *state_->broken;
}

}  // namespace jinqiao::adapters::store::memory
