#include "adapters/http/oidc.h"

#include <sodium.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/http/json_text.h"
#include "adapters/http/passwords.h"
#include "adapters/http/totp.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;

namespace {

constexpr std::chrono::minutes patience{10};  // for whoever signs in at the provider
constexpr std::size_t most_used = 10'000;
constexpr std::size_t longest_path = 512;
constexpr std::string_view seal_name = "oidc";

// An address to send people or a secret to: encrypted, as is the issuer.
bool is_address(const std::string& url, const std::string& issuer) {
    if (!url.starts_with("https://") &&
        !(url.starts_with("http://") && issuer.starts_with("http://")))
        return false;
    return std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < '\x7F'; }) &&
           url.find('#') == std::string::npos;
}

bool holds(const json::object& from, std::string_view key, std::string_view word) {
    const auto* list = from.if_contains(key);
    if (list == nullptr || !list->is_array()) return false;
    const auto& items = list->get_array();
    return std::find(items.begin(), items.end(), json::value(word)) != items.end();
}

}  // namespace

std::optional<OidcMetadata> read_metadata(std::string_view text, const std::string& issuer) {
    auto parsed = parse_object(text);
    const auto* said = std::get_if<json::object>(&parsed);
    if (said == nullptr || text_of(*said, "issuer") != issuer) return {};
    OidcMetadata out{text_of(*said, "authorization_endpoint"), text_of(*said, "token_endpoint"),
                     text_of(*said, "jwks_uri"), false, true};
    for (const auto* url : {&out.authorization, &out.token, &out.keys})
        if (!is_address(*url, issuer)) return {};
    const auto* names = said->if_contains("authorization_response_iss_parameter_supported");
    out.names_issuer = names != nullptr && names->is_bool() && names->get_bool();
    constexpr auto methods = "token_endpoint_auth_methods_supported";
    // Absent means Basic (Discovery, 3).
    out.basic = !said->contains(methods) || holds(*said, methods, "client_secret_basic");
    return out;
}

OidcAttempt new_attempt(std::string then, engine::time::Instant now) {
    return {random_token(""), random_token(""), random_token("") + random_token(""),
            std::move(then), now + patience};
}

std::string seal_attempt(std::string_view key, const OidcAttempt& attempt) {
    return seal(key, seal_name,
                json::serialize(json::object{{"state", attempt.state},
                                             {"nonce", attempt.nonce},
                                             {"verifier", attempt.verifier},
                                             {"then", attempt.then},
                                             {"until", engine::time::to_ms(attempt.until)}}));
}

std::optional<OidcAttempt> open_attempt(std::string_view key, std::string_view sealed) {
    const auto text = unseal(key, seal_name, sealed);
    if (!text) return {};
    auto parsed = parse_object(*text);
    const auto* held = std::get_if<json::object>(&parsed);
    if (held == nullptr) return {};
    return OidcAttempt{text_of(*held, "state"), text_of(*held, "nonce"), text_of(*held, "verifier"),
                       text_of(*held, "then"),
                       engine::time::from_ms(held->at("until").to_number<std::int64_t>())};
}

std::string challenge_of(const std::string& verifier) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, reinterpret_cast<const unsigned char*>(verifier.data()),
                       verifier.size());
    char out[sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES,
                                       sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
    return sodium_bin2base64(out, sizeof out, digest, sizeof digest,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

std::string own_path(std::string path) {
    const bool own = path.size() <= longest_path && path.starts_with('/') &&
                     !path.starts_with("//") && !path.starts_with("/\\") &&
                     std::all_of(path.begin(), path.end(),
                                 [](char c) { return c > ' ' && c < '\x7F' && c != '\\'; });
    return own ? path : "/";
}

std::string query_of(const std::vector<std::pair<std::string, std::string>>& parameters) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    const auto add = [&](std::string_view text) {
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                               (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
                               c == '~';
            if (plain)
                out += c;
            else
                out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    };
    for (const auto& [name, value] : parameters) {
        if (!out.empty()) out += '&';
        add(name);
        out += '=';
        add(value);
    }
    return out;
}

std::string basic_credentials(const std::string& id, const std::string& secret) {
    const auto encoded = [](const std::string& text) { return query_of({{"", text}}).substr(1); };
    const auto pair = encoded(id) + ":" + encoded(secret);
    std::string out(sodium_base64_encoded_len(pair.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(pair.data()),
                      pair.size(), sodium_base64_VARIANT_ORIGINAL);
    out.resize(out.size() - 1);  // the end of a C string
    return out;
}

bool OidcMemory::use(const OidcAttempt& attempt, engine::time::Instant now) {
    while (!used_.empty() && used_.begin()->first <= now) used_.erase(used_.begin());
    if (used_.size() >= most_used) return false;
    return used_.emplace(attempt.until, attempt.state).second;
}

}  // namespace jinqiao::adapters::http
