#include "adapters/http/session.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/http/write.hpp>
#include <cstdio>
#include <ctime>
#include <iterator>

#include "adapters/http/awaited.h"
#include "adapters/http/guard.h"

namespace jinqiao::adapters::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using boost::system::error_code;
using engine::runtime::Answer;
using engine::runtime::Committer;

namespace {

// More than this is not read just to be polite to a client whose body was refused.
constexpr std::size_t most_drained = std::size_t{4} << 20;
constexpr std::chrono::seconds drain_timeout{2};
// Of a body, or of requests sent ahead, beside the longest head: what Beast reads at once.
constexpr std::size_t read_ahead = std::size_t{64} << 10;

// What the kernel holds for a client that watches and does not read.
constexpr int stream_send_buffer = 32 * 1024;

std::string field_of(const auto& fields, bhttp::field name) {
    const auto value = fields[name];
    return {value.data(), value.size()};
}

std::string field_of(const auto& fields, const char* name) {
    const auto value = fields[name];
    return {value.data(), value.size()};
}

void copy_head(const auto& head, Request& request) {
    request.method = std::string(head.method_string());
    request.target = std::string(head.target());
    request.authorization = field_of(head, bhttp::field::authorization);
    request.accept_language = field_of(head, bhttp::field::accept_language);
    request.content_type = field_of(head, bhttp::field::content_type);
    request.idempotency_key = field_of(head, "Idempotency-Key");
    request.if_match = field_of(head, bhttp::field::if_match);
    request.last_event_id = field_of(head, "Last-Event-ID");
    request.content_disposition = field_of(head, bhttp::field::content_disposition);
    request.if_none_match = field_of(head, bhttp::field::if_none_match);
    request.accept_encoding = field_of(head, bhttp::field::accept_encoding);
    request.cookie = field_of(head, bhttp::field::cookie);
    request.host = field_of(head, bhttp::field::host);
    request.origin = field_of(head, bhttp::field::origin);
    request.fetch_site = field_of(head, "Sec-Fetch-Site");
    request.if_match_sent = head.find(bhttp::field::if_match) != head.end();
    // What browsers and chat programs say of a fetch that nobody has asked for yet, by age.
    for (const auto* name : {"Sec-Purpose", "Purpose", "X-Purpose", "X-Moz"})
        for (const auto* word : {"prefetch", "prerender", "preview"})
            request.ahead = request.ahead || field_of(head, name).find(word) != std::string::npos;
}

// All fields of that name as one list (RFC 9110, 5.3).
std::string forwarded_for(const auto& head) {
    std::string list;
    const auto [begin, end] = head.equal_range("X-Forwarded-For");
    for (auto field = begin; field != end; ++field) {
        const auto value = field->value();
        if (!list.empty()) list += ',';
        list.append(value.data(), value.size());
    }
    return list;
}

// Faults of the protocol itself. What is left (a peer that went away, a time that ran out) gets no
// answer.
std::optional<Problem> fault_of(const error_code& ec) {
    if (ec == bhttp::error::header_limit) return Problem::of(431, "header_too_large");
    if (ec == bhttp::error::bad_version) return Problem::of(505, "bad_version");
    if (ec == bhttp::error::end_of_stream || ec == bhttp::error::partial_message) return {};
    if (ec.category() == make_error_code(bhttp::error::bad_method).category())
        return Problem::of(400, "bad_message");
    return {};
}

// IMF-fixdate, which a server with a clock owes every answer (RFC 9110, 6.6.1).
std::string http_date() {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    gmtime_r(&now, &parts);
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::array<char, 40> out{};
    std::snprintf(out.data(), out.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                  months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900,
                  parts.tm_hour, parts.tm_min, parts.tm_sec);
    return out.data();
}

}  // namespace

Session::Session(std::unique_ptr<Wire> wire, const Peer& peer, Api& api, Committer& committer,
                 Threads threads, Sessions& sessions)
    : wire_(std::move(wire)),
      peer_(peer),
      buffer_(api.settings().header_limit + read_ahead),
      api_(api),
      committer_(committer),
      threads_(threads),
      sessions_(sessions) {
    sessions_.add(this, peer_);
    api_.connections(sessions_.count());
    error_code ignored;
    wire_->socket().set_option(asio::ip::tcp::no_delay(true), ignored);
}

