#pragma once
#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "engine/model/result.h"

namespace jinqiao::adapters::echo {

// What goes wrong with one answer.
struct Fault {
    enum class Kind {
        none,
        status,     // 429 [retry-after S], status 500
        errcode,    // errcode CODE: the provider's own way to refuse, HTTP 200
        refuse,     // refuse END CODE: of several recipients those whose name ends so
        slow,       // slow SPAN: the right answer, later
        hang,       // no answer, until the other side gives up
        reset,      // the connection breaks once the request is read
        drip,       // drip [SPAN]: the answer byte by byte
        huge,       // huge [MIB]: an answer without end, by default 32 MiB
        malformed,  // 200 with half a JSON text
    } kind = Kind::none;
    int status = 200;
    std::optional<int> retry_after_s = {};
    std::string code, who;
    std::chrono::milliseconds span{200};
    std::size_t mebibytes = 32;
};

// "429 retry-after 7", "errcode 45009", "slow 2s", …
engine::model::Result<Fault> read_fault(std::string_view words);
std::string describe(const Fault& fault);

// Faults to be played back in order.
//
//   next 3: 429 retry-after 7      the next three requests
//   next 2 aliyun: status 500      the next two to this provider
//   errcode 45009                  the next one
//   always: slow 2s                every one from here on
//   clear                          forget what was to come
//
// "#" begins a comment. Threads: any.
class Script {
  public:
    // Adds lines; nothing is added where one of them is faulty.
    engine::model::Status add(std::string_view lines);
    Fault next(const std::string& provider);
    std::size_t left() const;

  private:
    struct Entry {
        Fault fault;
        std::string provider;  // empty: any
        std::size_t times = 1;
        bool always = false;
    };
    static engine::model::Result<Entry> read_entry(std::string_view line);

    mutable std::mutex mutex_;
    std::deque<Entry> entries_;
};

}  // namespace jinqiao::adapters::echo
