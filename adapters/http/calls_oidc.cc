// Signing in at another server that vouches for people (OpenID Connect), and what the page to sign
// in at has to offer. The browser leaves us with a sealed cookie that only a page of the provider
// can bring back, and comes in by the same session as with a password.
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

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace ports = engine::ports;
using engine::model::AccountId;

namespace {

constexpr std::chrono::hours metadata_kept{1};
constexpr std::chrono::hours keys_kept{12};
constexpr std::chrono::minutes keys_at_least{1};  // whoever sends strange tokens asks no more often

// A page of ours, opened by a link of ours: the browser sends it what is kept from other sites.
Response go_to(std::string where) {
    Response response;
    response.status = 303;
    response.content_type = "text/plain; charset=utf-8";
    response.fields = {{"Location", std::move(where)}, {"Referrer-Policy", "no-referrer"}};
    return response;
}

std::string text_at(const json::object& from, std::string_view claim) {
    const auto* value = from.if_contains(claim);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

// An address somebody merely claims is nobody's name.
std::string account_named_by(const json::object& claims, const std::string& claim) {
    const auto* verified = claims.if_contains("email_verified");
    if (claim == "email" && (verified == nullptr || *verified != json::value(true))) return {};
    return text_at(claims, claim);
}

bool proves_second_factor(const json::object& claims, const std::vector<std::string>& words) {
    const auto* amr = claims.if_contains("amr");
    if (amr == nullptr || !amr->is_array()) return false;
    const auto& said = amr->get_array();
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::find(said.begin(), said.end(), json::value(word)) != said.end();
    });
}

}  // namespace

Reply Api::sign_in_ways(Call& call) {
    json::object out{{"password", true},
                     {"oidc", nullptr},
                     {"lock_after", settings_.lock_after},
                     {"help", settings_.help}};
    if (settings_.oidc.on() && parts_.fetch)
        out["oidc"] = json::object{{"label", settings_.oidc.label.in(call.lens.language)},
                                   {"url", "/api/v1/session/oidc"}};
    auto response = json_response(200, out);
    response.fields.emplace_back("Content-Language", tag(call.lens.language));
    return response;
}

// Back to the page one came from, which says in plain words what went wrong.
Response Api::oidc_back(std::string_view why, const std::string& then) const {
    std::vector<std::pair<std::string, std::string>> query{{"why", "oidc_" + std::string(why)}};
    if (then != "/" && !then.empty()) query.emplace_back("then", then);
    auto response = go_to("/login?" + query_of(query));
    response.fields.emplace_back("Set-Cookie", oidc_cookie({}, std::chrono::seconds{0}, secure()));
    return response;
}

Reply Api::inquire(FetchRequest request, std::function<Reply(const FetchResponse&)> then) {
    const auto answer = std::make_shared<FetchResponse>();
    Errand errand{[fetch = parts_.fetch, request = std::move(request),
                   answer](std::function<void(Response)> done) {
        fetch(request, [answer, done = std::move(done)](FetchResponse got) {
            *answer = std::move(got);
            done({});
        });
    }};
    return Inquiry{std::move(errand), [answer, then = std::move(then)] { return then(*answer); }};
}

Reply Api::with_metadata(engine::time::Instant now,
                         std::function<Reply(const OidcMetadata*)> then) {
    auto& memory = *oidc_;
    if (memory.metadata && now - memory.metadata_at < metadata_kept) return then(&*memory.metadata);
    FetchRequest request;
    request.url = settings_.oidc.issuer;
    if (request.url.ends_with('/')) request.url.pop_back();
    request.url += "/.well-known/openid-configuration";
    return inquire(std::move(request),
                   [this, now, then = std::move(then)](const FetchResponse& got) -> Reply {
                       if (got.status == 200)
                           if (auto read = read_metadata(got.body, settings_.oidc.issuer)) {
                               oidc_->metadata = std::move(read);
                               oidc_->metadata_at = now;
                           } else {
                               spdlog::error("oidc: {} does not describe itself as a provider",
                                             settings_.oidc.issuer);
                           }
                       else
                           spdlog::error("oidc: {} cannot be reached (status {})",
                                         settings_.oidc.issuer, got.status);
                       return then(oidc_->metadata ? &*oidc_->metadata : nullptr);
                   });
}

