// The one unit that knows cjose (JOSE over OpenSSL). Which algorithm, which key and what the claims
// say is decided here; the library does the arithmetic.
#include <cjose/cjose.h>
#include <sodium.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/http/json_text.h"
#include "adapters/http/oidc.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_token = 16 * 1024;
constexpr std::size_t least_rsa_bits = 2048;
constexpr std::int64_t skew_s = 60;         // clocks differ
constexpr std::int64_t oldest_s = 10 * 60;  // a token that was made for this attempt

struct Release {
    void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
    void operator()(cjose_jwk_t* jwk) const { cjose_jwk_release(jwk); }
};
using Jws = std::unique_ptr<cjose_jws_t, Release>;
using Jwk = std::unique_ptr<cjose_jwk_t, Release>;

std::optional<json::object> object_in(std::string_view text) {
    auto parsed = parse_object(text);
    if (auto* object = std::get_if<json::object>(&parsed)) return std::move(*object);
    return {};
}

std::optional<json::object> header_of(std::string_view token) {
    const auto part = token.substr(0, token.find('.'));
    std::string out(part.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), part.data(),
                          part.size(), nullptr, &size, nullptr,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
        return {};
    return object_in(out.substr(0, size));
}

// The kind of key an algorithm wants; a token chooses between these two and no others.
std::string_view kind_for(std::string_view alg) {
    if (alg == "RS256") return "RSA";
    if (alg == "ES256") return "EC";
    return {};
}

bool fits(const json::object& key, const std::string& alg, const std::string& kid) {
    if (text_of(key, "kty") != kind_for(alg)) return false;
    if (alg == "ES256" && text_of(key, "crv") != "P-256") return false;
    if (const auto use = text_of(key, "use"); !use.empty() && use != "sig") return false;
    if (const auto of = text_of(key, "alg"); !of.empty() && of != alg) return false;
    return kid.empty() || text_of(key, "kid") == kid;
}

std::vector<json::object> keys_for(std::string_view set, const std::string& alg,
                                   const std::string& kid) {
    std::vector<json::object> out;
    const auto whole = object_in(set);
    const auto* keys = whole ? whole->if_contains("keys") : nullptr;
    if (keys == nullptr || !keys->is_array()) return out;
    for (const auto& key : keys->get_array())
        if (key.is_object() && fits(key.get_object(), alg, kid)) out.push_back(key.get_object());
    return out;
}

Jwk import(const json::object& key) {
    // Of the public half only: whatever else somebody published is not looked at.
    json::object bare;
    for (const auto* name : {"kty", "n", "e", "crv", "x", "y"})
        if (const auto* value = key.if_contains(name)) bare[name] = *value;
    const auto text = json::serialize(bare);
    cjose_err error{};
    Jwk jwk(cjose_jwk_import(text.data(), text.size(), &error));
    if (jwk && text_of(key, "kty") == "RSA" &&
        cjose_jwk_get_keysize(jwk.get(), &error) < least_rsa_bits)
        return {};
    return jwk;
}

std::optional<json::object> content_of(const Jws& jws) {
    std::uint8_t* bytes = nullptr;  // stays the library's
    std::size_t size = 0;
    cjose_err error{};
    if (!cjose_jws_get_plaintext(jws.get(), &bytes, &size, &error)) return {};
    return object_in({reinterpret_cast<const char*>(bytes), size});
}

std::optional<std::int64_t> seconds(const json::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    if (value == nullptr || !value->is_number()) return {};
    if (value->is_double()) return static_cast<std::int64_t>(value->get_double());
    boost::json::error_code ec;
    const auto out = value->to_number<std::int64_t>(ec);
    if (ec) return {};
    return out;
}

bool is_for(const json::object& claims, const std::string& client) {
    const auto* aud = claims.if_contains("aud");
    if (aud == nullptr) return false;
    const auto authorized = text_of(claims, "azp");
    if (!authorized.empty() && authorized != client) return false;
    if (aud->is_string()) return aud->get_string() == client;
    if (!aud->is_array()) return false;
    const auto& all = aud->get_array();
    if (all.size() > 1 && authorized.empty()) return false;
    return std::find(all.begin(), all.end(), json::value(client)) != all.end();
}

// What is wrong with it; empty: nothing.
std::string wrong_with(const json::object& claims, const IdTokenRules& rules) {
    const auto now = engine::time::to_ms(rules.now) / 1000;
    if (text_of(claims, "iss") != rules.issuer) return "another issuer";
    if (!is_for(claims, rules.client_id)) return "for another client";
    const auto exp = seconds(claims, "exp"), iat = seconds(claims, "iat"),
               nbf = seconds(claims, "nbf");
    if (!exp || *exp + skew_s <= now) return "expired";
    if (!iat || *iat - skew_s > now || *iat + oldest_s + skew_s < now) return "not made now";
    if (nbf && *nbf - skew_s > now) return "not good yet";
    if (rules.nonce.empty() || text_of(claims, "nonce") != rules.nonce) return "another nonce";
    if (text_of(claims, "sub").empty()) return "about nobody";
    return {};
}

}  // namespace

IdToken read_id_token(std::string_view token, std::string_view keys, const IdTokenRules& rules) {
    if (sodium_init() < 0) return {{}, "no random numbers", false};
    if (token.size() > longest_token || std::count(token.begin(), token.end(), '.') != 2)
        return {{}, "no signed token", false};
    const auto header = header_of(token);
    if (!header) return {{}, "its head cannot be read", false};
    const auto alg = text_of(*header, "alg"), kid = text_of(*header, "kid");
    if (kind_for(alg).empty()) return {{}, "signed by an algorithm we do not take", false};
    // An extension that must be understood, and is not (RFC 7515, 4.1.11).
    if (header->contains("crit")) return {{}, "wants an extension", false};
    const auto candidates = keys_for(keys, alg, kid);
    if (candidates.empty() || (kid.empty() && candidates.size() > 1))
        return {{}, "no key of that name", true};
    cjose_err error{};
    const Jws jws(cjose_jws_import(token.data(), token.size(), &error));
    if (!jws) return {{}, "cannot be read", false};
    const bool signed_by_one = std::any_of(candidates.begin(), candidates.end(), [&](auto& key) {
        const auto jwk = import(key);
        return jwk && cjose_jws_verify(jws.get(), jwk.get(), &error);
    });
    if (!signed_by_one) return {{}, "the signature is wrong", true};
    auto claims = content_of(jws);
    if (!claims) return {{}, "its claims cannot be read", false};
    if (auto fault = wrong_with(*claims, rules); !fault.empty()) return {{}, fault, false};
    return {std::move(claims), {}, false};
}

}  // namespace jinqiao::adapters::http
