#include "adapters/notify/mqtt/options.h"

#include <map>
#include <string_view>
#include <utility>

#include "adapters/notify/body.h"
#include "adapters/notify/remote.h"
#include "adapters/notify/text.h"
#include "engine/model/grade.h"

namespace jinqiao::adapters::notify::mqtt {
namespace {

using engine::ports::Section;
using engine::ports::Transmission;

constexpr std::string_view variables[] = {"grade",   "case",    "number",  "event",
                                          "address", "channel", "exercise"};

void read_certificates(Section& section, Options& options) {
    auto pem = Certificates::read(section);
    options.authorities = std::move(pem.authorities);
    options.certificate = std::move(pem.certificate);
    options.key = std::move(pem.key);
    for (const auto* key : {"authorities", "certificate", "key"})
        if (section.has(key) && !options.tls)
            section.fault(key, "tls: true, or not this key", "tls: false");
}

// In plain text only within a private network, where some brokers want a login all the same.
void read_login(Section& section, Options& options) {
    options.user = section.secret("user", false);
    options.password = section.secret("password", false);
    if (section.has("password") && !section.has("user"))
        section.fault("password", "user and password together", "one of them");
    for (const auto& [key, value] :
         {std::pair{"user", &options.user}, {"password", &options.password}})
        if (one_line(*value) != *value) section.fault(key, "one line of text", "another form");
}

std::string fault_of_topic(std::string_view topic) {
    if (topic.empty() || topic.size() > 1024) return "no topic, or a very long one";
    if (topic.front() == '$' || topic.front() == '/') return "one that begins with $ or /";
    if (topic.find_first_of("+#") != std::string_view::npos) return "a wildcard";
    if (one_line(topic) != topic) return "control characters";
    for (auto at = topic.find("{{"); at != std::string_view::npos; at = topic.find("{{", at + 2)) {
        const auto end = topic.find("}}", at);
        const auto name = topic.substr(at + 2, end == std::string_view::npos ? 0 : end - at - 2);
        bool known = false;
        for (const auto each : variables) known = known || each == name;
        if (!known) return "an unknown variable " + std::string(name);
    }
    return {};
}

template <class Span>
void read_span(Section& section, std::string_view key, Span& into, std::chrono::milliseconds least,
               std::chrono::milliseconds most, std::string_view expected) {
    const auto span = section.span(key, into);
    if (span < least || span > most)
        section.fault(key, expected, std::to_string(span.count()) + " ms");
    into = std::chrono::duration_cast<Span>(span);
}

void read_spans(Section& section, Options& options) {
    using namespace std::chrono_literals;
    read_span(section, "expires", options.expires, 0ms, 24h * 365, "0 s to 365 d");
    read_span(section, "keep_alive", options.keep_alive, 5s, 18h, "5 s to 18 h");
    read_span(section, "timeout", options.timeout, 1s, 60s, "1 s to 60 s");
    read_span(section, "connect_timeout", options.connect_timeout, 1s, 60s, "1 s to 60 s");
}

// One level of a topic.
std::string level(std::string_view text) {
    std::string result(cut(one_line(text), 128));
    for (char& c : result)
        if (c == '/' || c == '+' || c == '#') c = '_';
    if (result.empty()) return "-";
    if (result.front() == '$') result.front() = '_';
    return result;
}

std::string value_of(const Transmission& transmission, std::string_view name) {
    if (name == "grade") return std::string(engine::model::name(transmission.grade));
    if (name == "address") return level(transmission.address);
    if (name == "channel") return level(transmission.channel);
    if (name == "exercise") return transmission.exercise ? "exercise" : "real";
    return level(body_text(transmission.body, name));
}

}  // namespace

Options Options::read(Section& section) {
    Options options;
    options.server = section.required_text("server");
    if (!options.server.empty() && !is_host(options.server))
        section.fault("server", "the name or address of a broker", options.server);
    options.tls = section.flag("tls", true);
    options.port =
        static_cast<int>(section.integer("port", 1, 65535, options.tls ? options.port : 1883));
    read_certificates(section, options);
    read_login(section, options);
    const std::string version = section.text("version", "5");
    if (version != "5" && version != "3.1.1") section.fault("version", "5 or 3.1.1", version);
    options.version5 = version != "3.1.1";
    options.client_id = section.text("client_id", {});
    if (one_line(options.client_id) != options.client_id || options.client_id.size() > 128)
        section.fault("client_id", "one line of at most 128 bytes", options.client_id);
    options.topic = section.text("topic", options.topic);
    if (const auto fault = fault_of_topic(options.topic); !fault.empty())
        section.fault("topic",
                      "a topic without wildcards, with {{grade}}, {{case}}, {{number}}, "
                      "{{event}}, {{address}}, {{channel}} and {{exercise}}",
                      fault);
    options.source = section.text("source", options.source);
    if (options.source.empty()) section.fault("source", "a URI reference", "nothing");
    read_spans(section, options);
    return options;
}

std::string Options::topic_of(const Transmission& transmission) const {
    std::string result;
    std::string_view rest = topic;
    for (auto at = rest.find("{{"); at != std::string_view::npos; at = rest.find("{{")) {
        const auto end = rest.find("}}", at);
        if (end == std::string_view::npos) break;
        result += rest.substr(0, at);
        result += value_of(transmission, rest.substr(at + 2, end - at - 2));
        rest.remove_prefix(end + 2);
    }
    return result.append(rest);
}

}  // namespace jinqiao::adapters::notify::mqtt
