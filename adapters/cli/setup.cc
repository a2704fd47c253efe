#include "adapters/cli/setup.h"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "adapters/cli/channel_use.h"
#include "adapters/cli/channels.h"
#include "adapters/cli/table.h"
#include "adapters/cli/templates.h"
#include "config/ledger.h"
#include "workflows/catalogue.h"

namespace jinqiao::adapters::cli {
namespace {

using Borrowed = std::vector<const engine::kernel::Workflow*>;

Borrowed borrow(const std::vector<std::shared_ptr<const engine::kernel::Workflow>>& workflows) {
    Borrowed result;
    for (const auto& workflow : workflows) result.push_back(workflow.get());
    return result;
}

boost::json::object as_json(const config::Fault& fault, const config::Catalogue& texts,
                            engine::model::Language language) {
    boost::json::object object{{"file", fault.file},
                               {"line", fault.line},
                               {"column", fault.column},
                               {"path", fault.path},
                               {"expected", texts.text(fault.expected, language)},
                               {"found", texts.text(fault.found, language)},
                               {"severity", fault.warning ? "warning" : "error"},
                               {"text", config::describe(fault, texts, language)}};
    if (!fault.nearest.empty()) object["nearest"] = fault.nearest;
    if (!fault.code.empty()) object["code"] = fault.code;
    if (fault.see) object["see"] = fault.see->args.front().second;
    return object;
}

}  // namespace

engine::runtime::World Setup::world(engine::policy::Directory directory) const {
    engine::runtime::World world;
    for (const auto& workflow : workflows)
        world.workflows[std::string(workflow->name())] = workflow;
    world.policies = configuration.policies;
    world.default_workflow = "dispute";
    world.calendar = configuration.calendar;
    world.directory = std::make_shared<const engine::policy::Directory>(std::move(directory));
    return world;
}

engine::runtime::World Setup::daemon_world(engine::policy::Directory directory) const {
    auto out = world(std::move(directory));
    const auto& service = configuration.service;
    out.stationery =
        std::make_shared<const engine::runtime::Stationery>(engine::runtime::Stationery{
            renderer(), service.public_url, service.sign_link_ttl, service.number_prefix});
    return out;
}

std::unique_ptr<config::MustacheRenderer> Setup::renderer() const {
    config::TextsByChannel channels;
    for (const auto& [name, use] : uses) channels[name] = {use.texts, use.settings.text_limit};
    return std::make_unique<config::MustacheRenderer>(
        configuration.texts,
        config::labels_of(borrow(workflows), configuration.policies, configuration.organisation),
        configuration.service.utc_offset, std::move(channels));
}

engine::runtime::CoreSettings Setup::core(std::string link_key) const {
    engine::runtime::CoreSettings settings;
    settings.public_url = configuration.service.public_url;
    settings.link_key = std::move(link_key);
    settings.link_ttl = configuration.service.sign_link_ttl;
    settings.cached_cases = static_cast<std::size_t>(configuration.service.commit.cached_cases);
    settings.number_prefix = configuration.service.number_prefix;
    settings.sealed_paths.assign(configuration.fields.sealed.begin(),
                                 configuration.fields.sealed.end());
    settings.sealed_paths.insert(settings.sealed_paths.end(), configuration.fields.owner.begin(),
                                 configuration.fields.owner.end());
    settings.answers_kept = configuration.service.http.answers_kept;
    settings.unused_documents_kept = configuration.service.documents.unused_kept;
    settings.dead_letters = {configuration.service.delivery.dead_letters_to,
                             configuration.service.delivery.dead_letters_every};
    return settings;
}

Checked check_configuration(const std::filesystem::path& folder, engine::time::Instant at) {
    const config::Ledger ledger;
    Checked checked;
    Setup setup;
    setup.workflows = workflows::catalogue();
    const Borrowed workflows = borrow(setup.workflows);
    config::Loaded loaded = config::load(folder, workflows, at);
    checked.faults = std::move(loaded.faults);
    checked.texts = loaded.texts;
    if (!loaded.configuration) return checked;
    auto contacts = config::contact_places(folder / "organisation.yaml");
    for (auto& contact : config::contact_places(folder / "demo" / "zone.yaml"))
        contacts.push_back(std::move(contact));
    (void)make_channels(loaded.configuration->channels, {}, false, checked.faults, contacts,
                        common_use(loaded.configuration->service), &setup.uses);
    if (config::any_error(checked.faults)) return checked;
    setup.configuration = std::move(*loaded.configuration);
    warn_of_long_templates(setup, checked.faults);
    setup.effective = config::effective(folder, ledger);
    checked.setup = std::move(setup);
    return checked;
}

std::optional<Setup> load_setup(const Context& context, const std::filesystem::path& folder,
                                engine::time::Instant at) {
    Checked checked = check_configuration(folder, at);
    if (!checked.setup || !checked.faults.empty())
        tell_faults(context, checked.faults, *checked.texts);
    return std::move(checked.setup);
}

boost::json::object as_json(const config::Effective& value) {
    boost::json::object out{{"key", value.key}};
    if (value.origin == config::Effective::Origin::secret)
        out["secret"] = value.value;
    else
        out["value"] = value.value;
    out["origin"] = value.origin == config::Effective::Origin::fallback ? "default" : "file";
    if (value.origin != config::Effective::Origin::fallback) {
        out["file"] = value.file;
        out["line"] = value.line;
    }
    return out;
}

boost::json::array as_json(const config::Faults& faults, const config::Catalogue& texts,
                           engine::model::Language language) {
    boost::json::array list;
    for (const auto& fault : faults) list.push_back(as_json(fault, texts, language));
    return list;
}

void tell_faults(const Context& context, const config::Faults& faults,
                 const config::Catalogue& texts) {
    if (context.json) {
        context.out << boost::json::serialize(boost::json::object{
                           {"ok", !config::any_error(faults)},
                           {"faults", as_json(faults, texts, context.speech.language())}})
                    << '\n';
        return;
    }
    if (!texts.has("check.fault")) {  // no fault could be worded
        context.err << printable(context.speech("cli.config.none", {{"file", faults.front().file}}))
                    << '\n';
        return;
    }
    for (const auto& fault : faults)
        context.err << (fault.warning ? context.speech("cli.warning") + " " : std::string())
                    << printable(config::describe(fault, texts, context.speech.language())) << '\n';
}

}  // namespace jinqiao::adapters::cli
