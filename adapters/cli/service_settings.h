#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/setup.h"
#include "adapters/http/fields.h"
#include "adapters/http/settings.h"
#include "engine/runtime/engine.h"

namespace jinqiao::adapters::cli {

struct Address {
    std::string host;
    std::uint16_t port = 0;
};

// "127.0.0.1:8470", "[::1]:8470"
std::optional<Address> parse_address(const std::string& text);

// What service.yaml says, for those who run by it. `key` is that of the sign links.
engine::runtime::EngineSettings engine_settings(const Setup& setup, const std::string& key);
http::HttpSettings http_settings(const Setup& setup, const Address& address,
                                 const std::string& key);

http::FieldRules field_rules(const config::Fields& fields);

// Keys of service.yaml whose change waits for the next start; the others are taken over by a
// reload.
std::vector<std::string> needing_restart(const config::Service& before,
                                         const config::Service& after);

}  // namespace jinqiao::adapters::cli
