// Steps that several calls share: reading a body, finding a case the caller may see, submitting a
// command and wording what became of it.
#include <spdlog/spdlog.h>

#include <boost/json/parse.hpp>

#include "adapters/http/api.h"
#include "adapters/http/digest.h"
#include "adapters/http/etag.h"
#include "adapters/http/json_text.h"
#include "adapters/http/language.h"
#include "adapters/http/papers.h"
#include "adapters/http/rights.h"
#include "engine/model/codec.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace runtime = engine::runtime;
using engine::model::Case;
using engine::model::Error;
using engine::model::Message;
using engine::model::Refusal;

namespace {

constexpr std::size_t longest_key = 255;

// "application/json", with UTF-8 as the only charset JSON has (RFC 8259, 8.1).
bool is_json(std::string_view type) {
    std::string plain;
    for (const char c : type)
        if (c != ' ' && c != '\t' && c != '"')
            plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return plain == "application/json" || plain == "application/json;charset=utf-8";
}

bool is_key(std::string_view key) {
    if (key.size() > longest_key) return false;
    for (const char c : key)
        if (c < 0x21 || c > 0x7e) return false;
    return true;
}

Problem problem_of_body(const JsonFault& fault) {
    const auto offset = std::to_string(fault.offset);
    switch (fault.kind) {
        case JsonFault::Kind::duplicate:
            return Problem::fault(400, "duplicate_key", fault.field,
                                  Message{"json.duplicate", {{"field", fault.field}}});
        case JsonFault::Kind::control:
            return Problem::fault(400, "malformed_json", fault.field,
                                  Message{"json.control", {{"field", fault.field}}});
        case JsonFault::Kind::encoding: {
            auto problem = Problem::of(400, "invalid_encoding");
            problem.args = {{"offset", offset}};
            return problem;
        }
        case JsonFault::Kind::too_deep: {
            auto problem = Problem::of(400, "too_deep");
            problem.args = {{"depth", std::to_string(most_depth)}};
            return problem;
        }
        case JsonFault::Kind::not_object:
            return Problem::of(400, "not_an_object");
        case JsonFault::Kind::malformed:
            break;
    }
    auto problem = Problem::of(400, "malformed_json");
    problem.args = {{"offset", offset}};
    return problem;
}

Problem sight_problem(Sight sight) {
    return sight == Sight::forbidden ? Problem::of(403, "forbidden")
                                     : Problem::of(404, "not_found");
}

}  // namespace

// 400 / 413 / 415, then what an Idempotency-Key forbids (422, 409). No body at all is an empty
// object: many actions need nothing said.
Or<json::object> Api::body(const Call& call) const {
    const auto& request = call.request;
    if (request.body_fault == Request::BodyFault::too_large) {
        auto problem = Problem::of(413, "too_large");
        problem.args = {{"limit", std::to_string(settings_.body_limit)}};
        return problem;
    }
    if (!request.body.empty() && !is_json(request.content_type)) {
        auto problem = Problem::of(415, "unsupported_media_type");
        problem.args = {{"found", request.content_type}};
        problem.fields = {{"Accept-Post", "application/json"}};
        return problem;
    }
    json::object object;
    if (!request.body.empty()) {
        auto parsed = parse_object(request.body);
        if (const auto* fault = std::get_if<JsonFault>(&parsed)) return problem_of_body(*fault);
        object = std::move(std::get<json::object>(parsed));
    }
    if (auto problem = unfit_key(call)) return *problem;
    return object;
}

std::optional<Problem> Api::unfit_key(const Call& call) const {
    const auto& key = call.request.idempotency_key;
    if (!is_key(key))
        return Problem::fault(400, "bad_request", "Idempotency-Key", Message{"header.key", {}});
    if (call.key_used) return Problem::of(422, "idempotency_mismatch");
    if (!key.empty() && in_flight_.contains({call.account().id.value, key})) {
        auto problem = Problem::of(409, "idempotency_in_flight");
        problem.retry_after = settings_.retry_after;
        return problem;
    }
    return {};
}

std::optional<Problem> Api::unknown_parameter(const Call& call,
                                              std::initializer_list<std::string_view> known) {
    for (const auto& [name, value] : call.target.parameters)
        if (std::find(known.begin(), known.end(), name) == known.end())
            return Problem::fault(400, "bad_request", name,
                                  Message{"query.unknown", {{"name", name}}});
    return {};
}

Problem Api::failed(const Error& error) const {
    spdlog::error("http: {} ({}): {}", engine::model::name(error.code), error.where, error.what);
    return problem_of(error, settings_.retry_after);
}

Problem Api::busy() const {
    auto problem = Problem::of(503, "busy");
    problem.retry_after = settings_.retry_after;
    return problem;
}

Problem Api::too_many(std::chrono::milliseconds wait) {
    auto problem = Problem::of(429, "too_many");
    problem.retry_after = whole_seconds(wait);
    problem.args = {{"seconds", std::to_string(problem.retry_after->count())}};
    return problem;
}