Session::~Session() {
    sessions_.remove(this);
    api_.connections(sessions_.count());
}

void Session::close_now() {
    wire_->close();
    if (at_close_) at_close_();
}

asio::awaitable<void> Session::run(std::shared_ptr<Session> self) {
    (void)self;
    wire_->expires_after(api_.settings().handshake_timeout);
    // Never awaited within a condition: g++ 12 destroys what is awaited there twice.
    bool on = co_await wire_->open();
    if (!on) co_return;
    while (on && !sessions_.finishing()) on = co_await serve_one();
    if (!on) co_return;
    wire_->expires_after(drain_timeout);
    co_await wire_->finish();
}

asio::awaitable<bool> Session::serve_one() {
    Parser parser;
    Request request;
    Problem fault;
    Room room(sessions_);
    const Heard heard = co_await read(parser, request, fault, room);
    if (heard == Heard::gone) co_return false;
    being_answered = true;
    if (heard == Heard::unreadable) {
        fault.close = true;
        Response refused = api_.refuse(fault, request.accept_language);
        co_await write(std::move(refused), 11, false, false);
        co_await drain();
        co_return false;
    }
    const auto& head = parser.get();
    auto answered = co_await answer(request);
    room.give_back();
    if (auto* watcher = std::get_if<std::unique_ptr<Watcher>>(&answered)) {
        co_await stream(std::move(*watcher), head.version());
        co_return false;
    }
    auto& response = std::get<Response>(answered);
    // Answers wait for whoever reads them: so many bytes of them at a time and no more. What was
    // done is told all the same.
    if (!room.take(response.body.size()) && request.method == "GET")
        response = api_.refuse_busy(request.accept_language);
    const bool close = response.close;
    const bool keep = head.keep_alive() && !close && !sessions_.finishing();
    const bool on =
        co_await write(std::move(response), head.version(), keep, request.method == "HEAD");
    if (!on) co_await drain();
    being_answered = false;
    idle = true;
    since = std::chrono::steady_clock::now();
    co_return on;
}

asio::awaitable<bool> Session::first_byte() {
    if (buffer_.size() > 0) co_return true;
    error_code ec;
    wire_->expires_after(api_.settings().idle_timeout);
    const auto room = buffer_.prepare(4096);
    const std::size_t n =
        co_await wire_->async_read_some(room, asio::redirect_error(asio::use_awaitable, ec));
    if (!ec) buffer_.commit(n);
    co_return !ec;
}

// Line and fields, and what is wrong about them.
asio::awaitable<Session::Heard> Session::read_head(Parser& parser, Request& request,
                                                   Problem& fault) {
    const auto& settings = api_.settings();
    parser.header_limit(settings.header_limit);
    parser.body_limit(boost::none);
    error_code ec;
    co_await bhttp::async_read_header(*wire_, buffer_, parser,
                                      asio::redirect_error(asio::use_awaitable, ec));
    const auto& head = parser.get();
    if (ec) {
        auto found = fault_of(ec);
        if (!found) co_return Heard::gone;
        // The line alone was longer than everything may be.
        if (found->status == 431 && head.target().empty())
            found = Problem::of(414, "target_too_long");
        fault = *found;
        co_return Heard::unreadable;
    }
    copy_head(head, request);
    request.client = limit_key(
        peer_.trusted ? client_of(peer_.address, forwarded_for(head), settings.trusted_proxies)
                      : peer_.address);
    const auto fields = static_cast<std::size_t>(std::distance(head.begin(), head.end()));
    if (fields > settings.header_fields)
        fault = Problem::of(431, "header_too_large");
    else if (head.target().size() > settings.target_limit)
        fault = Problem::of(414, "target_too_long");
    else if (head.version() == 11 && head.find(bhttp::field::host) == head.end())
        fault = Problem::of(400, "bad_message");  // RFC 9112, 3.2
    else
        co_return Heard::request;
    co_return Heard::unreadable;
}

