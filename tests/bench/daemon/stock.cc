#include "tests/bench/daemon/stock.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <optional>

#include "adapters/cli/system.h"
#include "adapters/store/memory/memory_store.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "engine/runtime/calendar_change.h"
#include "engine/runtime/chain.h"
#include "engine/runtime/directory_changes.h"
#include "engine/runtime/figures.h"
#include "tests/bench/daemon/daemon.h"
#include "tests/bench/support/bench.h"
#include "tests/support/manual_clock.h"

namespace jinqiao::tests::bench {

namespace json = boost::json;
namespace model = engine::model;
namespace ports = engine::ports;
namespace runtime = engine::runtime;
using engine::time::Instant;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t in_batch = 2000, patterns_made = 400;
constexpr std::chrono::hours nothing_due_for{24 * 30}, kept_for{24 * 20};

void expect(const model::Status& status) {
    if (!status) fail(status.error().where + ": " + status.error().what);
}

template <class Value>
Value taken(model::Result<Value> result) {
    if (!result) fail(result.error().where + ": " + result.error().what);
    return std::move(*result);
}

void replace(std::string& text, const std::string& from, const std::string& to) {
    if (from.empty()) return;
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

std::string numbered(const char* form, std::uint64_t n) {
    char text[40];
    std::snprintf(text, sizeof text, form, static_cast<unsigned long long>(n));
    return text;
}

// The i-th alert: few of them alike, and what a search may look for in the names.
json::object alert(std::uint64_t i, Instant noticed_at) {
    static constexpr std::array causes = {"wage_arrears", "layoff",           "pay_cut",
                                          "welfare",      "social_insurance", "contract_change"};
    static constexpr std::array names = {"宏达", "顺发", "联创", "东方",
                                         "新星", "恒源", "华丰", "永泰"};
    static constexpr std::array trades = {"电子", "服装", "精密部件", "物流", "食品"};
    static constexpr std::array workers = {3, 8, 20, 60, 150, 400};
    json::object event{{"cause", causes[i % causes.size()]},
                       {"workers_involved", workers[i / 7 % workers.size()]},
                       {"place", "开发区示例路" + std::to_string(i) + "号"},
                       {"noticed_at", engine::time::to_rfc3339(noticed_at, 480min)}};
    if (i % 5 == 4) event["behaviours"] = json::array{"stoppage", "gathering_inside"};
    if (i % 11 == 10) event["behaviours"] = json::array{"gate_block"};
    return {{"workflow", "dispute"},
            {"enterprise",
             {{"name", "示例" + std::string(names[i % names.size()]) + trades[i % trades.size()] +
                           "第" + std::to_string(i) + "有限公司"},
              {"address", "示例开发区示例路" + std::to_string(i) + "号"},
              {"staff", 40 + static_cast<std::int64_t>(i % 900)}}},
            {"event", std::move(event)},
            {"note", "班组长反映：工资与加班费发放有争议，职工要求答复（第" + std::to_string(i) +
                         "次记录）。"}};
}

std::array<std::pair<const char*, json::object>, 6> steps(const json::object& event) {
    const bool many = event.at("workers_involved").as_int64() >= 10;
    return {{
        {"acknowledge", {}},
        {"update_facts", {{"certainty", "confirmed"}, {"event", {{"injured", 0}}}}},
        {"confirm_facts",
         {{"types", json::array{event.at("cause")}},
          {"collective", many},
          {"in_scope", true},
          {"rights_claim", true}}},
        {"attach_plan", {{"plan", "plan-of-the-bench"}}},
        {"report_up", {{"kind", "first"}, {"text", "事实已核实，已听取双方意见"}}},
        {"add_demand", {{"code", "compensation"}, {"n", 6}}},
    }};
}

}  // namespace

struct Stock::Pattern {
    ports::CaseRow row;
    std::vector<ports::TimerRow> timers;
    ports::FiguresRow figures;
};

// The engine itself, in memory, under a clock that stands still.
class Stock::Office {
  public:
    Office(const adapters::cli::Setup& setup, const engine::policy::Directory& directory,
           Instant now)
        : clock_(now),
          ids_(adapters::cli::system_random),
          renderer_(setup.renderer()),
          world_(setup.world(directory)),
          core_({&store_, &clock_, &ids_, renderer_.get(), &world_, config::read_policy},
                setup.core(std::string(32, 'b'))) {
        actor_.kind = model::Actor::Kind::person;
        actor_.account = model::AccountId{"a_duty_officer"};
        actor_.person = model::PersonId{"p_duty_1"};
        actor_.roles = {"duty_officer"};
    }

