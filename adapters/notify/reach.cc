#include "adapters/notify/reach.h"

#include <algorithm>

#include "adapters/notify/courier/url.h"
#include "adapters/notify/remote.h"

namespace jinqiao::adapters::notify {
namespace {

using engine::ports::Section;
using std::chrono::milliseconds;

milliseconds read_span(Section& section, std::string_view key, milliseconds fallback) {
    const milliseconds span = section.span(key, fallback);
    if (span < milliseconds{1000} || span > milliseconds{60000})
        section.fault(key, "1 s to 60 s", std::to_string(span.count()) + " ms");
    return span;
}

}  // namespace

Reaching Reaching::read(Section& section) {
    Reaching reaching;
    reaching.timeout = read_span(section, "timeout", reaching.timeout);
    reaching.connect_timeout = read_span(section, "connect_timeout", reaching.connect_timeout);
    reaching.allow_private = section.flag("allow_private", false);
    reaching.authorities = section.secret("authorities", false);
    if (!reaching.authorities.empty() && !holds_certificates(reaching.authorities))
        section.fault("authorities", "certificates in PEM form", "none");
    return reaching;
}

courier::Request Reaching::request(milliseconds patience) const {
    courier::Request request;
    request.timeout = std::min(timeout, patience);
    request.connect_timeout = connect_timeout;
    request.allow_private = allow_private;
    request.authorities = authorities;
    request.headers = {"User-Agent: jinqiao"};
    return request;
}

void Reaching::check_url(Section& section, std::string_view key, const std::string& url) const {
    if (url.empty()) return;  // already a fault
    const std::string fault = courier::url_fault(url, allow_private);
    if (!fault.empty())
        section.fault(key, allow_private ? "an http or https address" : "an https address", fault);
}

void read_usage(Section& section, engine::ports::Usage& usage, std::size_t most) {
    const auto number = [](std::size_t value) { return static_cast<std::int64_t>(value); };
    usage.text_limit = static_cast<std::size_t>(
        section.integer("text_limit", 60, number(most), number(usage.text_limit)));
}

}  // namespace jinqiao::adapters::notify
