#include "adapters/store/memory/tables.h"

namespace jinqiao::adapters::store::memory {

namespace {

bool is_pending(const ports::DeliveryRow* row) { return row != nullptr && row->state == "pending"; }
bool is_merged(const ports::DeliveryRow* row) { return row != nullptr && row->state == "merged"; }
bool is_queued(const ports::DeliveryRow* row) { return is_pending(row) || is_merged(row); }

Deliveries::Turn turn_of(const ports::DeliveryRow& row) {
    return {-static_cast<int>(row.priority), time::to_ms(row.next_at), row.order};
}

}  // namespace

void Cases::reindex(const ports::CaseRow* before, const ports::CaseRow* after) {
    const auto place = [](const ports::CaseRow& row) {
        return std::pair(row.enterprise_id, std::pair(time::to_ms(row.filed_at), row.id.value));
    };
    if (before != nullptr) {
        if (before->open) --(before->exercise ? open_exercises : open);
        if (!before->number.empty()) by_number.erase(before->number);
        by_enterprise.erase(place(*before));
    }
    if (after != nullptr) {
        if (after->open) ++(after->exercise ? open_exercises : open);
        if (!after->number.empty()) by_number[after->number] = after->id.value;
        by_enterprise.insert(place(*after));
    }
}

std::string History::key(std::string_view stream, std::uint64_t seq) {
    return part(stream) + part(seq);
}

// Rows are only ever added; what is undone was added last.
void History::reindex(const ports::HistoryRow* before, const ports::HistoryRow* after) {
    const auto key_of = [](const ports::HistoryRow& row) { return key(row.kase.value, row.seq); };
    if (before != nullptr) {
        auto place = by_place.end();
        while (place != by_place.begin())
            if ((--place)->second == key_of(*before)) {
                by_place.erase(place);
                break;
            }
    }
    if (after != nullptr)
        by_place.emplace(by_place.empty() ? 1 : by_place.rbegin()->first + 1, key_of(*after));
}

std::string Timers::key(std::string_view kase, std::string_view slot) {
    return part(kase) + std::string(slot);
}

void Timers::reindex(const ports::TimerRow* before, const ports::TimerRow* after) {
    const auto place = [](const ports::TimerRow& row) {
        return std::pair(time::to_ms(row.at), key(row.kase.value, row.slot));
    };
    if (before != nullptr) by_at.erase(place(*before));
    if (after != nullptr) by_at.insert(place(*after));
}

void Notices::reindex(const PlacedNotice* before, const PlacedNotice* after) {
    const auto place = [](const PlacedNotice& held, const std::string& first) {
        return std::pair(first, std::pair(held.place, held.row.notice.id.value));
    };
    if (before != nullptr) {
        by_key.erase(before->row.notice.key);
        by_case.erase(place(*before, before->row.notice.kase.value));
        by_delivery.erase(place(*before, before->row.delivery));
    }
    if (after != nullptr) {
        by_key[after->row.notice.key] = after->row.notice.id.value;
        by_case.insert(place(*after, after->row.notice.kase.value));
        by_delivery.insert(place(*after, after->row.delivery));
    }
}

std::string Deliveries::queue_of(const ports::DeliveryRow& row) {
    return part(row.kase.value) + part(row.channel) + part(row.address);
}

void Deliveries::head_out(const std::set<std::uint64_t>& queue) {
    if (queue.empty()) return;
    const auto head = find(part(*queue.begin()));
    if (!is_pending(head.get())) return;
    const auto place = heads.find(head->channel);
    place->second.erase(turn_of(*head));
    if (place->second.empty()) heads.erase(place);
}

// `newest` is not in the table yet when its index is made.
void Deliveries::head_in(const std::set<std::uint64_t>& queue, const ports::DeliveryRow* newest) {
    if (queue.empty()) return;
    const std::uint64_t first = *queue.begin();
    const bool is_newest = newest != nullptr && newest->order == first;
    const ports::DeliveryRow head = is_newest ? *newest : *find(part(first));
    if (is_pending(&head)) heads[head.channel].insert(turn_of(head));
}

void Deliveries::reindex(const ports::DeliveryRow* before, const ports::DeliveryRow* after) {
    const ports::DeliveryRow& any = after != nullptr ? *after : *before;
    if (before != nullptr) by_id.erase(before->id);
    if (after != nullptr) by_id[after->id] = after->order;
    if (before != nullptr && before->state == "dead") dead.erase(before->order);
    if (after != nullptr && after->state == "dead") dead.insert(after->order);
    if (is_merged(before)) merged.erase({before->successor, before->order});
    if (is_merged(after)) merged.insert({after->successor, after->order});
    if (!is_queued(before) && !is_queued(after)) return;

    const std::string name = queue_of(any);
    std::set<std::uint64_t>& queue = queues[name];
    head_out(queue);
    if (is_pending(before)) --pending;
    if (is_pending(after)) ++pending;
    if (is_queued(before)) queue.erase(any.order);
    if (is_queued(after)) queue.insert(any.order);
    head_in(queue, is_queued(after) ? after : nullptr);
    if (queue.empty()) queues.erase(name);
}

void DeadLetters::reindex(const ports::DeadLetterRow* before, const ports::DeadLetterRow* after) {
    const auto is_open = [](const ports::DeadLetterRow* row) {
        return row != nullptr && !row->settled_at;
    };
    if (is_open(before)) {
        open.erase({time::to_ms(before->at), before->delivery});
        if (before->tell_at) to_tell.erase({time::to_ms(*before->tell_at), before->delivery});
    }
    if (is_open(after)) {
        open.insert({time::to_ms(after->at), after->delivery});
        if (after->tell_at) to_tell.insert({time::to_ms(*after->tell_at), after->delivery});
    }
}

void Enterprises::reindex(const ports::EnterpriseRow* before, const ports::EnterpriseRow* after) {
    if (before != nullptr) {
        by_uscc.erase({before->uscc, before->id.value});
        by_name_key.erase({before->name_key, before->id.value});
    }
    if (after != nullptr) {
        by_uscc.insert({after->uscc, after->id.value});
        by_name_key.insert({after->name_key, after->id.value});
    }
}

void Tokens::reindex(const ports::TokenRow* before, const ports::TokenRow* after) {
    const auto place = [](const ports::TokenRow& row) {
        return std::pair(row.account.value, std::pair(time::to_ms(row.made_at), row.hash));
    };
    const auto end = [](const ports::TokenRow& row) {
        return std::pair(time::to_ms(*row.expires_at), row.hash);
    };
    if (before != nullptr) {
        by_account.erase(place(*before));
        if (before->session && before->expires_at) sessions.erase(end(*before));
    }
    if (after != nullptr) {
        by_account.insert(place(*after));
        if (after->session && after->expires_at) sessions.insert(end(*after));
    }
}

void Documents::reindex(const ports::DocumentRow* before, const ports::DocumentRow* after) {
    const auto place = [](const ports::DocumentRow& row) {
        return std::pair(time::to_ms(row.at), row.id);
    };
    if (before != nullptr) {
        unused.erase(place(*before));
        by_content.erase({before->sha256, before->id});
    }
    if (after != nullptr) {
        if (after->kase.empty()) unused.insert(place(*after));
        by_content.insert({after->sha256, after->id});
    }
}

std::string Answers::key(std::string_view account, std::string_view key) {
    return part(account) + std::string(key);
}

void Answers::reindex(const ports::StoredAnswer* before, const ports::StoredAnswer* after) {
    const auto place = [](const ports::StoredAnswer& row) {
        return std::pair(time::to_ms(row.at), key(row.account, row.key));
    };
    if (before != nullptr) by_at.erase(place(*before));
    if (after != nullptr) by_at.insert(place(*after));
}

}  // namespace jinqiao::adapters::store::memory
