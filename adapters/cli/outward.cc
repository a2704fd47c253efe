#include "adapters/cli/outward.h"

#include <chrono>

#include "adapters/notify/courier/courier.h"

namespace jinqiao::adapters::cli {

namespace courier = notify::courier;

Outward::Outward(const config::Service& service)
    : allow_private_(service.accounts.oidc.allow_private) {
    if (!service.accounts.oidc.issuer.empty())
        courier_ = std::make_unique<courier::Courier>(courier::CourierSettings{32, 8});
}

Outward::~Outward() = default;

http::Fetch Outward::fetch() const {
    if (!courier_) return {};
    return [carrier = courier_.get(), allow_private = allow_private_](
               http::FetchRequest asked, std::function<void(http::FetchResponse)> done) {
        constexpr std::chrono::seconds patience{10};  // somebody waits in front of a page
        constexpr std::size_t most = 256 * 1024;      // a set of keys with certificates
        courier::Request request;
        request.method = std::move(asked.method);
        request.url = std::move(asked.url);
        request.headers = std::move(asked.headers);
        request.body = std::move(asked.body);
        request.timeout = patience;
        request.allow_private = allow_private;
        request.most = most;
        carrier->send(std::move(request), [done = std::move(done)](courier::Response got) {
            done({got.status, std::move(got.body)});
        });
    };
}

}  // namespace jinqiao::adapters::cli
