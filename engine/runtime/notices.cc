#include "engine/runtime/notices.h"

#include "engine/runtime/dead_letters.h"
#include "engine/runtime/sign_link.h"

namespace jinqiao::engine::runtime {

using model::Status;

namespace {

bool asks_for_signature(const model::Case& kase, const model::AssignmentId& id) {
    for (const auto& assignment : kase.assignments)
        if (assignment.id == id) return assignment.needs_sign;
    return false;
}

std::string sign_url(const Wording& with, const model::Case& kase, const model::Notice& notice) {
    if (notice.assignment.empty() || !asks_for_signature(kase, notice.assignment)) return {};
    const auto& stationery = with.world.stationery;
    const auto ttl = stationery ? stationery->link_ttl : with.settings.link_ttl;
    return (stationery ? stationery->public_url : with.settings.public_url) + "/s/" +
           make_sign_token(with.settings.link_key, notice.assignment, notice.at + ttl);
}

const ports::Renderer& renderer_of(const Wording& with) {
    return with.world.stationery ? *with.world.stationery->renderer : *with.parts.renderer;
}

model::Language language_of(const policy::Directory& directory, const model::PersonId& person) {
    const auto known = directory.people.find(person);
    return known != directory.people.end() ? known->second.language : model::Language::zh;
}

ports::NoticeRow make_row(const Wording& with, model::Notice notice, std::uint64_t seq,
                          std::string sign_url) {
    if (notice.address.empty()) notice.address = notice.addressee.id;
    ports::NoticeRow row;
    row.seq = seq;
    row.sign_url = std::move(sign_url);
    boost::json::object vars = notice.vars;
    vars["sign_url"] = row.sign_url;
    vars["exercise"] = notice.exercise;
    auto rendered =
        renderer_of(with).render(notice, vars, language_of(with.directory, notice.person));
    row.subject = std::move(rendered.subject);
    row.text = std::move(rendered.text);
    row.pattern = std::move(rendered.pattern);
    row.state = notice.channel.empty() ? "dead" : "pending";
    row.delivery = notice.id.value;
    row.notice = std::move(notice);
    return row;
}

ports::DeliveryRow make_delivery(const ports::NoticeRow& row, time::Instant now) {
    ports::DeliveryRow delivery;
    delivery.id = row.delivery;
    delivery.kase = row.notice.kase;
    delivery.channel = row.notice.channel;
    delivery.address = row.notice.address;
    delivery.state = row.state;
    delivery.next_at = delivery.since = row.notice.not_before.value_or(now);
    delivery.priority = row.notice.grade;
    return delivery;
}

// Order is kept per case and address, so what is held there would keep back what must not wait. It
// goes out first, as it is.
Status release_held(Transaction& tx, const model::Notice& notice) {
    auto rows = tx.batch().notices(notice.kase);
    if (!rows) return rows.error();
    for (const auto& row : *rows) {
        if (row.state != "pending" || row.notice.channel != notice.channel ||
            row.notice.address != notice.address)
            continue;
        auto attempts = tx.batch().attempts(row.delivery);
        if (!attempts) return attempts.error();
        // One that has been tried waits for its next attempt, not for the morning.
        if (!attempts->empty()) continue;
        auto released = make_delivery(row, tx.now());
        released.next_at = tx.now();
        if (auto put = tx.batch().put_delivery(released); !put) return put;
    }
    return model::Done{};
}

Status store(const Tools& tools, Transaction& tx, const ports::NoticeRow& row) {
    auto added = tx.batch().add_notice(row);
    if (!added && added.error().code == model::ErrorCode::conflict) return model::Done{};
    if (!added) return added;
    const auto delivery = make_delivery(row, tx.now());
    if (auto put = tx.batch().add_delivery(delivery); !put) return put;
    ++tx.tally().notices;
    // Nobody can be reached: it is a dead letter from the beginning.
    if (delivery.state == "dead") return bury(tools, tx, delivery, row, false);
    return model::Done{};
}

}  // namespace

Status write_notice(const Tools& tools, Transaction& tx, model::Notice notice, std::uint64_t seq,
                    std::string sign_url) {
    return store(tools, tx,
                 make_row({tools.parts, tools.settings, tx.world(), tx.directory(), tx.now()},
                          std::move(notice), seq, std::move(sign_url)));
}

std::vector<ports::NoticeRow> word_notices(const Wording& with, const model::Case& kase,
                                           std::vector<model::Notice> notices) {
    std::vector<ports::NoticeRow> rows;
    rows.reserve(notices.size());
    for (auto& notice : notices) {
        // The case number is allotted after the decision, so the notice learns it here.
        notice.vars["number"] = kase.number;
        auto url = sign_url(with, kase, notice);
        rows.push_back(make_row(with, std::move(notice), kase.seq, std::move(url)));
    }
    return rows;
}

Status write_notices(const Tools& tools, Transaction& tx, const model::Case& kase,
                     const std::vector<ports::NoticeRow>& notices) {
    const bool some_held = kase.held_until && *kase.held_until > tx.now();
    for (const auto& row : notices) {
        if (some_held && !row.notice.not_before)
            if (auto done = release_held(tx, row.notice); !done) return done;
        if (auto done = store(tools, tx, row); !done) return done;
    }
    return model::Done{};
}

}  // namespace jinqiao::engine::runtime
