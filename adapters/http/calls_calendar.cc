// The deadlines of a person as a calendar to subscribe to. Calendar programs send no headers of
// ours, so the right is in the address: a secret that reads this one thing, is made and revoked by
// whose deadlines they are, and is kept as a hash like every token.
#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>
#include <tuple>

#include "adapters/http/api.h"
#include "adapters/http/deadlines.h"
#include "adapters/http/digest.h"
#include "adapters/http/etag.h"
#include "adapters/http/language.h"
#include "adapters/http/passwords.h"
#include "adapters/http/people_changes.h"
#include "engine/kernel/payload.h"
#include "engine/runtime/account_changes.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace ports = engine::ports;
using engine::runtime::calendar_token;

namespace {

constexpr std::string_view extension = ".ics";
// The newest of those that have ended: an older one is simply gone from the feed at its end.
constexpr int most_ended = 100;

// No bearer token hashes to it: the line end cannot stand in a header.
std::string feed_hash(const std::string& secret) { return sha256_hex("calendar\n" + secret); }

std::optional<ports::TokenRow> feed_of(std::vector<ports::TokenRow> tokens) {
    for (auto& token : tokens)
        if (token.name == calendar_token) return std::move(token);
    return {};
}

}  // namespace

// Who the secret belongs to. Forged, revoked and disabled look the same.
Or<std::monostate> Api::let_in_by_calendar(Call& call) {
    const auto nobody = Problem::of(404, "not_found");
    std::string secret = call.args[0];
    if (!secret.ends_with(extension)) return nobody;
    secret.resize(secret.size() - extension.size());
    const auto hash = feed_hash(secret);
    auto token = call.reader->find_token(hash);
    if (!token) return failed(token.error());
    if (!*token || !same_digest((*token)->hash, hash) || (*token)->name != calendar_token)
        return nobody;
    auto row = call.reader->find_account((*token)->account);
    if (!row) return failed(row.error());
    if (!*row) return nobody;
    auto account = read_account(**row);
    if (!account) return failed(account.error());
    if (!account->enabled || !in_service(account->person, *call.world().directory)) return nobody;
    call.lens.account = std::move(*account);
    call.token = std::move(**token);
    if (auto wait = of_account_.take(call.account().id.value)) return too_many(*wait);
    note_use(call);
    return std::monostate{};
}

Reply Api::calendar(Call& call) {
    if (auto known = let_in_by_calendar(call); !known) return answered(known.problem(), call.lens);
    if (!ever(call.account().roles, Right::tasks))
        return answered(Problem::of(403, "forbidden"), call.lens);
    // Whatever fetches it speaks no language: the account does, or the address says.
    call.lens.language = accepted_language(call.target.one("lang").value_or(""))
                             .value_or(call.account().language.value_or(settings_.language));
    CalendarFeed feed;
    feed.name = settings_.zone_name.empty()
                    ? call.lens.say("calendar.name")
                    : settings_.zone_name + " " + call.lens.say("calendar.name");
    feed.language = tag(call.lens.language);
    feed.utc_offset = call.world().calendar->utc_offset();
    feed.refresh = settings_.calendar.refresh;
    std::set<std::string> known;
    const auto add = [&](const engine::model::Case& kase) {
        if (!known.insert(kase.id.value).second) return;
        for (auto& entry : deadlines_of(kase, call.lens, settings_.calendar))
            feed.entries.push_back(std::move(entry));
    };
    if (auto more = each_concerned(call, add); !more) return answered(more.problem(), call.lens);
    // What has ended for good wants nothing more, and its deadlines have to be taken off.
    ports::CaseQuery ended;
    ended.open = false;
    if (auto more = each_of(call, ended, most_ended, add); !more)
        return answered(more.problem(), call.lens);
    std::sort(feed.entries.begin(), feed.entries.end(), [](const auto& a, const auto& b) {
        return std::tie(a.due, a.uid) < std::tie(b.due, b.uid);
    });
    Response response;
    response.body = write_icalendar(feed);
    response.content_type = "text/calendar; charset=utf-8";
    const auto entity = '"' + sha256_hex(response.body).substr(0, 32) + '"';
    // May be kept by who fetched it, and is asked for anew each time: that is what the tag is for.
    response.fields = {{"ETag", entity},
                       {"Cache-Control", "private, no-cache"},
                       {"Content-Language", std::string(tag(call.lens.language))},
                       {"Content-Disposition", "inline; filename=\"jinqiao.ics\""},
                       {"Referrer-Policy", "no-referrer"},
                       {"X-Robots-Tag", "noindex"}};
    if (!none_match_fails(call.request.if_none_match, entity)) return response;
    response.status = 304;
    response.body.clear();
    return response;
}

Reply Api::show_calendar(Call& call) {
    if (!ever(call.account().roles, Right::tasks))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto tokens = call.reader->tokens_of(call.account().id);
    if (!tokens) return answered(failed(tokens.error()), call.lens);
    json::object out{{"active", false}, {"made_at", nullptr}, {"used_on", nullptr}};
    if (const auto feed = feed_of(std::move(*tokens)))
        out = {{"active", true},
               {"made_at", call.lens.instant(feed->made_at)},
               {"used_on", feed->used_on.empty() ? json::value(nullptr)
                                                 : json::value(json::string(feed->used_on))}};
    auto response = json_response(200, out);
    response.fields.emplace_back("Content-Language", tag(call.lens.language));
    return response;
}

// A new address each time; the one before is good for nothing from then on.
Reply Api::put_calendar(Call& call) {
    if (!ever(call.account().roles, Right::tasks))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    if (auto faults = engine::kernel::validate({}, *payload, call.lens.now); !faults.empty())
        return answered(unfit(std::move(faults)), call.lens);
    const auto secret = random_token("jc_");
    engine::runtime::DirectoryChange change;
    change.kind = "put_calendar";
    change.data["account"] = call.account().id.value;
    change.actor = call.account().actor();
    change.secret = feed_hash(secret);
    auto deed = submit_change(call, std::move(change));
    deed.finish = [url =
                       settings_.public_url + "/api/v1/calendar/" + secret + std::string(extension),
                   finish = std::move(deed.finish)](engine::runtime::Answer answer) {
        const bool made = std::holds_alternative<engine::runtime::Accepted>(answer);
        auto response = finish(std::move(answer));
        if (made) {
            response.status = 201;
            response.body = json::serialize(json::object{{"done", "put_calendar"}, {"url", url}});
        }
        return response;
    };
    return deed;
}

Reply Api::drop_calendar(Call& call) {
    if (!ever(call.account().roles, Right::tasks))
        return answered(Problem::of(403, "forbidden"), call.lens);
    engine::runtime::DirectoryChange change;
    change.kind = "drop_calendar";
    change.data["account"] = call.account().id.value;
    change.actor = call.account().actor();
    return submit_change(call, std::move(change));
}

}  // namespace jinqiao::adapters::http