Reply Api::begin_oidc(Call& call) {
    if (!settings_.oidc.on() || !parts_.fetch)
        return answered(Problem::of(404, "not_found"), call.lens);
    // Nobody else's page begins it for somebody.
    if (site_of(call.request, settings_.public_url) == Site::other)
        return answered(Problem::of(403, "cross_site"), call.lens);
    const auto then = own_path(call.target.one("then").value_or("/"));
    const auto now = call.lens.now;
    const auto language = std::string(tag(call.lens.language));
    return with_metadata(now, [this, then, now, language](const OidcMetadata* known) -> Reply {
        if (known == nullptr) return oidc_back("unreachable", then);
        const auto attempt = new_attempt(then, now);
        std::string scopes;
        for (const auto& scope : settings_.oidc.scopes)
            scopes += (scopes.empty() ? "" : " ") + scope;
        const auto query = query_of({{"response_type", "code"},
                                     {"client_id", settings_.oidc.client_id},
                                     {"redirect_uri", oidc_return()},
                                     {"scope", scopes},
                                     {"state", attempt.state},
                                     {"nonce", attempt.nonce},
                                     {"code_challenge", challenge_of(attempt.verifier)},
                                     {"code_challenge_method", "S256"},
                                     {"ui_locales", language}});
        const auto& at = known->authorization;
        auto response = go_to(at + (at.find('?') == std::string::npos ? "?" : "&") + query);
        response.fields.emplace_back(
            "Set-Cookie",
            oidc_cookie(seal_attempt(settings_.link_key, attempt),
                        std::chrono::duration_cast<std::chrono::seconds>(attempt.until - now),
                        secure()));
        return response;
    });
}

std::string Api::oidc_return() const {
    return settings_.public_url + "/api/v1/session/oidc/callback";
}

// What comes back from the provider, if it is the answer to what this very browser asked.
Reply Api::end_oidc(Call& call) {
    if (!settings_.oidc.on() || !parts_.fetch)
        return answered(Problem::of(404, "not_found"), call.lens);
    const auto from = call.request.client;
    if (auto wait = failures_from_.take(from)) return answered(too_many(*wait), call.lens);
    const auto attempt =
        open_attempt(settings_.link_key, oidc_cookie_in(call.request.cookie, secure()));
    const auto state = call.target.one("state").value_or("");
    if (!attempt || call.target.count("state") != 1 || !same_digest(attempt->state, state) ||
        attempt->until <= call.lens.now) {
        spdlog::warn("oidc: an answer from {} that nobody here asked for", from);
        return oidc_back("again", "/");
    }
    const auto later = std::make_shared<Call>(call);
    return with_metadata(call.lens.now,
                         [this, later, attempt = *attempt](const OidcMetadata* known) -> Reply {
                             if (known == nullptr) return oidc_back("unreachable", attempt.then);
                             return take_oidc_answer(later, attempt, *known);
                         });
}

Reply Api::take_oidc_answer(const std::shared_ptr<Call>& call, const OidcAttempt& attempt,
                            const OidcMetadata& provider) {
    const auto& target = call->target;
    // An answer of another provider, brought here to have its code spent at ours (RFC 9207).
    const auto issuer = target.one("iss");
    if (issuer ? *issuer != settings_.oidc.issuer : provider.names_issuer) {
        spdlog::warn("oidc: an answer of another provider");
        return oidc_back("refused", attempt.then);
    }
    // Anybody can make up an error, as often as they like: it stays charged and is not remembered.
    if (const auto error = target.one("error"))
        return oidc_back(*error == "access_denied" ? "denied" : "refused", attempt.then);
    const auto code = target.one("code").value_or("");
    if (code.empty() || target.count("code") != 1) return oidc_back("refused", attempt.then);
    if (!oidc_->use(attempt, call->lens.now)) {
        spdlog::warn("oidc: an answer from {} that came before", call->request.client);
        return oidc_back("again", "/");
    }
    const auto& client = settings_.oidc;
    std::vector<std::pair<std::string, std::string>> form{{"grant_type", "authorization_code"},
                                                          {"code", code},
                                                          {"redirect_uri", oidc_return()},
                                                          {"code_verifier", attempt.verifier}};
    FetchRequest request;
    request.method = "POST";
    request.url = provider.token;
    request.headers = {"Content-Type: application/x-www-form-urlencoded",
                       "Accept: application/json"};
    if (!client.client_secret.empty() && provider.basic) {
        request.headers.push_back("Authorization: Basic " +
                                  basic_credentials(client.client_id, client.client_secret));
    } else {
        form.emplace_back("client_id", client.client_id);
        if (!client.client_secret.empty()) form.emplace_back("client_secret", client.client_secret);
    }
    request.body = query_of(form);
    return inquire(std::move(request), [this, call, attempt](const FetchResponse& got) -> Reply {
        auto parsed = parse_object(got.body);
        const auto* said = std::get_if<json::object>(&parsed);
        const auto token = said == nullptr ? std::string() : text_at(*said, "id_token");
        if (got.status != 200 || token.empty()) {
            spdlog::warn("oidc: the provider gave no token for a code (status {})", got.status);
            return oidc_back(got.status == 0 ? "unreachable" : "refused", attempt.then);
        }
        return believe(call, attempt, token, false);
    });
}

