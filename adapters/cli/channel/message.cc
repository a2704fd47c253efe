#include "adapters/cli/channel/message.h"

#include <algorithm>

#include "adapters/cli/system.h"
#include "config/catalogue.h"

namespace jinqiao::adapters::cli::channel {

using engine::ports::Outcome;
using engine::ports::Transmission;

namespace {

constexpr std::string_view test_event = "channel_test";

}  // namespace

Transmission test_message(const std::string& channel, const std::string& address,
                          std::chrono::milliseconds patience, const Speech& speech) {
    Transmission out;
    out.at = SystemClock().now();
    out.id = TimeOrderedIds(system_random).next(out.at);
    out.key = "channel-test-" + out.id;
    out.channel = channel;
    out.address = address;
    out.subject = speech("cli.channel.subject", {{"name", channel}});
    out.text = speech("cli.channel.text",
                      {{"name", channel}, {"at", config::word_instant(out.at, speech.language())}});
    out.exercise = true;
    out.patience = patience;
    out.body = {{"id", out.id},    {"key", out.key},      {"case", ""},      {"number", ""},
                {"grade", "blue"}, {"event", test_event}, {"addressee", ""}, {"text", out.text},
                {"sign_url", ""},  {"exercise", true}};
    return out;
}

bool is_test(const Transmission& transmission) {
    const auto* event = transmission.body.if_contains("event");
    return event != nullptr && event->is_string() &&
           std::string_view(event->get_string()) == test_event;
}

std::string masked(const std::string& address) {
    if (address.size() < 9) return address;
    std::string text;
    std::string part;
    const auto hide = [&] {
        const auto digits =
            std::count_if(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
        text += digits >= 11
                    ? part.substr(0, part.size() - 8) + "****" + part.substr(part.size() - 4)
                    : part;
        part.clear();
    };
    for (const char c : address) {
        if (c == ',') {
            hide();
            text += c;
        } else {
            part += c;
        }
    }
    hide();
    return text;
}

std::string_view name_of(Outcome::Kind kind) {
    switch (kind) {
        case Outcome::Kind::delivered:
            return "delivered";
        case Outcome::Kind::rejected:
            return "rejected";
        case Outcome::Kind::retry:
            return "retry";
        case Outcome::Kind::unknown:
            return "unknown";
    }
    return {};
}

std::string advice(const Outcome& outcome, const Speech& speech) {
    std::string code = outcome.code.substr(0, outcome.code.find(' '));
    for (; !code.empty(); code = code.substr(0, code.find_last_of("._")))
        if (speech.catalogue().has("cli.channel.advice." + code))
            return speech("cli.channel.advice." + code);
        else if (code.find_first_of("._") == std::string::npos)
            break;
    if (outcome.concerns_lane) return speech("cli.channel.advice.lane");
    return speech("cli.channel.advice." + std::string(name_of(outcome.kind)));
}

}  // namespace jinqiao::adapters::cli::channel
