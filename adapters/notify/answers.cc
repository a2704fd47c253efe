#include "adapters/notify/answers.h"

#include <algorithm>
#include <boost/json/parse.hpp>

#include "adapters/notify/courier/retry_after.h"

namespace jinqiao::adapters::notify {
namespace {

namespace json = boost::json;
using engine::ports::Outcome;

// Nothing a provider writes is stored unless it cannot be anything but a code.
bool plain(std::string_view text) {
    constexpr std::string_view signs = "-_.:^";
    return !text.empty() && text.size() <= 48 && std::all_of(text.begin(), text.end(), [&](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               signs.find(c) != std::string_view::npos;
    });
}

bool says_taken(const Answers& answers, int status) {
    if (answers.status.empty()) return status >= 200 && status < 300;
    return std::find(answers.status.begin(), answers.status.end(), status) != answers.status.end();
}

Said said_by(const Answers& answers, int status) {
    const auto found = answers.statuses.find(status);
    if (found != answers.statuses.end()) return {found->second};
    if (status == 429) return {Meaning::wait};
    if (status == 408 || status == 425 || status >= 500) return {Meaning::retry};
    if (status == 401) return {Meaning::channel, "the key is refused"};
    return {Meaning::permanent, status < 400 ? "redirects are not followed" : ""};
}

bool reads_body(const Answers& answers) {
    return !answers.pointer.empty() || !answers.error_pointer.empty() ||
           !answers.id_pointer.empty();
}

Outcome taken(std::string code, std::string id) {
    Outcome outcome = outcome_of(Meaning::delivered, std::move(code));
    outcome.provider_id = std::move(id);
    return outcome;
}

}  // namespace

std::optional<json::value> parse_answer(const std::string& body) {
    json::error_code wrong;
    json::value value = json::parse(body, wrong);  // nested 32 deep at most
    if (wrong) return std::nullopt;
    return value;
}

bool is_pointer(const std::string& text) {
    json::error_code wrong;
    (void)json::value(json::object{}).find_pointer(text, wrong);
    return wrong != json::error::missing_slash && wrong != json::error::invalid_escape;
}

std::string word_at(const json::value& body, const std::string& pointer) {
    json::error_code wrong;
    const json::value* value = body.find_pointer(pointer, wrong);
    if (value == nullptr || wrong) return {};
    if (value->is_int64()) return std::to_string(value->get_int64());
    if (value->is_uint64()) return std::to_string(value->get_uint64());
    if (value->is_bool()) return value->get_bool() ? "true" : "false";
    if (!value->is_string()) return {};
    const std::string text(value->get_string());
    return plain(text) ? text : std::string();
}

Outcome outcome_of(Meaning meaning, std::string code, std::optional<std::chrono::seconds> wait,
                   std::string detail) {
    Outcome outcome;
    outcome.code = std::move(code);
    outcome.detail = std::move(detail);
    outcome.concerns_lane = meaning == Meaning::wait || meaning == Meaning::channel;
    outcome.kind = Outcome::Kind::retry;
    if (meaning == Meaning::delivered) outcome.kind = Outcome::Kind::delivered;
    if (meaning == Meaning::permanent || meaning == Meaning::channel)
        outcome.kind = Outcome::Kind::rejected;
    if (outcome.kind == Outcome::Kind::retry) outcome.retry_after = wait;
    return outcome;
}

Outcome without_answer(const courier::Response& response) {
    if (response.failure == "refused_address")
        return outcome_of(Meaning::channel, response.failure, {},
                          "the address is not public and allow_private is not set");
    if (!response.sent)
        return outcome_of(Meaning::retry, response.failure, {}, "the request was not sent");
    Outcome outcome =
        outcome_of(Meaning::retry, response.failure, {}, "the request was sent, no answer came");
    outcome.kind = Outcome::Kind::unknown;
    return outcome;
}

Outcome judge(const Answers& answers, const courier::Response& response,
              std::chrono::sys_seconds now) {
    if (response.status == 0) return without_answer(response);
    std::optional<std::chrono::seconds> asked;
    if (const std::string* value = response.header("retry-after"))
        asked = courier::retry_after(*value, now);
    const auto mean = [&](const Said& said, const std::string& code) {
        auto wait = asked ? asked : said.wait;
        if (said.meaning == Meaning::wait && !wait) wait = answers.least_wait;
        return outcome_of(said.meaning, code, wait, said.detail);
    };
    const auto body = reads_body(answers) ? parse_answer(response.body) : std::nullopt;
    const auto at = [&](const std::string& pointer) {
        return body && !pointer.empty() ? word_at(*body, pointer) : std::string();
    };
    const std::string said = at(answers.pointer);
    const std::string error = at(answers.error_pointer);
    const std::string& code = error.empty() ? said : error;
    const std::string status = std::to_string(response.status);
    const bool good = says_taken(answers, response.status);
    if (good && answers.pointer.empty()) return taken(status, at(answers.id_pointer));
    if (good && said == answers.equals) return taken(said, at(answers.id_pointer));

    const auto known = answers.codes.find(code);
    if (known != answers.codes.end()) return mean(known->second, code);
    if (!good) return mean(said_by(answers, response.status), status);
    if (!body) return mean({Meaning::retry, "the answer is no JSON"}, "not_json");
    if (code.empty())
        return mean({Meaning::retry, "the answer does not say what became of it"}, "no_code");
    return mean({answers.other}, code);
}

}  // namespace jinqiao::adapters::notify
