// How long people wait for lists and searches beside many open cases: the daemon as it is shipped,
// one client, one request after another.
//
//   list_bench [--cases N] [--times N] [--page N] [--program FILE] [--config DIR] [--dir DIR]
//              [--stock DIR]
//
// Each row is one question, asked `times` times (fewer where that would take over two seconds): its
// first page, and the page four fifths down the list. `rows`: of that page.

#include <cstdio>

#include "tests/bench/daemon/daemon.h"
#include "tests/bench/daemon/options.h"
#include "tests/bench/daemon/stock.h"
#include "tests/bench/support/bench.h"
#include "tests/bench/support/load.h"

namespace {

using namespace jinqiao::tests::bench;
namespace fs = std::filesystem;

struct Options {
    Places places;
    fs::path stock;
    std::uint64_t cases = 50'000;
    std::size_t times = 200, page = 50;
};

Options parse(int argc, char** argv) {
    Options options;
    read_flags(argc, argv,
               options.places.flags({{"--cases", number(options.cases)},
                                     {"--times", number(options.times)},
                                     {"--page", number(options.page)},
                                     {"--stock", path(options.stock)}}));
    return options;
}

// Percent-encoded: every byte of a script that is not ours.
std::string encoded(std::string_view text) {
    std::string out;
    char hex[4];
    for (const unsigned char byte : text) {
        if (std::isalnum(byte) != 0) {
            out += static_cast<char>(byte);
            continue;
        }
        std::snprintf(hex, sizeof hex, "%%%02X", byte);
        out += hex;
    }
    return out;
}

struct Question {
    std::string who, what;  // what: parameters of the list, or another path
};

std::vector<Question> questions() {
    std::vector<Question> out;
    for (const char* sort : {"filed_at", "next_due", "grade", "number"})
        for (const char* way : {"-", ""})
            out.push_back({"duty_officer", std::string("sort=") + way + sort});
    for (const char* what :
         {"open=true", "open=false", "exercise=true", "exercise=false", "stage=warn",
          "state=verifying", "state=reported,verifying", "grade=red", "grade=blue",
          "owner=duty_desk", "owner=nobody", "overdue=true", "stage=warn&sort=next_due",
          "grade=red&sort=next_due", "owner=duty_desk&sort=next_due", "open=true&sort=next_due",
          "open=true&sort=-grade", "state=verifying&grade=red&open=true"})
        out.push_back({"duty_officer", what});
    for (const char* word : {"有限公司", "宏达", "第127有限公司", "没有这家", "JQ-2025-0000777"})
        out.push_back({"duty_officer", "q=" + encoded(word)});
    out.push_back({"duty_officer", "q=" + encoded("宏达") + "&sort=next_due&open=true"});
    for (const char* who : {"mediator", "supervisor", "department:hrss", "enterprise_union"})
        for (const char* what : {"", "sort=next_due&open=true"}) out.push_back({who, what});
    out.push_back({"department:hrss", "q=" + encoded("没有这家")});
    for (const char* who : {"duty_officer", "mediator", "supervisor", "department:hrss"})
        out.push_back({who, "/api/v1/tasks"});
    for (const char* name : {"headline", "reaction", "sign_for", "causes", "pack"})
        out.push_back({"supervisor",
                       std::string("/api/v1/reports/") + name + "?from=2026-01-01&to=2030-01-01"});
    for (const char* who : {"supervisor"})
        for (const char* what : {"/api/v1/board", "/api/v1/board/late", "/api/v1/board/enterprises",
                                 "/api/v1/requests", "/api/v1/dead-letters"})
            out.push_back({who, what});
    for (const char* what : {"/api/v1/audit", "/metrics"}) out.push_back({"auditor", what});
    return out;
}

struct Page {
    std::size_t rows = 0;
    std::string next;  // cursor
};

Page read_page(std::string_view body) {
    Page page;
    for (auto at = body.find("\"number\":"); at != std::string_view::npos;
         at = body.find("\"number\":", at + 1))
        ++page.rows;
    static constexpr std::string_view name = "\"next_cursor\":\"";
    if (const auto at = body.find(name); at != std::string_view::npos) {
        const auto from = at + name.size();
        page.next = body.substr(from, body.find('"', from) - from);
    }
    return page;
}

class Bench {
  public:
    Bench(std::uint16_t port, const fs::path& data, const Options& options)
        : port_(port), data_(data), options_(options) {}

