#include "adapters/cli/service_settings.h"

#include <charconv>

#include "adapters/cli/channel_use.h"

namespace jinqiao::adapters::cli {

// "127.0.0.1:8470", "[::1]:8470"
std::optional<Address> parse_address(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    Address address{text.substr(0, colon), 0};
    if (address.host.front() == '[' && address.host.back() == ']')
        address.host = address.host.substr(1, address.host.size() - 2);
    const auto read =
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), address.port);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return address;
}

engine::runtime::EngineSettings engine_settings(const Setup& setup, const std::string& key) {
    const config::Service& service = setup.configuration.service;
    engine::runtime::EngineSettings settings;
    settings.core = setup.core(key);
    settings.committer.queue = static_cast<std::size_t>(service.commit.queue);
    settings.committer.batch = static_cast<std::size_t>(service.commit.batch);
    settings.deliveries.otherwise = common_use(service);
    for (const auto& [name, use] : setup.uses) settings.deliveries.channels[name] = use.settings;
    settings.deliveries.in_flight = static_cast<std::size_t>(service.delivery.in_flight);
    settings.audit.every = service.audit.every;
    settings.audit.looks.timer_limit = service.audit.timer_limit;
    settings.audit.looks.notice_limit = service.audit.notice_limit;
    settings.audit.looks.cases_a_look = static_cast<std::size_t>(service.audit.cases);
    settings.audit.alarm_again = service.audit.alarm_again;
    settings.timers.jump = service.audit.clock_jump;
    settings.timers.settle = service.audit.clock_hold;
    return settings;
}

namespace {

http::Rate rate_of(const config::Service::Rate& rate) {
    return {static_cast<std::size_t>(rate.burst), rate.every};
}

void set_accounts(const config::Service::Accounts& from, http::HttpSettings& to) {
    to.password_cost.passes = static_cast<std::uint64_t>(from.password_passes);
    to.password_cost.memory = static_cast<std::size_t>(from.password_memory_mib) << 20;
    to.password_least = static_cast<std::size_t>(from.password_least);
    to.passwords_at_once = static_cast<std::size_t>(from.passwords_at_once);
    to.passwords_waiting = static_cast<std::size_t>(from.passwords_waiting);
    to.session_ttl = from.session_ttl;
    to.sessions_per_account = static_cast<std::size_t>(from.sessions);
    to.second_factor = from.second_factor;
    to.lock_after = from.lock_after;
    to.help = from.help;
    const auto& oidc = from.oidc;
    to.oidc = {oidc.issuer, oidc.client_id, oidc.client_secret, oidc.claim,
               oidc.label,  oidc.scopes,    oidc.second_factor};
    to.sign_in_failures = rate_of(from.failures_per_account);
    to.sign_in_failures_from = rate_of(from.failures_per_address);
}

void set_limits(const config::Service::Http& from, http::HttpSettings& to) {
    const auto size = [](std::int64_t value) { return static_cast<std::size_t>(value); };
    to.document_limit = size(from.document_limit);
    to.bodies_limit = size(from.bodies_limit);
    to.header_limit = static_cast<std::uint32_t>(from.header_limit);
    to.header_fields = size(from.header_fields);
    to.target_limit = size(from.target_limit);
    to.connections = size(from.connections);
    to.connections_per_address = size(from.connections_per_address);
    to.request_timeout = from.request_timeout;
    to.write_timeout = from.write_timeout;
    to.least_rate = size(from.least_rate);
    to.idle_timeout = from.idle_timeout;
    to.chores_at_once = size(from.chores_at_once);
    to.chores_waiting = size(from.chores_waiting);
    to.chores_per_account = size(from.chores_per_account);
    to.requests_per_account = rate_of(from.requests_per_account);
    to.requests_per_address = rate_of(from.requests_per_address);
    to.channel_tests = rate_of(from.channel_tests);
    for (const auto& text : from.trusted_proxies)
        if (auto network = http::Network::parse(text)) to.trusted_proxies.push_back(*network);
    to.tls = {from.certificate, from.key};
    to.hsts = std::chrono::duration_cast<std::chrono::seconds>(from.hsts);
}

http::CalendarSettings calendar_settings(const config::Service::Calendar& from) {
    using engine::model::GradeLevel;
    const auto seconds = [](std::chrono::milliseconds span) {
        return std::chrono::duration_cast<std::chrono::seconds>(span);
    };
    http::CalendarSettings to;
    to.refresh = seconds(from.refresh);
    to.cancelled_kept = from.cancelled_kept;
    to.alarms = {{GradeLevel::red, seconds(from.red)},
                 {GradeLevel::orange, seconds(from.orange)},
                 {GradeLevel::yellow, seconds(from.yellow)},
                 {GradeLevel::blue, seconds(from.blue)}};
    return to;
}

}  // namespace

