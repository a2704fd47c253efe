#pragma once
#include <string>
#include <string_view>

namespace jinqiao::adapters::http {

// SHA-256 in lower-case hex.
std::string sha256_hex(std::string_view text);

// A style in a page, as Content-Security-Policy names it ('sha256-…', CSP3 2.3.1): this one and no
// other.
std::string style_source(std::string_view style);

// What is stored of a bearer token (TokenRow::hash). Tokens are 128 random bits or more, so
// a plain digest is enough: there is nothing to guess and nothing to slow down.
std::string token_hash(std::string_view token);

// In time that does not depend on where they differ.
bool same_digest(std::string_view left, std::string_view right);

}  // namespace jinqiao::adapters::http
