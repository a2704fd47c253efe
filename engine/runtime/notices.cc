#include "engine/runtime/notices.h"

#include "engine/runtime/sign_link.h"

namespace jinqiao::engine::runtime {

using model::Status;

namespace {

bool asks_for_signature(const model::Case& kase, const model::AssignmentId& id) {
    for (const auto& assignment : kase.assignments)
        if (assignment.id == id) return assignment.needs_sign;
    return false;
}

std::string sign_url(const CoreSettings& settings, const model::Case& kase,
                     const model::Notice& notice) {
    if (notice.assignment.empty() || !asks_for_signature(kase, notice.assignment)) return {};
    return settings.public_url + "/s/" +
           make_sign_token(settings.link_key, notice.assignment, notice.at + settings.link_ttl);
}

model::Language language_of(const policy::Directory& directory, const model::PersonId& person) {
    const auto known = directory.people.find(person);
    return known != directory.people.end() ? known->second.language : model::Language::zh;
}

// The case number is allotted after the decision, so the notice learns it here.
void complete(model::Notice& notice, const model::Case& kase) {
    notice.vars["number"] = kase.number;
    if (notice.address.empty()) notice.address = notice.addressee.id;
}

ports::NoticeRow make_row(const Tools& tools, const policy::Directory& directory,
                          const model::Case& kase, model::Notice notice) {
    ports::NoticeRow row;
    row.seq = kase.seq;
    row.sign_url = sign_url(tools.settings, kase, notice);
    boost::json::object vars = notice.vars;
    vars["sign_url"] = row.sign_url;
    vars["exercise"] = notice.exercise;
    auto rendered =
        tools.parts.renderer->render(notice, vars, language_of(directory, notice.person));
    row.subject = std::move(rendered.subject);
    row.text = std::move(rendered.text);
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
    delivery.next_at = now;
    return delivery;
}

}  // namespace

Status write_notices(const Tools& tools, Transaction& tx, const model::Case& kase,
                     std::vector<model::Notice> notices) {
    for (auto& notice : notices) {
        complete(notice, kase);
        const auto row = make_row(tools, tx.directory(), kase, std::move(notice));
        const auto added = tx.batch().add_notice(row);
        if (!added && added.error().code == model::ErrorCode::conflict) continue;
        if (!added) return added;
        if (auto put = tx.batch().add_delivery(make_delivery(row, tx.now())); !put) return put;
        ++tx.tally().notices;
    }
    return model::Done{};
}

}  // namespace jinqiao::engine::runtime
