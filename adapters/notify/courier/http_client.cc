#include "adapters/notify/courier/http_client.h"

#include "adapters/notify/courier/easy.h"

namespace jinqiao::adapters::notify::courier {

struct HttpClient::Impl {
    Easy easy;
};

HttpClient::HttpClient() : impl_(std::make_unique<Impl>()) {}

HttpClient::~HttpClient() = default;

Response HttpClient::perform(Request request) {
    impl_->easy.prepare(std::move(request));
    return impl_->easy.finish(curl_easy_perform(impl_->easy.handle()));
}

}  // namespace jinqiao::adapters::notify::courier