// By id, else by number. One that somebody works on is at hand already, decoded.
Or<std::shared_ptr<const Case>> Api::current(Call& call, const std::string& id) {
    if (auto recent = parts_.core->recent(engine::model::CaseId{id})) return recent;
    auto row = call.reader->find_case(engine::model::CaseId{id});
    if (row && !*row) row = call.reader->find_number(id);
    if (!row) return failed(row.error());
    if (!*row) return Problem::of(404, "not_found");
    auto kase = engine::model::decode_case(row->value().body);
    if (!kase) return failed(kase.error().under(id));
    return std::make_shared<const Case>(std::move(*kase));
}

// A case that the caller may not see is as absent as one that is not there.
Or<Seen> Api::find(Call& call, const std::string& id, Right right) {
    const auto& roles = call.account().roles;
    if (!ever(roles, right)) return Problem::of(403, "forbidden");
    auto kase = current(call, id);
    if (!kase) return kase.problem();
    Seen seen{std::move(*kase), 0};
    seen.relations =
        relations_of(call.account(), *seen.kase, *call.world().directory, call.lens.now);
    const bool restricted =
        seen.kase->confidentiality == engine::model::Confidentiality::restricted;
    const auto verdict = sight(roles, right, seen.relations, restricted);
    if (verdict != Sight::granted) return sight_problem(verdict);
    call.lens.relations = seen.relations;
    call.lens.personal = [reader = call.reader](const std::string& ref, bool sealed_too) {
        auto found = reader->personal(ref);
        if (!found || !*found || found->value().value.empty()) return json::value(nullptr);
        if (found->value().cls == "sealed" && !sealed_too) return json::value(nullptr);
        return json::value(json::string(found->value().value));
    };
    call.lens.papers = papers_of(*call.reader, *seen.kase);
    return seen;
}

Deed Api::submit(Call& call, engine::model::Command command,
                 std::function<Response(const Case&, const Lens&)> word,
                 std::function<Response(const Refusal&, const Lens&)> refused) {
    return submit_work(
        call, std::move(command),
        {[word = std::move(word)](const runtime::Accepted& accepted, const Lens& lens) {
             return word(*accepted.kase, lens);
         },
         std::move(refused),
         {}});
}

// The committer's thread words the answer to be kept and the I/O thread the one to be sent: both
// from this lens, which shares nothing with the request that made it.
Deed Api::submit_work(Call& call, decltype(runtime::Submission::work) work, Wording wording) {
    // Keys are of accounts: the sign link has none, and signing twice is one signature anyway.
    const std::pair key{call.account().id.value,
                        call.body_hash.empty() ? std::string() : call.request.idempotency_key};
    auto lens = std::make_shared<Lens>(call.lens);
    lens->personal = {};
    if (lens->papers) lens->papers = without_names(*lens->papers);
    Deed deed;
    deed.submission.work = std::move(work);
    if (!key.second.empty()) {
        in_flight_.insert(key);
        deed.submission.account = key.first;
        deed.submission.key = key.second;
        deed.submission.body_hash = call.body_hash;
        deed.submission.compose = [lens, word = wording.done, key,
                                   hash = call.body_hash](const runtime::Accepted& accepted) {
            const auto response = word(accepted, *lens);
            engine::ports::StoredAnswer answer{key.first,     key.second, hash, response.status,
                                               response.body, {},         {},   lens->now};
            for (const auto& [name, value] : response.fields) {
                if (name == "Location") answer.location = value;
                if (name == "ETag") answer.etag = value;
            }
            return answer;
        };
    }
    deed.finish = [this, lens, wording = std::move(wording), key, hash = call.body_hash,
                   asked = std::make_shared<Call>(call)](runtime::Answer answer) {
        if (!key.second.empty()) in_flight_.erase(key);
        note_use(*asked);
        return settle(std::move(answer), *lens, hash, wording);
    };
    return deed;
}

Response Api::settle(runtime::Answer answer, const Lens& lens, const std::string& body_hash,
                     const Wording& wording) const {
    if (const auto* accepted = std::get_if<runtime::Accepted>(&answer))
        return wording.done(*accepted, lens);
    if (const auto* refusal = std::get_if<Refusal>(&answer))
        return wording.refused ? wording.refused(*refusal, lens)
                               : answered(problem_of(*refusal), lens);
    if (const auto* error = std::get_if<Error>(&answer)) {
        if (wording.fault)
            if (const auto problem = wording.fault(*error)) return answered(*problem, lens);
        // The runtime's word for a key that meanwhile stands for another body.
        if (error->code == engine::model::ErrorCode::conflict &&
            error->what == "idempotency_key_reused")
            return answered(Problem::of(422, "idempotency_mismatch"), lens);
        if (error->code == engine::model::ErrorCode::busy)
            return answered(problem_of(*error, settings_.retry_after), lens);
        return answered(failed(*error), lens);
    }
    // Somebody with the same key was quicker between our look and the commit.
    const auto& stored = std::get<engine::ports::StoredAnswer>(answer);
    if (stored.body_hash != body_hash)
        return answered(Problem::of(422, "idempotency_mismatch"), lens);
    Response response;
    response.status = stored.status;
    response.body = stored.body;
    if (!stored.location.empty()) response.fields.emplace_back("Location", stored.location);
    if (!stored.etag.empty()) response.fields.emplace_back("ETag", stored.etag);
    response.fields.emplace_back("Idempotency-Replayed", "true");
    response.fields.emplace_back("Content-Language", tag(lens.language));
    return response;
}

}  // namespace jinqiao::adapters::http
