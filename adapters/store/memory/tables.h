#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "adapters/store/memory/table.h"
#include "engine/ports/store.h"

namespace jinqiao::adapters::store::memory {

namespace model = engine::model;
namespace ports = engine::ports;
namespace time = engine::time;

using Milliseconds = std::int64_t;

struct Cases : Table<Cases, ports::CaseRow> {  // by id
    void reindex(const ports::CaseRow* before, const ports::CaseRow* after);
    std::unordered_map<std::string, std::string> by_number;  // of cases that have one
    std::set<std::pair<std::string, std::pair<Milliseconds, std::string>>> by_enterprise;
    std::uint64_t open = 0, open_exercises = 0;
};

struct CaseFigures : Table<CaseFigures, ports::FiguresRow> {};  // by case

struct History : Table<History, ports::HistoryRow> {  // by stream, seq
    static std::string key(std::string_view stream, std::uint64_t seq);
    void reindex(const ports::HistoryRow* before, const ports::HistoryRow* after);
    std::map<std::uint64_t, std::string> by_place;  // 1, 2, 3, … as they were written
};

struct Timers : Table<Timers, ports::TimerRow> {  // by case, slot
    static std::string key(std::string_view kase, std::string_view slot);
    void reindex(const ports::TimerRow* before, const ports::TimerRow* after);
    std::set<std::pair<Milliseconds, std::string>> by_at;
};

// What add_notice() was called with, and its place in the order of adding.
struct PlacedNotice {
    ports::NoticeRow row;
    std::uint64_t place = 0;
};

struct Notices : Table<Notices, PlacedNotice> {  // by id
    void reindex(const PlacedNotice* before, const PlacedNotice* after);
    std::unordered_map<std::string, std::string> by_key;
    std::set<std::pair<std::string, std::pair<std::uint64_t, std::string>>> by_case;
    std::set<std::pair<std::string, std::pair<std::uint64_t, std::string>>> by_delivery;
};

struct Deliveries : Table<Deliveries, ports::DeliveryRow> {  // by order
    void reindex(const ports::DeliveryRow* before, const ports::DeliveryRow* after);
    static std::string queue_of(const ports::DeliveryRow& row);
    std::unordered_map<std::string, std::uint64_t> by_id;
    // Pending and merged, by case, channel, address.
    std::unordered_map<std::string, std::set<std::uint64_t>> queues;
    struct Turn {  // of a head among those of its channel
        int priority = 0;
        Milliseconds at = 0;
        std::uint64_t order = 0;
        auto operator<=>(const Turn&) const = default;
    };
    // The first of each queue, if it is pending, by channel; no channel without one.
    std::map<std::string, std::set<Turn>> heads;
    std::set<std::pair<std::string, std::uint64_t>> merged;  // by what they travel in
    std::set<std::uint64_t> dead;
    std::uint64_t pending = 0;

  private:
    void head_out(const std::set<std::uint64_t>& queue);
    void head_in(const std::set<std::uint64_t>& queue, const ports::DeliveryRow* newest);
};

struct Attempts : Table<Attempts, ports::AttemptRow> {};  // by delivery, attempt, order of adding

struct DeadLetters : Table<DeadLetters, ports::DeadLetterRow> {  // by delivery
    void reindex(const ports::DeadLetterRow* before, const ports::DeadLetterRow* after);
    std::set<std::pair<Milliseconds, std::string>> open, to_tell;
};

struct Personal : Table<Personal, ports::PersonalRow> {};  // by ref

struct Enterprises : Table<Enterprises, ports::EnterpriseRow> {  // by id
    void reindex(const ports::EnterpriseRow* before, const ports::EnterpriseRow* after);
    std::set<std::pair<std::string, std::string>> by_uscc, by_name_key;
};

struct Accounts : Table<Accounts, ports::AccountRow> {};  // by id

struct Tokens : Table<Tokens, ports::TokenRow> {  // by hash
    void reindex(const ports::TokenRow* before, const ports::TokenRow* after);
    std::set<std::pair<std::string, std::pair<Milliseconds, std::string>>> by_account;
    std::set<std::pair<Milliseconds, std::string>> sessions;  // by their end
};

struct Documents : Table<Documents, ports::DocumentRow> {  // by id
    void reindex(const ports::DocumentRow* before, const ports::DocumentRow* after);
    std::set<std::pair<Milliseconds, std::string>> unused;  // by time
    std::set<std::pair<std::string, std::string>> by_content;
};

struct Contents : Table<Contents, std::string> {};  // by SHA-256

struct Answers : Table<Answers, ports::StoredAnswer> {  // by account, key
    static std::string key(std::string_view account, std::string_view key);
    void reindex(const ports::StoredAnswer* before, const ports::StoredAnswer* after);
    std::set<std::pair<Milliseconds, std::string>> by_at;
};

struct Policies : Table<Policies, std::string> {};
struct Meta : Table<Meta, std::string> {};
struct Counters : Table<Counters, std::uint64_t> {};

// One state of the store. A copy shares the rows.
struct Tables {
    Cases cases;
    CaseFigures figures;
    History history;
    Timers timers;
    Notices notices;
    Deliveries deliveries;
    Attempts attempts;
    DeadLetters dead_letters;
    Personal personal;
    Enterprises enterprises;
    Accounts accounts;
    Tokens tokens;
    Documents documents;
    Contents contents;
    Answers answers;
    Policies policies;
    Meta meta;
    Counters counters;
};

}  // namespace jinqiao::adapters::store::memory
