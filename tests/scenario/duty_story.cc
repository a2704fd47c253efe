#include "tests/scenario/duty_story.h"

#include <boost/json/parse.hpp>

#include "engine/model/codec.h"
#include "engine/runtime/directory_changes.h"
#include "engine/runtime/dispatcher.h"
#include "engine/runtime/enterprises.h"
#include "engine/runtime/firing.h"
#include "tests/support/leave_request.h"
#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {

namespace json = boost::json;
namespace model = engine::model;
namespace runtime = engine::runtime;
namespace time = engine::time;

namespace {

constexpr int one_at_a_time = 1;

std::shared_ptr<const engine::policy::Policy> policy_of_the_office() {
    static const auto policy = [] {
        auto out = leave_policy();
        out.text = "the policy of the office";
        return std::make_shared<const engine::policy::Policy>(std::move(out));
    }();
    return policy;
}

json::object object(const std::string& text) { return json::parse(text).as_object(); }

}  // namespace

DutyStory::DutyStory() : clock_(time::testing::at("2026-03-03 10:00")), workflow_(leave_request()) {
    people = DirectoryBuilder()
                 .post("desk", {"second_desk"})
                 .post("second_desk", {"third_desk"})
                 .post("third_desk")
                 .post("chief", {"leader"})
                 .post("chief2")
                 .post("fallback_desk")
                 .post("leader")
                 .post("union_chair")
                 .post("secretary")
                 .post("desk_union")
                 .post("desk_hr")
                 .post("desk_police")
                 .person("wang", "desk")
                 .person("li", "desk", 1)
                 .person("hu", "desk", 2)
                 .person("zhao", "second_desk")
                 .person("zheng", "third_desk")
                 .person("qian", "chief")
                 .person("feng", "chief", 1)
                 .person("sun", "chief2")
                 .person("wu", "fallback_desk")
                 .person("zhou", "leader")
                 .person("chen", "union_chair")
                 .person("xu", "secretary")
                 .person("tao", "desk_union")
                 .person("he", "desk_hr")
                 .person("pan", "desk_police")
                 .department("union", "desk_union")
                 .department("hr", "desk_hr")
                 .department("police", "desk_police")
                 .natural_pair("union_chair", "secretary")
                 .rota("desk", time::testing::at("2026-01-05 08:00"), 12)
                 .fallback("fallback_desk")
                 .build();
    people.announcements.gaps_to = {model::PostId{"chief"}, model::PostId{"fallback_desk"}};
    people.announcements.stale_to = {model::PostId{"chief"}};
    channel.answer_with([this](const engine::ports::Transmission& transmission) {
        sent_.push_back({clock_.now(), std::string(transmission.body.at("event").as_string()),
                         transmission.address});
        return engine::ports::Outcome{engine::ports::Outcome::Kind::delivered, "ok", {}, {}, {}};
    });
}

void DutyStory::open(const std::string& shanghai) {
    clock_.set(time::testing::at(shanghai));
    runtime::World world;
    world.workflows["leave_request"] =
        std::shared_ptr<const engine::kernel::Workflow>(workflow_.get(), [](const auto*) {});
    world.policies["leave_request"] = policy_of_the_office();
    world.calendar = std::make_shared<time::Calendar>(time::testing::calendar_2026());
    world.directory = std::make_shared<engine::policy::Directory>(people);
    world_ = std::make_unique<runtime::WorldHolder>(std::move(world));
    restart();
    runtime::Submission enterprises;
    runtime::Registration known;
    for (const auto* name : {"ent-1", "ent-2"}) {
        engine::ports::EnterpriseRow row;
        row.id = model::EnterpriseId{name};
        row.name = name;
        row.name_key = runtime::enterprise_key(name, "");
        row.confirmed = true;
        row.body = "{}";
        known.enterprises.push_back(std::move(row));
    }
    enterprises.work = std::move(known);
    submit(std::move(enterprises));
    // The people are rows like any others, so that a restart finds them.
    change("put_person", R"({"id": "admin", "name": "admin", "contacts": [{"channel": "file"}]})");
}

void DutyStory::restart() {
    store_.crash();
    runtime::Core::Parts parts;
    parts.store = &store_;
    parts.clock = &clock_;
    parts.ids = &ids_;
    parts.renderer = &renderer_;
    parts.world = world_.get();
    parts.read_policy =
        [](const std::string&) -> model::Result<std::shared_ptr<const engine::policy::Policy>> {
        return policy_of_the_office();
    };
    auto reader = store_.reader();
    ASSERT_TRUE(reader.ok());
    auto base = people;
    base.people.clear();
    base.terms.clear();
    auto loaded = runtime::load_directory(
        **reader, *(*reader)->meta(runtime::directory_meta) ? std::move(base) : people);
    ASSERT_TRUE(loaded.ok());
    world_->update([&](runtime::World& world) {
        world.directory = std::make_shared<engine::policy::Directory>(std::move(*loaded));
    });
    core_ = std::make_unique<runtime::Core>(std::move(parts), runtime::CoreSettings{});
    ASSERT_TRUE(core_->process({}).ok());
}

void DutyStory::send_all() {
    auto reader = store_.reader();
    runtime::Notifiers notifiers;
    notifiers["file"] = std::shared_ptr<engine::ports::Notifier>(&channel, [](auto*) {});
    runtime::DeliverySettings settings;
    settings.otherwise.attempts = 1;
    const auto done = runtime::pump(*core_, **reader, notifiers, settings, [] { return 0.5; });
    ASSERT_TRUE(done.ok()) << done.error().what;
}

