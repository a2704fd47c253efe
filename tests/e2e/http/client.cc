#include "tests/e2e/http/client.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/write.hpp>
#include <boost/json/parse.hpp>

namespace jinqiao::tests {

namespace asio = boost::asio;
namespace json = boost::json;

json::value Reply::json() const {
    json::error_code ec;
    auto value = json::parse(body, ec);
    return ec ? json::value(nullptr) : value;
}

std::string Reply::code() const {
    const auto value = json();
    const auto* object = value.if_object();
    const auto* found = object ? object->if_contains("code") : nullptr;
    return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

std::string Reply::field(const std::string& name) const {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

Client::Client(std::uint16_t port, std::string token, std::string language)
    : port_(port), token_(std::move(token)), language_(std::move(language)) {}

void Client::connect() {
    socket_ = asio::ip::tcp::socket(io_, asio::ip::tcp::v4());
    if (deaf_) socket_.set_option(asio::socket_base::receive_buffer_size(4096));
    if (!from_.empty()) socket_.bind({asio::ip::make_address(from_), 0});
    socket_.connect({asio::ip::address_v4::loopback(), port_});
    open_ = true;
    buffer_.clear();
}

std::string Client::message(const std::string& method, const std::string& target,
                            const std::string& body, const Fields& more) const {
    std::string out = method + " " + target + " HTTP/1.1\r\nHost: test\r\n";
    if (!token_.empty()) out += "Authorization: Bearer " + token_ + "\r\n";
    if (!language_.empty()) out += "Accept-Language: " + language_ + "\r\n";
    bool typed = false;
    for (const auto& [name, value] : more) {
        out += name + ": " + value + "\r\n";
        typed = typed || name == "Content-Type";
    }
    if (!body.empty() && !typed) out += "Content-Type: application/json\r\n";
    if (method == "POST") out += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return out + "\r\n" + body;
}

Reply Client::get(const std::string& target, const Fields& more) {
    return call("GET", target, {}, more);
}

Reply Client::post(const std::string& target, const std::string& body, const Fields& more) {
    return call("POST", target, body, more);
}

Reply Client::call(const std::string& method, const std::string& target, const std::string& body,
                   const Fields& more) {
    if (last_) open_ = false;
    last_ = false;
    send(message(method, target, body, more));
    auto reply = receive(method == "HEAD");
    last_ = reply.field("connection") == "close";
    return reply;
}

void Client::send(const std::string& bytes) {
    if (!open_) connect();
    boost::system::error_code ignored;  // a server that has cut us off is what some tests want
    asio::write(socket_, asio::buffer(bytes), ignored);
}

bool Client::fill() {
    pollfd waiting{socket_.native_handle(), POLLIN, 0};
    if (::poll(&waiting, 1, 5000) <= 0) return false;
    std::array<char, 65536> piece{};
    boost::system::error_code ec;
    const auto n = socket_.read_some(asio::buffer(piece), ec);
    if (ec) {
        open_ = false;
        return false;
    }
    buffer_.append(piece.data(), n);
    return true;
}

bool Client::gone() {
    while (open_ && fill()) {
    }
    return !open_;
}

Reply Client::receive(bool head) {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
        if (!fill()) return {};
    Reply reply;
    reply.status = std::stoi(buffer_.substr(9, 3));
    for (std::size_t at = buffer_.find("\r\n") + 2; at < end + 2;) {
        const auto line = buffer_.substr(at, buffer_.find("\r\n", at) - at);
        at += line.size() + 2;
        auto name = line.substr(0, line.find(':'));
        for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        reply.fields[name] = line.substr(line.find(':') + 2);
    }
    const auto length = reply.field("content-length");
    const std::size_t body = head || length.empty() ? 0 : std::stoul(length);
    while (buffer_.size() < end + 4 + body)
        if (!fill()) return {};
    reply.body = buffer_.substr(end + 4, body);
    buffer_.erase(0, end + 4 + body);
    return reply;
}

bool Client::hears(const std::string& text) {
    auto at = buffer_.find(text);
    while (at == std::string::npos) {
        if (!fill()) return false;
        at = buffer_.find(text);
    }
    buffer_.erase(0, at + text.size());
    return true;
}

std::string Client::next_line() {
    while (buffer_.find('\n') == std::string::npos)
        if (!fill()) return {};
    const auto end = buffer_.find('\n');
    const auto line = buffer_.substr(0, end);
    buffer_.erase(0, end + 1);
    return line;
}

}  // namespace jinqiao::tests
