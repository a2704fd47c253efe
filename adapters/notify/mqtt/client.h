#pragma once
#include <string>

#include "adapters/notify/mqtt/options.h"

struct mosquitto;
typedef struct ssl_ctx_st SSL_CTX;

namespace jinqiao::adapters::notify::mqtt {

// One client of libmosquitto, for one connection after another. What it calls comes from loop().
class Client {
  public:
    struct Listener {
        virtual ~Listener() = default;
        virtual void connected(int reason) = 0;             // the answer to CONNECT; 0: yes
        virtual void acknowledged(int id, int reason) = 0;  // a receipt
        virtual void disconnected(int reason) = 0;
    };

    // The listener and the context (none: in plain text) outlive it.
    Client(const Options& options, SSL_CTX* context, Listener& listener);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    bool ok() const { return client_ != nullptr; }
    // These answer with an error of the library, 0 if there is none. All but loop() and connect()
    // may be called beside loop().
    int connect(const std::string& host);
    int loop(int most_ms);
    int publish(const std::string& topic, const std::string& payload, int& id);
    void disconnect();

  private:
    const Options& options_;
    mosquitto* client_;
};

}  // namespace jinqiao::adapters::notify::mqtt
