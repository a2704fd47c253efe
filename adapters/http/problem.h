#pragma once
#include <boost/json/object.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "adapters/http/message.h"
#include "adapters/http/words.h"
#include "engine/model/refusal.h"
#include "engine/model/result.h"

namespace jinqiao::adapters::http {

// An answer that is not a success: RFC 9457 problem details. `code` is stable and is what programs
// look at; title, detail and the texts of faults and reasons are worded for the caller from
// problem.<code>.title and problem.<code>.detail.
struct Problem {
    struct Fault {          // one wrong field, parameter or header
        std::string field;  // "event.workers_involved"
        engine::model::Message message;
    };
    int status = 500;
    std::string code;
    std::vector<std::pair<std::string, std::string>> args;  // of the detail text
    std::vector<Fault> errors;
    std::vector<engine::model::Message> reasons;  // guards that said no
    std::optional<std::chrono::seconds> retry_after;
    std::vector<std::pair<std::string, std::string>> fields;  // header fields: Allow, …
    bool close = false;

    static Problem of(int status, std::string code) {
        Problem problem;
        problem.status = status;
        problem.code = std::move(code);
        return problem;
    }
    static Problem fault(int status, std::string code, std::string field,
                         engine::model::Message message);
};

// A payload that is not what it should be; each message names its field in its arguments.
Problem unfit(std::vector<engine::model::Message> faults);

Response respond(const Problem& problem, const Words& words, engine::model::Language language);

// The same as JSON: for answers that carry a refusal inside.
boost::json::object describe(const Problem& problem, const Words& words,
                             engine::model::Language language);

// What the engine said, as a status. A refusal's kind decides it; an error's code says whether
// trying again can help.
Problem problem_of(const engine::model::Refusal& refusal);
Problem problem_of(const engine::model::Error& error, std::chrono::seconds retry_after);

// The answer of one step of a call: a value or the reason why the call ends here.
template <class T>
class [[nodiscard]] Or {
  public:
    Or(T value)
        : held_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Or(Problem problem)
        : held_(std::in_place_index<1>, std::move(problem)) {
    }  // NOLINT(google-explicit-constructor)
    explicit operator bool() const { return held_.index() == 0; }
    T& operator*() { return std::get<0>(held_); }
    T* operator->() { return &std::get<0>(held_); }
    Problem& problem() { return std::get<1>(held_); }

  private:
    std::variant<T, Problem> held_;
};

}  // namespace jinqiao::adapters::http
