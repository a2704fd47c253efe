// History and notices: what happened, and who was told.
#include <boost/json/parse.hpp>

#include "adapters/http/json_text.h"
#include "adapters/http/ledger.h"
#include "adapters/http/view.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using namespace engine::model;

namespace {

json::object body_of(const std::string& body) {
    json::error_code ec;
    auto value = json::parse(body, ec);
    return !ec && value.is_object() ? std::move(value.get_object()) : json::object{};
}

std::string words_of_command(const std::string& command, const Case& kase, const Lens& lens) {
    if (const auto* workflow = lens.workflow(kase.workflow))
        for (const auto& action : workflow->actions())
            if (action.name == command) return action.label.in(lens.language);
    return lens.label("command.", command);
}

bool is_filer(const json::object& actor, const Case& kase) {
    const auto account = text_of(actor, "account"), person = text_of(actor, "person");
    return (!account.empty() && account == kase.filer_account.value) ||
           (!person.empty() && person == kase.filer.value);
}

json::object actor_of(const json::object& actor, engine::time::Instant at, const Case& kase,
                      const Lens& lens) {
    const PersonId person{text_of(actor, "person")};
    json::object out{{"kind", text_of(actor, "kind")},
                     {"account", text_of(actor, "account")},
                     {"person", person.value},
                     {"person_name", lens.actor_name(person)},
                     {"post", ""},
                     {"post_name", ""}};
    if (lens.hides_filer(kase) && is_filer(actor, kase)) {
        for (const auto* key : {"account", "person"}) out[key] = "";
        out["person_name"] = lens.say("identity.confidential");
        return out;
    }
    if (text_of(actor, "kind") == "person" && text_of(actor, "account").empty() && person.empty())
        out["person_name"] = lens.say("identity.anonymous");
    const auto posts = lens.world->directory->posts_of(person, at);
    if (person.empty() || posts.empty()) return out;
    out["post"] = posts.front().value;
    out["post_name"] = lens.post(posts.front());
    return out;
}

json::array events_of(const json::object& body, const Case& kase, const Lens& lens) {
    json::array out;
    const auto* events = body.if_contains("events");
    if (!events || !events->is_array()) return out;
    for (const auto& event : events->get_array()) {
        const auto* object = event.if_object();
        if (!object) continue;
        const auto name = text_of(*object, "name");
        json::object shown{{"name", name}, {"text", lens.label("event.", name)}};
        if (!lens.department_only()) shown["data"] = part(*object, "data");
        if (lens.hides_filer(kase)) hide_filer(shown["data"], kase);
        out.push_back(std::move(shown));
    }
    return out;
}

// Of an address that is several: each with what became of it.
json::array recipients_of(const std::string& stored) {
    json::error_code ec;
    auto list = json::parse(stored, ec);
    json::array out;
    if (ec || !list.is_array()) return out;
    for (const auto& each : list.get_array()) {
        const auto* entry = each.if_object();
        if (entry == nullptr) continue;
        json::object shown = *entry;
        shown["name"] = masked(text_of(*entry, "name"));
        out.push_back(std::move(shown));
    }
    return out;
}

json::array attempts_of(const std::vector<engine::ports::AttemptRow>& attempts, const Lens& lens) {
    json::array out;
    for (const auto& attempt : attempts) {
        json::object shown{{"attempt", attempt.attempt},
                           {"at", lens.instant(attempt.at)},
                           {"outcome", attempt.outcome},
                           {"code", attempt.code},
                           {"provider_id", attempt.provider_id}};
        if (!lens.department_only()) shown["detail"] = lens.remark(attempt.detail);
        if (!attempt.recipients.empty()) shown["recipients"] = recipients_of(attempt.recipients);
        out.push_back(std::move(shown));
    }
    return out;
}

// A reader of the ledger must not be able to sign for the addressee: the token of the link goes.
std::string without_link(std::string body, const std::string& sign_url) {
    const auto slash = sign_url.rfind('/');
    if (sign_url.empty() || slash == std::string::npos) return body;
    const auto shown = sign_url.substr(0, slash + 1) + "…";
    for (auto at = body.find(sign_url); at != std::string::npos; at = body.find(sign_url, at))
        body.replace(at, sign_url.size(), shown);
    return body;
}

// Where a message went is a contact of a person: for those who answer for it.
bool sees_addresses(const Lens& lens) {
    return lens.account.has("auditor") || lens.account.has("supervisor") ||
           (lens.relations & relation::owner) != 0;
}

}  // namespace

