#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/model/grade.h"
#include "engine/model/text.h"
#include "engine/time/calendar.h"

namespace jinqiao::config {

// config/service.yaml: how the daemon itself runs. The file says what each value means; defaults
// stand here.
struct Service {
    std::string zone_name;  // of the development zone, shown by console and sign-for page
    std::string public_url = "http://127.0.0.1:8470";  // for links in notices; no slash at the end
    std::string listen = "127.0.0.1:8470";             // where --listen is not given
    engine::model::Language language = engine::model::Language::zh;
    std::string number_prefix = "JQ";
    std::chrono::hours sign_link_ttl{24 * 14};

    struct Commit {
        std::int64_t queue = 4096;         // submissions waiting; above: busy
        std::int64_t batch = 300;          // most submissions in one transaction
        std::int64_t cached_cases = 4096;  // decoded snapshots kept in memory
    } commit;

    struct Delivery {
        std::int64_t in_flight = 64;  // transmissions under way, all channels together
        std::chrono::milliseconds patience{15'000};    // how long one attempt may take
        std::chrono::milliseconds first_retry{5'000};  // doubled after each attempt, with jitter
        std::chrono::milliseconds longest_retry{3'600'000};
        std::chrono::milliseconds give_up_after{86'400'000};  // then a dead letter with an owner
        std::int64_t unknown_repeats = 3;  // attempts after an outcome nobody knows
        // From which grade on such an attempt is made even where somebody may get it twice.
        engine::model::GradeLevel repeat_unknown_from = engine::model::GradeLevel::orange;
        // After so long the addressee's next contact is tried; by grade, blue first.
        std::array<std::chrono::milliseconds, 4> pass_on{
            std::chrono::hours{12}, std::chrono::hours{2}, std::chrono::minutes{10},
            std::chrono::minutes{2}};
        std::int64_t merge_from = 3;  // so many that wait for one address travel as one; 0: never
        std::vector<std::string> dead_letters_to;  // posts, one after another
        std::chrono::milliseconds dead_letters_every{1'800'000};
    } delivery;

    struct Audit {
        std::chrono::milliseconds every{10'000};          // between looks
        std::chrono::milliseconds timer_limit{30'000};    // past its due instant: a fault
        std::chrono::milliseconds notice_limit{900'000};  // made and not delivered: a fault
        std::chrono::milliseconds alarm_again{3'600'000};
        std::int64_t cases = 100;                       // gone through at one look
        std::string heartbeat;                          // channel of the sign of life; empty: none
        std::chrono::milliseconds clock_jump{300'000};  // ahead of real time: deadlines are held
        std::chrono::milliseconds clock_hold{900'000};  // unless somebody confirms the clock
    } audit;

    // How often: `burst` at once, then one each `every`. A burst of 0 is no limit.
    struct Rate {
        std::int64_t burst = 0;
        std::chrono::milliseconds every{1000};
        bool operator==(const Rate&) const = default;
    };

    struct Accounts {
        std::int64_t password_passes = 3;
        std::int64_t password_memory_mib = 256;  // of each check under way
        std::int64_t password_least = 10;        // bytes
        std::int64_t passwords_at_once = 2;
        std::int64_t passwords_waiting = 16;  // above: busy
        std::chrono::hours session_ttl{12};
        std::int64_t sessions = 10;  // of one account; one more ends the oldest
        Rate failures_per_account{10, std::chrono::minutes{1}};
        Rate failures_per_address{30, std::chrono::seconds{20}};
        std::vector<std::string> second_factor{"supervisor", "administrator"};  // roles
        std::int64_t lock_after = 20;  // wrong passwords in a row; 0: never
        std::string help;              // whom to ask; empty: the administrator
        struct Oidc {
            std::string issuer, client_id, client_secret;  // no issuer: nobody signs in so
            std::string claim = "preferred_username";
            engine::model::Text label{"统一身份认证登录", "Single sign-on"};
            std::vector<std::string> scopes{"openid", "profile"};
            std::vector<std::string> second_factor;  // words of amr
            bool allow_private = false;              // loopback, private addresses, plain http
            bool operator==(const Oidc&) const = default;
        } oidc;
        bool operator==(const Accounts&) const = default;
    } accounts;

    // Filing without signing in, and what is said with whoever did.
    struct Anonymous {
        bool filing = true;
        Rate filings_per_address{5, std::chrono::minutes{10}};
        Rate wrong_codes_per_address{10, std::chrono::minutes{10}};
        Rate filings_in_all{60, std::chrono::minutes{1}};
        Rate messages_per_code{20, std::chrono::minutes{1}};
        std::int64_t messages_per_code_a_day = 50;  // 0: any number
        std::chrono::hours messages_after_end{24 * 90};
        bool operator==(const Anonymous&) const = default;
    } anonymous;

    struct Http {
        std::int64_t body_limit = 1 << 20;       // bytes of a request
        std::int64_t document_limit = 20 << 20;  // bytes of an attachment
        std::int64_t bodies_limit = 128 << 20;   // bytes of all that are under way
        std::int64_t header_limit = 16 * 1024;   // bytes
        std::int64_t header_fields = 64;
        std::int64_t target_limit = 8 * 1024;  // bytes
        std::int64_t connections = 1024;
        std::int64_t connections_per_address = 256;
        std::chrono::milliseconds request_timeout{30'000};
        std::chrono::milliseconds write_timeout{30'000};
        std::int64_t least_rate = 16 * 1024;  // bytes a second
        std::chrono::milliseconds idle_timeout{60'000};
        Rate requests_per_account{2000, std::chrono::milliseconds{2}};
        Rate requests_per_address{4000, std::chrono::milliseconds{1}};
        std::vector<std::string> trusted_proxies;  // "10.0.0.0/8"
        std::string certificate, key;              // PEM files; empty: plain HTTP
        std::chrono::milliseconds hsts{std::chrono::hours{180 * 24}};
        std::chrono::milliseconds stream_heartbeat{15'000};
        std::int64_t streams = 600;     // open at once
        std::int64_t streams_each = 8;  // of one account
        std::int64_t chores_at_once = 2;
        std::int64_t chores_waiting = 32;     // above: busy
        std::int64_t chores_per_account = 8;  // under way and waiting
        std::chrono::milliseconds urge_pause{600'000};
        Rate channel_tests{5, std::chrono::minutes{1}};  // of one account
        std::chrono::hours answers_kept{24 * 7};         // of an Idempotency-Key
    } http;

    struct Area {
        std::string id;
        engine::model::Text name;
        std::vector<std::string> words;
        bool operator==(const Area&) const = default;
    };
    std::vector<Area> areas;  // parts of the zone, by words of addresses in them

    std::string console;  // folder of the web console; empty: the one beside the program

    struct Calendar {
        std::chrono::milliseconds refresh{std::chrono::minutes{15}};
        std::chrono::hours cancelled_kept{24 * 7};
        // Before a deadline, by grade; 0: none.
        std::chrono::milliseconds red{std::chrono::minutes{30}}, orange{std::chrono::hours{1}},
            yellow{std::chrono::hours{4}}, blue{std::chrono::hours{24}};
    } calendar;

    struct Documents {
        std::vector<std::string> types{
            "application/pdf",
            "image/jpeg",
            "image/png",
            "image/webp",
            "image/heic",
            "application/ofd",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
        std::chrono::hours unused_kept{48};
        std::int64_t unused_bytes_per_account = 100 << 20;
        bool operator==(const Documents&) const = default;
    } documents;

    struct Reports {
        std::int64_t smallest_group = 3;  // of restricted cases, in a sum
        bool operator==(const Reports&) const = default;
    } reports;

    std::vector<engine::time::WorkingPeriod> working_hours{
        {std::chrono::minutes{540}, std::chrono::minutes{690}},
        {std::chrono::minutes{810}, std::chrono::minutes{1050}}};
    std::chrono::minutes close_of_business{1050};
    std::chrono::minutes utc_offset{480};
};

// Whether tokens and names would travel in plain text, for anybody between here and there to read,
// if the service listened there.
bool in_plain_text(const Service& service, const std::string& listen);

// Reached from this machine only: by its loopback address, under a name that means it, and through
// no proxy.
bool at_home(const Service& service, const std::string& listen);

}  // namespace jinqiao::config
