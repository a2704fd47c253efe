#include "tests/unit/runtime/office.h"

#include <boost/json/parse.hpp>

#include "engine/model/codec.h"
#include "engine/runtime/enterprises.h"
#include "tests/unit/runtime/errand.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {

namespace json = boost::json;
using runtime::Answer;
using runtime::Submission;

namespace {

std::shared_ptr<const engine::policy::Policy> office_policy() {
    static const auto policy = [] {
        auto out = leave_policy();
        out.text = "the policy of the office";
        return std::make_shared<const engine::policy::Policy>(std::move(out));
    }();
    return policy;
}

void write_enterprise(ports::Store& store) {
    auto batch = store.begin();
    ASSERT_TRUE(batch.ok());
    ports::EnterpriseRow row;
    row.id = model::EnterpriseId{"ent-1"};
    row.name = "an enterprise";
    row.name_key = runtime::enterprise_key(row.name, "");
    row.confirmed = true;
    row.body = "{}";
    ASSERT_TRUE((*batch)->put_enterprise(row).ok());
    ASSERT_TRUE((*batch)->commit().ok());
}

}  // namespace

runtime::World office_world() {
    runtime::World world;
    world.workflows["leave_request"] = errand();
    world.policies["leave_request"] = office_policy();
    world.calendar = std::make_shared<time::Calendar>(time::testing::calendar_2026());
    world.directory = std::make_shared<engine::policy::Directory>(leave_directory());
    return world;
}

runtime::CoreSettings office_settings() {
    runtime::CoreSettings settings;
    settings.public_url = "https://jinqiao.example";
    settings.link_key = std::string(32, 'k');
    settings.sealed_paths = {"reporter"};
    return settings;
}

OfficeParts::OfficeParts() : clock(time::testing::at("2026-03-03 10:00")) {
    write_enterprise(store);
}

runtime::Core::Parts OfficeParts::parts() {
    runtime::Core::Parts out;
    out.store = &store;
    out.clock = &clock;
    out.ids = &ids;
    out.renderer = &renderer;
    out.world = &world;
    out.read_policy = [](const std::string& text)
        -> model::Result<std::shared_ptr<const engine::policy::Policy>> {
        if (text == office_policy()->text) return office_policy();
        return model::Error{model::ErrorCode::corrupt, "not a policy", {}};
    };
    return out;
}

model::Command command(const std::string& name, const model::CaseId& target, json::object payload,
                       const model::Actor& actor) {
    model::Command out;
    out.name = name;
    out.target = target;
    out.payload = std::move(payload);
    out.actor = actor;
    return out;
}

model::Command filing(int days, json::object more) {
    auto payload = leave_alert(days);
    for (auto& [key, value] : more) payload[key] = value;
    return command("file", {}, std::move(payload), filer());
}

Submission submission(model::Command command, const std::string& key,
                      const std::string& body_hash) {
    Submission out;
    out.work = std::move(command);
    if (!key.empty()) {
        out.account = "acc-chen";
        out.key = key;
        out.body_hash = body_hash;
        out.compose = [](const runtime::Accepted& accepted) {
            ports::StoredAnswer answer;
            answer.status = 201;
            answer.body = accepted.kase ? accepted.kase->number : "";
            return answer;
        };
    }
    return out;
}

Office::Office() { core = std::make_unique<runtime::Core>(parts(), office_settings()); }

std::vector<Answer> Office::process(std::vector<Submission> batch) {
    std::vector<Answer> answers(batch.size(), model::Error{});
    std::vector<int> calls(batch.size(), 0);
    for (std::size_t i = 0; i < batch.size(); ++i)
        batch[i].done = [&answers, &calls, i](Answer answer) {
            answers[i] = std::move(answer);
            ++calls[i];
        };
    status = core->process(batch);
    for (const int times : calls) EXPECT_EQ(times, 1);
    return answers;
}

Answer Office::send(Submission one) {
    std::vector<Submission> batch;
    batch.push_back(std::move(one));
    return process(std::move(batch)).front();
}

Answer Office::act(const std::string& who, const std::string& name, const model::CaseId& id,
                   json::object payload) {
    return send(command(name, id, std::move(payload), person(who)));
}

Answer Office::change(const std::string& kind, json::object data) {
    Submission one;
    one.work = runtime::DirectoryChange{kind, std::move(data), person("qian", {"administrator"})};
    return send(std::move(one));
}

model::CaseId Office::file(int days) {
    const auto answer = send(filing(days));
    const auto* done = accepted(answer);
    EXPECT_NE(done, nullptr);
    return done != nullptr ? done->kase->id : model::CaseId{};
}

void Office::restart() {
    store.crash();
    core = std::make_unique<runtime::Core>(parts(), office_settings());
}

std::unique_ptr<ports::Reader> Office::reader() {
    auto opened = store.reader();
    EXPECT_TRUE(opened.ok());
    return std::move(*opened);
}

model::Case Office::stored(const model::CaseId& id) {
    auto row = reader()->find_case(id);
    EXPECT_TRUE(row.ok() && *row);
    if (!row.ok() || !*row) return {};
    auto kase = model::decode_case((*row)->body);
    EXPECT_TRUE(kase.ok());
    return kase.ok() ? *kase : model::Case{};
}

std::vector<ports::HistoryRow> Office::history(const std::string& stream) {
    return *reader()->history(stream, 0, 1000);
}

json::object Office::last_row(const model::CaseId& id) {
    const auto rows = history(id.value);
    return rows.empty() ? json::object{} : json::parse(rows.back().body).as_object();
}

std::vector<ports::TimerRow> Office::timers(const model::CaseId& id) {
    return *reader()->timers_of(id);
}

std::vector<ports::NoticeRow> Office::notices(const model::CaseId& id) {
    return *reader()->notices(id);
}

const runtime::Accepted* accepted(const Answer& answer) {
    if (const auto* error = failed(answer)) ADD_FAILURE() << error->what << " " << error->where;
    if (const auto* refusal = refused(answer))
        ADD_FAILURE() << "refused: "
                      << (refusal->reasons.empty() ? "" : refusal->reasons.front().code);
    return std::get_if<runtime::Accepted>(&answer);
}

const model::Refusal* refused(const Answer& answer) { return std::get_if<model::Refusal>(&answer); }

const model::Error* failed(const Answer& answer) { return std::get_if<model::Error>(&answer); }

std::string text(const json::object& from, std::string_view key) {
    const auto* value = from.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
}

}  // namespace jinqiao::tests
