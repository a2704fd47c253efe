#pragma once
#include <boost/json/object.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/model/text.h"
#include "engine/time/instant.h"

namespace jinqiao::adapters::http {

// Signing in by OpenID Connect (Core 1.0): another server says who somebody is, our table says what
// they may. Authorization code flow with state, nonce and PKCE.
struct OidcSettings {
    std::string issuer;  // empty: nobody signs in so
    std::string client_id, client_secret;
    std::string claim = "preferred_username";  // whose value is the name of an account of ours
    engine::model::Text label;                 // on the button
    std::vector<std::string> scopes{"openid", "profile"};
    // Words of `amr` (RFC 8176), one of which proves a second factor; none: nothing does.
    std::vector<std::string> second_factor;
    bool on() const { return !issuer.empty(); }
};

// What the provider says of itself (OpenID Connect Discovery 1.0).
struct OidcMetadata {
    std::string authorization, token, keys;  // addresses
    bool names_issuer = false;               // its answers carry `iss` (RFC 9207)
    bool basic = true;                       // takes the client's secret by HTTP Basic
};
// No value: not what a provider with this issuer says.
std::optional<OidcMetadata> read_metadata(std::string_view text, const std::string& issuer);

// One attempt to sign in, kept sealed in a cookie of the browser that makes it.
struct OidcAttempt {
    std::string state, nonce, verifier;
    std::string then;  // the page it is for
    engine::time::Instant until;
};
OidcAttempt new_attempt(std::string then, engine::time::Instant now);
std::string seal_attempt(std::string_view key, const OidcAttempt& attempt);
std::optional<OidcAttempt> open_attempt(std::string_view key, std::string_view sealed);
// SHA-256 of the verifier, as the provider is told (RFC 7636, 4.2).
std::string challenge_of(const std::string& verifier);

// A path of our own site, or "/".
std::string own_path(std::string path);

// RFC 3986: what may stand in a query as it is, stands so.
std::string query_of(const std::vector<std::pair<std::string, std::string>>& parameters);

// RFC 6749, 2.3.1.
std::string basic_credentials(const std::string& id, const std::string& secret);

// What was learnt from the provider, and which attempts are over. One thread.
struct OidcMemory {
    std::optional<OidcMetadata> metadata;
    engine::time::Instant metadata_at{};
    std::string keys;  // JSON Web Key Set
    engine::time::Instant keys_at{};

    // False: this attempt has been used, or there are too many to remember.
    bool use(const OidcAttempt& attempt, engine::time::Instant now);

  private:
    std::set<std::pair<engine::time::Instant, std::string>> used_;  // until when, states
};

// Who must have signed a token, and for what.
struct IdTokenRules {
    std::string issuer, client_id, nonce;
    engine::time::Instant now;
};

struct IdToken {
    std::optional<boost::json::object> claims;  // none: not to be believed
    std::string fault;                          // why, for our log: holds nothing of the token
    bool unknown_key = false;                   // newer keys may know it
};

// Signature (RS256 or ES256, nothing else), issuer, audience, times and nonce: OpenID Connect Core,
// 3.1.3.7.
IdToken read_id_token(std::string_view token, std::string_view keys, const IdTokenRules& rules);

}  // namespace jinqiao::adapters::http
