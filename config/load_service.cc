#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "config/files.h"
#include "config/map.h"
#include "config/oidc.h"
#include "config/words.h"
#include "config/zone.h"
#include "engine/model/media_type.h"

namespace jinqiao::config {

using std::chrono::duration_cast;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;

namespace {

constexpr std::int64_t most_bytes = 1LL << 30;

hours whole_hours(Map& map, std::string_view key, hours fallback) {
    return duration_cast<hours>(map.span(key, fallback, hours{1}));
}

void read_commit(Map& map, Service::Commit& commit) {
    commit.queue = map.integer("queue", 16, 1'000'000, commit.queue);
    commit.batch = map.integer("batch", 1, 10'000, commit.batch);
    commit.cached_cases = map.integer("cached_cases", 0, 1'000'000, commit.cached_cases);
}

void read_delivery(Map& map, Service::Delivery& delivery) {
    constexpr milliseconds second{1'000};
    delivery.in_flight = map.integer("in_flight", 1, 10'000, delivery.in_flight);
    delivery.patience = map.span("patience", delivery.patience, second);
    delivery.first_retry = map.span("first_retry", delivery.first_retry, second);
    delivery.longest_retry =
        map.span("longest_retry", delivery.longest_retry, delivery.first_retry);
    delivery.give_up_after =
        map.span("give_up_after", delivery.give_up_after, delivery.longest_retry);
    delivery.unknown_repeats = map.integer("unknown_repeats", 0, 100, delivery.unknown_repeats);
    if (const auto from =
            map.has("repeat_unknown_from") ? map.grade("repeat_unknown_from") : std::nullopt)
        delivery.repeat_unknown_from = *from;
    if (const Tree* limits = map.take("pass_on")) {
        Map by_grade(*limits, map.faults());
        using engine::model::GradeLevel;
        for (const auto grade :
             {GradeLevel::blue, GradeLevel::yellow, GradeLevel::orange, GradeLevel::red}) {
            auto& limit = delivery.pass_on[static_cast<std::size_t>(grade)];
            limit = by_grade.span(engine::model::name(grade), limit);
        }
    }
    delivery.merge_from = map.integer("merge_from", 0, 1'000, delivery.merge_from);
    if (delivery.merge_from == 1)
        map.fault("merge_from", {"check.merge_from", {}}, {"check.found.value", {{"value", "1"}}});
    if (const Tree* letters = map.take("dead_letters")) {
        Map section(*letters, map.faults());
        delivery.dead_letters_to = section.texts("to");
        delivery.dead_letters_every =
            section.span("every", delivery.dead_letters_every, milliseconds{60'000});
    }
}

void read_audit(Map& map, Service::Audit& audit) {
    constexpr milliseconds second{1000};
    audit.every = map.span("every", audit.every, second);
    audit.timer_limit = map.span("timer_limit", audit.timer_limit, second);
    audit.notice_limit = map.span("notice_limit", audit.notice_limit, second);
    audit.alarm_again = map.span("alarm_again", audit.alarm_again, second);
    audit.cases = map.integer("cases", 1, 10'000, audit.cases);
    audit.heartbeat = map.text("heartbeat", audit.heartbeat);
    audit.clock_jump = map.span("clock_jump", audit.clock_jump, second);
    audit.clock_hold = map.span("clock_hold", audit.clock_hold, second);
}

void check_heartbeat(const Tree& audit, const std::string& name,
                     const std::vector<ChannelConfig>& channels, Faults& faults) {
    const Tree* heartbeat = audit.find("heartbeat");
    if (heartbeat == nullptr || name.empty()) return;
    std::vector<std::string> known;
    for (const auto& channel : channels) known.push_back(channel.name);
    expect_one_of(*heartbeat, name, known, "check.kind.channel", faults);
}

void read_rate(Map& map, std::string_view key, Service::Rate& rate) {
    const Tree* value = map.take(key);
    if (value == nullptr) return;
    Map part(*value, map.faults());
    rate.burst = part.integer("burst", 0, 1'000'000, rate.burst);
    rate.every = part.span("every", rate.every, milliseconds{1});
}

// "10.0.0.0/8", "::1"
bool is_network(const std::string& text) {
    const auto slash = text.find('/');
    const std::string address = text.substr(0, slash);
    std::array<unsigned char, 16> bytes{};
    const bool v4 = inet_pton(AF_INET, address.c_str(), bytes.data()) == 1;
    if (!v4 && inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return false;
    if (slash == std::string::npos) return true;
    const std::string bits = text.substr(slash + 1);
    return !bits.empty() && bits.size() <= 3 &&
           bits.find_first_not_of("0123456789") == std::string::npos &&
           std::stoi(bits) <= (v4 ? 32 : 128);
}

void read_proxies(Map& map, std::vector<std::string>& proxies) {
    map.each("trusted_proxies", [&](const Tree& item) {
        const std::string text = text_of(item, map.faults());
        if (is_network(text))
            proxies.push_back(text);
        else
            add(map.faults(), item, {"check.network", {}}, found_in(item));
    });
}

void read_tls(Map& map, Service::Http& http) {
    const Tree* value = map.take("tls");
    if (value == nullptr) return;
    Map tls(*value, map.faults());
    http.certificate = tls.required_text("certificate");
    http.key = tls.required_text("key");
    http.hsts = tls.span("hsts", http.hsts);
}

void read_http_limits(Map& map, Service::Http& http) {
    const auto whole = [&](std::string_view key, std::int64_t least, std::int64_t most,
                           std::int64_t& into) { into = map.integer(key, least, most, into); };
    whole("bodies_limit_bytes", std::max(http.body_limit, http.document_limit), most_bytes,
          http.bodies_limit);
    whole("header_limit_bytes", 1'024, 1'048'576, http.header_limit);
    whole("header_fields", 8, 1'000, http.header_fields);
    whole("target_limit_bytes", 256, 65'536, http.target_limit);
    whole("connections", 1, 100'000, http.connections);
    whole("connections_per_address", 1, 100'000, http.connections_per_address);
    whole("least_rate_bytes", 1, most_bytes, http.least_rate);
    whole("streams", 1, 100'000, http.streams);
    whole("streams_each", 1, 100'000, http.streams_each);
    whole("chores_at_once", 1, 16, http.chores_at_once);
    whole("chores_waiting", 0, 10'000, http.chores_waiting);
    whole("chores_per_account", 1, 10'000, http.chores_per_account);
    read_rate(map, "requests_per_account", http.requests_per_account);
    read_rate(map, "requests_per_address", http.requests_per_address);
    read_rate(map, "channel_tests", http.channel_tests);
}

void read_http(Map& map, Service::Http& http) {
    constexpr milliseconds second{1'000};
    http.body_limit = map.integer("body_limit_bytes", 1'024, most_bytes, http.body_limit);
    http.document_limit =
        map.integer("document_limit_bytes", 1'024, most_bytes, http.document_limit);
    read_http_limits(map, http);
    read_proxies(map, http.trusted_proxies);
    read_tls(map, http);
    http.request_timeout = map.span("request_timeout", http.request_timeout, second);
    http.write_timeout = map.span("write_timeout", http.write_timeout, second);
    http.idle_timeout = map.span("idle_timeout", http.idle_timeout, second);
    http.stream_heartbeat = map.span("stream_heartbeat", http.stream_heartbeat, second);
    http.urge_pause = map.span("urge_pause", http.urge_pause);
    http.answers_kept = whole_hours(map, "answers_kept", http.answers_kept);
}

void read_documents(Map& map, Service::Documents& documents) {
    map.take("types_source");
    if (map.has("types")) {
        std::vector<std::string> known;
        for (const auto& type : engine::model::media_types()) known.emplace_back(type.name);
        documents.types.clear();
        map.each("types", [&](const Tree& item) {
            const std::string type = text_of(item, map.faults());
            if (expect_one_of(item, type, known, "check.kind.media_type", map.faults()))
                documents.types.push_back(type);
        });
    }
    documents.unused_kept = whole_hours(map, "unused_kept", documents.unused_kept);
    documents.unused_bytes_per_account = map.integer("unused_bytes_per_account", 1'024, 1LL << 40,
                                                     documents.unused_bytes_per_account);
}

void read_calendar(Map& map, Service::Calendar& calendar) {
    constexpr milliseconds minute{60'000};
    calendar.refresh = map.span("refresh", calendar.refresh, minute);
    calendar.cancelled_kept = whole_hours(map, "cancelled_kept", calendar.cancelled_kept);
    map.take("alarms_source");
    const Tree* value = map.take("alarms");
    if (value == nullptr) return;
    Map alarms(*value, map.faults());
    calendar.red = alarms.span("red", calendar.red, milliseconds{0});
    calendar.orange = alarms.span("orange", calendar.orange, milliseconds{0});
    calendar.yellow = alarms.span("yellow", calendar.yellow, milliseconds{0});
    calendar.blue = alarms.span("blue", calendar.blue, milliseconds{0});
}

void read_accounts(Map& map, Service::Accounts& accounts) {
    map.take("password_source");
    const auto whole = [&](std::string_view key, std::int64_t least, std::int64_t most,
                           std::int64_t& into) { into = map.integer(key, least, most, into); };
    whole("password_passes", 1, 20, accounts.password_passes);
    whole("password_memory_mib", 8, 4096, accounts.password_memory_mib);
    whole("password_least", 8, 128, accounts.password_least);
    whole("passwords_at_once", 1, 16, accounts.passwords_at_once);
    whole("passwords_waiting", 0, 10'000, accounts.passwords_waiting);
    accounts.session_ttl = whole_hours(map, "session_ttl", accounts.session_ttl);
    whole("sessions", 1, 1000, accounts.sessions);
    if (map.has("second_factor")) accounts.second_factor.clear();
    map.each("second_factor", [&](const Tree& item) {
        const std::string role = text_of(item, map.faults());
        if (expect_one_of(item, role, account_roles(), "check.kind.role", map.faults()))
            accounts.second_factor.push_back(role);
    });
    whole("lock_after", 0, 1'000, accounts.lock_after);
    accounts.help = map.text("help", accounts.help);
    if (const Tree* oidc = map.take("oidc")) read_oidc(*oidc, accounts.oidc, map.faults());
    read_rate(map, "failures_per_account", accounts.failures_per_account);
    read_rate(map, "failures_per_address", accounts.failures_per_address);
}

void read_anonymous(Map& map, Service::Anonymous& anonymous) {
    anonymous.filing = map.flag("filing", anonymous.filing);
    read_rate(map, "filings_per_address", anonymous.filings_per_address);
    read_rate(map, "wrong_codes_per_address", anonymous.wrong_codes_per_address);
    read_rate(map, "filings_in_all", anonymous.filings_in_all);
    read_rate(map, "messages_per_code", anonymous.messages_per_code);
    anonymous.messages_per_code_a_day =
        map.integer("messages_per_code_a_day", 0, 90, anonymous.messages_per_code_a_day);
    anonymous.messages_after_end =
        whole_hours(map, "messages_after_end", anonymous.messages_after_end);
}

void read_working_hours(Map& map, Service& service) {
    if (map.take("working_hours") == nullptr) return;
    service.working_hours.clear();
    map.each("working_hours", [&](const Tree& item) {
        Map period(item, map.faults());
        period.need("from");
        period.need("until");
        const minutes from = period.time_of_day("from", minutes{0});
        const minutes until = period.time_of_day("until", minutes{24 * 60});
        if (until <= from)
            period.fault("until", {"check.later_than_from", {}}, found_at(item, "until"));
        service.working_hours.push_back({from, until});
    });
}

void read_areas(Map& map, Service& service) {
    map.take("areas_source");
    map.each("areas", [&](const Tree& item) {
        Map area(item, map.faults());
        service.areas.push_back(
            {area.required_text("id"), area.words("name"), area.texts("words")});
    });
}

void check_url(Map& map, const std::string& url) {
    const bool http = url.starts_with("http://") || url.starts_with("https://");
    if (!http || url.ends_with('/') || url.find_first_of(" \t?#") != std::string::npos)
        map.fault("public_url", {"check.url", {}}, {"check.found.value", {{"value", url}}});
}

void check_listen(Map& map, const std::string& listen) {
    const std::size_t colon = listen.rfind(':');
    int port = -1;
    if (colon != std::string::npos && colon > 0 && listen.size() - colon <= 6) {
        port = 0;
        for (const char c : listen.substr(colon + 1))
            port = c < '0' || c > '9' ? 1 << 20 : port * 10 + c - '0';
    }
    if (port < 0 || port > 65'535 || listen.ends_with(':'))
        map.fault("listen", {"check.listen", {}}, {"check.found.value", {{"value", listen}}});
}

void check_secrecy(Map& map, const Service& service) {
    const auto& listen = service.listen;
    if (listen.find(':') == std::string::npos) return;  // a fault already
    if (!in_plain_text(service, listen)) return;
    map.fault("listen", {"check.loopback", {}}, {"check.found.value", {{"value", listen}}});
    map.faults().back().warning = true;
}

void check_prefix(Map& map, const std::string& prefix) {
    const bool plain =
        !prefix.empty() && prefix.size() <= 8 &&
        prefix.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == std::string::npos;
    if (!plain)
        map.fault("number_prefix", {"check.prefix", {}},
                  {"check.found.value", {{"value", prefix}}});
}

}  // namespace

Service load_service(const std::filesystem::path& file, const std::vector<ChannelConfig>& channels,
                     Faults& faults) {
    const Tree tree = read_yaml(file, faults);
    Service service;
    Map map(tree, faults);
    service.zone_name = map.required_text("zone_name");
    service.public_url = map.text("public_url", service.public_url);
    check_url(map, service.public_url);
    service.listen = map.text("listen", service.listen);
    check_listen(map, service.listen);
    service.language = map.one_of("language", {"zh", "en"}, "zh") == 1
                           ? engine::model::Language::en
                           : engine::model::Language::zh;
    service.number_prefix = map.text("number_prefix", service.number_prefix);
    check_prefix(map, service.number_prefix);
    service.sign_link_ttl = whole_hours(map, "sign_link_ttl", service.sign_link_ttl);
    // A part that is left out has all of its defaults.
    const auto part = [&](std::string_view key, auto read, auto& into) {
        Tree none;
        none.kind = Tree::Kind::map;
        none.path = key;
        none.file = tree.file;
        const Tree* value = map.take(key);
        Map section(value == nullptr ? none : *value, faults);
        read(section, into);
    };
    part("commit", read_commit, service.commit);
    part("delivery", read_delivery, service.delivery);
    part("audit", read_audit, service.audit);
    if (const Tree* audit = map.tree().find("audit"))
        check_heartbeat(*audit, service.audit.heartbeat, channels, faults);
    part("http", read_http, service.http);
    for (std::string* tls : {&service.http.certificate, &service.http.key})
        if (!tls->empty()) *tls = (file.parent_path() / *tls).string();
    check_secrecy(map, service);
    part(
        "console",
        [](Map& section, std::string& folder) { folder = section.text("folder", folder); },
        service.console);
    if (!service.console.empty())
        service.console = (file.parent_path() / service.console).lexically_normal().string();
    part("documents", read_documents, service.documents);
    part("calendar", read_calendar, service.calendar);
    part("accounts", read_accounts, service.accounts);
    read_areas(map, service);
    part(
        "reports",
        [](Map& section, Service::Reports& reports) {
            section.take("smallest_group_source");
            reports.smallest_group =
                section.integer("smallest_group", 1, 100, reports.smallest_group);
        },
        service.reports);
    part("anonymous", read_anonymous, service.anonymous);
    map.take("working_hours_source");
    read_working_hours(map, service);
    service.close_of_business = map.time_of_day("close_of_business", service.close_of_business);
    service.utc_offset = minutes{map.integer("utc_offset_minutes", -720, 840, 480)};
    return service;
}

void check_dead_letters(const std::filesystem::path& file,
                        const engine::policy::Directory& organisation, Faults& faults) {
    Faults known;
    const Tree tree = read_yaml(file, known);
    const Tree* delivery = tree.find("delivery");
    const Tree* letters = delivery == nullptr ? nullptr : delivery->find("dead_letters");
    const Tree* to = letters == nullptr ? nullptr : letters->find("to");
    if (to == nullptr) return;
    std::vector<std::string> posts;
    for (const auto& [id, post] : organisation.posts) posts.push_back(id.value);
    for (const Tree& post : to->items)
        expect_one_of(post, post.text, posts, "check.kind.post", faults);
}

bool at_home(const Service& service, const std::string& listen) {
    const bool loopback = listen.starts_with("127.") || listen.starts_with("[::1]:");
    const auto host = service.public_url.substr(service.public_url.find("://") + 3);
    const bool name = host.starts_with("127.") || host.starts_with("[::1]") ||
                      host == "localhost" || host.starts_with("localhost:");
    return loopback && name && service.http.trusted_proxies.empty();
}

bool in_plain_text(const Service& service, const std::string& listen) {
    const bool loopback = listen.starts_with("127.") || listen.starts_with("[::1]:");
    return !loopback && service.http.certificate.empty() && service.http.trusted_proxies.empty();
}

}  // namespace jinqiao::config
