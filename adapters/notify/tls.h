#pragma once
#include <openssl/ssl.h>

#include <memory>
#include <string>

namespace jinqiao::adapters::notify {

struct FreeTlsContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using TlsContext = std::unique_ptr<SSL_CTX, FreeTlsContext>;

// For connections of ours: TLS 1.2 and later, the other side verified by these authorities (PEM;
// empty: the system's), ours shown where the server asks for it (PEM; may be empty). Each
// certificate must be of `server`, a name or an address. None if the library refuses.
TlsContext make_tls_context(const std::string& server, const std::string& authorities,
                            const std::string& certificate, const std::string& key);

}  // namespace jinqiao::adapters::notify
