#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "adapters/http/areas.h"
#include "adapters/http/buckets.h"
#include "adapters/http/oidc.h"
#include "adapters/http/passwords.h"
#include "adapters/http/peers.h"
#include "adapters/http/tls.h"
#include "engine/model/grade.h"
#include "engine/model/text.h"

namespace jinqiao::adapters::http {

// Deadlines as a calendar one subscribes to.
struct CalendarSettings {
    std::chrono::seconds refresh{15 * 60};      // how often programs are asked to look
    std::chrono::hours cancelled_kept{24 * 7};  // a deadline that went away is shown as cancelled
    std::map<engine::model::GradeLevel, std::chrono::seconds> alarms{
        // before it is due; 0: none
        {engine::model::GradeLevel::red, std::chrono::minutes{30}},
        {engine::model::GradeLevel::orange, std::chrono::hours{1}},
        {engine::model::GradeLevel::yellow, std::chrono::hours{4}},
        {engine::model::GradeLevel::blue, std::chrono::hours{24}}};
};

// Filing without signing in, and what is said with whoever did. Limits by address are strict: an
// address is all there is to tell one from another by. Whoever has many of them meets the limit of
// all together.
struct AnonymousSettings {
    bool filing = true;                              // off: codes given before go on working
    Rate filings{5, std::chrono::minutes{10}};       // of one address
    Rate wrong_codes{10, std::chrono::minutes{10}};  // of one address
    Rate filings_in_all{60, std::chrono::minutes{1}};
    Rate messages{20, std::chrono::minutes{1}};      // by one code
    std::int64_t messages_a_day = 50;                // by one code, in 24 hours; 0: any number
    std::chrono::hours messages_after_end{24 * 90};  // then a case is past talking about
};

// Key of the store's meta: set to "true" where it was seeded with invented data.
inline constexpr const char* demo_meta = "demo";

// How the server behaves. Whoever wires it fills in what the configuration says.
struct HttpSettings {
    std::string address = "127.0.0.1";  // numeric, IPv4 or IPv6; nothing is looked up
    std::uint16_t port = 8470;          // 0: any free one, see Server::port()
    std::string public_url =
        "http://127.0.0.1:8470";      // as clients see us; named by the OpenAPI document
    std::vector<Area> areas;          // parts of the zone, for the board
    std::int64_t smallest_group = 3;  // of restricted cases whose figures a sum may hold
    std::string zone_name;            // of the development zone, shown on the sign-for page
    std::string version = "0.1.0";    // of the program
    engine::model::Language language = engine::model::Language::zh;  // where a caller names none

    std::size_t body_limit = std::size_t{1} << 20;       // bytes; above: 413
    std::size_t document_limit = std::size_t{20} << 20;  // of a file that is sent; above: 413
    std::vector<std::string> document_types;  // media types taken; engine/model/media_type.h
    // Bytes of files of one account that no case has named yet; above: 413.
    std::uint64_t unused_documents_limit = std::uint64_t{100} << 20;
    std::uint32_t header_limit = 16 * 1024;  // bytes of request line and fields; above: 431
    std::size_t header_fields = 64;          // above: 431
    std::size_t target_limit = 8 * 1024;     // bytes of path and query; above: 414
    // Bytes of all bodies, sent and received, that are under way at once; above: 503.
    std::size_t bodies_limit = std::size_t{128} << 20;
    // Open at once, in all and of one address. One more takes the place of the one that has gone
    // longest without being answered; if all are being answered it is closed at once.
    std::size_t connections = 1024;
    std::size_t connections_per_address = 256;
    Rate requests_per_account{2000, std::chrono::milliseconds{2}};
    Rate requests_per_address{4000, std::chrono::milliseconds{1}};
    Networks trusted_proxies;                    // whose X-Forwarded-For is believed
    TlsFiles tls;                                // none named: plain HTTP
    std::chrono::milliseconds tls_look{10'000};  // how often the files are looked at
    std::chrono::seconds hsts{180 * 24 * 3600};  // Strict-Transport-Security; 0: not sent
    std::chrono::milliseconds handshake_timeout{10'000};
    std::chrono::milliseconds request_timeout{30'000};  // first byte to last byte of one request
    std::chrono::milliseconds write_timeout{30'000};    // one answer, and longer for a large one:
    std::size_t least_rate = 16 * 1024;                 // bytes a second it must be read with
    std::chrono::milliseconds idle_timeout{60'000};     // between requests of one connection
    std::chrono::milliseconds stop_timeout{10'000};     // for answers under way at stop()

    // Server-sent events (GET /stream).
    std::size_t streams = 600;                           // open at once; above: 503
    std::size_t streams_each = 8;                        // of one account
    std::size_t stream_backlog = 64 * 1024;              // bytes not read yet; above: cut
    std::chrono::milliseconds stream_heartbeat{15'000};  // a comment at least this often

    Rate channel_tests{5, std::chrono::minutes{1}};  // messages an account sends to try channels
    std::chrono::minutes urge_pause{10};  // after a notice, before a person may urge to sign again

    std::size_t queue_limit = 4096;               // of the committer; fuller is not ready
    std::chrono::seconds retry_after{1};          // told to whom we are too busy for
    std::chrono::minutes overdue_timer_limit{5};  // older: not ready
    std::chrono::hours answers_kept{24 * 7};      // of an Idempotency-Key; for the documentation

    // Figures, previews and files that are sent: worked on at the same time, one of each account;
    // waiting for that, above: 503; of one account both together, above: 429.
    std::size_t chores_at_once = 2;
    std::size_t chores_waiting = 32;
    std::size_t chores_per_account = 8;

    PasswordCost password_cost;
    std::size_t password_least = 10;                     // bytes; shorter ones are refused
    std::size_t passwords_at_once = 2;                   // checked or hashed at the same time
    std::size_t passwords_waiting = 16;                  // for their turn; above: 503
    std::chrono::hours session_ttl{12};                  // of a sign-in
    std::size_t sessions_per_account = 10;               // the oldest ends when there is one more
    Rate sign_in_failures{10, std::chrono::minutes{1}};  // of one account
    Rate sign_in_failures_from{30, std::chrono::seconds{20}};  // of one address
    std::vector<std::string> second_factor;  // roles that sign in with a code beside the password
    std::int64_t lock_after = 20;            // wrong passwords in a row; 0: never
    // Whom to ask where one cannot come in, shown to anybody; empty: the administrator.
    std::string help;
    OidcSettings oidc;
    // Reached from this machine only: passwords of a demonstration are good as they are. Elsewhere
    // each has to be changed before anything else.
    bool at_home = true;
    std::size_t addresses_known =
        10'000;  // of which any rate is kept; the least recent is forgotten

    CalendarSettings calendar;
    AnonymousSettings anonymous;

    std::string link_key;  // of the sign links and receipt codes, the same as
                           // CoreSettings::link_key
};

}  // namespace jinqiao::adapters::http