    // Takes as many steps as asked for and as the case allows.
    Pattern filed(std::uint64_t i, std::uint64_t steps_wanted) {
        const auto payload = alert(i, clock_.now() - 10min);
        const auto kase = submit({}, "file", payload);
        if (!kase) fail("an alert of the bench is refused");
        const auto to_take = steps(payload.at("event").as_object());
        for (std::uint64_t step = 0; step < std::min<std::uint64_t>(steps_wanted, to_take.size());
             ++step)
            if (!submit(kase->id, to_take[step].first, to_take[step].second)) break;
        auto reader = taken(store_.reader());
        const auto row = *taken(reader->find_case(kase->id));
        const auto counted = taken(reader->figures(row.filed_at, row.filed_at + 1ms));
        const auto figures = std::find_if(counted.begin(), counted.end(),
                                          [&](const auto& each) { return each.kase == kase->id; });
        if (figures == counted.end()) fail("a case of the bench has no figures");
        return {row, taken(reader->timers_of(kase->id)), *figures};
    }

  private:
    std::shared_ptr<const model::Case> submit(const model::CaseId& target, const char* name,
                                              json::object payload) {
        runtime::Submission submission;
        model::Command command;
        command.target = target;
        command.name = name;
        command.payload = std::move(payload);
        command.actor = actor_;
        submission.work = std::move(command);
        std::shared_ptr<const model::Case> out;
        submission.done = [&](const runtime::Answer& answer) {
            if (const auto* error = std::get_if<model::Error>(&answer)) fail(error->what);
            if (const auto* done = std::get_if<runtime::Accepted>(&answer)) out = done->kase;
        };
        expect(core_.process({&submission, 1}));
        return out;
    }

