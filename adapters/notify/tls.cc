#include "adapters/notify/tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace jinqiao::adapters::notify {
namespace {

struct FreeBio {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

Bio over(const std::string& text) {
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

void trust(SSL_CTX* context, const std::string& pem) {
    if (pem.empty()) {
        SSL_CTX_set_default_verify_paths(context);
        return;
    }
    const Bio bio = over(pem);
    while (X509* one = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), one);
        X509_free(one);
    }
}

// The first certificate is ours, those after it lead to an authority.
void introduce(SSL_CTX* context, const std::string& certificate, const std::string& key_pem) {
    if (certificate.empty()) return;
    const Bio bio = over(certificate);
    bool first = true;
    while (X509* one = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        if (first) SSL_CTX_use_certificate(context, one);
        if (!first) SSL_CTX_add1_chain_cert(context, one);
        X509_free(one);
        first = false;
    }
    const Bio key_bio = over(key_pem);
    const std::unique_ptr<EVP_PKEY, FreeKey> key(
        PEM_read_bio_PrivateKey(key_bio.get(), nullptr, nullptr, nullptr));
    if (key) SSL_CTX_use_PrivateKey(context, key.get());
}

bool expect(SSL_CTX* context, const std::string& server) {
    X509_VERIFY_PARAM* wanted = SSL_CTX_get0_param(context);
    if (X509_VERIFY_PARAM_set1_ip_asc(wanted, server.c_str()) == 1) return true;
    X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return X509_VERIFY_PARAM_set1_host(wanted, server.c_str(), server.size()) == 1;
}

}  // namespace

TlsContext make_tls_context(const std::string& server, const std::string& authorities,
                            const std::string& certificate, const std::string& key) {
    TlsContext context(SSL_CTX_new(TLS_client_method()));
    if (!context) return context;
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    trust(context.get(), authorities);
    introduce(context.get(), certificate, key);
    if (!expect(context.get(), server)) context.reset();
    ERR_clear_error();
    return context;
}

}  // namespace jinqiao::adapters::notify
