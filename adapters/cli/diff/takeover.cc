#include "adapters/cli/diff/takeover.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <tuple>

#include "config/load.h"
#include "config/situations.h"
#include "engine/model/codec.h"
#include "engine/policy/directory_codec.h"

namespace jinqiao::adapters::cli::diff {

namespace json = boost::json;
using engine::kernel::Outlook;
using engine::kernel::Trial;
using engine::model::Case;
using engine::model::Command;
using engine::model::Done;
using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::model::Status;
using engine::policy::Directory;
using engine::policy::Policy;
using PolicyPtr = std::shared_ptr<const Policy>;

namespace {

Change::Time direction(const Difference& one) {
    using Time = Change::Time;
    if (!one.at_before) return one.at_after ? Time::begins : Time::same;
    if (!one.at_after) return Time::ends;
    if (*one.at_after < *one.at_before) return Time::sooner;
    if (*one.at_after > *one.at_before) return Time::later;
    if (one.times_after > one.times_before) return Time::oftener;
    if (one.times_after < one.times_before) return Time::rarer;
    return Time::same;
}

// Equal changes are told once. Instances of a clock are one matter, and how much sooner differs
// with the day of the week: the cases say it.
class Gathering {
  public:
    explicit Gathering(std::vector<Change>& into) : into_(into) {}

    void add(const std::string& number, const std::vector<Difference>& differences) {
        for (const Difference& one : differences) {
            Change change;
            change.kind = one.kind;
            change.clock = one.clock.substr(0, one.clock.find('#'));
            change.event = one.event;
            change.rung = one.rung;
            change.before = one.before;
            change.after = one.after;
            change.time = direction(one);
            const auto key = std::tuple(change.kind, change.clock, change.event, change.rung,
                                        change.before, change.after, change.time);
            const auto [known, fresh] = places_.try_emplace(key, into_.size());
            if (fresh) into_.push_back(std::move(change));
            into_[known->second].cases.push_back({number, one});
        }
    }

  private:
    std::vector<Change>& into_;
    std::map<std::tuple<Difference::Kind, std::string, std::string, std::string, std::string,
                        std::string, Change::Time>,
             std::size_t>
        places_;
};

// Deadlines and owners before messages, other addressees and moments before mere repetitions, and
// what happens to most cases before what happens to few.
int weight(const Change& change) {
    if (change.kind == Difference::Kind::due) return 0;
    if (change.kind == Difference::Kind::owner) return 1;
    if (change.before != change.after) return 2;
    return change.time == Change::Time::oftener || change.time == Change::Time::rarer ? 4 : 3;
}

void sort(std::vector<Change>& changes) {
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
        const int left = weight(a), right = weight(b);
        return left != right ? left < right : a.cases.size() > b.cases.size();
    });
}

// What the configuration says of who is told how, people and duty aside.
std::string organisation_text(const Directory& directory) {
    std::string text = directory.fallback.value;
    for (const auto& [id, post] : directory.posts)
        text += '\n' + json::serialize(engine::policy::encode(post));
    for (const auto& [id, department] : directory.departments)
        text += '\n' + json::serialize(engine::policy::encode(department));
    for (const auto& channel : directory.channels) text += '\n' + channel;
    return text;
}

// What a daemon that starts under a configuration asks of each case that runs.
std::vector<Command> arrival(const Case& kase) {
    std::vector<Command> out;
    for (const char* name : {"calendar_changed", "reassess"}) {
        Command command;
        command.target = kase.id;
        command.name = name;
        out.push_back(std::move(command));
    }
    return out;
}

std::vector<Command> migration(const Case& kase) {
    auto out = arrival(kase);
    Command command;
    command.target = kase.id;
    command.name = "policy_migrated";
    out.push_back(std::move(command));
    return out;
}

class Comparison {
  public:
    Comparison(const Setup& before, const Setup& after, const Staffed& people,
               engine::ports::Reader& reader, Span span, Takeover& into)
        : before_(before),
          after_(after),
          people_(people),
          reader_(reader),
          span_(span),
          into_(into),
          at_once_(into.at_once),
          on_migration_(into.on_migration),
          same_world_(before.configuration.calendar->version() ==
                          after.configuration.calendar->version() &&
                      organisation_text(people.before) == organisation_text(people.after)) {}

    Status look_at(const engine::ports::CaseRow& row) {
        auto kase = engine::model::decode_case(row.body);
        if (!kase) return kase.error().under(row.number);
        const auto pinned = policy(kase->policy);
        if (!pinned) return pinned.error().under(row.number);
        const auto* workflow = workflow_of(*kase);
        if (workflow == nullptr) return Done{};  // of another program: not ours to foresee
        compare(*kase, *workflow, **pinned);
        ++into_.cases;
        return Done{};
    }

