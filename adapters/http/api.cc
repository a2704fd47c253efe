#include "adapters/http/api.h"

#include <algorithm>
#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/http/cookie.h"
#include "adapters/http/digest.h"
#include "adapters/http/etag.h"
#include "adapters/http/language.h"
#include "adapters/http/view.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;

Api::Api(ApiParts parts, HttpSettings settings)
    : parts_(std::move(parts)),
      settings_(std::move(settings)),
      of_account_(settings_.requests_per_account, settings_.addresses_known),
      from_address_(settings_.requests_per_address, settings_.addresses_known),
      failures_of_(settings_.sign_in_failures, settings_.addresses_known),
      failures_from_(settings_.sign_in_failures_from, settings_.addresses_known),
      channel_tests_(settings_.channel_tests, settings_.addresses_known),
      unnamed_from_(settings_.anonymous.filings, settings_.addresses_known),
      wrong_receipts_from_(settings_.anonymous.wrong_codes, settings_.addresses_known),
      messages_by_(settings_.anonymous.messages, settings_.addresses_known),
      unnamed_in_all_(settings_.anonymous.filings_in_all, 1) {}

// The order of checks starts here: what is malformed beyond understanding, then the route, then
// who asks. Everything after that is the handler's.
Reply Api::handle(const Request& request) {
    auto call = opened(request);
    if (auto wait = from_address_.take(request.client)) return answered(too_many(*wait), call.lens);
    auto target = parse_target(request.target);
    if (!target) return answered(Problem::of(400, "bad_target"), call.lens);
    call.target = std::move(*target);
    const auto found = find_route(routes(), request.method, call.target.segments);
    if (const auto* wrong = std::get_if<WrongMethod>(&found))
        return wrong_method(wrong->allow, call.lens);
    if (std::holds_alternative<NoRoute>(found)) return beside(call);
    auto reply = serve(request, call, std::get<Found>(found));
    if (auto* response = std::get_if<Response>(&reply.held))
        response->close |= request.body_fault != Request::BodyFault::none;
    return reply;
}

// What is no call: a page for people, if somebody brought any. A path that begins like a call's
// never is one, so that whoever mistypes a call is told so.
Response Api::beside(const Call& call) const {
    const auto& segments = call.target.segments;
    const auto like_a_call = [&](const Route& route) {
        return segments_of(route.pattern).front() == segments.front();
    };
    if (std::any_of(routes().begin(), routes().end(), like_a_call))
        return answered(Problem::of(404, "no_such_path"), call.lens);
    if (!parts_.pages)
        return answered(Problem::of(404, segments.front().empty() ? "no_console" : "no_such_path"),
                        call.lens);
    const auto page = parts_.pages(segments);
    if (!page) return answered(Problem::of(404, "no_such_path"), call.lens);
    if (call.request.method != "GET" && call.request.method != "HEAD")
        return wrong_method("GET, HEAD", call.lens);
    return answer_with(*page, call.request);
}

Response Api::wrong_method(const std::string& allow, const Lens& lens) const {
    auto problem = Problem::of(405, "method_not_allowed");
    problem.args = {{"allow", allow}};
    problem.fields = {{"Allow", allow}};
    return answered(problem, lens);
}

Reply Api::serve(const Request& request, Call& call, const Found& found) {
    call.route = found.route;
    call.args = found.args;
    auto reader_or = reader();
    if (!reader_or) return answered(reader_or.problem(), call.lens);
    call.reader = *reader_or;
    if (found.route->access == Access::account) {
        if (auto known = identify(call); !known) return answered(known.problem(), call.lens);
        if (auto wait = of_account_.take(call.account().id.value))
            return answered(too_many(*wait), call.lens);
        if (auto problem = kept_at_the_door(call)) return answered(*problem, call.lens);
        if (request.method == "POST" && !request.idempotency_key.empty() &&
            found.route->secrets == Secrets::none) {
            call.body_hash =
                sha256_hex(request.method + '\n' + request.target + '\n' + request.body);
            if (auto answer = known_answer(call)) return std::move(*answer);
        }
    }
    return (this->*found.route->handler)(call);
}

