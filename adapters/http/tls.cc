#include "adapters/http/tls.h"

#include <openssl/ssl.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

namespace jinqiao::adapters::http {

namespace ssl = boost::asio::ssl;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;

namespace {

// Enough to tell that a file is another one, or was written to.
std::string looks_of(const std::string& file) {
    struct stat found {};
    if (stat(file.c_str(), &found) != 0) return "none";
    return std::to_string(found.st_ino) + ':' + std::to_string(found.st_size) + ':' +
           std::to_string(found.st_mtim.tv_sec) + '.' + std::to_string(found.st_mtim.tv_nsec);
}

std::string looks_of(const TlsFiles& files) {
    return looks_of(files.certificate) + ' ' + looks_of(files.key);
}

Result<Tls::Context> read(const TlsFiles& files) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    boost::system::error_code ec;
    context->set_options(ssl::context::default_workarounds | ssl::context::no_compression, ec);
    auto* raw = context->native_handle();
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION);
    // Asking for a password on a terminal would stop the daemon.
    SSL_CTX_set_default_passwd_cb(raw, [](char*, int, int, void*) { return 0; });
    context->use_certificate_chain_file(files.certificate, ec);
    if (ec) return Error{ErrorCode::invalid, ec.message(), files.certificate};
    context->use_private_key_file(files.key, ssl::context::pem, ec);
    if (ec) return Error{ErrorCode::invalid, ec.message(), files.key};
    if (SSL_CTX_check_private_key(raw) != 1)
        return Error{ErrorCode::invalid, "the key does not belong to the certificate", files.key};
    return context;
}

}  // namespace

Result<Tls> Tls::load(TlsFiles files) {
    Tls tls;
    tls.seen_ = looks_of(files);
    auto context = read(files);
    if (!context) return context.error();
    tls.context_ = std::move(*context);
    tls.files_ = std::move(files);
    return tls;
}

void Tls::look() {
    auto now = looks_of(files_);
    if (now == seen_) return;
    seen_ = std::move(now);
    auto context = read(files_);
    if (!context) {
        spdlog::error("http: {}: {}; the certificate before stays in use", context.error().where,
                      context.error().what);
        return;
    }
    context_ = std::move(*context);
    spdlog::info("http: the certificate is read anew from {}", files_.certificate);
}

}  // namespace jinqiao::adapters::http
