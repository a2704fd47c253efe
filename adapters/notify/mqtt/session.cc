#include "adapters/notify/mqtt/session.h"

#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <netdb.h>
#include <pthread.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <csignal>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/notify/courier/address.h"
#include "adapters/notify/tls.h"

namespace jinqiao::adapters::notify::mqtt {
namespace {

using engine::ports::Outcome;
using Kind = Outcome::Kind;
using Steady = std::chrono::steady_clock;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t most_unanswered = 1000;
constexpr milliseconds turn{50};  // how long the library waits for the socket at a time
constexpr seconds longest_pause{30};
constexpr seconds pause_after_refusal{10};  // a wrong password is not tried with every notice

Outcome outcome(Kind kind, std::string code, std::string detail, bool lane = false) {
    Outcome result;
    result.kind = kind;
    result.code = std::move(code);
    result.detail = std::move(detail);
    result.concerns_lane = lane;
    return result;
}

std::string number(int reason) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned>(reason) & 0xFFU;
    return {'0', 'x', digits[byte >> 4U], digits[byte & 15U]};
}

std::string word_of(int error) {
    switch (error) {
        case MOSQ_ERR_EAI:
        case MOSQ_ERR_LOOKUP:
            return "resolve";
        case MOSQ_ERR_TLS:
        case MOSQ_ERR_TLS_HANDSHAKE:
            return "tls";
        case MOSQ_ERR_PROTOCOL:
        case MOSQ_ERR_MALFORMED_PACKET:
            return "protocol";
        case MOSQ_ERR_KEEPALIVE:
        case MOSQ_ERR_CONN_LOST:
            return "connection_lost";
        default:
            return "connect";
    }
}

void start_library() {
    static std::once_flag once;
    std::call_once(once, [] { mosquitto_lib_init(); });
}

// In plain text nothing leaves the private network, whatever a name resolves to: the address that
// was judged is the one that is used. Empty: none that may be.
std::string private_address(const std::string& server, bool& resolved) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    resolved = getaddrinfo(server.c_str(), nullptr, &hints, &found) == 0;
    std::string result;
    for (const addrinfo* each = found; each != nullptr && result.empty(); each = each->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (courier::within(courier::Reach::private_only, *each->ai_addr) &&
            getnameinfo(each->ai_addr, each->ai_addrlen, text.data(), text.size(), nullptr, 0,
                        NI_NUMERICHOST) == 0)
            result = text.data();
    }
    if (found != nullptr) freeaddrinfo(found);
    return result;
}

struct Properties {
    ~Properties() { mosquitto_property_free_all(&list); }
    mosquitto_property* list = nullptr;
};

}  // namespace

Outcome published(int reason) {
    switch (reason) {
        case MQTT_RC_SUCCESS:
            return outcome(Kind::delivered, "puback", {});
        case MQTT_RC_NO_MATCHING_SUBSCRIBERS:
            return outcome(Kind::retry, "no_subscribers", "the broker has nobody to give it to");
        case MQTT_RC_NOT_AUTHORIZED:
            return outcome(Kind::rejected, number(reason), "the broker refuses the topic", true);
        case MQTT_RC_QUOTA_EXCEEDED:
            return outcome(Kind::retry, number(reason), "the quota is used up", true);
        case MQTT_RC_TOPIC_NAME_INVALID:
        case MQTT_RC_PAYLOAD_FORMAT_INVALID:
        case MQTT_RC_PACKET_TOO_LARGE:
            return outcome(Kind::rejected, number(reason), "the broker refuses the message");
        default:
            return reason < 0x80 ? outcome(Kind::delivered, "puback", {})
                                 : outcome(Kind::retry, number(reason), "the broker refuses");
    }
}

Outcome not_connected(int reason, bool version5) {
    const bool login = version5 ? reason == MQTT_RC_BAD_USERNAME_OR_PASSWORD ||
                                      reason == MQTT_RC_NOT_AUTHORIZED || reason == MQTT_RC_BANNED
                                : reason == 4 || reason == 5;
    Outcome result = outcome(Kind::retry, login ? "login " + number(reason) : number(reason),
                             login ? "the broker refuses the login" : "the broker refuses", true);
    return result;
}

struct Session::Impl {
    enum class State { down, connecting, connected };
    struct Pending {
        Steady::time_point until;
        std::function<void(Outcome)> done;  // none: answered already, the broker is still owed
    };
    using Answers = std::vector<std::pair<std::function<void(Outcome)>, Outcome>>;