http::HttpSettings http_settings(const Setup& setup, const Address& address,
                                 const std::string& key) {
    const config::Service& service = setup.configuration.service;
    http::HttpSettings settings;
    settings.address = address.host;
    settings.port = address.port;
    settings.public_url = service.public_url;
    settings.zone_name = service.zone_name;
    for (const auto& area : service.areas)
        settings.areas.push_back({area.id, area.name, area.words});
    settings.version = JINQIAO_VERSION;
    settings.language = service.language;
    settings.body_limit = static_cast<std::size_t>(service.http.body_limit);
    set_limits(service.http, settings);
    settings.answers_kept = service.http.answers_kept;
    settings.document_types = service.documents.types;
    settings.unused_documents_limit =
        static_cast<std::uint64_t>(service.documents.unused_bytes_per_account);
    settings.stream_heartbeat = service.http.stream_heartbeat;
    settings.urge_pause = std::chrono::duration_cast<std::chrono::minutes>(service.http.urge_pause);
    settings.streams = static_cast<std::size_t>(service.http.streams);
    settings.streams_each = static_cast<std::size_t>(service.http.streams_each);
    settings.queue_limit = static_cast<std::size_t>(service.commit.queue);
    settings.link_key = key;
    set_accounts(service.accounts, settings);
    const bool six = address.host.find(':') != std::string::npos;
    settings.at_home =
        config::at_home(service, (six ? "[" + address.host + "]" : address.host) + ":0");
    settings.calendar = calendar_settings(service.calendar);
    settings.smallest_group = service.reports.smallest_group;
    settings.anonymous = {service.anonymous.filing,
                          rate_of(service.anonymous.filings_per_address),
                          rate_of(service.anonymous.wrong_codes_per_address),
                          rate_of(service.anonymous.filings_in_all),
                          rate_of(service.anonymous.messages_per_code),
                          service.anonymous.messages_per_code_a_day,
                          service.anonymous.messages_after_end};
    return settings;
}

http::FieldRules field_rules(const config::Fields& fields) {
    http::FieldRules rules;
    rules.open = {fields.open.begin(), fields.open.end()};
    rules.owner_only = {fields.owner.begin(), fields.owner.end()};
    rules.authors_only = {fields.author.begin(), fields.author.end()};
    rules.department = {fields.department.begin(), fields.department.end()};
    return rules;
}

std::vector<std::string> needing_restart(const config::Service& before,
                                         const config::Service& after) {
    std::vector<std::string> out;
    const auto look = [&](const char* key, const auto& was, const auto& is) {
        if (was != is) out.emplace_back(key);
    };
    look("listen", before.listen, after.listen);
    look("commit.queue", before.commit.queue, after.commit.queue);
    look("commit.batch", before.commit.batch, after.commit.batch);
    look("commit.cached_cases", before.commit.cached_cases, after.commit.cached_cases);
    look("delivery.dead_letters",
         std::pair(before.delivery.dead_letters_to, before.delivery.dead_letters_every),
         std::pair(after.delivery.dead_letters_to, after.delivery.dead_letters_every));
    look("audit.clock_jump", before.audit.clock_jump, after.audit.clock_jump);
    look("audit.clock_hold", before.audit.clock_hold, after.audit.clock_hold);
    look("http.body_limit_bytes", before.http.body_limit, after.http.body_limit);
    look("http.document_limit_bytes", before.http.document_limit, after.http.document_limit);
    look("http.connections", before.http.connections, after.http.connections);
    look("http.request_timeout", before.http.request_timeout, after.http.request_timeout);
    look("http.idle_timeout", before.http.idle_timeout, after.http.idle_timeout);
    look("http.stream_heartbeat", before.http.stream_heartbeat, after.http.stream_heartbeat);
    look("http.streams", before.http.streams, after.http.streams);
    look("http.streams_each", before.http.streams_each, after.http.streams_each);
    look("http.chores_at_once", before.http.chores_at_once, after.http.chores_at_once);
    look("http.chores_waiting", before.http.chores_waiting, after.http.chores_waiting);
    look("http.chores_per_account", before.http.chores_per_account, after.http.chores_per_account);
    look("http.answers_kept", before.http.answers_kept, after.http.answers_kept);
    look("http.bodies_limit_bytes", before.http.bodies_limit, after.http.bodies_limit);
    look("http.header_limit_bytes", before.http.header_limit, after.http.header_limit);
    look("http.header_fields", before.http.header_fields, after.http.header_fields);
    look("http.target_limit_bytes", before.http.target_limit, after.http.target_limit);
    look("http.connections_per_address", before.http.connections_per_address,
         after.http.connections_per_address);
    look("http.write_timeout", before.http.write_timeout, after.http.write_timeout);
    look("http.least_rate_bytes", before.http.least_rate, after.http.least_rate);
    look("http.requests_per_account", before.http.requests_per_account,
         after.http.requests_per_account);
    look("http.requests_per_address", before.http.requests_per_address,
         after.http.requests_per_address);
    look("http.channel_tests", before.http.channel_tests, after.http.channel_tests);
    look("http.trusted_proxies", before.http.trusted_proxies, after.http.trusted_proxies);
    look("http.tls.certificate", before.http.certificate, after.http.certificate);
    look("http.tls.key", before.http.key, after.http.key);
    look("http.tls.hsts", before.http.hsts, after.http.hsts);
    look("console.folder", before.console, after.console);
    look("accounts", before.accounts, after.accounts);
    auto limits = after.anonymous;  // whether such reports are taken at all may change at once
    limits.filing = before.anonymous.filing;
    look("anonymous", before.anonymous, limits);
    look("documents", before.documents, after.documents);
    return out;
}

}  // namespace jinqiao::adapters::cli
