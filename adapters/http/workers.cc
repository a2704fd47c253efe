#include "adapters/http/workers.h"

#include <boost/asio/post.hpp>

namespace jinqiao::adapters::http {

Workers::Workers(std::size_t threads, std::size_t most_waiting)
    : pool_(threads), most_(threads + most_waiting) {}

Workers::~Workers() { pool_.join(); }

bool Workers::post(std::function<void()> work) {
    if (held_.fetch_add(1) >= most_) {
        --held_;
        return false;
    }
    boost::asio::post(pool_, [this, work = std::move(work)] {
        work();
        --held_;
    });
    return true;
}

}  // namespace jinqiao::adapters::http
