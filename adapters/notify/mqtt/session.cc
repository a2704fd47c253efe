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
#include "adapters/notify/mqtt/answers.h"
#include "adapters/notify/mqtt/client.h"
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

}  // namespace

struct Session::Impl : Client::Listener {
    enum class State { down, connecting, connected };
    struct Pending {
        Steady::time_point until;
        std::function<void(Outcome)> done;  // none: answered already, the broker is still owed
    };
    using Answers = std::vector<std::pair<std::function<void(Outcome)>, Outcome>>;

    explicit Impl(const Options& chosen) : options(chosen) {
        if (options.tls)
            context = make_tls_context(options.server, options.authorities, options.certificate,
                                       options.key);
        client = make_client();
        if (client->ok() && (context || !options.tls)) start_thread();
    }

    std::unique_ptr<Client> make_client() {
        return std::make_unique<Client>(options, context.get(), *this);
    }

    ~Impl() override {
        {
            std::lock_guard lock(mutex);
            stopping = true;
        }
        wake.notify_all();
        if (thread.joinable()) thread.join();
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
        alive = true;
        try {
            thread = std::thread([this] { run(); });
        } catch (const std::system_error&) {
            alive = false;
        }
        pthread_sigmask(SIG_SETMASK, &before, nullptr);
    }

    void publish(Publication publication) {
        std::optional<Outcome> now;
        {
            std::lock_guard lock(mutex);
            if (!alive)
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
        int id = 0;
        const int error = client->publish(publication.topic, publication.payload, id);
        if (error == MOSQ_ERR_SUCCESS || error == MOSQ_ERR_NO_CONN) {
            // Without a connection its loss is about to be noticed.
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
            if (stopping || !alive) break;
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
                const int error = client->loop(static_cast<int>(turn.count()));
                if (error != MOSQ_ERR_SUCCESS) lost(error);
            }
            if (lock.owns_lock()) lock.unlock();
            sweep();
        }
        if (!client->ok()) return;
        client->disconnect();
        client->loop(0);
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
        const int error = client->connect(host);
        if (error != MOSQ_ERR_SUCCESS) lost(error);
    }

    void connected(int reason) override {
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

    void acknowledged(int id, int reason) override {
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

    void disconnected(int reason) override { said_goodbye = reason; }

    void lost(int error) {
        if (refusal) {
            failed(*std::exchange(refusal, std::nullopt));
            return;
        }
        failed(outcome(Kind::retry, word_of(error), {}));
    }

    void failed(const Outcome& why) {
        // The library would send again whatever has no receipt, for ever: a message for which a
        // broker closes the connection would close every one after it. So the next connection is
        // another client's, who knows nothing.
        auto next = make_client();
        Answers answers;
        {
            std::lock_guard lock(mutex);
            state = State::down;
            std::swap(client, next);
            alive = client->ok();
            for (auto& [id, each] : pending)
                if (each.done)
                    answers.emplace_back(
                        std::move(each.done),
                        outcome(Kind::unknown, "connection_lost", "published, no receipt came"));
            pending.clear();
            for (Publication& each : waiting) answers.emplace_back(each.done, why);
            waiting.clear();
            if (why.concerns_lane) {
                held_until = Steady::now() + pause_after_refusal;
                last_refusal = why;
            }
            // Another client of this name has taken over: two that take turns help nobody.
            if (said_goodbye == MQTT_RC_SESSION_TAKEN_OVER) pause = longest_pause;
            next_attempt = Steady::now() + pause;
            pause = std::min(pause * 2, longest_pause);
        }
        next.reset();
        tell(answers);
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
    TlsContext context;
    std::mutex mutex;
    std::condition_variable wake;
    std::unique_ptr<Client> client;    // changed by the session's thread, under mutex
    State state = State::down;         // guarded by mutex, as all up to last_refusal
    std::vector<Publication> waiting;  // for a connection
    std::map<int, Pending> pending;    // by packet id, for a receipt
    bool kept = false;                 // there was a connection: keep one
    bool stopping = false;
    bool alive = false;
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
