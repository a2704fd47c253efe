// Signing in by name and password, and out again. What signing in gives is a token like any other,
// with an end; a browser is given it as a cookie, which no script of a page can read.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "adapters/http/api.h"
#include "adapters/http/cookie.h"
#include "adapters/http/digest.h"
#include "adapters/http/json_text.h"
#include "adapters/http/language.h"
#include "adapters/http/passwords.h"
#include "adapters/http/peers.h"
#include "adapters/http/people_changes.h"
#include "engine/kernel/payload.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace ports = engine::ports;
namespace runtime = engine::runtime;
using engine::model::AccountId;

namespace {

std::string given(const json::object& from, std::string_view key) {
    return std::string(from.at(key).as_string());
}

// What one account has open, the oldest first, of which `most` may stay beside a new one.
json::array to_end(std::vector<ports::TokenRow> tokens, std::size_t most) {
    std::erase_if(tokens, [](const auto& token) { return !token.session; });
    json::array out;
    for (std::size_t i = 0; i + most <= tokens.size(); ++i) out.emplace_back(tokens[i].hash);
    return out;
}

bool wants_cookie(const json::object& payload) {
    const auto* flag = payload.if_contains("cookie");
    return flag != nullptr && flag->as_bool();
}

}  // namespace

// One answer for a wrong password, an unknown name, an account without a password and one that is
// disabled or locked, after equal work: who guesses does not learn which. Each attempt is charged
// before it is made, so that many at once are no way round; who succeeds gets it back.
Reply Api::sign_in(Call& call) {
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto faults = engine::kernel::validate(sign_in_fields(*parts_.words), *payload, call.lens.now);
    if (!faults.empty()) return answered(unfit(std::move(faults)), call.lens);
    const bool cookie = wants_cookie(*payload);
    // Being signed in as somebody else, by another site's page, is a trap as well.
    if (cookie && site_of(call.request, settings_.public_url) == Site::other)
        return answered(Problem::of(403, "cross_site"), call.lens);
    const auto name = given(*payload, "account");
    const auto from = call.request.client;
    if (auto wait = failures_from_.take(from)) return answered(too_many(*wait), call.lens);
    if (auto wait = failures_of_.take(name)) {
        failures_from_.give_back(from);
        return answered(too_many(*wait), call.lens);
    }
    auto row = call.reader->find_account(AccountId{name});
    if (!row) return answered(failed(row.error()), call.lens);
    auto hash = *row ? password_hash_of(**row) : std::string();
    const bool known = !hash.empty();
    if (!known) hash = hash_of_nobody(settings_.password_cost);
    auto right = std::make_shared<bool>(false);
    return Chore{[right, known, hash, password = given(*payload, "password")] {
                     *right = check_password(hash, password) && known;
                 },
                 [this, right, row = std::move(*row), name, sent = *payload,
                  later = std::make_shared<Call>(call)]() -> Reply {
                     if (*right) return admit(*later, *row, sent);
                     if (row) note_failure(*later, name, "wrong_password");
                     return answered(Problem::of(401, "sign_in_failed"), later->lens);
                 }};
}

// Nobody waits for it, and an attempt is not answered more slowly for it. A locked account keeps
// count no longer.
void Api::note_failure(const Call& call, const std::string& account, std::string_view outcome) {
    spdlog::warn("http: {} did not sign in from {}: {}", account, call.request.client, outcome);
    runtime::DirectoryChange change;
    change.kind = "note_failure";
    change.data = {{"account", account},
                   {"from", without_machine(call.request.client)},
                   {"outcome", outcome},
                   {"lock_after", outcome.starts_with("wrong") ? settings_.lock_after : 0}};
    runtime::Submission submission;
    submission.work = std::move(change);
    (void)parts_.committer->submit(
        std::move(submission));  // full: the throttle counts all the same
}

Reply Api::admit(Call& call, const ports::AccountRow& row, const json::object& payload) {
    auto account = read_account(row);
    if (!account) return answered(failed(account.error()), call.lens);
    if (!account->enabled || account->locked) {
        note_failure(call, row.id.value, account->enabled ? "locked" : "disabled");
        return answered(Problem::of(401, "sign_in_failed"), call.lens);
    }
    json::object code;
    if (account->second_factor) {
        const auto said = text_of(payload, "code");
        if (said.empty()) {
            failures_of_.give_back(row.id.value);
            failures_from_.give_back(call.request.client);
            return answered(Problem::of(401, "code_required"), call.lens);
        }
        if (!take_code(row, said, call.lens.now, code)) {
            note_failure(call, row.id.value, "wrong_code");
            return answered(Problem::of(401, "wrong_code"), call.lens);
        }
    }
    failures_of_.give_back(row.id.value);
    failures_from_.give_back(call.request.client);
    const auto token = random_token("js_");
    auto made = session_change(call, row, token);
    if (!made) return answered(made.problem(), call.lens);
    auto change = std::move(*made);
    for (const auto& [key, value] : code) change.data[key] = value;
    const auto end = call.lens.now + settings_.session_ttl;
    const auto set_cookie =
        wants_cookie(payload) ? give_cookie(token, settings_.session_ttl, secure()) : std::string();
    Wording wording;
    wording.done = [token, account = *account, end, set_cookie, enrols = must_enrol(*account),
                    changes = must_change(*account)](const runtime::Accepted&, const Lens& lens) {
        json::object body{{"expires_at", lens.instant(end)},
                          {"account", account.id.value},
                          {"roles", json::array(account.roles.begin(), account.roles.end())},
                          {"must_change", changes},
                          {"must_enrol", enrols}};
        if (set_cookie.empty()) body["token"] = token;
        auto response = json_response(201, std::move(body));
        if (!set_cookie.empty()) response.fields.emplace_back("Set-Cookie", set_cookie);
        response.fields.emplace_back("Content-Language", tag(lens.language));
        return response;
    };
    wording.fault = [](const engine::model::Error& error) -> std::optional<Problem> {
        if (error.what == "account.code_used") return Problem::of(401, "wrong_code");
        if (error.what != "account.closed") return {};
        return Problem::of(401, "sign_in_failed");
    };
    return submit_work(call, std::move(change), std::move(wording));
}

// What a session comes in by, however its owner showed who they are.
Or<runtime::DirectoryChange> Api::session_change(Call& call, const ports::AccountRow& row,
                                                 const std::string& token) {
    auto open = call.reader->tokens_of(row.id);
    if (!open) return failed(open.error());
    runtime::DirectoryChange change;
    change.kind = "sign_in";
    change.data = {{"account", row.id.value},
                   {"from", without_machine(call.request.client)},
                   {"expires_at_ms", engine::time::to_ms(call.lens.now + settings_.session_ttl)},
                   {"ended", to_end(std::move(*open), settings_.sessions_per_account)}};
    change.secret = token_hash(token);
    return change;
}

Reply Api::sign_out(Call& call) {
    if (!call.token.session) return answered(Problem::of(409, "not_a_session"), call.lens);
    runtime::Registration rows;
    rows.ended.push_back(call.token.hash);
    Wording wording;
    const auto set_cookie = call.by_cookie ? take_cookie(secure()) : std::string();
    wording.done = [set_cookie](const runtime::Accepted&, const Lens& lens) {
        auto response = json_response(200, json::object{{"done", "sign_out"}});
        if (!set_cookie.empty()) response.fields.emplace_back("Set-Cookie", set_cookie);
        response.fields.emplace_back("Content-Language", tag(lens.language));
        return response;
    };
    return submit_work(call, std::move(rows), std::move(wording));
}

}  // namespace jinqiao::adapters::http