// Keys are asked for when there are none, and once more when a token names one we do not know.
Reply Api::believe(const std::shared_ptr<Call>& call, const OidcAttempt& attempt,
                   const std::string& token, bool asked) {
    auto& memory = *oidc_;
    const auto now = call->lens.now;
    const auto age = now - memory.keys_at;
    if (asked || (!memory.keys.empty() && age < keys_kept)) {
        const auto read = read_id_token(
            token, memory.keys,
            {settings_.oidc.issuer, settings_.oidc.client_id, attempt.nonce, parts_.core->now()});
        if (read.claims) return welcome(call, attempt, *read.claims);
        if (asked || !read.unknown_key || age < keys_at_least) {
            spdlog::warn("oidc: a token that is not to be believed: {}", read.fault);
            return oidc_back("refused", attempt.then);
        }
    }
    FetchRequest request;
    request.url = memory.metadata->keys;
    return inquire(std::move(request),
                   [this, call, attempt, token, now](const FetchResponse& got) -> Reply {
                       if (got.status != 200 || got.body.empty()) {
                           spdlog::error("oidc: no keys of the provider (status {})", got.status);
                           return oidc_back("unreachable", attempt.then);
                       }
                       oidc_->keys = got.body;
                       oidc_->keys_at = now;
                       return believe(call, attempt, token, true);
                   });
}

// The provider says who it is; whether they may come in, and as what, is ours to say.
Reply Api::welcome(const std::shared_ptr<Call>& call, const OidcAttempt& attempt,
                   const json::object& claims) {
    const auto name = account_named_by(claims, settings_.oidc.claim);
    const auto row = name.empty() ? engine::model::Result<std::optional<ports::AccountRow>>(
                                        std::optional<ports::AccountRow>{})
                                  : call->reader->find_account(AccountId{name});
    if (!row) return answered(failed(row.error()), call->lens);
    if (!*row) {
        spdlog::warn("oidc: somebody the provider knows has no account here");
        return oidc_back("unknown", attempt.then);
    }
    auto account = read_account(**row);
    if (!account) return answered(failed(account.error()), call->lens);
    if (!account->enabled || account->locked) {
        note_failure(*call, name, account->enabled ? "locked" : "disabled");
        return oidc_back("closed", attempt.then);
    }
    const bool asks_more = account->second_factor || must_enrol(*account);
    if (asks_more && !proves_second_factor(claims, settings_.oidc.second_factor))
        return oidc_back("factor", attempt.then);
    failures_from_.give_back(call->request.client);
    const auto token = random_token("js_");
    auto change = session_change(*call, **row, token);
    if (!change) return answered(change.problem(), call->lens);
    change->data["by"] = "oidc";
    Wording wording;
    wording.done = [then = attempt.then,
                    cookie = give_cookie(token, settings_.session_ttl, secure()),
                    gone = oidc_cookie({}, std::chrono::seconds{0}, secure())](
                       const engine::runtime::Accepted&, const Lens&) {
        auto response = go_to(then);
        response.fields.emplace_back("Set-Cookie", cookie);
        response.fields.emplace_back("Set-Cookie", gone);
        return response;
    };
    wording.fault = [](const engine::model::Error& error) -> std::optional<Problem> {
        if (error.what != "account.closed") return {};
        return Problem::of(401, "sign_in_failed");
    };
    return submit_work(*call, std::move(*change), std::move(wording));
}

}  // namespace jinqiao::adapters::http
