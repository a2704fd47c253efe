// Liveness, readiness and figures. No case content, so no account is asked for.
#include <algorithm>
#include <array>
#include <cstdio>

#include "adapters/http/api.h"
#include "adapters/http/language.h"
#include "adapters/http/openapi.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;

namespace {

// A clock before this program was written is a board without battery, not a time.
constexpr engine::time::Instant earliest_sane{
    std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
constexpr std::chrono::minutes most_behind{5};

class Figures {
  public:
    template <class Value>
    void gauge(std::string_view name, std::string_view help, Value value) {
        head(name, help, "gauge");
        line(name, value);
    }
    template <class Value>
    void counter(std::string_view name, std::string_view help, Value value) {
        head(name, help, "counter");
        line(name, value);
    }
    void head(std::string_view name, std::string_view help, std::string_view type) {
        text_.append("# HELP ").append(name).append(" ").append(help).append("\n");
        text_.append("# TYPE ").append(name).append(" ").append(type).append("\n");
    }
    template <class Value>
    void line(std::string_view name, Value value) {
        text_.append(name).append(" ").append(std::to_string(value)).append("\n");
    }
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

json::array codes_of(const engine::runtime::AuditorReport& report) {
    json::array codes;
    for (const auto& complaint : report.complaints)
        if (codes.empty() || codes.back() != json::value(complaint.code))
            codes.emplace_back(complaint.code);
    return codes;
}

// By the auditor, who looks twice: a fact that happened hours ago arms a deadline that is long
// past, and rings a moment later.
bool all_ring(const engine::runtime::AuditorReport& report) {
    return std::none_of(report.complaints.begin(), report.complaints.end(),
                        [](const auto& complaint) { return complaint.code.starts_with("timer."); });
}

// Where nobody audits.
bool none_waits(engine::ports::Reader& reader, engine::time::Instant since) {
    const auto due = reader.timers_due(since, 1);
    return due && due->empty();
}

// A faulty file on the disk does not make the daemon less ready: it runs on by the old ones.
json::object shown(const ConfigurationState& state, const Lens& lens) {
    json::object out{{"running", state.running}, {"since", lens.instant(state.since)}};
    if (state.failed_at) out["refused_at"] = lens.instant(*state.failed_at);
    return out;
}

void show(const ConfigurationState& state, Figures& out) {
    out.head("jinqiao_config_info", "the configuration in force, by the SHA-256 of its files",
             "gauge");
    out.line("jinqiao_config_info{sha256=\"" + state.running + "\"}", 1);
    out.gauge("jinqiao_config_last_reload_successful",
              "0: the files were faulty when they were last read, an older state is in force",
              state.failed_at ? 0 : 1);
    out.gauge("jinqiao_config_in_force_since_seconds", "when it was taken over",
              engine::time::to_ms(state.since) / 1000);
    out.counter("jinqiao_config_reloads_total", "configurations taken over", state.taken);
    out.counter("jinqiao_config_refusals_total", "configurations that were faulty", state.refused);
}

}  // namespace

Reply Api::health(Call& /*call*/) { return json_response(200, json::object{{"status", "ok"}}); }

Reply Api::ready(Call& call) {
    const bool store = call.reader->meta("schema").ok();
    const bool committer =
        (!parts_.alive || parts_.alive()) && parts_.committer->queued() < settings_.queue_limit;
    const auto wall = parts_.clock->now();
    const auto effective = parts_.core->now();
    const bool clock = wall >= earliest_sane && wall + most_behind >= effective;
    const bool disk = !parts_.committer->read_only();
    const auto audit = parts_.audit ? parts_.audit() : engine::runtime::AuditorReport{};
    const bool timers = parts_.audit
                            ? all_ring(audit)
                            : none_waits(*call.reader, wall - settings_.overdue_timer_limit);
    const bool content = !parts_.audit || audit.content();
    const bool all = store && committer && disk && clock && timers && content;
    json::object checks{{"store", store}, {"committer", committer}, {"disk", disk},
                        {"clock", clock}, {"timers", timers},       {"audit", content}};
    json::object body{{"ready", all}, {"checks", std::move(checks)}};
    // Codes only: this is shown to anybody who asks.
    if (!audit.complaints.empty()) body["complaints"] = codes_of(audit);
    if (parts_.configuration) body["configuration"] = shown(parts_.configuration(), call.lens);
    auto response = json_response(all ? 200 : 503, std::move(body));
    if (!all)
        response.fields.emplace_back("Retry-After", std::to_string(settings_.retry_after.count()));
    return response;
}

Reply Api::metrics(Call& call) {
    Figures out;
    const auto engine = parts_.core->counts();
    out.counter("jinqiao_commits_total", "durable transactions", engine.commits);
    out.counter("jinqiao_commands_total", "commands decided", engine.commands);
    out.counter("jinqiao_refusals_total", "commands refused", engine.refusals);
    out.counter("jinqiao_transitions_total", "commands after which a case stood elsewhere",
                engine.transitions);
    out.counter("jinqiao_notices_total", "notices made", engine.notices);
    out.counter("jinqiao_timers_fired_total", "timers fired", engine.timers_fired);
    out.gauge("jinqiao_queue_depth", "submissions waiting for the committer",
              parts_.committer->queued());
    for (const auto& [table, help] : std::initializer_list<std::pair<const char*, const char*>>{
             {"open_cases", "cases that have not ended, without exercises"},
             {"open_exercises", "exercises that have not ended"},
             {"timers", "armed timers"},
             {"deliveries_pending", "transmissions not yet taken"},
             {"dead_letters", "notices that reached nobody and nobody has dealt with"}})
        if (auto count = call.reader->count(table))
            out.gauge(std::string("jinqiao_") + table, help, *count);
    if (parts_.shut_lanes)
        out.gauge("jinqiao_lanes_shut", "endpoints of channels that are left alone for a while",
                  parts_.shut_lanes().size());
    auto due = call.reader->timers_due(call.lens.now, 1);
    const auto late =
        due && !due->empty() ? call.lens.now - due->front().at : std::chrono::milliseconds{0};
    out.gauge("jinqiao_oldest_overdue_timer_seconds", "how late the oldest timer is",
              static_cast<double>(late.count()) / 1000.0);
    if (parts_.audit) {
        const auto audit = parts_.audit();
        out.gauge("jinqiao_audit_complaints", "what the auditor finds wrong now",
                  audit.complaints.size());
        out.counter("jinqiao_audit_rounds_total", "times it went through all open cases",
                    audit.rounds);
    }
    if (parts_.configuration) show(parts_.configuration(), out);
    out.head("jinqiao_http_requests_total", "answers by class of status", "counter");
    for (std::size_t cls = 1; cls < std::size(counts_.by_class); ++cls)
        out.line("jinqiao_http_requests_total{class=\"" + std::to_string(cls) + "xx\"}",
                 counts_.by_class[cls]);
    out.gauge("jinqiao_http_connections", "open connections", connections_);
    out.gauge("jinqiao_stream_clients", "clients of the stream of changes", watchers_.size());
    Response response;
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = out.take();
    return response;
}

// The deadlines go on once it is on record who said so.
Reply Api::confirm_clock(Call& call) {
    auto wanted = wanted_change(call);
    if (!wanted) return answered(wanted.problem(), call.lens);
    if (!parts_.clock_held || !parts_.clock_held())
        return answered(Problem::of(409, "clock_not_held"), call.lens);
    auto deed = submit_change(call, std::move(*wanted));
    deed.finish = [this, finish = std::move(deed.finish)](engine::runtime::Answer answer) {
        if (std::holds_alternative<engine::runtime::Accepted>(answer)) parts_.confirm_clock();
        return finish(std::move(answer));
    };
    return deed;
}

Reply Api::openapi(Call& call) {
    auto response = json_response(
        200, openapi_document(routes(), call.lens, filing_workflow(call.world()), settings_));
    response.fields.emplace_back("Content-Language", tag(call.lens.language));
    return response;
}

}  // namespace jinqiao::adapters::http
