#include "adapters/store/memory/tables.h"

namespace jinqiao::adapters::store::memory {

namespace {

std::string queue_of(const ports::DeliveryRow& row) {
    return part(row.kase.value) + part(row.channel) + part(row.address);
}

bool is_pending(const ports::DeliveryRow* row) { return row != nullptr && row->state == "pending"; }

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

void Deliveries::head_out(const std::string& channel, const std::set<std::uint64_t>& queue) {
    if (queue.empty()) return;
    const auto head = find(part(*queue.begin()));
    const auto place = heads.find(channel);
    place->second.erase({time::to_ms(head->next_at), head->order});
    if (place->second.empty()) heads.erase(place);
}

// `newest` is not in the table yet when its index is made.
void Deliveries::head_in(const std::string& channel, const std::set<std::uint64_t>& queue,
                         const ports::DeliveryRow* newest) {
    if (queue.empty()) return;
    const std::uint64_t first = *queue.begin();
    const bool is_newest = newest != nullptr && newest->order == first;
    const time::Instant at = is_newest ? newest->next_at : find(part(first))->next_at;
    heads[channel].insert({time::to_ms(at), first});
}

void Deliveries::reindex(const ports::DeliveryRow* before, const ports::DeliveryRow* after) {
    const ports::DeliveryRow& any = after != nullptr ? *after : *before;
    if (before != nullptr) by_id.erase(before->id);
    if (after != nullptr) by_id[after->id] = after->order;
    if (before != nullptr && before->state == "dead") dead.erase(before->order);
    if (after != nullptr && after->state == "dead") dead.insert(after->order);
    if (!is_pending(before) && !is_pending(after)) return;

    const std::string name = queue_of(any);
    std::set<std::uint64_t>& queue = queues[name];
    head_out(any.channel, queue);
    if (is_pending(before)) pending -= queue.erase(any.order);
    if (is_pending(after)) pending += queue.insert(any.order).second ? 1U : 0U;
    head_in(any.channel, queue, is_pending(after) ? after : nullptr);
    if (queue.empty()) queues.erase(name);
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
