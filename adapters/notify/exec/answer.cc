#include "adapters/notify/exec/answer.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstring>
#include <optional>

#include "adapters/notify/body.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::exec {
namespace {

namespace json = boost::json;
using engine::ports::Outcome;
using Kind = Outcome::Kind;

constexpr std::size_t most_recipients = 1000;
constexpr std::int64_t longest_wait_s = 86'400;

// A word for the ledger: printable ASCII, no more than so much. Anything else says nothing.
std::string plain(const json::object& from, std::string_view key, std::size_t most) {
    const std::string text = body_text(from, key);
    const bool good = text.size() <= most && std::all_of(text.begin(), text.end(), [](char c) {
                          return c > ' ' && c <= '~';
                      });
    return good ? text : std::string();
}

std::optional<Kind> kind_of(const json::object& from) {
    const std::string status = body_text(from, "status");
    if (status == "delivered") return Kind::delivered;
    if (status == "retry") return Kind::retry;
    if (status == "permanent") return Kind::rejected;
    return std::nullopt;
}

std::string code_of(const json::object& from, Kind kind) {
    const std::string code = plain(from, "code", 64);
    if (!code.empty()) return code;
    return kind == Kind::delivered ? "ok" : kind == Kind::retry ? "retry" : "permanent";
}

bool flag(const json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value != nullptr && value->is_bool() && value->as_bool();
}

std::optional<std::chrono::seconds> wait_of(const json::object& from) {
    const auto* value = from.if_contains("retry_after_s");
    if (value == nullptr || !value->is_int64() || value->as_int64() < 0) return std::nullopt;
    return std::chrono::seconds{std::min(value->as_int64(), longest_wait_s)};
}

// All or nothing: half a list would leave somebody out unseen.
bool read_recipients(const json::object& from, std::vector<Outcome::Recipient>& into) {
    const auto* list = from.if_contains("recipients");
    if (list == nullptr) return true;
    if (!list->is_array() || list->as_array().size() > most_recipients) return false;
    for (const auto& item : list->as_array()) {
        if (!item.is_object()) return false;
        const auto kind = kind_of(item.as_object());
        const std::string name = body_text(item.as_object(), "name");
        if (!kind || name.empty() || name.size() > 256) return false;
        into.push_back({name, *kind, code_of(item.as_object(), *kind),
                        plain(item.as_object(), "remote_id", 128)});
    }
    return true;
}

std::optional<Outcome> parse(const std::string& output) {
    json::error_code error;
    json::parse_options strict;
    strict.max_depth = 8;
    const json::value parsed = json::parse(output, error, {}, strict);
    if (error || !parsed.is_object()) return std::nullopt;
    const json::object& answer = parsed.as_object();
    const auto kind = kind_of(answer);
    if (!kind) return std::nullopt;
    Outcome outcome;
    outcome.kind = *kind;
    outcome.code = code_of(answer, *kind);
    outcome.provider_id = plain(answer, "remote_id", 128);
    outcome.detail = fit(one_line(body_text(answer, "detail")), 200);
    outcome.retry_after = wait_of(answer);
    outcome.concerns_lane = *kind != Kind::delivered && flag(answer, "concerns_lane");
    if (!read_recipients(answer, outcome.recipients)) return std::nullopt;
    return outcome;
}

Outcome outcome(Kind kind, std::string code, std::string detail, bool lane = false) {
    Outcome result;
    result.kind = kind;
    result.code = std::move(code);
    result.detail = std::move(detail);
    result.concerns_lane = lane;
    return result;
}

Outcome without_answer(const Run& run) {
    constexpr int temporary_failure = 75;  // EX_TEMPFAIL
    if (run.end == Run::End::killed) {
        const char* name = sigabbrev_np(run.status);
        return outcome(Kind::retry, "SIG" + std::string(name == nullptr ? "" : name),
                       "a signal ended the program");
    }
    const std::string code = "exit " + std::to_string(run.status);
    if (run.status == 0)
        return outcome(Kind::unknown, "answer", "the program did not say what became of it");
    if (run.status == temporary_failure)
        return outcome(Kind::retry, code, "the program asks for another attempt");
    return outcome(Kind::rejected, code, "the program refused it");
}

}  // namespace

std::string request(const engine::ports::Transmission& transmission,
                    std::chrono::milliseconds timeout) {
    json::object result;
    result["version"] = 1;
    result["id"] = transmission.id;
    result["attempt"] = transmission.attempt;
    result["timeout_ms"] = timeout.count();
    result["channel"] = transmission.channel;
    result["address"] = transmission.address;
    result["settled"] = json::array(transmission.settled.begin(), transmission.settled.end());
    result["subject"] = transmission.subject;
    result["text"] = transmission.text;
    result["notice"] = transmission.body;
    return json::serialize(result) + "\n";
}

Outcome judge(const Run& run) {
    switch (run.end) {
        case Run::End::not_started: {
            const char* name = strerrorname_np(run.status);
            return outcome(Kind::retry, name != nullptr ? name : "start",
                           "the program could not be started", true);
        }
        case Run::End::timeout:
            return outcome(Kind::unknown, "timeout", "the program was ended after its time");
        case Run::End::flooded:
            return outcome(Kind::unknown, "answer_too_long", "the program was ended");
        case Run::End::stopped:
            return outcome(Kind::unknown, "aborted", "the program was ended with the daemon");
        case Run::End::exited:
        case Run::End::killed:
            break;
    }
    if (auto answered = parse(run.output)) return *answered;
    return without_answer(run);
}

}  // namespace jinqiao::adapters::notify::exec
