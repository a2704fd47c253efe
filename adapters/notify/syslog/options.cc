#include "adapters/notify/syslog/options.h"

#include <unistd.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "adapters/notify/body.h"
#include "adapters/notify/remote.h"
#include "engine/model/grade.h"
#include "engine/time/instant.h"

namespace jinqiao::adapters::notify::syslog {
namespace {

using engine::ports::Section;
using Transport = Options::Transport;

constexpr std::array<std::string_view, 24> facilities{
    "kern",   "user",   "mail",     "daemon", "auth",   "syslog", "lpr",    "news",
    "uucp",   "cron",   "authpriv", "ftp",    "ntp",    "audit",  "alert",  "clock",
    "local0", "local1", "local2",   "local3", "local4", "local5", "local6", "local7"};
constexpr std::array<std::string_view, 8> severities{"emerg",   "alert",  "crit", "err",
                                                     "warning", "notice", "info", "debug"};

template <std::size_t n>
int place(Section& section, std::string_view key, const std::array<std::string_view, n>& names,
          int usual) {
    const std::string text = section.text(key, names.at(static_cast<std::size_t>(usual)));
    const auto found = std::find(names.begin(), names.end(), text);
    if (found != names.end()) return static_cast<int>(found - names.begin());
    std::string expected;
    for (const auto each : names) expected.append(expected.empty() ? "" : ", ").append(each);
    section.fault(key, "one of " + expected, text);
    return usual;
}

void read_certificates(Section& section, Options& options) {
    auto pem = Certificates::read(section);
    options.authorities = std::move(pem.authorities);
    options.certificate = std::move(pem.certificate);
    options.key = std::move(pem.key);
    for (const auto* key : {"authorities", "certificate", "key"})
        if (section.has(key) && options.transport != Transport::tls)
            section.fault(key, "transport: tls, or not this key", "another transport");
}

void read_transport(Section& section, Options& options) {
    const std::string name = section.text("transport", "unix");
    options.transport = name == "udp"   ? Transport::udp
                        : name == "tcp" ? Transport::tcp
                        : name == "tls" ? Transport::tls
                                        : Transport::unix_socket;
    const bool local = options.transport == Transport::unix_socket;
    if (local && name != "unix") section.fault("transport", "unix, udp, tcp or tls", name);
    options.path = section.text("path", options.path);
    if (local && (options.path.empty() || options.path.front() != '/' || options.path.size() > 107))
        section.fault("path", "an absolute path of at most 107 bytes", options.path);
    options.server = local ? section.text("server", {}) : section.required_text("server");
    if (!options.server.empty() && (local || !is_host(options.server)))
        section.fault("server",
                      local ? "transport: udp, tcp or tls, or not this key"
                            : "the name or address of a log server",
                      options.server);
    options.port = static_cast<int>(section.integer(
        "port", 1, 65535, options.transport == Transport::tls ? 6514 : options.port));
    read_certificates(section, options);
}

std::string own_name() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

void read_severities(Section& section, Options& options) {
    const auto part = section.section("severity");
    for (std::size_t i = 0; i < options.severity.size(); ++i)
        options.severity.at(i) =
            place(*part, engine::model::name(static_cast<engine::model::GradeLevel>(i)), severities,
                  options.severity.at(i));
}

void read_sizes(Section& section, Options& options) {
    const bool datagrams =
        options.transport == Transport::unix_socket || options.transport == Transport::udp;
    options.most =
        static_cast<std::size_t>(section.integer("most", 480, 65000, datagrams ? 2048 : 8192));
    options.timeout = section.span("timeout", options.timeout);
    if (options.timeout < std::chrono::seconds{1} || options.timeout > std::chrono::seconds{60})
        section.fault("timeout", "1 s to 60 s", std::to_string(options.timeout.count()) + " ms");
}

}  // namespace

Options Options::read(Section& section) {
    Options options;
    read_transport(section, options);
    options.hostname = section.text("hostname", own_name());
    options.app_name = section.text("app_name", options.app_name);
    options.facility = place(section, "facility", facilities, options.facility);
    read_severities(section, options);
    // 32473 is the number reserved for examples (RFC 5612): nobody else's data is claimed to be
    // ours.
    const auto number = section.integer("enterprise", 1, 4'294'967'295, 32473);
    options.element = "jinqiao@" + std::to_string(number);
    options.utc_offset =
        std::chrono::minutes{section.integer("utc_offset_minutes", -840, 840, 480)};
    read_sizes(section, options);
    return options;
}

std::string Options::message_of(const engine::ports::Transmission& transmission) const {
    const auto& body = transmission.body;
    Message message;
    message.facility = facility;
    message.severity = severity.at(static_cast<std::size_t>(transmission.grade));
    message.timestamp = engine::time::to_rfc3339(transmission.at, utc_offset);
    message.host = hostname;
    message.app = app_name;
    // No process id: it would be another one after a restart, and a repeat another message.
    message.id = body_text(body, "event");
    message.element = element;
    message.parameters = {{"id", transmission.id},
                          {"case", body_text(body, "number")},
                          {"grade", std::string(engine::model::name(transmission.grade))},
                          {"to", transmission.address},
                          {"exercise", transmission.exercise ? "yes" : "no"}};
    message.text = transmission.subject.empty() ? transmission.text
                                                : transmission.subject + "\n" + transmission.text;
    return format(message, most, body_text(body, "sign_url"));
}

}  // namespace jinqiao::adapters::notify::syslog
