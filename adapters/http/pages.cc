#include "adapters/http/pages.h"

#include "adapters/http/etag.h"
#include "adapters/http/token.h"

namespace jinqiao::adapters::http {

namespace {

std::string_view up_to(std::string_view& text, char end) {
    const auto at = text.find(end);
    const auto part = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
    return trimmed(part);
}

// "q=0", "q=0.000": not at all.
bool weighs_nothing(std::string_view parameters) {
    while (!parameters.empty()) {
        auto value = up_to(parameters, ';');
        if (!same_word(up_to(value, '='), "q")) continue;
        value = trimmed(value);
        return value.starts_with('0') && value.find_first_of("123456789") == std::string_view::npos;
    }
    return false;
}

}  // namespace

bool takes_gzip(std::string_view accept_encoding) {
    bool any = false;
    while (!accept_encoding.empty()) {
        auto parameters = up_to(accept_encoding, ',');
        const auto coding = up_to(parameters, ';');
        if (same_word(coding, "gzip") || same_word(coding, "x-gzip"))
            return !weighs_nothing(parameters);
        if (coding == "*") any = !weighs_nothing(parameters);
    }
    return any;
}

Response answer_with(const Page& page, const Request& request) {
    const bool packed = !page.gzip.empty() && takes_gzip(request.accept_encoding);
    const auto entity = packed ? page.gzip_tag : page.plain_tag;
    Response response;
    response.content_type = page.content_type;
    response.fields.assign(page.fields.begin(), page.fields.end());
    response.fields.emplace_back("ETag", entity);
    response.fields.emplace_back("Vary", "Accept-Encoding");
    if (none_match_fails(request.if_none_match, entity)) {
        response.status = 304;
        return response;
    }
    if (packed) response.fields.emplace_back("Content-Encoding", "gzip");
    response.body = packed ? page.gzip : page.plain;
    return response;
}

}  // namespace jinqiao::adapters::http