json::object view_history(const engine::ports::HistoryRow& row, const Case& kase,
                          const Lens& lens) {
    const auto body = body_of(row.body);
    const auto& command = part(body, "command");
    const auto name = text_of(command, "name");
    json::object out{{"seq", row.seq},
                     {"at", lens.instant(row.at)},
                     {"command", name},
                     {"text", words_of_command(name, kase, lens)},
                     {"actor", actor_of(part(command, "actor"), row.at, kase, lens)},
                     {"events", events_of(body, kase, lens)},
                     {"before", part(body, "before")},
                     {"after", part(body, "after")},
                     {"hash", row.hash},
                     {"prev_hash", row.prev_hash}};
    if (const auto* version = body.if_contains("version")) out["version"] = *version;
    // With the body anybody can compute the chain again; it holds whole payloads, and who asked.
    // Who filed in confidence is no auditor's to read: `audit verify` computes these rows.
    const auto names = [&](const std::string& id) {
        return !id.empty() && row.body.find(id + '"') != std::string::npos;
    };
    const bool secret =
        lens.hides_filer(kase) && (names(kase.filer.value) || names(kase.filer_account.value));
    if (lens.account.has("auditor") && !secret) out["body"] = row.body;
    return out;
}

json::object view_notice(const engine::ports::NoticeRow& row, const Case& kase,
                         const std::vector<engine::ports::AttemptRow>& attempts, const Lens& lens) {
    const auto& notice = row.notice;
    const bool hidden = lens.hidden_filer(notice.addressee, kase);
    json::object out{{"id", notice.id.value},
                     {"seq", row.seq},
                     {"event", notice.event},
                     {"event_label", lens.label("notice.", notice.event)},
                     {"addressee", hidden ? std::string("filer") : notice.addressee.text()},
                     {"addressee_name", lens.addressee(notice.addressee, kase)},
                     {"person", hidden ? std::string() : notice.person.value},
                     {"channel", notice.channel},
                     {"state", row.state},
                     {"grade", name(notice.grade)},
                     {"exercise", notice.exercise},
                     {"urgent", notice.urgent},
                     {"at", lens.instant(notice.at)},
                     {"delivered_at", nullptr},
                     {"subject", row.subject},
                     {"text", without_link(row.text, row.sign_url)},
                     {"reason", notice.reason},
                     {"assignment", notice.assignment.value},
                     {"delivery", row.delivery},
                     {"address_masked", hidden ? std::string() : masked(notice.address)},
                     {"pattern", row.pattern},
                     {"rendered_sha256", rendered_hash(row)},
                     {"attempts", attempts_of(attempts, lens)}};
    if (row.delivered_at) out["delivered_at"] = lens.instant(*row.delivered_at);
    if (hidden) out.erase("attempts");  // a provider may name the number it sent to
    if (sees_addresses(lens) && !hidden) out["address"] = notice.address;
    return out;
}

json::object view_letter(const engine::ports::DeadLetterRow& letter,
                         const std::vector<engine::ports::NoticeRow>& notices,
                         const std::vector<engine::ports::AttemptRow>& attempts, const Lens& lens) {
    json::array carried;
    for (const auto& row : notices) {
        const auto& notice = row.notice;
        carried.push_back(json::object{{"id", notice.id.value},
                                       {"case", notice.kase.value},
                                       {"number", text_of(notice.vars, "number")},
                                       {"grade", name(notice.grade)},
                                       {"exercise", notice.exercise},
                                       {"event", notice.event},
                                       {"event_label", lens.label("notice.", notice.event)},
                                       {"addressee", notice.addressee.text()},
                                       {"addressee_name", lens.addressee(notice.addressee)},
                                       {"at", lens.instant(notice.at)}});
    }
    json::object out{{"delivery", letter.delivery},
                     {"at", lens.instant(letter.at)},
                     {"owner", letter.owner},
                     {"owner_name", lens.post(PostId{letter.owner})},
                     {"told", letter.told},
                     {"tell_at", nullptr},
                     {"channel", notices.empty() ? "" : notices.front().notice.channel},
                     {"address_masked",
                      notices.empty() ? std::string() : masked(notices.front().notice.address)},
                     {"notices", std::move(carried)},
                     {"attempts", attempts_of(attempts, lens)}};
    if (letter.tell_at) out["tell_at"] = lens.instant(*letter.tell_at);
    return out;
}

}  // namespace jinqiao::adapters::http