    adapters::store::memory::MemoryStore store_;
    ManualClock clock_;
    adapters::cli::TimeOrderedIds ids_;
    std::unique_ptr<config::MustacheRenderer> renderer_;
    runtime::WorldHolder world_;
    runtime::Core core_;
    model::Actor actor_;
};

Stock::Stock(const adapters::cli::Setup& setup, const std::filesystem::path& data)
    : setup_(setup), store_(taken(adapters::store::sqlite::open_sqlite(data / "jinqiao.db"))) {
    directory_ =
        taken(runtime::load_directory(*taken(store_->reader()), setup_.configuration.organisation));
}

Stock::~Stock() = default;

void Stock::fill(std::uint64_t first, std::uint64_t count, Instant filed_at) {
    Office office(setup_, directory_, filed_at);
    std::vector<Pattern> patterns;
    std::uint64_t bytes = 0;
    for (std::uint64_t i = 0; i < std::min(patterns_made, count); ++i) {
        patterns.push_back(office.filed(i, i % 7));
        bytes += patterns.back().row.body.size();
    }
    bytes_per_case_ = static_cast<double>(bytes) / static_cast<double>(patterns.size());
    begin();
    const auto& policy = setup_.configuration.policies.at("dispute");
    expect(batch_->put_policy(policy->id, policy->text));
    // As if the daemon had been running: its cases are reckoned by this calendar.
    expect(batch_->put_meta(runtime::figures_meta, runtime::figures_derivation));
    expect(batch_->put_meta(runtime::calendar_meta, setup_.configuration.calendar->version()));
    for (std::uint64_t i = 0; i < count; ++i) {
        write(patterns[i % patterns.size()], first + i);
        if ((i + 1) % in_batch != 0) continue;
        commit();
        begin();
    }
    commit();
}

model::CaseId Stock::add(std::uint64_t n, Instant due) {
    const auto filed_at = [&] {
        const auto first = [](const Pattern& pattern) {
            Instant at = Instant::max();
            for (const auto& timer : pattern.timers) at = std::min(at, timer.at);
            return at;
        };
        const auto probe = Office(setup_, directory_, due).filed(0, 0);
        return due - (first(probe) - due);
    }();
    const auto pattern = Office(setup_, directory_, filed_at).filed(0, 0);
    begin();
    write(pattern, n);
    commit();
    return model::CaseId{numbered("%026llu", n)};
}

void Stock::write(const Pattern& pattern, std::uint64_t n) {
    const auto id = numbered("%026llu", n);
    auto row = pattern.row;
    const auto number = numbered("JQ-2025-%07llu", n), enterprise = numbered("e%025llu", n);
    for (auto* text : {&row.body, &row.summary}) {
        replace(*text, row.id.value, id);
        replace(*text, row.number, number);
        replace(*text, row.enterprise_id, enterprise);
    }
    const auto before = row.id.value;
    row.id = model::CaseId{id};
    row.number = number;
    row.enterprise_id = enterprise;
    std::string link = runtime::first_link();
    for (std::uint64_t seq = 1; seq <= row.seq; ++seq) {
        auto link_row = runtime::chained(row.id, seq, row.filed_at, {{"bulk", true}}, link);
        link = link_row.hash;
        expect(batch_->append_history(link_row));
    }
    expect(batch_->put_case(row, 0));
    auto figures = pattern.figures;
    figures.kase = row.id;
    expect(batch_->put_figures(figures));
    for (auto timer : pattern.timers) {
        timer.kase = row.id;
        replace(timer.slot, before, id);
        expect(batch_->put_timer(timer));
    }
}

void Stock::begin() { batch_ = taken(store_->begin()); }

void Stock::commit() {
    expect(batch_->commit());
    batch_.reset();
    expect(store_->maintain(true));
}

std::uint64_t Stock::open_cases() const {
    return taken(taken(store_->reader())->count("open_cases"));
}

adapters::cli::Setup load_configuration(const std::filesystem::path& folder) {
    const adapters::cli::Speech speech(model::Language::en);
    auto setup = adapters::cli::load_setup({speech, std::cout, std::cerr}, folder,
                                           adapters::cli::SystemClock().now());
    if (!setup) fail("the configuration in " + folder.string() + " is not fit for use");
    return std::move(*setup);
}

void need_stock(const std::filesystem::path& program, const std::filesystem::path& config,
                const std::filesystem::path& data, std::uint64_t count) {
    const auto note = data / "stock";
    const Instant now = adapters::cli::SystemClock().now();
    std::int64_t made_ms = 0;
    std::uint64_t cases = 0;
    if (std::ifstream known(note); known >> made_ms >> cases)
        if (cases == count && engine::time::from_ms(made_ms) + kept_for > now) return;
    std::filesystem::remove_all(data);
    seed(program, config, data);
    const auto setup = load_configuration(config);
    const Stopwatch watch;
    Stock stock(setup, data);
    stock.fill(1, count, now + nothing_due_for);
    std::ofstream(note) << engine::time::to_ms(now) << ' ' << count << '\n';
    std::printf("%llu open cases written in %.0f s, snapshot %.1f kB each\n",
                static_cast<unsigned long long>(count), watch.spent().wall_s,
                stock.bytes_per_case() / 1024);
}

}  // namespace jinqiao::tests::bench
