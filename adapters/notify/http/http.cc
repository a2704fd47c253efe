#include "adapters/notify/http/http.h"

#include <utility>

#include "adapters/notify/text.h"

namespace jinqiao::adapters::notify::http {

std::unique_ptr<engine::ports::Notifier> make(Options options,
                                              std::shared_ptr<courier::Courier> courier,
                                              HookKind::Now now) {
    const auto shared = std::make_shared<const Options>(std::move(options));
    HookKind kind;
    kind.compose = [shared](const engine::ports::Transmission& transmission,
                            const HookEndpoint& endpoint, auto now_ms, courier::Request& request) {
        const Values values = values_of(*shared, transmission, endpoint, now_ms);
        request.method = shared->method;
        request.url = Template(endpoint.url, Escape::form).fill(values);
        for (const auto& [name, pattern] : shared->headers)
            request.headers.push_back(name + ": " + one_line(pattern.fill(values)));
        if (shared->method != "GET") {
            request.headers.push_back("Content-Type: " + shared->content_type);
            request.body = shared->body.fill(values);
        }
        shared->signing.apply(transmission.id, endpoint.secret, now_ms, request);
    };
    kind.judge = [shared](const courier::Response& response, std::chrono::sys_seconds at) {
        return judge(shared->answers, response, at);
    };
    return std::make_unique<Hook>(std::move(kind), shared->endpoints, shared->reaching,
                                  std::move(courier), std::move(now));
}

}  // namespace jinqiao::adapters::notify::http