Call Api::opened(const Request& request) {
    Call call{request, nullptr, {}, {}, nullptr, {}, {}, false, {}, {}, false};
    call.lens.world = parts_.world->get();
    call.lens.words = parts_.words;
    call.lens.fields = &parts_.fields;
    call.lens.now = parts_.core->now();
    call.lens.language = accepted_language(request.accept_language).value_or(settings_.language);
    return call;
}

// One reader for the life of the server, opened when first needed and again after an error: a
// reader is a connection, and opening one per request would cost more than most requests.
Or<engine::ports::Reader*> Api::reader() {
    if (!reader_) {
        auto opened = parts_.store->reader();
        if (!opened) return failed(opened.error());
        reader_ = std::move(*opened);
    }
    return reader_.get();
}

bool in_service(const engine::model::PersonId& person, const engine::policy::Directory& directory) {
    const auto known = directory.people.find(person);
    return known == directory.people.end() || known->second.enabled;
}

bool Api::secure() const {
    return settings_.tls.named() || settings_.public_url.starts_with("https://");
}

// What whoever wrote the request says, before what a browser adds to it by itself.
Or<std::monostate> Api::take_token(Call& call) const {
    const auto& request = call.request;
    if (!request.authorization.empty()) {
        call.bearer = bearer_token(request.authorization);
        return std::monostate{};
    }
    call.bearer = session_cookie(request.cookie, secure());
    call.by_cookie = !call.bearer.empty();
    if (call.by_cookie && forged(request, settings_.public_url))
        return Problem::of(403, "cross_site");
    return std::monostate{};
}

Or<std::monostate> Api::identify(Call& call) {
    if (auto taken = take_token(call); !taken) return taken;
    auto known = authenticate(*call.reader, call.bearer, call.lens.now);
    if (!known) return failed(known.error());
    // A cookie carries what signing in gave, and no token that was made to last.
    const bool good = known->has_value() &&
                      in_service((*known)->account.person, *call.world().directory) &&
                      (!call.by_cookie || (*known)->token.session);
    if (!good) {
        const bool sent = !call.request.authorization.empty();
        auto problem = Problem::of(401, "unauthorized");
        problem.fields = {
            {"WWW-Authenticate", sent ? R"(Bearer realm="jinqiao", error="invalid_token")"
                                      : R"(Bearer realm="jinqiao")"}};
        if (call.by_cookie) problem.fields.emplace_back("Set-Cookie", take_cookie(secure()));
        return problem;
    }
    call.lens.account = std::move((*known)->account);
    call.token = std::move((*known)->token);
    if (call.request.method == "GET") note_use(call);  // what changes something notes it later
    if (!accepted_language(call.request.accept_language) && call.lens.account.language)
        call.lens.language = *call.lens.account.language;
    return std::monostate{};
}

// So does a password alone where the role asks for more. A password that another chose opens the
// way to one of one's own and nothing else. Tokens that were made to last are no passwords.
std::optional<Problem> Api::kept_at_the_door(const Call& call) const {
    // Whoever signed in elsewhere has shown there what is asked for here.
    if (!call.token.session || !call.token.name.empty()) return {};
    const bool enrols = must_enrol(call.account());
    const bool changes = must_change(call.account());
    if (!changes && !enrols) return {};
    const auto name = call.route->name;
    if (name == "me" || name == "sign_out") return {};
    if (name == "set_password" && call.args[0] == call.account().id.value) return {};
    if (changes) return Problem::of(403, "password_change_required");
    if (name == "offer_totp" || name == "confirm_totp") return {};
    return Problem::of(403, "second_factor_required");
}

bool Api::must_change(const Account& account) const {
    return account.must_change || (account.demonstration && !settings_.at_home);
}

