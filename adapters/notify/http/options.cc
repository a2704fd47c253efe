#include "adapters/notify/http/options.h"

#include <algorithm>
#include <cctype>

#include "adapters/notify/http/read_answers.h"
#include "adapters/notify/http/sample.h"
#include "adapters/notify/tame.h"
#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::http {
namespace {

using engine::ports::Section;
using engine::ports::Transmission;
using Secrets = std::map<std::string, std::string>;

constexpr std::string_view from_body[] = {"key",   "case",      "number",  "grade",
                                          "event", "addressee", "sign_url"};
constexpr std::string_view of_ours[] = {"id",      "subject",   "text",        "exercise",
                                        "address", "timestamp", "timestamp_ms"};

// What a template may name, each with nothing for a value.
Values known_values(const Secrets& secrets) {
    Values values;
    for (const auto name : from_body) values[std::string(name)] = {};
    for (const auto name : of_ours) values[std::string(name)] = {};
    for (const auto& [name, value] : secrets) values["secret." + name] = {};
    return values;
}

std::string listed(const Values& known) {
    std::string names;
    for (const auto& [name, value] : known) names += (names.empty() ? "" : ", ") + name;
    return names;
}

bool check_names(Section& section, std::string_view key, const Template& pattern,
                 const Secrets& secrets) {
    if (!pattern.fault().empty()) {
        section.fault(key, "Mustache: {{name}}, {{#name}}…{{/name}}, {{^name}}…{{/name}}",
                      pattern.fault());
        return false;
    }
    const Values known = known_values(secrets);
    for (const std::string& name : pattern.names())
        if (!known.contains(name)) {
            section.fault(key, "variables among " + listed(known), name);
            return false;
        }
    return true;
}

void read_secrets(Section& section, Secrets& into) {
    const auto part = section.section("secrets");
    for (const std::string& name : part->keys()) {
        const std::string value = part->secret(name, true);
        if (!is_header_name(name)) part->fault(name, "a name of letters, digits, - and _", name);
        if (one_line(value) != value) part->fault(name, "one line", "another form");
        into[name] = value;
    }
}

std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

// Names of parameters whose value opens a door.
bool shows_credential(const std::string& url) {
    static constexpr std::string_view names[] = {"key",      "token",   "access_token", "secret",
                                                 "password", "pwd",     "passwd",       "sign",
                                                 "apikey",   "api_key", "appkey",       "auth"};
    const std::string lower = lower_case(url);
    for (const auto name : names)
        for (const char before : {'?', '&'}) {
            const auto at = lower.find(before + std::string(name) + "=");
            if (at == std::string::npos) continue;
            const auto value = lower.substr(at + name.size() + 2, 9);
            if (!value.empty() && value[0] != '&' && !value.starts_with("{{secret.")) return true;
        }
    return false;
}

// Whom it is sent to is not for a notice to say.
bool host_is_fixed(const std::string& url) {
    const auto host = url.find("://");
    if (host == std::string::npos) return true;
    return url.find("{{") >= url.find_first_of("/?#", host + 3);
}

void read_url(Section& section, const Options& options, HookEndpoint& endpoint) {
    const std::string_view key = section.has("plain_url") ? "plain_url" : "url";
    if (section.has("url") && section.has("plain_url")) {
        (void)section.secret("url", true);
        section.fault("plain_url", "url or plain_url", "both");
    }
    endpoint.url = key == "url" ? section.secret("url", true) : section.text("plain_url", {});
    const Template pattern(endpoint.url, Escape::form);
    if (!check_names(section, key, pattern, endpoint.secrets)) return;
    if (!host_is_fixed(endpoint.url))
        section.fault(key, "variables after the host only", "one before");
    if (key == "plain_url" && shows_credential(endpoint.url))
        section.fault(key, "no credential in plain sight: name it {{secret.NAME}}",
                      "one in the query");
    options.reaching.check_url(section, key, pattern.fill(known_values(endpoint.secrets)));
}

// What the channel has for all its endpoints, each may have for itself.
HookEndpoint read_endpoint(Section& section, const Options& options, const HookEndpoint& common,
                           bool own) {
    HookEndpoint endpoint = common;
    if (own) read_secrets(section, endpoint.secrets);
    if (own && section.has("secret")) endpoint.secret = section.secret("secret", true);
    const bool signs = options.signing.scheme != Signing::Scheme::none;
    if (signs && endpoint.secret.empty()) section.fault("secret", "what sign signs by", "nothing");
    if (!signs && !endpoint.secret.empty())
        section.fault("secret", "sign beside it, which says how", "nothing");
    if (const auto expected = options.signing.unusable(endpoint.secret);
        !endpoint.secret.empty() && !expected.empty())
        section.fault("secret", expected, "another form");
    read_url(section, options, endpoint);
    return endpoint;
}

// Of a header whose value opens a door, going by its name.
bool is_credential(const std::string& lower) {
    static constexpr std::string_view ends[] = {"authorization", "token", "key",
                                                "secret",        "auth",  "password"};
    return std::any_of(std::begin(ends), std::end(ends),
                       [&](std::string_view end) { return lower.ends_with(end); });
}

void check_header(Section& section, const std::string& name, const std::string& value) {
    static constexpr std::string_view ours[] = {"content-length", "content-type",      "host",
                                                "connection",     "transfer-encoding", "expect"};
    const std::string lower = lower_case(name);
    if (!is_header_name(name) ||
        std::find(std::begin(ours), std::end(ours), lower) != std::end(ours))
        section.fault(name, "a header that is not the program's own", name);
    if (is_credential(lower) && value.find("{{") == std::string::npos)
        section.fault(name, "no credential in plain sight: name it {{secret.NAME}}", "a text");
    if (one_line(value) != value) section.fault(name, "one line", "several");
}

void read_headers(Section& section, const Secrets& secrets, Options& options) {
    const auto part = section.section("headers");
    for (const std::string& name : part->keys()) {
        const std::string value = part->text(name, {});
        check_header(*part, name, value);
        Template pattern(value, Escape::header);
        check_names(*part, name, pattern, secrets);
        options.headers.emplace_back(name, std::move(pattern));
    }
}

struct BodyFormat {
    std::string_view name;
    Escape escape;
    const char* content_type;
};
constexpr BodyFormat formats[] = {
    {"json", Escape::json, "application/json; charset=utf-8"},
    {"form", Escape::form, "application/x-www-form-urlencoded"},
    {"xml", Escape::xml, "application/xml; charset=utf-8"},
    {"text", Escape::text, "text/plain; charset=utf-8"},
};

const BodyFormat& read_format(Section& section) {
    const std::string name = section.text("body_format", "json");
    for (const BodyFormat& format : formats)
        if (format.name == name) return format;
    section.fault("body_format", "one of json, form, xml, text", name);
    return formats[0];
}

// In YAML a long form is best written in lines; a line break means nothing in it.
std::string without_line_ends(std::string text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n') {
            at = std::min(text.find_first_not_of(" \t\n", at), text.size()) - 1;
            continue;
        }
        result += text[at];
    }
    return result;
}

