#include "tests/e2e/http/park.h"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "config/load.h"
#include "config/render.h"
#include "config/zone.h"
#include "engine/runtime/enterprises.h"
#include "tests/unit/time/calendar_fixture.h"
#include "workflows/catalogue.h"

namespace jinqiao::tests {

namespace json = boost::json;

namespace {

class ShippedWords final : public adapters::http::Words {
  public:
    explicit ShippedWords(std::shared_ptr<const config::Catalogue> texts)
        : texts_(std::move(texts)) {}
    using Words::text;
    bool has(const std::string& code) const override { return texts_->has(code); }
    std::string text(const engine::model::Message& message,
                     engine::model::Language language) const override {
        return texts_->text(message, language);
    }
    std::string line(const engine::time::Line& line,
                     engine::model::Language language) const override {
        return texts_->line(line, language);
    }
    std::string instant(engine::time::Instant at, engine::model::Language language) const override {
        return config::word_instant(at, language);
    }

  private:
    std::shared_ptr<const config::Catalogue> texts_;
};

engine::ports::EnterpriseRow row_of(const config::EnterpriseSeed& seed) {
    engine::ports::EnterpriseRow row;
    row.id = seed.id;
    row.uscc = seed.uscc;
    row.name = seed.name;
    row.name_key = engine::runtime::enterprise_key(seed.name, seed.address);
    row.body = json::serialize(seed.known);
    return row;
}

}  // namespace

Office park() {
    const std::string folder = JINQIAO_SOURCE_DIR "/config";
    const auto now = engine::time::testing::at("2026-09-30 16:20");
    Office office;
    std::vector<const engine::kernel::Workflow*> borrowed;
    const auto workflows = workflows::catalogue();
    for (const auto& workflow : workflows) borrowed.push_back(workflow.get());
    auto loaded = config::load(folder, borrowed, now);
    for (const auto& fault : loaded.faults)
        if (!fault.warning)
            ADD_FAILURE() << config::describe(fault, *loaded.texts, engine::model::Language::en);
    if (!loaded.configuration) std::abort();
    auto& configuration = *loaded.configuration;
    const auto zone = config::load_zone(folder + "/demo/zone.yaml", configuration.organisation);
    if (!zone.zone) std::abort();
    for (const auto& workflow : workflows)
        office.world.workflows[std::string(workflow->name())] = workflow;
    office.world.policies = configuration.policies;
    office.world.calendar = configuration.calendar;
    office.world.directory = std::make_shared<const engine::policy::Directory>(
        config::staffed(configuration.organisation, *zone.zone));
    office.world.default_workflow = "dispute";
    office.renderer = std::make_unique<config::MustacheRenderer>(
        configuration.texts,
        config::labels_of(borrowed, configuration.policies, configuration.organisation));
    office.words = std::make_shared<ShippedWords>(configuration.texts);
    for (const auto& seed : zone.zone->accounts) {
        json::object body{{"roles", json::array(seed.roles.begin(), seed.roles.end())},
                          {"person", seed.person.value},
                          {"enterprise", seed.enterprise.value},
                          {"department", seed.department.value}};
        if (!seed.token_name.empty())
            office.rows.accounts.push_back(account_row(seed.token_name, std::move(body)));
    }
    for (const auto& seed : zone.zone->enterprises) office.rows.enterprises.push_back(row_of(seed));
    office.core.public_url = configuration.service.public_url;
    office.core.sealed_paths.assign(configuration.fields.sealed.begin(),
                                    configuration.fields.sealed.end());
    office.core.sealed_paths.insert(office.core.sealed_paths.end(),
                                    configuration.fields.owner.begin(),
                                    configuration.fields.owner.end());
    office.fields.open = {configuration.fields.open.begin(), configuration.fields.open.end()};
    office.fields.authors_only = {configuration.fields.author.begin(),
                                  configuration.fields.author.end()};
    office.fields.owner_only = {configuration.fields.owner.begin(),
                                configuration.fields.owner.end()};
    office.fields.department = {configuration.fields.department.begin(),
                                configuration.fields.department.end()};
    office.now = now;
    office.read_policy = config::read_policy;
    return office;
}

json::object park_alert() {
    return json::parse(R"({"enterprise": {"name": "示例精密部件（金桥）有限公司",
        "uscc": "91310115MA0000000U", "address": "示例开发区示例路1号", "industry": "制造业",
        "ownership": "foreign", "home_country": "DE", "staff": 320, "fortune500": false},
       "event": {"cause": "layoff", "behaviours": ["gathering_inside"], "place": "一号厂房",
        "workers_involved": 120, "workers_present": 80, "demands": ["compensation"],
        "arrears_months": 0, "started_at": "2026-09-30T15:30:00+08:00",
        "noticed_at": "2026-09-30T16:10:00+08:00", "injured": 0, "media": false,
        "cross_enterprise": false, "amount": 0, "owner_unreachable": false,
        "layoff": {"announced": "2026-09-29", "planned_for": "2026-10-31", "explained_on": null}},
       "reporter": {"name": "张三丰", "role": "工会主席", "phone": "13900001111"},
       "filing": "identified", "documents": [], "note": "车间内聚集", "exercise": false})")
        .as_object();
}

}  // namespace jinqiao::tests
