#include "adapters/notify/webhook/options.h"

#include <algorithm>

#include "adapters/notify/courier/url.h"
#include "adapters/notify/signature.h"

namespace jinqiao::adapters::notify::webhook {
namespace {

using engine::ports::Section;

void read_key(Section& section, std::string_view name, bool required, Endpoint& into) {
    if (!required && !section.has(name)) return;
    const std::string secret = section.secret(name, required);
    if (secret.empty()) return;  // already a fault, or unset
    if (auto key = decode_secret(secret))
        into.keys.push_back(std::move(*key));
    else
        section.fault(name, "whsec_ and base64 of 24 to 64 bytes", "another form");
}

Endpoint read_endpoint(Section& section, bool allow_private) {
    Endpoint endpoint;
    endpoint.url = section.secret("url", true);
    if (!endpoint.url.empty()) {
        const std::string fault = courier::url_fault(endpoint.url, allow_private);
        // The address may be a credential, so the fault does not quote it.
        if (!fault.empty()) section.fault("url", "an https address", fault);
    }
    read_key(section, "secret", true, endpoint);
    read_key(section, "previous_secret", false, endpoint);
    return endpoint;
}

}  // namespace

Options Options::read(Section& section) {
    using std::chrono::milliseconds;
    Options options;
    options.allow_private = section.flag("allow_private", false);
    options.source = section.text("source", "/jinqiao");
    options.timeout = section.span("timeout", options.timeout);
    options.connect_timeout = section.span("connect_timeout", options.connect_timeout);
    if (options.timeout < milliseconds{1000} || options.timeout > milliseconds{60000})
        section.fault("timeout", "1 s to 60 s", std::to_string(options.timeout.count()) + " ms");
    if (options.source.empty()) section.fault("source", "a URI reference", "nothing");

    if (section.has("endpoints")) {
        const auto named = section.section("endpoints");
        for (const std::string& address : named->keys()) {
            const auto part = named->section(address);
            options.endpoints[address] = read_endpoint(*part, options.allow_private);
        }
    }
    if (section.has("url") || options.endpoints.empty())
        options.endpoints[""] = read_endpoint(section, options.allow_private);
    return options;
}

std::string Options::unusable(const std::string& address) const {
    if (endpoint(address) != nullptr) return {};
    std::string names;
    for (const auto& [name, each] : endpoints) names += (names.empty() ? "" : ", ") + name;
    return "one of the endpoints " + names;
}

const Endpoint* Options::endpoint(const std::string& address) const {
    auto found = endpoints.find(address);
    if (found == endpoints.end()) found = endpoints.find("");
    return found == endpoints.end() ? nullptr : &found->second;
}

}  // namespace jinqiao::adapters::notify::webhook
