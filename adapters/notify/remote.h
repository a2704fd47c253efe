#pragma once
#include <string>

namespace jinqiao::adapters::notify {

// A name in DNS (one label is enough within a zone's own network), IPv4 or IPv6.
bool is_host(const std::string& text);
bool is_ip(const std::string& text);

// Whether a text is certificates, or a private key without a password, in PEM form.
bool holds_certificates(const std::string& pem);
bool holds_key(const std::string& pem);

}  // namespace jinqiao::adapters::notify
