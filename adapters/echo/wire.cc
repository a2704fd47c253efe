#include "adapters/echo/wire.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http.hpp>

namespace jinqiao::adapters::echo {

namespace asio = boost::asio;
namespace http = boost::beast::http;

Asked taken_apart(const http::request<http::string_body>& request) {
    Asked asked;
    const std::string_view target(request.target().data(), request.target().size());
    const auto mark = target.find('?');
    asked.method = std::string(request.method_string());
    asked.path = percent_decoded(target.substr(0, mark), false);
    if (mark != std::string_view::npos) asked.query = read_form(target.substr(mark + 1));
    for (const auto& field : request)
        asked.headers[lower(std::string(field.name_string()))] = std::string(field.value());
    asked.body = request.body();
    return asked;
}

engine::model::Result<std::optional<Fault>> fault_of_path(Asked& asked) {
    constexpr std::string_view prefix = "/fault/";
    if (!asked.path.starts_with(prefix)) return std::optional<Fault>();
    const auto end = asked.path.find('/', prefix.size());
    std::string words = asked.path.substr(prefix.size(), end - prefix.size());
    for (char& c : words)
        if (c == '+') c = ' ';
    asked.path = end == std::string::npos ? "/" : asked.path.substr(end);
    const auto fault = read_fault(words);
    if (!fault) return fault.error();
    return std::optional(*fault);
}

std::string on_the_wire(const Reply& reply, const std::optional<int>& retry_after_s, bool keep) {
    http::response<http::string_body> response;
    response.result(static_cast<unsigned>(reply.status));
    response.set(http::field::server, "jinqiao-echo");
    response.set(http::field::content_type, reply.content_type);
    if (retry_after_s) response.set(http::field::retry_after, std::to_string(*retry_after_s));
    response.keep_alive(keep);
    response.body() = reply.body;
    response.prepare_payload();
    std::string text;
    http::response_serializer<http::string_body> serializer(response);
    boost::system::error_code ec;
    while (!serializer.is_done() && !ec)
        serializer.next(ec, [&](boost::system::error_code&, const auto& buffers) {
            for (auto at = asio::buffer_sequence_begin(buffers);
                 at != asio::buffer_sequence_end(buffers); ++at) {
                const asio::const_buffer part(*at);
                text.append(static_cast<const char*>(part.data()), part.size());
            }
            serializer.consume(asio::buffer_size(buffers));
        });
    return text;
}

}  // namespace jinqiao::adapters::echo