void read_body(Section& section, const Secrets& secrets, Options& options) {
    const BodyFormat& format = read_format(section);
    options.content_type = section.text("content_type", format.content_type);
    if (options.content_type.empty() || one_line(options.content_type) != options.content_type)
        section.fault("content_type", "one line", "another form");
    if (options.method == "GET") {
        if (section.has("body")) section.fault("body", "nothing with GET", "a body");
        (void)section.text("body", {});
        return;
    }
    std::string source = section.required_text("body");
    if (source.empty()) return;  // already a fault
    if (format.escape == Escape::form) source = without_line_ends(std::move(source));
    if (format.escape == Escape::form && shows_credential("?" + source))
        section.fault("body", "no credential in plain sight: name it {{secret.NAME}}", "one");
    options.body = Template(std::move(source), format.escape);
    if (!check_names(section, "body", options.body, secrets)) return;
    const Values known = known_values(secrets);
    const std::string fault = format_fault(options.body, format.escape, known);
    if (!fault.empty()) {
        section.fault("body", "what is " + std::string(format.name) + " whatever people write",
                      fault);
        return;
    }
    if (options.signing.scheme == Signing::Scheme::feishu &&
        (format.escape != Escape::json || !is_filled_object(options.body, known)))
        section.fault("body", "a JSON object, which feishu signs", "another form");
}

}  // namespace

Options Options::read(Section& section) {
    Options options;
    options.reaching = Reaching::read(section);
    options.method = section.text("method", options.method);
    if (options.method != "POST" && options.method != "PUT" && options.method != "GET")
        section.fault("method", "POST, PUT or GET", options.method);
    options.signing = Signing::read(section);
    HookEndpoint common;
    read_secrets(section, common.secrets);
    common.secret = section.secret("secret", false);
    options.endpoints = HookEndpoints::read(section, [&](Section& part) {
        return read_endpoint(part, options, common, &part != &section);
    });
    // What headers and body name has to be there for every endpoint, so it is the channel's.
    read_headers(section, common.secrets, options);
    read_body(section, common.secrets, options);
    options.tame = section.flag("tame", options.tame);
    options.answers = read_answers(section);
    options.usage.recognises_repeats = section.flag("idempotent", false);
    options.usage.merges = section.flag("merges", false);
    read_usage(section, options.usage, 1'000'000);
    return options;
}

Values values_of(const Options& options, const Transmission& transmission,
                 const HookEndpoint& endpoint,
                 std::chrono::sys_time<std::chrono::milliseconds> now) {
    Values values;
    for (const auto name : from_body) {
        const auto* value = transmission.body.if_contains(name);
        if (value != nullptr && value->is_string())
            values[std::string(name)] = one_line(std::string(value->get_string()));
    }
    const std::string& link = values["sign_url"];
    const auto words = [&](const std::string& text) {
        if (!options.tame) return clean_lines(text);
        return around_links(text, link, tame_markdown,
                            [](std::string_view ours) { return std::string(ours); });
    };
    const auto shortened = [&](std::string_view text) {
        return options.usage.text_limit == 0
                   ? words(std::string(text))
                   : fitted(text, options.usage.text_limit, link,
                            [&](std::string_view part) { return words(std::string(part)); });
    };
    values["id"] = transmission.id;
    values["address"] = one_line(transmission.address);
    values["subject"] = words(one_line(transmission.subject));
    values["text"] = shortened(transmission.text);
    values["exercise"] = transmission.exercise ? "true" : "";
    values["timestamp_ms"] = std::to_string(now.time_since_epoch().count());
    values["timestamp"] =
        std::to_string(std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count());
    for (const auto& [name, value] : endpoint.secrets) values["secret." + name] = value;
    return values;
}

}  // namespace jinqiao::adapters::notify::http
