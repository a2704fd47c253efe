// Signing in by name and password, and out again. What signing in gives is a token like any other,
// with an end; a cookie that carries it would be read where identify() reads the header.
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json/array.hpp>

#include "adapters/http/api.h"
#include "adapters/http/digest.h"
#include "adapters/http/language.h"
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
std::vector<std::string> to_end(std::vector<ports::TokenRow> tokens, std::size_t most) {
    std::erase_if(tokens, [](const auto& token) { return !token.session; });
    std::vector<std::string> out;
    for (std::size_t i = 0; i + most <= tokens.size(); ++i) out.push_back(tokens[i].hash);
    return out;
}

}  // namespace

// One answer for a wrong password, an unknown name, an account without a password and one that is
// disabled, after equal work. Each attempt is charged before it is made, so that many at once are
// no way round; who succeeds gets it back.
Reply Api::sign_in(Call& call) {
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto faults = engine::kernel::validate(sign_in_fields(*parts_.words), *payload, call.lens.now);
    if (!faults.empty()) return answered(unfit(std::move(faults)), call.lens);
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
                 [this, right, row = std::move(*row), name, from,
                  later = std::make_shared<Call>(call)]() -> Reply {
                     if (*right) {
                         failures_of_.give_back(name);
                         failures_from_.give_back(from);
                         return admit(*later, *row);
                     }
                     if (row) spdlog::warn("http: {} did not sign in from {}", name, from);
                     return answered(Problem::of(401, "sign_in_failed"), later->lens);
                 }};
}

Reply Api::admit(Call& call, const ports::AccountRow& row) {
    auto account = read_account(row);
    if (!account) return answered(failed(account.error()), call.lens);
    if (!account->enabled) return answered(Problem::of(401, "sign_in_failed"), call.lens);
    auto open = call.reader->tokens_of(row.id);
    if (!open) return answered(failed(open.error()), call.lens);
    const auto token = random_token("js_");
    ports::TokenRow session;
    session.hash = token_hash(token);
    session.account = row.id;
    session.session = true;
    session.made_at = call.lens.now;
    session.expires_at = call.lens.now + settings_.session_ttl;
    runtime::Registration rows;
    rows.ended = to_end(std::move(*open), settings_.sessions_per_account);
    rows.tokens.push_back(session);
    Wording wording;
    wording.done = [token, account = *account, end = *session.expires_at](const runtime::Accepted&,
                                                                          const Lens& lens) {
        json::object body{{"token", token},
                          {"expires_at", lens.instant(end)},
                          {"account", account.id.value},
                          {"roles", json::array(account.roles.begin(), account.roles.end())}};
        auto response = json_response(201, std::move(body));
        response.fields.emplace_back("Content-Language", tag(lens.language));
        return response;
    };
    return submit_work(call, std::move(rows), std::move(wording));
}

Reply Api::sign_out(Call& call) {
    if (!call.token.session) return answered(Problem::of(409, "not_a_session"), call.lens);
    runtime::Registration rows;
    rows.ended.push_back(call.token.hash);
    Wording wording;
    wording.done = [](const runtime::Accepted&, const Lens& lens) {
        auto response = json_response(200, json::object{{"done", "sign_out"}});
        response.fields.emplace_back("Content-Language", tag(lens.language));
        return response;
    };
    return submit_work(call, std::move(rows), std::move(wording));
}

}  // namespace jinqiao::adapters::http
