#include <algorithm>

#include "adapters/store/memory/reader.h"

namespace jinqiao::adapters::store::memory {

namespace {

// The notices under `first` in an index of (first, (place, id)), in the order of adding.
template <class Index>
std::vector<ports::NoticeRow> under(const Notices& notices, const Index& index,
                                    const std::string& first) {
    std::vector<ports::NoticeRow> rows;
    auto place = index.lower_bound({first, {}});
    for (; place != index.end() && place->first == first; ++place) {
        rows.push_back(notices.find(place->second.second)->row);
    }
    return rows;
}

}  // namespace

model::Result<std::vector<ports::NoticeRow>> MemoryReader::notices(const model::CaseId& id) {
    const Sight seen = sight();
    return under(seen.tables->notices, seen.tables->notices.by_case, id.value);
}

model::Result<std::optional<ports::NoticeRow>> MemoryReader::find_notice(
    const model::NoticeId& id) {
    const auto found = sight().tables->notices.find(id.value);
    return found ? std::optional(found->row) : std::nullopt;
}

model::Result<std::vector<ports::NoticeRow>> MemoryReader::notices_of_delivery(
    const std::string& delivery) {
    const Sight seen = sight();
    return under(seen.tables->notices, seen.tables->notices.by_delivery, delivery);
}

model::Result<std::vector<std::string>> MemoryReader::delivery_channels() {
    const Sight seen = sight();
    std::vector<std::string> channels;
    for (const auto& [channel, heads] : seen.tables->deliveries.heads) channels.push_back(channel);
    return channels;
}

model::Result<std::vector<ports::DeliveryRow>> MemoryReader::deliveries_ready(
    const std::string& channel, time::Instant until, int limit) {
    const Sight seen = sight();
    const Deliveries& deliveries = seen.tables->deliveries;
    std::vector<ports::DeliveryRow> rows;
    const auto heads = deliveries.heads.find(channel);
    if (heads == deliveries.heads.end()) return rows;
    for (const auto& turn : heads->second) {
        if (rows.size() >= at_most(limit)) break;
        if (turn.at <= time::to_ms(until)) rows.push_back(*deliveries.find(part(turn.order)));
    }
    return rows;
}

model::Result<std::optional<time::Instant>> MemoryReader::next_delivery_at() {
    const Sight seen = sight();
    std::optional<time::Instant> first;
    for (const auto& [channel, heads] : seen.tables->deliveries.heads) {
        for (const auto& turn : heads)
            if (const auto at = time::from_ms(turn.at); !first || at < *first) first = at;
    }
    return first;
}

model::Result<std::vector<ports::DeliveryRow>> MemoryReader::deliveries_in_state(
    const std::string& state, std::uint64_t after, int limit) {
    const Sight seen = sight();
    const Deliveries& deliveries = seen.tables->deliveries;
    std::vector<ports::DeliveryRow> rows;
    for (const auto& [order, row] : deliveries.rows()) {
        if (rows.size() >= at_most(limit)) break;
        if (row->order > after && row->state == state) rows.push_back(*row);
    }
    return rows;
}

model::Result<std::optional<ports::DeliveryRow>> MemoryReader::find_delivery(
    const std::string& id) {
    const Sight seen = sight();
    const auto found = seen.tables->deliveries.by_id.find(id);
    if (found == seen.tables->deliveries.by_id.end()) return std::optional<ports::DeliveryRow>();
    return std::optional(*seen.tables->deliveries.find(part(found->second)));
}

model::Result<std::vector<ports::DeliveryRow>> MemoryReader::deliveries_merged_into(
    const std::string& id) {
    const Sight seen = sight();
    const Deliveries& deliveries = seen.tables->deliveries;
    std::vector<ports::DeliveryRow> rows;
    for (auto at = deliveries.merged.lower_bound({id, 0});
         at != deliveries.merged.end() && at->first == id; ++at)
        rows.push_back(*deliveries.find(part(at->second)));
    return rows;
}

model::Result<std::optional<ports::DeadLetterRow>> MemoryReader::find_dead_letter(
    const std::string& delivery) {
    const auto found = sight().tables->dead_letters.find(delivery);
    return found ? std::optional(*found) : std::nullopt;
}

model::Result<std::vector<ports::DeadLetterRow>> MemoryReader::dead_letters(
    const std::optional<ports::DeadLetterRow>& after, int limit) {
    const Sight seen = sight();
    const DeadLetters& letters = seen.tables->dead_letters;
    std::vector<ports::DeadLetterRow> rows;
    auto at = after ? letters.open.upper_bound({time::to_ms(after->at), after->delivery})
                    : letters.open.begin();
    for (; at != letters.open.end() && rows.size() < at_most(limit); ++at)
        rows.push_back(*letters.find(at->second));
    return rows;
}

model::Result<std::vector<ports::DeadLetterRow>> MemoryReader::dead_letters_to_tell(
    time::Instant until, int limit) {
    const Sight seen = sight();
    const DeadLetters& letters = seen.tables->dead_letters;
    std::vector<ports::DeadLetterRow> rows;
    for (const auto& [at, delivery] : letters.to_tell) {
        if (at > time::to_ms(until) || rows.size() >= at_most(limit)) break;
        rows.push_back(*letters.find(delivery));
    }
    return rows;
}

model::Result<std::vector<ports::AttemptRow>> MemoryReader::attempts(const std::string& delivery) {
    const Sight seen = sight();
    std::vector<ports::AttemptRow> rows;
    const std::string prefix = part(delivery);
    seen.tables->attempts.each_from(prefix, prefix, [&](const Held<ports::AttemptRow>& row) {
        rows.push_back(*row);
        return true;
    });
    return rows;
}

}  // namespace jinqiao::adapters::store::memory