bool Api::must_enrol(const Account& account) const {
    const auto& roles = settings_.second_factor;
    return !account.second_factor &&
           std::any_of(roles.begin(), roles.end(),
                       [&](const std::string& role) { return account.has(role); });
}

// Once a day and token. Nobody waits for it, so it takes nobody's place in the queue: while others
// wait it is left to the next request.
void Api::note_use(const Call& call) {
    constexpr std::size_t most_noted = 10'000;
    const auto day = call.lens.instant(call.lens.now).substr(0, 10);
    if (call.token.hash.empty() || call.token.used_on == day) return;
    if (parts_.committer->queued() > 0) return;
    if (noted_on_ != day || noted_.size() >= most_noted) noted_.clear();
    noted_on_ = day;
    if (!noted_.insert(call.token.hash).second) return;
    engine::runtime::Registration rows;
    rows.used.push_back({call.token.hash, day});
    engine::runtime::Submission submission;
    submission.work = std::move(rows);
    if (!parts_.committer->submit(std::move(submission))) noted_.erase(call.token.hash);
}

// A repeat of what was done already gets the answer that was given then, whatever happened since:
// rights may have moved on with the case (a hand-over accepted), the answer must not.
std::optional<Response> Api::known_answer(Call& call) {
    if (call.request.body_fault != Request::BodyFault::none) return {};
    auto stored = call.reader->answer(call.account().id.value, call.request.idempotency_key);
    if (!stored || !*stored) return {};  // an unreadable store fails the handler too, in its words
    const auto& answer = stored->value();
    if (answer.body_hash != call.body_hash) {
        call.key_used = true;
        return {};
    }
    Response response;
    response.status = answer.status;
    response.body = answer.body;
    if (!answer.location.empty()) response.fields.emplace_back("Location", answer.location);
    if (!answer.etag.empty()) response.fields.emplace_back("ETag", answer.etag);
    response.fields.emplace_back("Idempotency-Replayed", "true");
    response.fields.emplace_back("Content-Language", tag(call.lens.language));
    return response;
}

Response Api::answered(const Problem& problem, const Lens& lens) const {
    auto response = respond(problem, *parts_.words, lens.language);
    response.fields.emplace_back("Content-Language", tag(lens.language));
    return response;
}

Response Api::refuse(const Problem& problem, std::string_view accept_language) const {
    Lens lens;
    lens.language = accepted_language(accept_language).value_or(settings_.language);
    return answered(problem, lens);
}

void Api::use(const HttpSettings& settings) {
    settings_.language = settings.language;
    settings_.zone_name = settings.zone_name;
    settings_.public_url = settings.public_url;
    settings_.calendar = settings.calendar;
    settings_.areas = settings.areas;
    settings_.smallest_group = settings.smallest_group;
    settings_.anonymous.filing = settings.anonymous.filing;
}

void Api::count(int status) {
    ++counts_.requests;
    const auto cls = static_cast<std::size_t>(status / 100);
    if (cls < std::size(counts_.by_class)) ++counts_.by_class[cls];
}

Response json_response(int status, const json::value& value) {
    Response response;
    response.status = status;
    response.body = json::serialize(value);
    return response;
}

// The tree is thrown away once it is text: one region of memory instead of a thousand allocations.
Response case_response(int status, const engine::model::Case& kase, const Lens& lens) {
    static thread_local std::array<unsigned char, 256 * 1024> buffer;
    json::monotonic_resource memory(buffer.data(), buffer.size());
    auto response = json_response(status, view_case(kase, lens, &memory));
    response.fields.emplace_back("ETag", etag(kase.version));
    response.fields.emplace_back("Content-Language", tag(lens.language));
    if (status == 201) response.fields.emplace_back("Location", "/api/v1/cases/" + kase.id.value);
    return response;
}

}  // namespace jinqiao::adapters::http
