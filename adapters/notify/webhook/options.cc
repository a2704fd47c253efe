#include "adapters/notify/webhook/options.h"

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

Endpoint read_endpoint(Section& section, const Reaching& reaching) {
    Endpoint endpoint;
    endpoint.url = section.secret("url", true);
    reaching.check_url(section, "url", endpoint.url);
    read_key(section, "secret", true, endpoint);
    read_key(section, "previous_secret", false, endpoint);
    return endpoint;
}

}  // namespace

Options Options::read(Section& section) {
    Options options;
    options.reaching = Reaching::read(section);
    options.source = section.text("source", "/jinqiao");
    if (options.source.empty()) section.fault("source", "a URI reference", "nothing");

    if (section.has("endpoints")) {
        const auto named = section.section("endpoints");
        for (const std::string& address : named->keys()) {
            const auto part = named->section(address);
            options.endpoints[address] = read_endpoint(*part, options.reaching);
        }
    }
    if (section.has("url") || options.endpoints.empty())
        options.endpoints[""] = read_endpoint(section, options.reaching);
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
