#include "adapters/notify/remote.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <memory>

namespace jinqiao::adapters::notify {
namespace {

using Source = std::unique_ptr<BIO, int (*)(BIO*)>;

Source from(const std::string& text) {
    return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

// Instead of the library's question at the terminal.
int no_password(char*, int, int, void*) { return -1; }

}  // namespace

bool is_host(const std::string& text) {
    return !text.empty() && text.size() <= 253 && text.front() != '-' && text.front() != '.' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '.' || c == ':';
           });
}

bool is_ip(const std::string& text) {
    in6_addr room{};
    return inet_pton(AF_INET, text.c_str(), &room) == 1 ||
           inet_pton(AF_INET6, text.c_str(), &room) == 1;
}

bool holds_certificates(const std::string& pem) {
    const Source bio = from(pem);
    const std::unique_ptr<X509, void (*)(X509*)> first(
        PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr), X509_free);
    ERR_clear_error();
    return first != nullptr;
}

bool holds_key(const std::string& pem) {
    const Source bio = from(pem);
    const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(
        PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, nullptr), EVP_PKEY_free);
    ERR_clear_error();
    return key != nullptr;
}

Certificates Certificates::read(engine::ports::Section& section) {
    Certificates pem;
    pem.authorities = section.secret("authorities", false);
    if (!pem.authorities.empty() && !holds_certificates(pem.authorities))
        section.fault("authorities", "certificates in PEM form", "none");
    pem.certificate = section.secret("certificate", false);
    if (!pem.certificate.empty() && !holds_certificates(pem.certificate))
        section.fault("certificate", "a certificate in PEM form", "none");
    pem.key = section.secret("key", false);
    if (!pem.key.empty() && !holds_key(pem.key))
        section.fault("key", "a private key in PEM form, without a password", "none");
    if (section.has("certificate") != section.has("key"))
        section.fault(section.has("key") ? "key" : "certificate", "certificate and key together",
                      "one of them");
    return pem;
}

}  // namespace jinqiao::adapters::notify
