#include "engine/runtime/delivery_merge.h"

#include <algorithm>

#include "engine/runtime/delivery_plan.h"

namespace jinqiao::engine::runtime {

using model::GradeLevel;
using model::Status;

namespace {

struct Part {
    ports::DeliveryRow delivery;
    ports::NoticeRow notice;
};

// Empty: it travels alone.
model::Result<std::optional<Part>> part_of(Transaction& tx, const DeliveryMerge& merge,
                                           const std::string& id) {
    std::optional<Part> none;
    auto delivery = tx.batch().find_delivery(id);
    if (!delivery) return delivery.error();
    if (!*delivery) return none;
    const auto& row = **delivery;
    if (row.state != "pending" || row.sent_unknown || row.channel != merge.channel ||
        row.address != merge.address || row.kase.empty() || row.next_at > tx.now())
        return none;
    auto notices = tx.batch().notices_of_delivery(id);
    if (!notices) return notices.error();
    if (notices->size() != 1 || notices->front().notice.grade == GradeLevel::red) return none;
    return std::optional(Part{std::move(**delivery), std::move(notices->front())});
}

model::Result<std::vector<Part>> parts_of(Transaction& tx, const DeliveryMerge& merge) {
    std::vector<Part> parts;
    std::size_t bytes = 0;
    for (const auto& id : merge.deliveries) {
        auto part = part_of(tx, merge, id);
        if (!part) return part.error();
        if (!*part) continue;
        bytes += digest_line((*part)->notice).size();
        if (merge.text_limit > 0 && bytes > merge.text_limit) break;
        parts.push_back(std::move(**part));
    }
    return parts;
}

ports::DeliveryRow carrier_of(const Tools& tools, const Transaction& tx, const DeliveryMerge& merge,
                              const std::vector<Part>& parts) {
    ports::DeliveryRow row;
    row.id = "d-" + tools.parts.ids->next(tx.now());
    row.channel = merge.channel;
    row.address = merge.address;
    row.state = "pending";
    row.next_at = tx.now();
    row.since = parts.front().delivery.since;
    for (const auto& part : parts) {
        row.priority = std::max(row.priority, part.delivery.priority);
        row.since = std::min(row.since, part.delivery.since);
    }
    return row;
}

}  // namespace

Answer merge_deliveries(const Tools& tools, Transaction& tx, const DeliveryMerge& merge) {
    auto parts = parts_of(tx, merge);
    if (!parts) return parts.error();
    if (parts->size() < 2)
        return model::Refusal{model::Refusal::Kind::dropped, {{"delivery.nothing_to_merge", {}}}};
    tx.writing(true);
    const auto carrier = carrier_of(tools, tx, merge, *parts);
    if (auto put = tx.batch().add_delivery(carrier); !put) return put.error();
    for (auto& [delivery, notice] : *parts) {
        delivery.state = "merged";
        delivery.successor = carrier.id;
        if (auto put = tx.batch().put_delivery(delivery); !put) return put.error();
        if (auto put = tx.batch().carry_notice(notice.notice.id, carrier.id); !put)
            return put.error();
    }
    tx.writing(false);
    return Accepted{};
}

}  // namespace jinqiao::engine::runtime
