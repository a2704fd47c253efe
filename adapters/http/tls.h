#pragma once
#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <memory>
#include <string>

#include "engine/model/result.h"

namespace jinqiao::adapters::http {

struct TlsFiles {
    std::string certificate;  // PEM: ours, then those that vouch for it
    std::string key;          // PEM, without a password
    bool named() const { return !certificate.empty(); }
};

// What connections are opened with: TLS 1.2 or newer. The files are looked at again every so often;
// new ones are for new connections. Files that do not fit together, or cannot be read, leave what
// is in use in use and are told once.
//
// Threads  one.
class Tls {
  public:
    using Context = std::shared_ptr<boost::asio::ssl::context>;

    // Error{invalid}: the files cannot be used; the daemon had better not start.
    static engine::model::Result<Tls> load(TlsFiles files);

    const Context& context() const { return context_; }
    void look();  // have the files changed?

  private:
    TlsFiles files_;
    std::string seen_;  // what the files were when last read
    Context context_;
};

}  // namespace jinqiao::adapters::http