    void ask(const Question& question) {
        auto who = question.who;
        if (const auto colon = who.find(':'); colon != std::string::npos) who.resize(colon);
        std::printf("%-12s %-44s", who.c_str(), question.what.c_str());
        const auto first = measure(question, {});
        const auto down = far_down(question, first);
        if (!down.empty()) measure(question, down);
        std::printf("\n");
    }

  private:
    std::string target(const Question& question, const std::string& cursor,
                       std::size_t limit) const {
        if (question.what.starts_with('/')) return question.what;
        auto out = "/api/v1/cases?limit=" + std::to_string(limit);
        if (!question.what.empty()) out += "&" + question.what;
        if (!cursor.empty()) out += "&cursor=" + cursor;
        return out;
    }

    Page measure(const Question& question, const std::string& cursor) {
        const auto text = request("GET", target(question, cursor, options_.page),
                                  demo_token(data_, question.who), {});
        Page page;
        std::size_t asked = 0;
        const auto until_ns = monotonic_ns() + 2'000'000'000;
        const auto load =
            run_clients(port_, {[&](const Reply* last) -> std::string {
                            if (last != nullptr && last->status != 200)
                                fail(std::string(last->body));
                            if (asked == 1) page = read_page(last->body);
                            const bool enough =
                                asked == options_.times || (asked > 4 && monotonic_ns() > until_ns);
                            return enough ? std::string() : (++asked, text);
                        }});
        std::printf("  %4zu rows p50 %7.2f p99 %7.2f ms", page.rows, percentile(load.waits_ms, 0.5),
                    percentile(load.waits_ms, 0.99));
        return page;
    }

    // By following the cursors, in the largest pages there are.
    std::string far_down(const Question& question, const Page& first) {
        if (first.next.empty()) return {};
        const auto token = demo_token(data_, question.who);
        constexpr std::size_t largest = 200;
        std::vector<std::string> cursors;
        run_clients(
            port_, {[&](const Reply* last) -> std::string {
                if (last != nullptr) {
                    const auto next = read_page(last->body).next;
                    if (next.empty() || cursors.size() * largest > options_.cases * 4 / 5)
                        return {};
                    cursors.push_back(next);
                }
                return request(
                    "GET",
                    target(question, cursors.empty() ? std::string() : cursors.back(), largest),
                    token, {});
            }});
        return cursors.empty() ? std::string() : cursors[cursors.size() * 4 / 5];
    }

    std::uint16_t port_;
    fs::path data_;
    const Options& options_;
};

}  // namespace

int main(int argc, char** argv) {
    const Options options = parse(argc, argv);
    const Folder folder(options.places.dir), spool(options.places.memory);
    const auto config = folder.path() / "config";
    copy_configuration(options.places.config, config, spool.path());
    const auto data = (options.stock.empty() ? folder.path() : options.stock) /
                      ("stock-" + std::to_string(options.cases));
    need_stock(options.places.program, config, data, options.cases);
    const Daemon daemon(options.places.program, config, data);
    std::printf("%llu open cases, pages of %zu, one client; %s\n",
                static_cast<unsigned long long>(options.cases), options.page, machine().c_str());
    Bench bench(daemon.port(), data, options);
    for (const auto& question : questions()) bench.ask(question);
    const auto memory = daemon.memory();
    std::printf("afterwards resident %.1f MiB, of it anonymous %.1f MiB; %s\n", memory.resident_mib,
                memory.anonymous_mib, machine().c_str());
}