// Idle until the first byte; from then on the whole request must arrive within its time, however
// slowly it drips.
asio::awaitable<Session::Heard> Session::read(Parser& parser, Request& request, Problem& fault,
                                              Room& room) {
    const auto& settings = api_.settings();
    const bool began = co_await first_byte();
    if (!began) co_return Heard::gone;
    idle = false;
    wire_->expires_after(settings.request_timeout);
    const Heard heard = co_await read_head(parser, request, fault);
    if (heard != Heard::request) co_return heard;
    // A body that is too large is not read at all: who may not ask, or asks for what is not there,
    // is told so first.
    const auto length = parser.content_length();
    const std::size_t limit = api_.body_limit(request);
    if (length && *length > limit) {
        request.body_fault = Request::BodyFault::too_large;
        co_return Heard::request;
    }
    const std::size_t unknown = parser.chunked() ? limit : 0;
    if (!room.take(length ? static_cast<std::size_t>(*length) : unknown)) {
        fault = Problem::of(503, "busy");
        fault.retry_after = settings.retry_after;
        co_return Heard::unreadable;
    }
    // A file is photographed in the street and sent from there.
    if (limit > settings.body_limit)
        wire_->expires_after(settings.request_timeout +
                             std::chrono::seconds{(length ? *length : limit) /
                                                  std::max<std::size_t>(settings.least_rate, 1)});
    parser.body_limit(limit);
    error_code ec;
    if (beast::iequals(parser.get()[bhttp::field::expect], "100-continue")) {
        bhttp::response<bhttp::empty_body> go_ahead{bhttp::status::continue_, 11};
        co_await bhttp::async_write(*wire_, go_ahead,
                                    asio::redirect_error(asio::use_awaitable, ec));
        if (ec) co_return Heard::gone;
    }
    co_await bhttp::async_read(*wire_, buffer_, parser,
                               asio::redirect_error(asio::use_awaitable, ec));
    if (ec == bhttp::error::body_limit) {
        request.body_fault = Request::BodyFault::too_large;
        co_return Heard::request;
    }
    if (ec) {
        const auto found = fault_of(ec);
        if (!found) co_return Heard::gone;
        fault = *found;
        co_return Heard::unreadable;
    }
    request.body = std::move(parser.get().body());
    co_return Heard::request;
}

asio::awaitable<Session::Answered> Session::answer(const Request& request) {
    try {
        Reply reply = api_.handle(request);
        for (;;) {
            if (auto* inquiry = std::get_if<Inquiry>(&reply.held)) {
                Inquiry asked = std::move(*inquiry);
                co_await done(std::move(asked.errand));
                reply = asked.then();
                continue;
            }
            auto* chore = std::get_if<Chore>(&reply.held);
            if (chore == nullptr) break;
            const Chore work = std::move(*chore);
            auto& workers = work.whose.empty() ? threads_.passwords : threads_.chores;
            const Worked fate = co_await worked(workers, work.work, work.whose);
            if (fate.taken != Workers::Taken::yes)
                co_return api_.refuse_chore(fate.taken, request.accept_language);
            if (fate.failure) std::rethrow_exception(fate.failure);
            reply = work.then();
        }
        if (auto* ready = std::get_if<Response>(&reply.held)) co_return std::move(*ready);
        if (auto* watcher = std::get_if<std::unique_ptr<Watcher>>(&reply.held))
            co_return std::move(*watcher);
        if (auto* errand = std::get_if<Errand>(&reply.held))
            co_return co_await done(std::move(*errand));
        Deed deed = std::move(std::get<Deed>(reply.held));
        Answer outcome = co_await committed(committer_, std::move(deed.submission));
        Response response = deed.finish(std::move(outcome));
        response.close |= request.body_fault != Request::BodyFault::none;
        co_return response;
    } catch (const std::exception& error) {
        spdlog::error("http: {} {}: {}", request.method, without_secrets(request.target),
                      error.what());
    }
    Problem problem = Problem::of(500, "internal");
    problem.close = true;
    co_return api_.refuse(problem, request.accept_language);
}