  private:
    void compare(const Case& stored, const engine::kernel::Workflow& workflow,
                 const Policy& pinned) {
        const auto& next = after_.configuration.policies.at(stored.workflow);
        const bool migrates = next->id != pinned.id;
        if (same_world_ && !migrates) return;
        const Trial::World now{&workflow, &pinned, &people_.before,
                               before_.configuration.calendar.get()};
        const Trial::World then{&workflow, &pinned, &people_.after,
                                after_.configuration.calendar.get()};
        const Trial::World moved{&workflow, next.get(), &people_.after,
                                 after_.configuration.calendar.get()};
        const Case kase = engine::kernel::caught_up(now, stored, span_.now);
        const Outlook as_is = run(now, kase, arrival(kase));
        const Outlook at_once = same_world_ ? as_is : run(then, kase, arrival(kase));
        const auto changes = engine::kernel::differences(as_is, at_once);
        into_.changed_at_once += changes.empty() ? 0 : 1;
        at_once_.add(kase.number, changes);
        if (!migrates) return;
        const auto more = engine::kernel::differences(at_once, run(moved, kase, migration(kase)));
        into_.changed_on_migration += more.empty() ? 0 : 1;
        on_migration_.add(kase.number, more);
    }

    Outlook run(const Trial::World& world, const Case& kase, std::vector<Command> first) {
        auto out = engine::kernel::outlook(world, kase, std::move(first), span_.now, span_.until);
        if (out.cut && (into_.cut.empty() || into_.cut.back() != kase.number))
            into_.cut.push_back(kase.number);
        return out;
    }

    const engine::kernel::Workflow* workflow_of(const Case& kase) const {
        for (const auto& workflow : after_.workflows)
            if (workflow->name() == kase.workflow) return workflow.get();
        return nullptr;
    }

    Result<PolicyPtr> policy(const engine::model::PolicyId& id) {
        if (const auto known = policies_.find(id); known != policies_.end()) return known->second;
        const auto text = reader_.policy_text(id);
        if (!text) return text.error();
        if (!*text)
            return Error{ErrorCode::corrupt, "the policy of a case is not stored", id.value};
        auto read = config::read_policy(**text);
        if (!read) return read.error();
        policies_[id] = *read;
        return *read;
    }

    const Setup& before_;
    const Setup& after_;
    const Staffed& people_;
    engine::ports::Reader& reader_;
    Span span_;
    Takeover& into_;
    Gathering at_once_, on_migration_;
    bool same_world_;
    std::map<engine::model::PolicyId, PolicyPtr> policies_;
};

Outlook of_situation(const Setup& setup, const Directory& directory,
                     const engine::kernel::Situation& situation) {
    const auto& workflow = setup.workflows.front();
    const auto preview = engine::kernel::preview(
        {workflow.get(), setup.configuration.policies.at(std::string(workflow->name())).get(),
         &directory, setup.configuration.calendar.get()},
        situation);
    return engine::kernel::outlook(preview);
}

}  // namespace

Status compare_cases(const Setup& before, const Setup& after, const Staffed& people,
                     engine::ports::Reader& reader, Span span,
                     const std::function<bool(std::uint64_t)>& progress, Takeover& into) {
    Comparison comparison(before, after, people, reader, span, into);
    std::vector<engine::model::CaseId> open;
    Status listed = reader.each_case(true, [&](const engine::ports::CaseRow& row) {
        open.push_back(row.id);
        return true;
    });
    if (!listed) return listed;
    std::uint64_t done = 0;
    for (const auto& id : open) {
        const auto row = reader.find_case(id);
        if (!row) return row.error();
        // One that has ended since the list was made has nothing ahead.
        if (*row && (*row)->open)
            if (auto looked = comparison.look_at(**row); !looked) return looked;
        if (!progress(++done))
            return Error{ErrorCode::unavailable, "the comparison was stopped", {}};
    }
    sort(into.at_once);
    sort(into.on_migration);
    return Done{};
}

std::vector<NamedSituation> situations_of(const Setup& setup, const engine::model::Actor& filer,
                                          engine::model::Language language, int days) {
    std::vector<NamedSituation> out;
    const auto file = setup.configuration.folder / "situations.yaml";
    if (!std::filesystem::exists(file)) return out;
    config::Faults faults;  // none: they were read when the configuration was proved
    for (auto& tried : config::read_situations(config::read_yaml(file, faults), faults)) {
        tried.situation.filer = filer;
        tried.situation.horizon =
            std::max<std::chrono::milliseconds>(tried.situation.horizon, std::chrono::days{days});
        out.push_back({tried.name.in(language), std::move(tried.situation)});
    }
    return out;
}

void compare_situations(const Setup& before, const Setup& after, const Staffed& people,
                        const std::vector<NamedSituation>& situations, Takeover& into) {
    Gathering gathering(into.new_cases);
    for (const auto& [name, situation] : situations) {
        const auto changes =
            engine::kernel::differences(of_situation(before, people.before, situation),
                                        of_situation(after, people.after, situation));
        ++into.situations;
        into.changed_situations += changes.empty() ? 0 : 1;
        gathering.add(name, changes);
    }
    sort(into.new_cases);
}

}  // namespace jinqiao::adapters::cli::diff
