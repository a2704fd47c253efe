#include "adapters/notify/smtp/options.h"

#include <algorithm>
#include <memory>
#include <string>

#include "adapters/notify/remote.h"
#include "adapters/notify/smtp/mailbox.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::smtp {
namespace {

using courier::MailServer;
using engine::ports::Section;
using std::chrono::milliseconds;

void read_tls(Section& section, MailServer& server) {
    using Tls = MailServer::Tls;
    const std::string tls = section.text("tls", "implicit");
    server.tls = tls == "starttls" ? Tls::starttls : tls == "none" ? Tls::none : Tls::implicit;
    if (tls != "implicit" && server.tls == Tls::implicit)
        section.fault("tls", "implicit, starttls or none", tls);
    const bool allow_private = section.flag("allow_private", false);
    if (server.tls == Tls::none && !allow_private)
        section.fault("tls", "implicit or starttls; none only with allow_private: true", tls);
    // In plain text nothing leaves the private network, whatever a name resolves to.
    server.reach = server.tls == Tls::none ? courier::Reach::private_only
                   : allow_private         ? courier::Reach::anywhere
                                           : courier::Reach::public_only;
    const int usual = server.tls == Tls::implicit ? 465 : server.tls == Tls::starttls ? 587 : 25;
    server.port = static_cast<int>(section.integer("port", 1, 65535, usual));
    server.authorities = section.secret("authorities", false);
    if (!server.authorities.empty() && !holds_certificates(server.authorities))
        section.fault("authorities", "certificates in PEM form", "none");
}

// The faults never quote what they are about.
void read_login(Section& section, MailServer& server) {
    server.user = section.secret("user", false);
    server.password = section.secret("password", false);
    if (section.has("user") != section.has("password"))
        section.fault(section.has("user") ? "user" : "password", "user and password together",
                      "one of them");
    for (const auto& [key, value] :
         {std::pair{"user", &server.user}, {"password", &server.password}})
        if (one_line(*value) != *value) section.fault(key, "one line of text", "another form");
    if (section.has("user") && server.tls == MailServer::Tls::none)
        section.fault("user", "no login, or tls: starttls or implicit", "tls: none");
}

std::string read_mailbox(Section& section, std::string_view key, bool required) {
    const std::string text = required ? section.required_text(key) : section.text(key, {});
    if (!text.empty() && !is_mailbox(text))
        section.fault(key, "an e-mail address such as alerts@example.com", text);
    return text;
}

milliseconds read_span(Section& section, std::string_view key, milliseconds fallback,
                       milliseconds most, std::string_view expected) {
    const milliseconds span = section.span(key, fallback);
    if (span < milliseconds{1000} || span > most)
        section.fault(key, expected, std::to_string(span.count()) + " ms");
    return span;
}

}  // namespace

Options Options::read(Section& section) {
    Options options;
    MailServer& server = options.server;
    server.host = section.required_text("server");
    if (!server.host.empty() && !is_host(server.host))
        section.fault("server", "the name or address of a mail server", server.host);
    read_tls(section, server);
    read_login(section, server);
    options.head.from = read_mailbox(section, "from", true);
    options.head.from_name = section.text("from_name", {});
    options.head.reply_to = read_mailbox(section, "reply_to", false);
    server.hello = std::string(domain_of(options.head.from));
    options.connections = static_cast<std::size_t>(
        section.integer("connections", 1, 16, static_cast<std::int64_t>(options.connections)));
    options.timeout =
        read_span(section, "timeout", options.timeout, milliseconds{600'000}, "1 s to 10 min");
    server.connect_timeout = read_span(section, "connect_timeout", server.connect_timeout,
                                       milliseconds{60'000}, "1 s to 60 s");
    return options;
}

std::string Options::unusable(const std::string& address) {
    return is_mailbox(address) ? std::string() : "an e-mail address such as alerts@example.com";
}

}  // namespace jinqiao::adapters::notify::smtp