asio::awaitable<bool> Session::write(Response response, unsigned version, bool keep_alive,
                                     bool head) {
    api_.count(response.status);
    bhttp::response<bhttp::string_body> message;
    message.version(version);
    message.result(static_cast<unsigned>(response.status));
    message.set(bhttp::field::content_type, response.content_type);
    message.set(bhttp::field::date, http_date());
    message.set(bhttp::field::cache_control, "no-store");
    message.set(bhttp::field::vary, "Accept-Language");
    guard(message);
    const auto& settings = api_.settings();
    if (wire_->secure() && settings.hsts.count() > 0)
        message.set(bhttp::field::strict_transport_security,
                    "max-age=" + std::to_string(settings.hsts.count()));
    for (const auto& [name, value] : response.fields)
        if (name == "Set-Cookie")
            message.insert(name, value);  // one field a cookie
        else
            message.set(name, value);
    message.keep_alive(keep_alive);
    message.body() = std::move(response.body);
    message.prepare_payload();
    // It would be that of the answer which is not sent again (RFC 9110, 8.6).
    if (response.status == 304) message.erase(bhttp::field::content_length);
    const std::chrono::seconds more{message.body().size() /
                                    std::max<std::size_t>(settings.least_rate, 1)};
    wire_->expires_after(settings.write_timeout + more);
    error_code ec;
    if (head) {
        bhttp::response_serializer<bhttp::string_body> serializer(message);
        co_await bhttp::async_write_header(*wire_, serializer,
                                           asio::redirect_error(asio::use_awaitable, ec));
    } else {
        co_await bhttp::async_write(*wire_, message, asio::redirect_error(asio::use_awaitable, ec));
    }
    co_return !ec && keep_alive;
}

// Until either side has enough. The end of the connection is the end of the body, so that no
// length is needed. To stop() this is an idle connection.
asio::awaitable<void> Session::stream(std::unique_ptr<Watcher> watcher, unsigned version) {
    api_.count(200);
    idle = true;
    error_code ec;
    wire_->socket().set_option(asio::socket_base::send_buffer_size(stream_send_buffer), ec);
    asio::steady_timer news(wire_->get_executor());
    at_close_ = watcher->wake = [&news] { news.cancel(); };
    watcher->cut = [this] { close_now(); };
    // A client that watches has nothing more to say: what comes is the end of the connection.
    const auto here_still = std::make_shared<bool>(true);
    wire_->socket().async_wait(asio::socket_base::wait_read,
                               [this, here_still](const error_code& stopped) {
                                   if (!stopped && *here_still) close_now();
                               });
    const auto leave = [&](Watcher* one) {
        api_.watchers().erase(one);
        at_close_ = {};
        *here_still = false;
    };
    const std::unique_ptr<Watcher, decltype(leave)> here(watcher.get(), leave);
    api_.watchers().insert(watcher.get());

    bhttp::response<bhttp::empty_body> head;
    head.version(version);
    head.result(bhttp::status::ok);
    head.set(bhttp::field::content_type, "text/event-stream");
    head.set(bhttp::field::date, http_date());
    head.set(bhttp::field::cache_control, "no-store");
    head.set("X-Accel-Buffering", "no");  // proxies that hold answers back
    guard(head);
    head.keep_alive(false);
    bhttp::response_serializer<bhttp::empty_body> serializer(head);
    wire_->expires_after(api_.settings().write_timeout);
    co_await bhttp::async_write_header(*wire_, serializer,
                                       asio::redirect_error(asio::use_awaitable, ec));
    while (!ec && !sessions_.finishing()) {
        if (watcher->has_text()) {
            const auto text = watcher->take();
            wire_->expires_after(api_.settings().write_timeout);
            co_await asio::async_write(*wire_, asio::buffer(text),
                                       asio::redirect_error(asio::use_awaitable, ec));
            continue;
        }
        error_code woken;
        news.expires_after(api_.settings().stream_heartbeat);
        co_await news.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        if (!wire_->socket().is_open()) co_return;
        if (woken) continue;  // there is something to write
        if (!api_.still_welcome(*watcher)) co_return;
        watcher->heartbeat();
    }
}

// Closing with unread bytes in the socket would reset the connection and could take our answer
// with it: half close, and swallow a little of what still comes.
asio::awaitable<void> Session::drain() {
    error_code ec;
    wire_->expires_after(drain_timeout);
    co_await wire_->finish();
    if (wire_->secure()) co_return;
    for (std::size_t read = 0; read < most_drained;) {
        buffer_.clear();
        const auto room = buffer_.prepare(16384);
        const std::size_t n =
            co_await wire_->async_read_some(room, asio::redirect_error(asio::use_awaitable, ec));
        if (ec) co_return;
        read += n;
    }
}

}  // namespace jinqiao::adapters::http
