#pragma once
#include <string>

#include "engine/ports/section.h"

namespace jinqiao::adapters::notify {

// A name in DNS (one label is enough within a zone's own network), IPv4 or IPv6.
bool is_host(const std::string& text);
bool is_ip(const std::string& text);

// Whether a text is certificates, or a private key without a password, in PEM form.
bool holds_certificates(const std::string& pem);
bool holds_key(const std::string& pem);

// PEM of a connection by TLS, each {file} or {env} and none of them needed: those who vouch for the
// other side, and ours where it asks for one.
struct Certificates {
    std::string authorities, certificate, key;

    // Notes every fault; certificate and key go together.
    static Certificates read(engine::ports::Section& section);
};

}  // namespace jinqiao::adapters::notify
