#include "adapters/cli/replay/breaks_view.h"

#include <boost/json/array.hpp>

#include "adapters/cli/replay/figures.h"
#include "adapters/cli/replay/report.h"
#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli::replay {
namespace {

using engine::policy::Directory;

constexpr std::size_t most_lines = 20;  // of a table; the rest is in --json

std::string in_hours(std::int64_t seconds) { return fixed(static_cast<double>(seconds) / 3600); }

std::string moment(engine::time::Instant at) {
    return engine::time::to_rfc3339(at, std::chrono::minutes{480}).substr(0, 16);
}

class View {
  public:
    View(const Context& context, const Directory& organisation)
        : context_(context), say_(context.speech), organisation_(organisation) {}

    void line(const char* code, Speech::Args args) { context_.out << say_(code, args) << '\n'; }

    std::string post(const std::string& id) const {
        const auto found = organisation_.posts.find(engine::model::PostId(id));
        return found == organisation_.posts.end() ? id : found->second.name.in(say_.language());
    }
    std::string department(const std::string& id) const {
        const auto found = organisation_.departments.find(engine::model::DepartmentId(id));
        return found == organisation_.departments.end() ? id
                                                        : found->second.name.in(say_.language());
    }
    // "post:duty_desk: nobody holds the post" with the name in place of the id.
    std::string addressee(const std::string& text) const {
        const auto kind = text.find(':');
        const auto end = std::min(text.find(':', kind + 1), text.size());
        const std::string id = text.substr(kind + 1, end - kind - 1);
        if (text.starts_with("post:")) return post(id) + text.substr(end);
        if (text.starts_with("department:")) return department(id) + text.substr(end);
        return text;
    }

    template <class Name>
    std::string listed(const Counts& counts, Name name) const {
        std::string text;
        for (const auto& [key, count] : counts)
            text += (text.empty() ? "" : say_("cli.list.separator")) + name(key) + " " +
                    std::to_string(count);
        return text;
    }

    template <class Name>
    void table(const char* code, const Counts& counts, Name name) {
        if (counts.empty()) return;
        context_.out << '\n' << say_(code) << '\n';
        Table table({say_("cli.replay.what"), say_("cli.replay.count")});
        std::size_t lines = 0;
        for (const auto& [key, count] : counts)
            if (lines++ < most_lines) table.add({name(key), std::to_string(count)});
        table.print(context_.out);
    }

    void departments(const Findings& findings) {
        Table table({say_("cli.replay.department"), say_("cli.replay.told"),
                     say_("cli.replay.signed"), say_("cli.replay.found"),
                     say_("cli.replay.found_after"), say_("cli.replay.found_by"),
                     say_("cli.replay.nobody_there")});
        bool any = false;
        for (const auto& [id, each] : findings.departments) {
            if (each.told == 0 || (each.signed_for > 0 && each.nobody_there == 0)) continue;
            any = true;
            table.add({department(id), std::to_string(each.told), std::to_string(each.signed_for),
                       std::to_string(each.found_after.size()),
                       each.found_after.empty() ? "-" : in_hours(quantile(each.found_after, 0.5)),
                       listed(each.found_by, [](const auto& rung) { return rung; }),
                       std::to_string(each.nobody_there)});
        }
        if (!any) return;
        context_.out << '\n' << say_("cli.replay.departments") << '\n';
        table.print(context_.out);
    }