    explicit Impl(const Options& chosen) : options(chosen) {
        start_library();
        const char* id = options.client_id.empty() ? nullptr : options.client_id.c_str();
        client = mosquitto_new(id, true, this);
        if (client == nullptr) return;
        mosquitto_threaded_set(client, true);
        mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION,
                             options.version5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311);
        mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, 1);
        if (!options.user.empty())
            mosquitto_username_pw_set(
                client, options.user.c_str(),
                options.password.empty() ? nullptr : options.password.c_str());
        if (options.tls) {
            context = make_tls_context(options.server, options.authorities, options.certificate,
                                       options.key);
            mosquitto_int_option(client, MOSQ_OPT_SSL_CTX_WITH_DEFAULTS, 0);
            mosquitto_void_option(client, MOSQ_OPT_SSL_CTX, context.get());
        }
        mosquitto_connect_v5_callback_set(
            client, [](mosquitto*, void* self, int reason, int, const mosquitto_property*) {
                static_cast<Impl*>(self)->answered(reason);
            });
        mosquitto_publish_v5_callback_set(
            client, [](mosquitto*, void* self, int id_of, int reason, const mosquitto_property*) {
                static_cast<Impl*>(self)->acknowledged(id_of, reason);
            });
        mosquitto_disconnect_v5_callback_set(
            client, [](mosquitto*, void* self, int reason, const mosquitto_property*) {
                static_cast<Impl*>(self)->said_goodbye = reason;
            });
        start_thread();
    }

    ~Impl() {
        {
            std::lock_guard lock(mutex);
            stopping = true;
        }
        wake.notify_all();
        if (thread.joinable()) thread.join();
        if (client != nullptr) mosquitto_destroy(client);
        for (auto& each : waiting) each.done(outcome(Kind::retry, "aborted", "the daemon ends"));
        for (auto& [id, each] : pending)
            if (each.done) each.done(outcome(Kind::unknown, "aborted", "the daemon ends"));
    }

    // The library writes to TLS with write(): a broker that is gone would end the program.
    void start_thread() {
        sigset_t all;
        sigset_t before;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        try {
            thread = std::thread([this] { run(); });
        } catch (const std::system_error&) {
            dead = true;
        }
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }

    void publish(Publication publication) {
        std::optional<Outcome> now;
        {
            std::lock_guard lock(mutex);
            if (client == nullptr || dead || (options.tls && !context))
                now = outcome(Kind::retry, "start", "the connection could not be prepared", true);
            else if (pending.size() + waiting.size() >= most_unanswered)
                now = outcome(Kind::retry, "busy", "the broker is behind", true);
            else if (state == State::down && Steady::now() < held_until)
                now = last_refusal;
            else if (state == State::connected)
                now = hand_over(publication);
            else
                waiting.push_back(std::move(publication));
        }
        wake.notify_all();
        if (now) publication.done(std::move(*now));
    }

    // With the mutex. An answer if there will be none from the broker.
    std::optional<Outcome> hand_over(Publication& publication) {
        Properties properties;
        if (options.version5) {
            mosquitto_property_add_byte(&properties.list, MQTT_PROP_PAYLOAD_FORMAT_INDICATOR, 1);
            mosquitto_property_add_string(&properties.list, MQTT_PROP_CONTENT_TYPE,
                                          "application/cloudevents+json; charset=utf-8");
            if (options.expires.count() > 0)
                mosquitto_property_add_int32(&properties.list, MQTT_PROP_MESSAGE_EXPIRY_INTERVAL,
                                             static_cast<std::uint32_t>(options.expires.count()));
        }
        int id = 0;
        const int error = mosquitto_publish_v5(
            client, &id, publication.topic.c_str(), static_cast<int>(publication.payload.size()),
            publication.payload.data(), 1, false, properties.list);
        if (error == MOSQ_ERR_SUCCESS || error == MOSQ_ERR_NO_CONN) {
            // Without a connection it is kept by the library for the next one.
            pending[id] = {publication.until, publication.done};
            return std::nullopt;
        }
        if (error == MOSQ_ERR_OVERSIZE_PACKET || error == MOSQ_ERR_PAYLOAD_SIZE)
            return outcome(Kind::rejected, "too_long", "the broker takes no message of this size");
        if (error == MOSQ_ERR_QOS_NOT_SUPPORTED)
            return outcome(Kind::rejected, "qos", "the broker gives no receipts", true);
        return outcome(Kind::retry, "mosquitto_" + std::to_string(error), "not published");
    }

    // ---- on the session's thread

    void run() {
        while (true) {
            std::unique_lock lock(mutex);
            if (stopping) break;
            if (state == State::down) {
                wake.wait_until(lock, std::min(next_attempt, Steady::now() + turn * 4),
                                [this] { return stopping || !waiting.empty(); });
                if (stopping) break;
                if (!waiting.empty() || (kept && Steady::now() >= next_attempt)) {
                    state = State::connecting;
                    give_up_at = Steady::now() + options.connect_timeout;
                    lock.unlock();
                    connect();
                }
            } else {
                lock.unlock();
                const int error = mosquitto_loop(client, static_cast<int>(turn.count()), 1);
                if (error != MOSQ_ERR_SUCCESS) lost(error);
            }
            if (lock.owns_lock()) lock.unlock();
            sweep();
        }
        mosquitto_disconnect(client);
        mosquitto_loop(client, 0, 1);
    }

    void connect() {
        std::string host = options.server;
        if (!options.tls) {
            bool resolved = false;
            host = private_address(options.server, resolved);
            if (host.empty()) {
                failed(resolved ? outcome(Kind::retry, "refused_address",
                                          "the address is public: in plain text nothing goes there")
                                : outcome(Kind::retry, "resolve", {}));
                return;
            }
        }
        said_goodbye.reset();
        const int error = mosquitto_connect_async(client, host.c_str(), options.port,
                                                  static_cast<int>(options.keep_alive.count()));
        if (error != MOSQ_ERR_SUCCESS) lost(error);
    }

    // The broker's answer to CONNECT.
    void answered(int reason) {
        if (reason != 0) {
            refusal = not_connected(reason, options.version5);
            return;  // the end of the connection follows
        }
        Answers answers;
        {
            std::lock_guard lock(mutex);
            state = State::connected;
            kept = true;
            pause = seconds{1};
            for (Publication& each : waiting)
                if (auto now = hand_over(each)) answers.emplace_back(each.done, std::move(*now));
            waiting.clear();
        }
        tell(answers);
    }

    void acknowledged(int id, int reason) {
        std::function<void(Outcome)> done;
        {
            std::lock_guard lock(mutex);
            const auto found = pending.find(id);
            if (found == pending.end()) return;
            done = std::move(found->second.done);
            pending.erase(found);
        }
        if (done) done(published(reason));
    }

    void lost(int error) {
        if (refusal) {
            failed(*std::exchange(refusal, std::nullopt));
            return;
        }
        const bool by_certificate = error == MOSQ_ERR_TLS || error == MOSQ_ERR_TLS_HANDSHAKE;
        failed(outcome(Kind::retry, by_certificate ? "tls" : word_of(error), {}));
    }

    void failed(const Outcome& why) {
        std::vector<Publication> all;
        {
            std::lock_guard lock(mutex);
            state = State::down;
            all.swap(waiting);
            if (why.concerns_lane) {
                held_until = Steady::now() + pause_after_refusal;
                last_refusal = why;
            }
            // Another client of this name has taken over: two that take turns help nobody.
            if (said_goodbye == MQTT_RC_SESSION_TAKEN_OVER) pause = longest_pause;
            next_attempt = Steady::now() + std::max<seconds>(pause, seconds{1});
            pause = std::min(pause * 2, longest_pause);
        }
        for (Publication& each : all) each.done(why);
    }

    void sweep() {
        const auto now = Steady::now();
        Answers answers;
        bool late = false;
        {
            std::lock_guard lock(mutex);
            for (auto& [id, each] : pending)
                if (each.done && each.until <= now)
                    answers.emplace_back(
                        std::exchange(each.done, nullptr),
                        outcome(Kind::unknown, "timeout", "published, no receipt came"));
            std::erase_if(waiting, [&](Publication& each) {
                if (each.until > now) return false;
                answers.emplace_back(each.done, outcome(Kind::retry, "timeout", "not connected"));
                return true;
            });
            late = state == State::connecting && give_up_at <= now;
        }
        tell(answers);
        if (late) lost(MOSQ_ERR_ERRNO);
    }

    static void tell(Answers& answers) {
        for (auto& [done, what] : answers) done(std::move(what));
    }

    const Options options;
    mosquitto* client = nullptr;
    TlsContext context;
    std::mutex mutex;
    std::condition_variable wake;
    State state = State::down;         // guarded by mutex, as all up to `dead`
    std::vector<Publication> waiting;  // for a connection
    std::map<int, Pending> pending;    // by packet id, for a receipt
    bool kept = false;                 // there was a connection: keep one
    bool stopping = false;
    bool dead = false;
    seconds pause{1};
    Steady::time_point next_attempt, held_until, give_up_at;
    Outcome last_refusal;
    std::optional<Outcome> refusal;   // session's thread only
    std::optional<int> said_goodbye;  // session's thread only
    std::thread thread;
};

Session::Session(const Options& options) : impl_(std::make_unique<Impl>(options)) {}

Session::~Session() = default;

void Session::publish(Publication publication) { impl_->publish(std::move(publication)); }

}  // namespace jinqiao::adapters::notify::mqtt
