#include "tests/e2e/http/daemon.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>
#include <cstdio>

#include "adapters/http/digest.h"
#include "engine/runtime/enterprises.h"
#include "tests/support/leave_request.h"
#include "tests/support/leave_setting.h"
#include "tests/unit/time/calendar_fixture.h"

namespace jinqiao::tests {

namespace json = boost::json;
namespace ports = engine::ports;
namespace runtime = engine::runtime;

namespace {

class CountedIds final : public ports::Ids {
  public:
    std::string next(engine::time::Instant) override {
        char text[32];
        std::snprintf(text, sizeof text, "%026d", ++last_);
        return text;
    }

  private:
    int last_ = 0;
};

class PlainRenderer final : public ports::Renderer {
  public:
    ports::Rendered render(const engine::model::Notice& notice, const json::object& vars,
                           engine::model::Language) const override {
        return {notice.event, "please sign: " + std::string(vars.at("sign_url").as_string())};
    }
};

runtime::Registration registration() {
    const auto account = [](const std::string& name, const std::string& role,
                            json::object more = {}) {
        more["roles"] = json::array{role};
        return account_row(name, std::move(more));
    };
    runtime::Registration rows;
    rows.accounts = {
        account("chen", "enterprise_union", {{"person", "chen"}, {"enterprise", "ent-1"}}),
        account("other", "enterprise_union", {{"enterprise", "ent-2"}}),
        account("wang", "duty_officer", {{"person", "wang"}}),
        account("qian", "supervisor", {{"person", "qian"}}),
        account("he", "department", {{"person", "he"}, {"department", "hr"}}),
        account("tao", "department", {{"person", "tao"}, {"department", "union"}}),
        account("pan", "department", {{"person", "pan"}, {"department", "police"}}),
        account("admin", "administrator"),
        account("auditor", "auditor"),
        account("gone", "supervisor", {{"enabled", false}})};
    ports::EnterpriseRow enterprise;
    enterprise.id.value = "ent-1";
    enterprise.name = "an enterprise";
    enterprise.name_key = runtime::enterprise_key("an enterprise", "");
    enterprise.body = "{}";
    rows.enterprises = {enterprise};
    return rows;
}

runtime::World leave_world() {
    runtime::World world;
    world.workflows["leave_request"] = leave_request();
    world.policies["leave_request"] =
        std::make_shared<const engine::policy::Policy>(leave_policy());
    world.calendar =
        std::make_shared<const engine::time::Calendar>(engine::time::testing::calendar_2026());
    world.directory = std::make_shared<const engine::policy::Directory>(leave_directory());
    return world;
}

}  // namespace

ports::AccountRow account_row(const std::string& name, json::object body) {
    return {engine::model::AccountId{"acc-" + name}, json::serialize(body)};
}

Office leave_office() {
    Office office;
    office.world = leave_world();
    office.renderer = std::make_unique<PlainRenderer>();
    office.words = std::make_shared<PlainWords>();
    office.rows = registration();
    office.core.public_url = "http://test";
    office.now = engine::time::testing::at("2026-03-03 10:00");
    return office;
}

Daemon::Daemon(adapters::http::HttpSettings settings, runtime::CommitterSettings commit)
    : Daemon(leave_office(), std::move(settings), commit) {}

Daemon::Daemon(Office office, adapters::http::HttpSettings settings,
               runtime::CommitterSettings commit)
    : clock(office.now),
      ids(std::make_unique<CountedIds>()),
      renderer(std::move(office.renderer)),
      words(std::move(office.words)),
      world(std::make_unique<runtime::WorldHolder>(std::move(office.world))) {
    runtime::Core::Parts parts;
    parts.store = &store;
    parts.clock = &clock;
    parts.ids = ids.get();
    parts.renderer = renderer.get();
    parts.world = world.get();
    parts.read_policy = office.read_policy;
    office.core.link_key = link_key;
    core = std::make_unique<runtime::Core>(parts, office.core);
    for (const auto& account : office.rows.accounts) {
        const auto token = "token-" + account.id.value.substr(std::string("acc-").size());
        office.rows.tokens.push_back(
            {adapters::http::token_hash(token), account.id, "test", false, office.now, {}, ""});
    }
    runtime::Submission accounts;
    accounts.work = std::move(office.rows);
    EXPECT_TRUE(core->process({&accounts, 1}).ok());
    if (office.prepare) office.prepare(*core, store);
    committer = std::make_unique<runtime::Committer>(*core, store, commit, nullptr);
    settings.port = 0;
    settings.link_key = link_key;
    adapters::http::ApiParts api;
    api.store = &store;
    api.core = core.get();
    api.committer = committer.get();
    api.world = world.get();
    api.clock = &clock;
    api.words = words.get();
    api.read_policy = office.read_policy;
    api.audit = office.audit;
    api.changes = std::make_shared<adapters::http::ChangeFeed>("run", 8);
    core->on_commit([changes = api.changes](auto committed) { changes->publish(committed); });
    api.fields = office.fields;
    api.pages = office.pages;
    api.clock_held = [this] { return clock_held.load(); };
    api.confirm_clock = [this] {
        ++clock_confirmed;
        clock_held = false;
    };
    api.reload = [this](adapters::http::ReloadOrder order,
                        std::function<void(adapters::http::Reloaded)> done) {
        if (reload) return reload(std::move(order), std::move(done));
        adapters::http::Reloaded tried;  // nobody is interested in it
        tried.kind = adapters::http::Reloaded::Kind::tried;
        tried.body["done"] = "tried";
        done(std::move(tried));
    };
    api.channel_facts = [this] { return channel_facts; };
    api.try_channel = [this](adapters::http::ChannelTrial trial,
                             std::function<void(adapters::http::ChannelTried)> done) {
        try_channel(std::move(trial), std::move(done));
    };
    api.configuration = [this] { return configuration; };
    server = std::make_unique<adapters::http::Server>(api, settings);
    EXPECT_TRUE(server->start().ok());
}

Daemon::~Daemon() {
    server->stop();
    committer->stop();
    server.reset();
}

Client Daemon::as(const std::string& account, const std::string& language) const {
    return Client(server->port(), "token-" + account, language);
}

std::string Daemon::file(int days) {
    const auto reply = as("chen").post("/api/v1/alerts", json::serialize(leave_alert(days)));
    EXPECT_EQ(reply.status, 201) << reply.body;
    const auto kase = reply.json();
    return kase.is_object() ? std::string(kase.at("id").as_string()) : std::string();
}

}  // namespace jinqiao::tests
