#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/notify/courier/courier.h"
#include "adapters/notify/wecom_app/message.h"
#include "adapters/notify/wecom_app/options.h"

namespace jinqiao::adapters::notify::wecom_app {

// The access token of one app. It is fetched when somebody needs it, by one request for all who
// wait, and kept until shortly before its end: the service throttles those who ask for more.
//
// Threads  Any. Whoever waits is answered on the courier's thread, or at once.
// Ending   The courier outlives every answer; requests hold this alive until theirs has come.
class Tokens : public std::enable_shared_from_this<Tokens> {
  public:
    using Now = std::function<std::chrono::sys_time<std::chrono::milliseconds>()>;
    using Got = std::function<void(const TokenAnswer&)>;

    Tokens(const Options& options, courier::Courier* courier, Now now);

    // `got` is called exactly once.
    void get(std::chrono::milliseconds patience, Got got);
    // The service refused this one: the next who asks gets another, unless there is one already.
    void forget(const std::string& token);

  private:
    void fetch(std::chrono::milliseconds patience);
    void fetched(const TokenAnswer& answer);

    const Options options_;
    courier::Courier* const courier_;
    const Now now_;
    std::mutex mutex_;
    std::string token_;                                       // guarded by mutex_
    std::chrono::sys_time<std::chrono::milliseconds> until_;  // guarded by mutex_
    std::vector<Got> waiting_;                                // guarded by mutex_; none: no request
};

}  // namespace jinqiao::adapters::notify::wecom_app
