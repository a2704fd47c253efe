#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/ports/store.h"

// The load of the store benchmark: what one transition writes, and the group commit that carries
// it. Both ways of writing get the same rows in the same batches.
namespace jinqiao::tests::bench {

namespace ports = engine::ports;

// The rows of one transition of a case that tells one department.
struct Transition {
    ports::CaseRow kase;
    std::uint64_t expected_seq = 0;
    ports::HistoryRow history;
    ports::TimerRow timer;
    ports::NoticeRow notice;
    ports::DeliveryRow delivery;
};

ports::CaseRow seed_case(std::uint64_t number);
Transition transition(std::uint64_t number, std::uint64_t seq);  // seq: of the row before it
std::size_t bytes_of(const Transition& rows);                    // of its columns' values

// A way to the disk. One thread. Failures end the program: there is nothing to measure then.
class Path {
  public:
    virtual ~Path() = default;
    virtual void begin() = 0;
    virtual void write(const Transition& rows) = 0;
    virtual void commit() = 0;
    virtual void maintain(bool idle) = 0;
};

struct Measured {
    double per_second = 0;
    double p50_ms = 0, p99_ms = 0;  // from handing in to the answer after the commit
    double per_commit = 0;          // transitions in one transaction, which is one sync
    double cpu_us = 0;              // of the writing thread per transition: what load leaves alone
    double written_kib = 0;         // handed to the file system per transition
};

// `in_flight` callers, each with one transition under way, for `seconds`. `seqs` holds the last
// history row of each case of this path's file and is carried on from run to run.
Measured run(Path& path, std::vector<std::uint64_t>& seqs, int in_flight, double seconds);

}  // namespace jinqiao::tests::bench
