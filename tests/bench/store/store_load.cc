#include "tests/bench/store/store_load.h"

#include <time.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <semaphore>
#include <thread>

namespace jinqiao::tests::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t body_bytes = 6000;
constexpr std::size_t history_bytes = 1200;
constexpr std::size_t text_bytes = 500;
constexpr std::size_t most_in_a_batch = 200;
constexpr std::int64_t morning_ms = 1'790'000'000'000;

std::string padded(std::uint64_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string case_id(std::uint64_t number) { return "01m5q7f3z0" + padded(number, 16); }

std::string filler(const std::string& head, std::size_t bytes) {
    return head + std::string(bytes - std::min(bytes, head.size()), 'x');
}

double ms_between(Clock::time_point from, Clock::time_point to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

double bytes_written() {
    std::ifstream io("/proc/self/io");
    std::string name;
    double value = 0;
    while (io >> name >> value) {
        if (name == "wchar:") return value;
    }
    return 0;
}

double thread_cpu_us() {
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return static_cast<double>(spent.tv_sec) * 1e6 + static_cast<double>(spent.tv_nsec) / 1e3;
}

struct Waiting {
    const Transition* rows = nullptr;
    std::binary_semaphore* answered = nullptr;
};

// One thread takes whatever is there, writes it in one transaction, then answers.
class GroupCommit {
  public:
    explicit GroupCommit(Path& path) : path_(path), thread_([this] { work(); }) {}
    ~GroupCommit() { stop(); }
    void submit(const Waiting& waiting) {
        {
            const std::lock_guard lock(mutex_);
            queue_.push_back(waiting);
        }
        something_.notify_one();
    }
    void stop() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        something_.notify_one();
        if (thread_.joinable()) thread_.join();
    }
    std::uint64_t commits() const { return commits_; }  // after stop()
    std::uint64_t written() const { return written_; }
    double cpu_us() const { return cpu_us_; }

  private:
    bool take(std::vector<Waiting>& batch) {
        std::unique_lock lock(mutex_);
        something_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        const auto many = static_cast<std::ptrdiff_t>(std::min(queue_.size(), most_in_a_batch));
        batch.assign(queue_.begin(), queue_.begin() + many);
        queue_.erase(queue_.begin(), queue_.begin() + many);
        return !batch.empty();
    }
    void work() {
        std::vector<Waiting> batch;
        while (take(batch)) {
            path_.begin();
            for (const Waiting& waiting : batch) path_.write(*waiting.rows);
            path_.commit();
            ++commits_;
            written_ += batch.size();
            for (const Waiting& waiting : batch) waiting.answered->release();
            path_.maintain(false);
        }
        cpu_us_ = thread_cpu_us();
    }

    Path& path_;
    std::mutex mutex_;
    std::condition_variable something_;
    std::vector<Waiting> queue_;
    bool stopping_ = false;
    std::uint64_t commits_ = 0, written_ = 0;
    double cpu_us_ = 0;
    std::thread thread_;
};

double at_share(const std::vector<double>& sorted, double share) {
    if (sorted.empty()) return 0;
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

}  // namespace

ports::CaseRow seed_case(std::uint64_t number) {
    ports::CaseRow row;
    row.id.value = case_id(number);
    row.number = "JQ-2026-" + padded(number, 6);
    row.workflow = "dispute";
    row.enterprise_id = "ent-" + padded(number % 5000, 6);
    row.enterprise_name = "金桥电子有限公司";
    row.state = "verifying";
    row.stage = "warn";
    row.grade = "orange";
    row.owner_post = "mediator-" + std::to_string(number % 40);
    row.filer_account = "union-" + std::to_string(number % 500);
    row.filed_at = engine::time::from_ms(morning_ms + static_cast<std::int64_t>(number) * 1000);
    row.next_due = engine::time::from_ms(morning_ms + static_cast<std::int64_t>(number) * 7919);
    row.seq = 1;
    row.version = 1;
    row.summary = row.number + " 金桥电子有限公司 北门 拖欠工资";
    row.body = filler(R"({"id":")" + row.id.value + '"', body_bytes);
    return row;
}

Transition transition(std::uint64_t number, std::uint64_t seq) {
    static std::atomic<std::uint64_t> deliveries{0};
    Transition rows;
    const std::uint64_t next = seq + 1;
    rows.expected_seq = seq;
    rows.kase = seed_case(number);
    rows.kase.state = next % 2 == 0 ? "team" : "joint";
    rows.kase.seq = next;
    rows.kase.version = next;
    rows.kase.next_due = *rows.kase.next_due + std::chrono::hours(next);
    rows.history = {rows.kase.id,         next,
                    rows.kase.filed_at,   filler("{\"seq\":", history_bytes),
                    std::string(64, 'a'), std::string(64, 'b')};
    rows.timer = {rows.kase.id, "st.close#1", *rows.kase.next_due, 1, 0, 0};
    const std::string suffix = std::to_string(next) + "-1";
    ports::NoticeRow& told = rows.notice;
    told.notice.id.value = rows.kase.id.value + "-n" + suffix;
    told.notice.key = rows.kase.id.value + "/rung.inform/" + suffix + "/department:hrss/file";
    told.notice.kase = rows.kase.id;
    told.notice.event = "rung.inform";
    told.notice.addressee = {engine::model::Addressee::Kind::department, "hrss"};
    told.notice.channel = "file";
    told.notice.address = "hrss";
    told.notice.at = rows.kase.filed_at;
    told.notice.vars = {{"number", rows.kase.number}, {"grade", "orange"}};
    told.seq = next;
    told.subject = "预警 " + rows.kase.number;
    told.text = filler(rows.kase.number, text_bytes);
    told.sign_url = "https://jinqiao.example/s/" + std::string(80, 's');
    told.delivery = "01m5q7f3z1" + padded(++deliveries, 16);
    told.state = "pending";
    rows.delivery.id = told.delivery;
    rows.delivery.kase = rows.kase.id;
    rows.delivery.channel = "file";
    rows.delivery.address = "hrss";
    rows.delivery.state = "pending";
    rows.delivery.next_at = rows.delivery.since = rows.kase.filed_at;
    rows.delivery.priority = jinqiao::engine::model::GradeLevel::orange;
    return rows;
}

std::size_t bytes_of(const Transition& rows) {
    const ports::CaseRow& kase = rows.kase;
    const ports::NoticeRow& told = rows.notice;
    constexpr std::size_t integer = 8;
    return kase.id.value.size() + kase.state.size() + kase.stage.size() + kase.grade.size() +
           kase.enterprise_name.size() + kase.summary.size() + kase.body.size() + 4 * integer +
           rows.history.kase.value.size() + rows.history.body.size() + 128 + 2 * integer +
           rows.timer.kase.value.size() + rows.timer.slot.size() + 4 * integer +
           told.notice.id.value.size() + told.notice.key.size() + told.notice.kase.value.size() +
           told.subject.size() + told.text.size() + told.sign_url.size() + told.delivery.size() +
           2 * integer + rows.delivery.id.size() + rows.delivery.kase.value.size() + 3 * integer;
}

Measured run(Path& path, std::vector<std::uint64_t>& seqs, int in_flight, double seconds) {
    std::vector<std::vector<double>> waits(static_cast<std::size_t>(in_flight));
    const double written_before = bytes_written();
    GroupCommit group(path);
    const auto start = Clock::now();
    const auto end = start + std::chrono::duration<double>(seconds);
    std::vector<std::thread> callers;
    for (std::size_t caller = 0; caller < waits.size(); ++caller) {
        callers.emplace_back([&, caller] {
            std::binary_semaphore answered(0);
            std::size_t number = caller;
            while (Clock::now() < end) {
                // A step that is coprime to the number of callers spreads the cases over the file.
                number = (number + waits.size() * 37) % (seqs.size() / waits.size() * waits.size());
                const Transition rows = transition(number, seqs[number]);
                const auto handed_in = Clock::now();
                group.submit({&rows, &answered});
                answered.acquire();
                waits[caller].push_back(ms_between(handed_in, Clock::now()));
                seqs[number] = rows.kase.seq;
            }
        });
    }
    for (std::thread& caller : callers) caller.join();
    const double took = std::chrono::duration<double>(Clock::now() - start).count();
    group.stop();

    std::vector<double> all;
    for (const auto& some : waits) all.insert(all.end(), some.begin(), some.end());
    std::sort(all.begin(), all.end());
    const auto done = static_cast<double>(group.written());
    return {done / took,           at_share(all, 0.5),
            at_share(all, 0.99),   done / static_cast<double>(group.commits()),
            group.cpu_us() / done, (bytes_written() - written_before) / done / 1024};
}

}  // namespace jinqiao::tests::bench
