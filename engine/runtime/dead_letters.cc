#include "engine/runtime/dead_letters.h"

#include <algorithm>
#include <map>

#include "engine/runtime/chain.h"
#include "engine/runtime/directory_changes.h"
#include "engine/runtime/directory_news.h"

namespace jinqiao::engine::runtime {

namespace json = boost::json;
using model::Addressee;
using model::Error;
using model::ErrorCode;
using model::Status;

namespace {

constexpr std::string_view due_kind = "dead_letters_due", settle_kind = "settle_dead_letter";
constexpr const char* tell_event = "dead_letter";
constexpr int most_at_once = 500;

std::vector<std::string> line_of(const Tools& tools, const Transaction& tx) {
    std::vector<std::string> line;
    for (const auto& post : tools.settings.dead_letters.to)
        if (tx.directory().posts.contains(model::PostId{post})) line.push_back(post);
    if (line.empty()) line.push_back(tx.directory().fallback.value);
    return line;
}

std::string text(const json::object& data, std::string_view key) {
    const auto* value = data.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

Answer tell_due(const Tools& tools, Transaction& tx, const DirectoryChange& change) {
    auto letters = tx.batch().dead_letters_to_tell(tx.now(), most_at_once);
    if (!letters) return letters.error();
    if (letters->empty()) return Accepted{};
    const auto line = line_of(tools, tx);
    std::map<std::string, std::int64_t> told;  // by post
    tx.writing(true);
    for (auto& letter : *letters) {
        // The last in line is told again: whoever is at the end of it must not forget.
        letter.owner =
            line[std::min<std::size_t>(static_cast<std::size_t>(letter.told), line.size() - 1)];
        ++letter.told;
        letter.tell_at = tx.now() + tools.settings.dead_letters.every;
        ++told[letter.owner];
        if (auto put = tx.batch().put_dead_letter(letter); !put) return put.error();
    }
    tx.writing(false);
    std::vector<DirectoryNews> news;
    DirectoryChange record{change.kind, {}, change.actor};
    for (const auto& [post, count] : told) {
        news.push_back({tell_event, {Addressee::Kind::post, post}, {{"count", count}}, true});
        record.data[post] = count;
    }
    auto seq = record_beside(tools, tx, record);
    if (!seq) return seq.error();
    if (auto done = write_directory_news(tools, tx, *seq, news); !done) return done.error();
    Accepted accepted;
    accepted.events.push_back({change.kind, record.data});
    return accepted;
}

// The same id again: whoever has got it already knows it.
Status resend(Transaction& tx, ports::DeliveryRow delivery,
              const std::vector<ports::NoticeRow>& notices) {
    delivery.state = "pending";
    delivery.next_at = delivery.since = tx.now();
    if (auto put = tx.batch().put_delivery(delivery); !put) return put;
    for (const auto& row : notices)
        if (auto put = tx.batch().carry_notice(row.notice.id, delivery.id); !put) return put;
    return model::Done{};
}

Status resend_anew(const Tools& tools, Transaction& tx, ports::DeliveryRow delivery,
                   const std::vector<ports::NoticeRow>& notices) {
    ports::DeliveryRow next = delivery;
    next.id = "r-" + tools.parts.ids->next(tx.now());
    next.state = "pending";
    next.attempts = 0;
    next.sent_unknown = false;
    next.next_at = next.since = tx.now();
    next.successor.clear();
    if (auto put = tx.batch().add_delivery(next); !put) return put;
    for (const auto& row : notices)
        if (auto put = tx.batch().carry_notice(row.notice.id, next.id); !put) return put;
    delivery.successor = next.id;
    return tx.batch().put_delivery(delivery);
}

Status send_again(const Tools& tools, Transaction& tx, const std::string& id,
                  const std::string& how) {
    auto delivery = tx.batch().find_delivery(id);
    if (!delivery) return delivery.error();
    auto notices = tx.batch().notices_of_delivery(id);
    if (!notices) return notices.error();
    if (!*delivery || notices->empty())
        return Error{ErrorCode::not_found, "dead_letter.unknown", id};
    // Nobody could be reached when it was made: there is no address to send it to again.
    if ((*delivery)->channel.empty())
        return Error{ErrorCode::invalid, "dead_letter.no_address", "how"};
    return how == "resent" ? resend(tx, **delivery, *notices)
                           : resend_anew(tools, tx, **delivery, *notices);
}

Answer settle(const Tools& tools, Transaction& tx, const DirectoryChange& change) {
    const std::string id = text(change.data, "delivery"), how = text(change.data, "how");
    auto letter = tx.batch().find_dead_letter(id);
    if (!letter) return letter.error();
    if (!*letter) return Error{ErrorCode::not_found, "dead_letter.unknown", id};
    if ((*letter)->settled_at) return Error{ErrorCode::conflict, "dead_letter.settled", id};
    const bool again = how == "resent" || how == "resent_anew";
    if (!again && how != "told" && how != "dropped")
        return Error{ErrorCode::invalid, "dead_letter.how", "how"};
    if (!again && text(change.data, "reason").empty())
        return Error{ErrorCode::invalid, "dead_letter.reason", "reason"};

    auto seq = record_beside(tools, tx, change);
    if (!seq) return seq.error();
    tx.writing(true);
    if (again)
        if (auto done = send_again(tools, tx, id, how); !done) return done.error();
    (*letter)->settled_at = tx.now();
    (*letter)->settled_by = change.actor.account.value;
    (*letter)->how = how;
    (*letter)->note = text(change.data, "reason");
    if (auto put = tx.batch().put_dead_letter(**letter); !put) return put.error();
    tx.writing(false);
    Accepted accepted;
    accepted.events.push_back({change.kind, {{"seq", *seq}, {"delivery", id}, {"how", how}}});
    return accepted;
}

}  // namespace

Status bury(const Tools& tools, Transaction& tx, const ports::DeliveryRow& delivery,
            const ports::NoticeRow& notice, bool seen_to) {
    if (notice.notice.event == tell_event) return model::Done{};
    const auto line = line_of(tools, tx);
    ports::DeadLetterRow letter;
    letter.delivery = delivery.id;
    letter.kase = notice.notice.kase;
    letter.at = tx.now();
    letter.owner = line.front();
    const bool known = seen_to && line.front() == tx.directory().fallback.value;
    letter.told = known ? 1 : 0;
    letter.tell_at = known ? tx.now() + tools.settings.dead_letters.every : tx.now();
    return tx.batch().put_dead_letter(letter);
}

bool is_dead_letter_change(std::string_view kind) {
    return kind == due_kind || kind == settle_kind;
}

Answer change_dead_letters(const Tools& tools, Transaction& tx, const DirectoryChange& change) {
    return change.kind == due_kind ? tell_due(tools, tx, change) : settle(tools, tx, change);
}

}  // namespace jinqiao::engine::runtime
