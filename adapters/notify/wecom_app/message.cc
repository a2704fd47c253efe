#include "adapters/notify/wecom_app/message.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cctype>
#include <set>

#include "adapters/notify/answers.h"
#include "adapters/notify/tame.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::wecom_app {
namespace {

namespace json = boost::json;
using engine::ports::Outcome;
using engine::ports::Transmission;
using Kind = Outcome::Kind;

constexpr std::size_t longest_headline = 160;
constexpr int remembered_s = 14400;  // the longest the service takes

const Answers& answers() {
    static const Answers table = [] {
        const Said key{Meaning::channel, "the secret is wrong"};
        // After a fresh one was tried: something is wrong beyond this notice.
        const Said token{Meaning::wait, "the access token is refused"};
        Answers known;
        known.pointer = "/errcode";
        known.id_pointer = "/msgid";
        known.codes = {
            {"40014", token},
            {"42001", token},
            {"40001", key},
            {"40091", key},
            {"60020", {Meaning::channel, "this machine's address is not on the app's list"}},
            {"81013", {Meaning::permanent, "none of the members is known"}},
            {"45009", {Meaning::wait, "too many messages by this app"}},
            {"-1", {Meaning::retry, "the provider is busy"}},
        };
        return known;
    }();
    return table;
}

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

// "u1|u2", as the service writes it: in lower case.
std::set<std::string> listed(const json::value& answer, const char* pointer) {
    json::error_code wrong;
    const json::value* value = answer.find_pointer(pointer, wrong);
    if (value == nullptr || !value->is_string()) return {};
    const auto names = members_of(lower(std::string(value->get_string())));
    return {names.begin(), names.end()};
}

std::vector<Outcome::Recipient> each(const Outcome& outcome, const json::value& answer,
                                     const std::vector<std::string>& members) {
    const auto invalid = listed(answer, "/invaliduser");
    const auto unlicensed = listed(answer, "/unlicenseduser");
    std::vector<Outcome::Recipient> result;
    for (const std::string& member : members) {
        Outcome::Recipient one{member, outcome.kind, outcome.code, outcome.provider_id};
        if (invalid.contains(lower(member)))
            one = {member, Kind::rejected, "invaliduser", {}};
        else if (unlicensed.contains(lower(member)))
            one = {member, Kind::rejected, "unlicenseduser", {}};
        result.push_back(std::move(one));
    }
    return result;
}

}  // namespace

std::string message(const Options& options, const Transmission& transmission,
                    const std::vector<std::string>& members) {
    const std::string link = link_of(transmission);
    const std::string subject = fit(one_line(transmission.subject), longest_headline);
    const std::string text = fit(transmission.text, options.usage.text_limit, link);
    const std::string content = fitted(text, most_bytes, link, [&](std::string_view shortened) {
        return options.markdown
                   ? "**" + tame_markdown(subject) + "**\n" + markdown_text(shortened, link)
                   : tame(subject) + "\n" + plain_text(shortened, link);
    });
    const char* format = options.markdown ? "markdown" : "text";
    return json::serialize(json::object{{"touser", joined(members)},
                                        {"msgtype", format},
                                        {"agentid", options.agent_id},
                                        {format, {{"content", content}}},
                                        {"safe", 0},
                                        {"enable_duplicate_check", 1},
                                        {"duplicate_check_interval", remembered_s}});
}

Outcome judge_message(const courier::Response& response, const std::vector<std::string>& members,
                      bool several, std::chrono::sys_seconds now) {
    Outcome outcome = judge(answers(), response, now);
    const bool told = outcome.kind == Kind::delivered || outcome.code == "81013";
    const auto answer = told ? parse_answer(response.body) : std::nullopt;
    if (!answer) return outcome;
    auto recipients = each(outcome, *answer, members);
    const bool anybody =
        std::any_of(recipients.begin(), recipients.end(),
                    [](const Outcome::Recipient& one) { return one.kind == Kind::delivered; });
    if (outcome.kind == Kind::delivered && !anybody) {
        outcome.kind = Kind::rejected;
        outcome.code = recipients.front().code;
        outcome.detail = "none of the members can be reached";
    }
    if (several) outcome.recipients = std::move(recipients);
    return outcome;
}

bool refuses_token(const Outcome& outcome) {
    return outcome.code == "40014" || outcome.code == "42001";
}

TokenAnswer judge_token(const courier::Response& response, std::chrono::sys_seconds now) {
    TokenAnswer result;
    result.failure = judge(answers(), response, now);
    // Nothing of the notice has left yet, and what is refused here is not this notice alone.
    if (result.failure.kind == Kind::unknown) {
        result.failure.kind = Kind::retry;
        result.failure.detail = "no answer to the request for a token";
    }
    if (result.failure.kind == Kind::rejected) result.failure.concerns_lane = true;
    if (result.failure.kind != Kind::delivered) return result;
    result.failure = outcome_of(Meaning::retry, "no_token", {}, "the answer holds no token");
    const auto answer = parse_answer(response.body);
    json::error_code wrong;
    const json::value* token = answer ? answer->find_pointer("/access_token", wrong) : nullptr;
    const json::value* life = answer ? answer->find_pointer("/expires_in", wrong) : nullptr;
    if (token == nullptr || !token->is_string() || token->get_string().size() > 1024) return result;
    result.token = std::string(token->get_string());
    const std::int64_t told = life != nullptr && life->is_int64() ? life->get_int64() : 7200;
    result.good_for = std::chrono::seconds{std::clamp<std::int64_t>(told, 0, 86400)};
    return result;
}

}  // namespace jinqiao::adapters::notify::wecom_app