void DutyStory::settle() {
    send_all();
    for (bool more = true; more;) {
        auto reader = store_.reader();
        const auto fired =
            runtime::fire_due(*core_, **reader, *world_, clock_.now(), one_at_a_time);
        ASSERT_TRUE(fired.ok()) << fired.error().what;
        more = fired->accepted + fired->refused > 0;
        send_all();
    }
}

void DutyStory::at(const std::string& shanghai) {
    const auto until = time::testing::at(shanghai);
    for (;;) {
        auto reader = store_.reader();
        auto next = runtime::next_due_at(**reader, *world_);
        ASSERT_TRUE(next.ok());
        const auto held = (*reader)->next_delivery_at();
        ASSERT_TRUE(held.ok());
        if (*held && (!*next || **held < **next)) *next = *held;
        if (!*next || **next > until) break;
        clock_.set(std::max(**next, clock_.now()));
        settle();
        if (HasFatalFailure()) return;
    }
    clock_.set(until);
    settle();
}

void DutyStory::switch_off_until(const std::string& shanghai) {
    clock_.set(time::testing::at(shanghai));
    restart();
    settle();
}

runtime::Answer DutyStory::submit(runtime::Submission submission) {
    runtime::Answer answer = model::Error{};
    submission.done = [&](runtime::Answer given) { answer = std::move(given); };
    std::vector<runtime::Submission> batch;
    batch.push_back(std::move(submission));
    EXPECT_TRUE(core_->process(batch).ok());
    settle();
    return answer;
}

runtime::Answer DutyStory::change_answer(const std::string& kind, const std::string& text) {
    runtime::Submission submission;
    submission.work =
        runtime::DirectoryChange{kind, object(text), person("admin", {"administrator"})};
    return submit(std::move(submission));
}

void DutyStory::change(const std::string& kind, const std::string& text) {
    const auto answer = change_answer(kind, text);
    const auto* error = std::get_if<model::Error>(&answer);
    EXPECT_EQ(error, nullptr) << kind << ": " << (error ? error->where + " " + error->what : "");
}

void DutyStory::refused(const std::string& field, const std::string& kind,
                        const std::string& text) {
    const auto answer = change_answer(kind, text);
    const auto* error = std::get_if<model::Error>(&answer);
    ASSERT_NE(error, nullptr) << kind << " was carried out";
    EXPECT_EQ(error->where, field) << error->what;
}

model::CaseId DutyStory::file(int days, const std::string& enterprise) {
    runtime::Submission submission;
    model::Command command;
    command.name = "file";
    command.payload = leave_alert(days);
    command.payload["enterprise"] = json::object{{"id", enterprise}, {"name", enterprise}};
    command.actor = filer();
    submission.work = std::move(command);
    const auto answer = submit(std::move(submission));
    const auto* accepted = std::get_if<runtime::Accepted>(&answer);
    EXPECT_NE(accepted, nullptr);
    return accepted != nullptr ? accepted->kase->id : model::CaseId{};
}

runtime::Answer DutyStory::answer(const std::string& who, const std::string& action,
                                  const model::CaseId& id, const std::string& text) {
    model::Command command;
    command.name = action;
    command.target = id;
    command.payload = object(text);
    command.actor = person(who);
    runtime::Submission submission;
    submission.work = std::move(command);
    return submit(std::move(submission));
}

void DutyStory::act(const std::string& who, const std::string& action, const model::CaseId& id,
                    const std::string& text) {
    const auto given = answer(who, action, id, text);
    const auto* refusal = std::get_if<model::Refusal>(&given);
    EXPECT_TRUE(std::holds_alternative<runtime::Accepted>(given))
        << who << " " << action << ": " << (refusal ? refusal->reasons.front().code : "error");
}

std::string DutyStory::refusal_of(const std::string& who, const std::string& action,
                                  const model::CaseId& id, const std::string& text) {
    const auto given = answer(who, action, id, text);
    const auto* refusal = std::get_if<model::Refusal>(&given);
    return refusal != nullptr ? refusal->reasons.front().code : "";
}

model::Case DutyStory::kase(const model::CaseId& id) {
    auto row = (*store_.reader())->find_case(id);
    EXPECT_TRUE(row.ok() && *row);
    if (!row.ok() || !*row) return {};
    auto found = model::decode_case((*row)->body);
    EXPECT_TRUE(found.ok());
    return found.ok() ? *found : model::Case{};
}

const engine::policy::Directory& DutyStory::directory() { return *world_->get()->directory; }

std::vector<std::string> DutyStory::acting(const std::string& post) {
    Lines out;
    for (const auto& one : directory().acting(model::PostId{post}, clock_.now()))
        out.push_back(one.person.value);
    return out;
}

std::vector<std::string> DutyStory::sent(const std::string& event) {
    Lines out;
    for (const auto& one : sent_) {
        if (!event.empty() && one.event != event) continue;
        const auto text = time::to_rfc3339(one.at, std::chrono::minutes{480});
        out.push_back(text.substr(5, 5) + " " + text.substr(11, 5) + " " + one.address);
    }
    return out;
}

std::size_t DutyStory::rows(const std::string& stream) {
    return (*store_.reader())->history(stream, 0, 10000)->size();
}

bool DutyStory::recorded(const std::string& stream, const std::string& event) {
    const auto history = (*store_.reader())->history(stream, 0, 10000);
    for (const auto& row : *history)
        if (row.body.find('"' + event + '"') != std::string::npos) return true;
    return false;
}

}  // namespace jinqiao::tests
