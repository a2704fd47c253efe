#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace jinqiao::engine::model {

// What kind of failure this is. Each says whether trying again can help.
enum class ErrorCode {
    invalid,      // the input is wrong; the same input fails again
    not_found,    // no such thing; again later only if somebody creates it
    conflict,     // somebody was first; read again, then decide whether to repeat
    forbidden,    // not for this caller; again never helps
    busy,         // a queue is full or a lock is held; again shortly helps
    unavailable,  // the other side does not answer; again with back-off helps
    disk_full,    // nothing was written; again helps once there is room
    unknown,      // the outcome is not known; read before repeating
    corrupt,      // stored data broke a promise; stop, never repeat
    internal,     // a broken assumption of our own
};

std::string_view name(ErrorCode code);

// An expected failure, worded for the person on duty. `where` is a configuration path, a case or
// an addressee and grows a prefix on its way out.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string what;
    std::string where;

    Error under(std::string_view prefix) const {
        return {code, what,
                where.empty() ? std::string(prefix) : std::string(prefix) + "." + where};
    }
};

// Either a value or the reason why there is none.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value)
        : held_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Result(Error error)
        : held_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

    bool ok() const { return held_.index() == 0; }
    explicit operator bool() const { return ok(); }
    T& value() & { return std::get<0>(held_); }
    const T& value() const& { return std::get<0>(held_); }
    T&& value() && { return std::get<0>(std::move(held_)); }
    const Error& error() const { return std::get<1>(held_); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }

  private:
    std::variant<T, Error> held_;
};

struct Done {};
using Status = Result<Done>;

}  // namespace jinqiao::engine::model
