#include <algorithm>
#include <iterator>
#include <limits>

#include "adapters/store/sqlite/reader.h"

namespace jinqiao::adapters::store::sqlite {

namespace {

constexpr char notices_of_case[] =
    "SELECT " JINQIAO_NOTICE_COLUMNS " FROM notices WHERE kase=? ORDER BY rowid";
constexpr char notice_by_id[] = "SELECT " JINQIAO_NOTICE_COLUMNS " FROM notices WHERE id=?";
constexpr char notices_carried[] =
    "SELECT " JINQIAO_NOTICE_COLUMNS " FROM notices WHERE delivery=? ORDER BY rowid";

// From one channel to the next through the index, instead of over all that is pending.
constexpr char channels_pending[] =
    "WITH RECURSIVE known(channel) AS ("
    "SELECT min(channel) FROM deliveries INDEXED BY deliveries_channel WHERE head=1"
    " UNION ALL SELECT (SELECT min(channel) FROM deliveries INDEXED BY deliveries_channel"
    " WHERE head=1 AND channel>known.channel) FROM known WHERE known.channel IS NOT NULL)"
    " SELECT channel FROM known WHERE channel IS NOT NULL";
constexpr char ready_in_channel[] =
    "SELECT " JINQIAO_DELIVERY_COLUMNS
    " FROM deliveries INDEXED BY deliveries_channel"
    " WHERE head=1 AND channel=? AND priority=? AND next_at_ms<=? ORDER BY next_at_ms, ord LIMIT ?";
constexpr char delivery_by_id[] = "SELECT " JINQIAO_DELIVERY_COLUMNS " FROM deliveries WHERE id=?";
constexpr char merged_into[] = "SELECT " JINQIAO_DELIVERY_COLUMNS
                               " FROM deliveries INDEXED BY deliveries_merged"
                               " WHERE state='merged' AND successor=? ORDER BY ord";
constexpr char letter_of[] =
    "SELECT " JINQIAO_DEAD_LETTER_COLUMNS " FROM dead_letters WHERE delivery=?";
constexpr char open_letters[] =
    "SELECT " JINQIAO_DEAD_LETTER_COLUMNS
    " FROM dead_letters INDEXED BY dead_letters_open"
    " WHERE settled_at_ms IS NULL AND (at_ms,delivery)>(?,?) ORDER BY at_ms, delivery LIMIT ?";
constexpr char letters_to_tell[] =
    "SELECT " JINQIAO_DEAD_LETTER_COLUMNS
    " FROM dead_letters INDEXED BY dead_letters_tell"
    " WHERE settled_at_ms IS NULL AND tell_at_ms IS NOT NULL AND tell_at_ms<=?"
    " ORDER BY tell_at_ms LIMIT ?";
constexpr char first_ready_at[] =
    "SELECT next_at_ms FROM deliveries INDEXED BY deliveries_next WHERE head=1"
    " ORDER BY next_at_ms LIMIT 1";

constexpr char in_state[] = "SELECT " JINQIAO_DELIVERY_COLUMNS
                            " FROM deliveries WHERE state=? AND ord>? ORDER BY ord LIMIT ?";
// Literals, so that SQLite can see that a partial index fits.
constexpr char in_state_dead[] =
    "SELECT " JINQIAO_DELIVERY_COLUMNS
    " FROM deliveries INDEXED BY deliveries_dead WHERE state='dead' AND ord>? ORDER BY ord LIMIT ?";
constexpr char in_state_pending[] =
    "SELECT " JINQIAO_DELIVERY_COLUMNS
    " FROM deliveries INDEXED BY deliveries_pending WHERE state='pending' AND ord>?"
    " ORDER BY ord LIMIT ?";
constexpr char attempts_of[] =
    "SELECT delivery,attempt,at_ms,outcome,code,provider_id,detail,recipients FROM attempts"
    " WHERE delivery=? ORDER BY attempt,rowid";

model::Result<std::vector<ports::NoticeRow>> read_notices(Connection& connection, const char* sql,
                                                          const std::string& value) {
    return guarded([&]() -> model::Result<std::vector<ports::NoticeRow>> {
        Use query = connection.use(sql);
        query.with(value);
        std::vector<ports::NoticeRow> rows;
        while (query.step()) {
            auto row = read_notice(query.row());
            if (!row) return row.error();
            rows.push_back(std::move(*row));
        }
        return rows;
    });
}

}  // namespace

model::Result<std::vector<ports::NoticeRow>> SqliteReader::notices(const model::CaseId& id) {
    return read_notices(connection_, notices_of_case, id.value);
}

model::Result<std::optional<ports::NoticeRow>> SqliteReader::find_notice(
    const model::NoticeId& id) {
    auto rows = read_notices(connection_, notice_by_id, id.value);
    if (!rows) return rows.error();
    if (rows->empty()) return std::optional<ports::NoticeRow>();
    return std::optional(std::move(rows->front()));
}

model::Result<std::vector<ports::NoticeRow>> SqliteReader::notices_of_delivery(
    const std::string& delivery) {
    return read_notices(connection_, notices_carried, delivery);
}

model::Result<std::vector<std::string>> SqliteReader::delivery_channels() {
    return find_all(connection_, channels_pending, [](Columns row) { return row.text(); });
}

model::Result<std::vector<ports::DeliveryRow>> SqliteReader::deliveries_ready(
    const std::string& channel, time::Instant until, int limit) {
    std::vector<ports::DeliveryRow> rows;
    for (int priority = 3; priority >= 0; --priority) {
        const int room = std::max(limit, 0) - static_cast<int>(rows.size());
        if (room == 0) break;
        auto some =
            find_all(connection_, ready_in_channel, read_delivery, channel, priority, until, room);
        if (!some) return some;
        rows.insert(rows.end(), std::make_move_iterator(some->begin()),
                    std::make_move_iterator(some->end()));
    }
    return rows;
}

model::Result<std::optional<ports::DeliveryRow>> SqliteReader::find_delivery(
    const std::string& id) {
    return find_one(connection_, delivery_by_id, read_delivery, id);
}

model::Result<std::vector<ports::DeliveryRow>> SqliteReader::deliveries_merged_into(
    const std::string& id) {
    return find_all(connection_, merged_into, read_delivery, id);
}

model::Result<std::optional<ports::DeadLetterRow>> SqliteReader::find_dead_letter(
    const std::string& delivery) {
    return find_one(connection_, letter_of, read_dead_letter, delivery);
}

model::Result<std::vector<ports::DeadLetterRow>> SqliteReader::dead_letters(
    const std::optional<ports::DeadLetterRow>& after, int limit) {
    const std::int64_t at =
        after ? time::to_ms(after->at) : std::numeric_limits<std::int64_t>::min();
    return find_all(connection_, open_letters, read_dead_letter, at,
                    after ? after->delivery : std::string(), std::max(limit, 0));
}

model::Result<std::vector<ports::DeadLetterRow>> SqliteReader::dead_letters_to_tell(
    time::Instant until, int limit) {
    return find_all(connection_, letters_to_tell, read_dead_letter, until, std::max(limit, 0));
}

model::Result<std::optional<time::Instant>> SqliteReader::next_delivery_at() {
    return find_one(connection_, first_ready_at, [](Columns row) { return row.instant(); });
}

model::Result<std::vector<ports::DeliveryRow>> SqliteReader::deliveries_in_state(
    const std::string& state, std::uint64_t after, int limit) {
    const int most = std::max(limit, 0);
    const auto from = static_cast<std::int64_t>(after);
    if (state == "dead") return find_all(connection_, in_state_dead, read_delivery, from, most);
    if (state == "pending")
        return find_all(connection_, in_state_pending, read_delivery, from, most);
    return find_all(connection_, in_state, read_delivery, state, from, most);
}

model::Result<std::vector<ports::AttemptRow>> SqliteReader::attempts(const std::string& delivery) {
    return find_all(connection_, attempts_of, read_attempt, delivery);
}

}  // namespace jinqiao::adapters::store::sqlite