    void empty_posts(const Findings& findings) {
        if (findings.empty_posts.empty()) return;
        context_.out << '\n' << say_("cli.replay.empty_posts") << '\n';
        Table table({say_("cli.head.post"), say_("cli.replay.days")});
        for (const auto& [id, seconds] : findings.empty_posts)
            table.add({post(id), fixed(static_cast<double>(seconds) / 86'400)});
        table.print(context_.out);
    }

  private:
    const Context& context_;
    const Speech& say_;
    const Directory& organisation_;
};

double rungs_a_day(const Findings& findings) {
    return findings.followed_days <= 0
               ? 0
               : static_cast<double>(findings.rungs) / findings.followed_days;
}

boost::json::object departments_of(const Findings& findings) {
    boost::json::object all;
    for (const auto& [id, each] : findings.departments)
        all[id] = {{"told", each.told},
                   {"signed", each.signed_for},
                   {"nobody_there", each.nobody_there},
                   {"found", each.found_after.size()},
                   {"found_after_s", quantile(each.found_after, 0.5)},
                   {"found_after_longest_s", quantile(each.found_after, 1.0)},
                   {"found_by", object_of(each.found_by)}};
    return all;
}

}  // namespace

boost::json::object as_json(const Findings& findings) {
    boost::json::object empty;
    for (const auto& [post, seconds] : findings.empty_posts) empty[post] = seconds;
    boost::json::object out{
        {"watched_by", object_of(findings.watched_by)},
        {"waiting_for", object_of(findings.waiting_for)},
        {"fallback",
         {{"cases", findings.with_fallback},
          {"after_s_median", quantile(findings.fallback_after, 0.5)},
          {"after_s_longest", quantile(findings.fallback_after, 1.0)}}},
        {"spent_ladders", object_of(findings.spent_ladders)},
        {"last_rungs", findings.last_rungs},
        {"rungs", findings.rungs},
        {"rungs_per_case_day", rungs_a_day(findings)},
        {"busiest_day", {{"number", findings.busiest.number}, {"rungs", findings.busiest.rungs}}},
        {"silence", nullptr},
        {"departments", departments_of(findings)},
        {"empty_posts_s", std::move(empty)},
        {"reached_nobody", object_of(findings.reached_nobody)},
        {"redirected", object_of(findings.redirected)},
        {"to_leavers", findings.to_leavers}};
    if (const auto& silence = findings.silence)
        out["silence"] = {
            {"number", silence->number},
            {"state", silence->state},
            {"from", engine::time::to_rfc3339(silence->from, std::chrono::minutes{480})},
            {"until", engine::time::to_rfc3339(silence->until, std::chrono::minutes{480})},
            {"seconds",
             std::chrono::floor<std::chrono::seconds>(silence->until - silence->from).count()}};
    return out;
}

void show(const Context& context, const Report& report, const Directory& organisation) {
    const Findings& findings = report.findings;
    View view(context, organisation);
    const auto as_is = [](const std::string& key) { return key; };
    const auto post = [&](const std::string& id) { return view.post(id); };
    const auto addressee = [&](const std::string& text) { return view.addressee(text); };

    context.out << '\n';
    view.line(
        "cli.replay.broke",
        {{"people", context.speech("cli.replay.people." + std::string(name(report.conduct.kind)),
                                   {{"department", view.department(report.conduct.dead.value)}})}});
    view.line(
        "cli.replay.followed",
        {{"count", std::to_string(sum(findings.watched_by))},
         {"days", report.conduct.followed ? std::to_string(report.conduct.followed->count()) : "-"},
         {"posts", findings.watched_by.empty() ? "-" : view.listed(findings.watched_by, post)},
         {"clocks",
          findings.waiting_for.empty() ? "-" : view.listed(findings.waiting_for, as_is)}});
    view.line("cli.replay.fallback", {{"count", std::to_string(findings.with_fallback)},
                                      {"hours", in_hours(quantile(findings.fallback_after, 0.5))}});
    view.line("cli.replay.spent", {{"count", std::to_string(sum(findings.spent_ladders))},
                                   {"times", std::to_string(findings.last_rungs)}});
    view.line("cli.replay.rungs", {{"mean", fixed(rungs_a_day(findings))},
                                   {"most", std::to_string(findings.busiest.rungs)},
                                   {"number", findings.busiest.number}});
    if (const auto& silence = findings.silence)
        view.line("cli.replay.silence",
                  {{"hours", in_hours(std::chrono::floor<std::chrono::seconds>(silence->until -
                                                                               silence->from)
                                          .count())},
                   {"number", silence->number},
                   {"state", silence->state},
                   {"from", moment(silence->from)},
                   {"until", moment(silence->until)}});
    view.line("cli.replay.leavers", {{"count", std::to_string(findings.to_leavers)}});
    view.departments(findings);
    view.empty_posts(findings);
    view.table("cli.replay.reached_nobody", findings.reached_nobody, addressee);
    view.table("cli.replay.redirected", findings.redirected, addressee);
    view.table("cli.replay.ladders", findings.spent_ladders, as_is);
}

}  // namespace jinqiao::adapters::cli::replay
