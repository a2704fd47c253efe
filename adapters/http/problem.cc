#include "adapters/http/problem.h"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/http/language.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::ErrorCode;
using engine::model::Language;
using engine::model::Message;
using engine::model::Refusal;

namespace {

std::string argument(const Message& message, std::string_view name) {
    for (const auto& [key, value] : message.args)
        if (key == name) return value;
    return {};
}

json::object arguments(const Message& message) {
    json::object out;
    for (const auto& [key, value] : message.args) out[key] = value;
    return out;
}

json::array errors_of(const Problem& problem, const Words& words, Language language) {
    json::array out;
    for (const auto& fault : problem.errors)
        out.push_back(json::object{{"field", fault.field},
                                   {"code", fault.message.code},
                                   {"text", words.text(fault.message, language)}});
    return out;
}

json::array reasons_of(const Problem& problem, const Words& words, Language language) {
    json::array out;
    for (const auto& reason : problem.reasons)
        out.push_back(json::object{{"code", reason.code},
                                   {"text", words.text(reason, language)},
                                   {"args", arguments(reason)}});
    return out;
}

int status_of(Refusal::Kind kind) {
    switch (kind) {
        case Refusal::Kind::unknown_action:
        case Refusal::Kind::not_found:
            return 404;
        case Refusal::Kind::forbidden:
            return 403;
        case Refusal::Kind::invalid_payload:
            return 422;
        case Refusal::Kind::stale:
            return 412;
        case Refusal::Kind::blocked:
        case Refusal::Kind::no_transition:
        case Refusal::Kind::dropped:
            break;
    }
    return 409;
}

std::string code_of(Refusal::Kind kind) {
    switch (kind) {
        case Refusal::Kind::unknown_action:
            return "unknown_action";
        case Refusal::Kind::not_found:
            return "not_found";
        case Refusal::Kind::forbidden:
            return "forbidden";
        case Refusal::Kind::invalid_payload:
            return "invalid_payload";
        case Refusal::Kind::stale:
            return "stale";
        case Refusal::Kind::blocked:
            return "blocked";
        case Refusal::Kind::no_transition:
            return "no_transition";
        case Refusal::Kind::dropped:
            break;
    }
    return "blocked";
}

}  // namespace

Problem Problem::fault(int status, std::string code, std::string field, Message message) {
    auto problem = Problem::of(status, std::move(code));
    problem.errors.push_back({std::move(field), std::move(message)});
    return problem;
}

Problem unfit(std::vector<Message> faults) {
    auto problem = Problem::of(422, "invalid_payload");
    for (auto& fault : faults) {
        std::string field;
        for (const auto& [key, value] : fault.args)
            if (key == "field") field = value;
        problem.errors.push_back({field, std::move(fault)});
    }
    return problem;
}

json::object describe(const Problem& problem, const Words& words, Language language) {
    const auto key = "problem." + problem.code;
    json::object out{{"type", "urn:jinqiao:problem:" + problem.code},
                     {"title", words.text(key + ".title", language)},
                     {"status", problem.status},
                     {"detail", words.text(Message{key + ".detail", problem.args}, language)},
                     {"code", problem.code}};
    if (!problem.errors.empty()) out["errors"] = errors_of(problem, words, language);
    if (!problem.reasons.empty()) out["reasons"] = reasons_of(problem, words, language);
    return out;
}

Response respond(const Problem& problem, const Words& words, Language language) {
    Response response;
    response.status = problem.status;
    response.content_type = "application/problem+json; charset=utf-8";
    response.fields = problem.fields;
    if (problem.retry_after)
        response.fields.emplace_back("Retry-After", std::to_string(problem.retry_after->count()));
    response.body = json::serialize(describe(problem, words, language));
    response.close = problem.close;
    return response;
}

Problem problem_of(const Refusal& refusal) {
    auto problem = Problem::of(status_of(refusal.kind), code_of(refusal.kind));
    if (refusal.kind != Refusal::Kind::invalid_payload) {
        problem.reasons = refusal.reasons;
        return problem;
    }
    for (const auto& reason : refusal.reasons)
        problem.errors.push_back({argument(reason, "field"), reason});
    return problem;
}

Problem problem_of(const engine::model::Error& error, std::chrono::seconds retry_after) {
    const auto again = [&](int status, std::string code) {
        auto problem = Problem::of(status, std::move(code));
        problem.retry_after = retry_after;
        return problem;
    };
    switch (error.code) {
        case ErrorCode::invalid:
            return Problem::of(400, "bad_request");
        case ErrorCode::not_found:
            return Problem::of(404, "not_found");
        case ErrorCode::forbidden:
            return Problem::of(403, "forbidden");
        case ErrorCode::conflict:
            return Problem::of(409, "conflict");
        case ErrorCode::busy:
            return again(503, "busy");
        case ErrorCode::unavailable:
            return again(503, "unavailable");
        case ErrorCode::disk_full:
            return again(507, "disk_full");
        case ErrorCode::unknown:
            return Problem::of(500, "outcome_unknown");
        case ErrorCode::corrupt:
            return Problem::of(500, "corrupt");
        case ErrorCode::internal:
            break;
    }
    return Problem::of(500, "internal");
}

}  // namespace jinqiao::adapters::http
