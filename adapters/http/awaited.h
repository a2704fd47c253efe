#pragma once
#include <boost/asio/awaitable.hpp>
#include <exception>
#include <functional>
#include <string>

#include "adapters/http/api.h"
#include "adapters/http/workers.h"
#include "engine/runtime/committer.h"

namespace jinqiao::adapters::http {

// What a session waits for without holding the server's thread.

boost::asio::awaitable<engine::runtime::Answer> committed(engine::runtime::Committer& committer,
                                                          engine::runtime::Submission submission);

boost::asio::awaitable<Response> done(Errand errand);

// What became of work on another thread: not taken, done, or ended by what it threw.
struct Worked {
    Workers::Taken taken = Workers::Taken::yes;
    std::exception_ptr failure;
};
boost::asio::awaitable<Worked> worked(Workers& workers, std::function<void()> work,
                                      std::string whose);

}  // namespace jinqiao::adapters::http
