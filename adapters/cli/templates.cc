#include "adapters/cli/templates.h"

#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/cli/client_show.h"
#include "adapters/cli/command.h"
#include "adapters/cli/moment.h"
#include "adapters/cli/table.h"
#include "config/check.h"

namespace jinqiao::adapters::cli {

namespace json = boost::json;
using engine::model::GradeLevel;
using engine::model::Language;
using engine::model::Notice;
using engine::model::Text;

namespace {

// The key whose words are the longest in Chinese, which is what bytes are counted in.
template <class Words>
std::string longest_of(const Words& words, const std::string& prefix) {
    std::string key;
    std::size_t most = 0;
    for (const auto& [name, text] : words) {
        if (!name.starts_with(prefix) || text.zh.size() < most) continue;
        most = text.zh.size();
        key = name.substr(prefix.size());
    }
    return key;
}

// A sign token is as long in every link.
constexpr std::size_t token_length = 72;

json::object sample_vars(const Setup& setup) {
    const auto& configuration = setup.configuration;
    std::vector<const engine::kernel::Workflow*> workflows;
    for (const auto& workflow : setup.workflows) workflows.push_back(workflow.get());
    const auto labels =
        config::labels_of(workflows, configuration.policies, configuration.organisation);
    json::object vars;
    for (const auto& name : config::template_variables())
        vars[name] = longest_of(configuration.texts->texts, name + ".");
    const std::string post = longest_of(labels, "post:");
    for (const char* key : {"post", "from", "to", "source"}) vars[key] = post;
    vars["department"] = longest_of(labels, "department:");
    vars["state"] = longest_of(labels, "state:");
    vars["clock"] = longest_of(labels, "clock:");
    vars["number"] = configuration.service.number_prefix + "-2026-000123";
    vars["case"] = vars["number"];
    for (const char* key : {"due_ms", "at_ms", "until_ms", "since_ms", "earlier_due_ms"})
        vars[key] = 1'774'491'000'000;  // 2026-03-26 10:10 in Shanghai
    for (const char* key : {"count", "no", "amount", "workers", "repeat"}) vars[key] = 120;
    for (const char* key : {"due", "at", "until", "since", "earlier_due", "exercise", "urgent",
                            "grade", "addressee", "event", "reason", "subject"})
        vars.erase(key);
    vars["sign_url"] = configuration.service.public_url + "/s/" + std::string(token_length, 'x');
    return vars;
}

Notice sample_notice(const SampleNotice& sample, const Setup& setup) {
    Notice notice;
    notice.event = sample.event;
    notice.channel = sample.channel;
    notice.grade = sample.grade;
    notice.exercise = sample.exercise;
    notice.addressee = {engine::model::Addressee::Kind::department, {}};
    const auto& departments = setup.configuration.organisation.departments;
    if (!departments.empty()) notice.addressee.id = departments.begin()->first.value;
    return notice;
}

// The words as they are, whatever a channel can carry.
std::unique_ptr<config::MustacheRenderer> unlimited(const Setup& setup) {
    Setup whole = setup;
    for (auto& [name, use] : whole.uses) use.settings.text_limit = 0;
    return whole.renderer();
}

struct Settings {
    std::string folder, event, channel, grade = "orange", language;
    bool exercise = false;
};

Exit list(const Context& context, const Settings& settings) {
    const auto setup = load_setup(context, settings.folder, engine::time::from_ms(0));
    if (!setup) return Exit::refused;
    const auto& texts = *setup->configuration.texts;
    json::array events;
    Table table(headings(context, {"event", "label", "sets"}));
    for (const auto& [event, words] : texts.notices) {
        std::string sets;
        for (const auto& [set, notices] : texts.sets)
            if (notices.contains(event) || notices.contains("default"))
                sets += (sets.empty() ? "" : ", ") + set;
        events.push_back(json::object{{"event", event}, {"sets", sets}});
        table.add({event, context.speech("notice." + event), sets});
    }
    if (context.json)
        context.out << json::serialize(events) << '\n';
    else
        table.print(context.out, context.view);
    return Exit::done;
}

Exit render(const Context& context, const Settings& settings) {
    const auto setup = load_setup(context, settings.folder, engine::time::from_ms(0));
    if (!setup) return Exit::refused;
    const auto unknown = [&](const char* code, const std::string& name) {
        return context.fail({engine::model::ErrorCode::not_found, context.speech(code), name},
                            Exit::usage);
    };
    if (!setup->configuration.texts->notices.contains(settings.event))
        return unknown("cli.template.no_event", settings.event);
    if (!settings.channel.empty() && !setup->uses.contains(settings.channel))
        return unknown("cli.template.no_channel", settings.channel);
    SampleNotice sample{settings.event, settings.channel, GradeLevel::orange, settings.exercise,
                        Language::zh};
    if (const auto grade = engine::model::parse_grade(settings.grade)) sample.grade = *grade;
    (void)config::parse_language(
        settings.language.empty() ? context.speech.tag() : settings.language, sample.language);
    const auto rendered = render_sample(*setup, sample);
    if (context.json) {
        context.out << json::serialize(json::object{{"event", settings.event},
                                                    {"channel", settings.channel},
                                                    {"pattern", rendered.pattern},
                                                    {"subject", rendered.subject},
                                                    {"text", rendered.text},
                                                    {"bytes", rendered.text.size()}})
                    << '\n';
        return Exit::done;
    }
    const std::size_t limit =
        settings.channel.empty() ? 0 : setup->uses.at(settings.channel).settings.text_limit;
    context.out << rendered.subject << "\n\n"
                << rendered.text << "\n\n"
                << context.speech(limit == 0 ? "cli.template.bytes" : "cli.template.bytes_of",
                                  {{"pattern", rendered.pattern},
                                   {"bytes", std::to_string(rendered.text.size())},
                                   {"limit", std::to_string(limit)}})
                << '\n';
    return Exit::done;
}

}  // namespace

engine::ports::Rendered render_sample(const Setup& setup, const SampleNotice& sample,
                                      bool limited) {
    const auto renderer = limited ? setup.renderer() : unlimited(setup);
    return renderer->render(sample_notice(sample, setup), sample_vars(setup), sample.language);
}

void warn_of_long_templates(const Setup& setup, config::Faults& faults) {
    const auto renderer = unlimited(setup);
    const auto vars = sample_vars(setup);
    for (const auto& [channel, use] : setup.uses) {
        const std::size_t limit = use.settings.text_limit;
        if (limit == 0) continue;
        for (const auto& [event, words] : setup.configuration.texts->notices)
            for (const Language language : {Language::zh, Language::en}) {
                const auto notice =
                    sample_notice({event, channel, GradeLevel::orange, true, language}, setup);
                const auto bytes = renderer->render(notice, vars, language).text.size();
                if (bytes <= limit) continue;
                config::Fault fault;
                fault.file = (setup.configuration.folder / "texts" / "notices.yaml").string();
                fault.path = event + ".text." + (language == Language::zh ? "zh" : "en");
                fault.expected = {"template.limit",
                                  {{"channel", channel}, {"limit", std::to_string(limit)}}};
                fault.found = {"template.length", {{"bytes", std::to_string(bytes)}}};
                fault.code = "template.long";
                fault.warning = true;
                faults.push_back(std::move(fault));
            }
    }
}

void add_template(CLI::App& app, Context& context, Chosen& chosen) {
    const Speech& speech = context.speech;
    const auto settings = std::make_shared<Settings>();
    CLI::App& group = *app.add_subcommand("template", speech("cli.help.template"));
    group.require_subcommand(1);

    CLI::App& listing = *group.add_subcommand("list", speech("cli.help.template.list"));
    listing.add_option("--config", settings->folder, speech("cli.help.config"))->required();
    listing.callback(
        [&, settings] { chosen = [&context, settings] { return list(context, *settings); }; });

    CLI::App& showing = *group.add_subcommand("render", speech("cli.help.template.render"));
    showing.add_option("EVENT", settings->event, speech("cli.help.template.event"))->required();
    showing.add_option("--config", settings->folder, speech("cli.help.config"))->required();
    showing.add_option("--channel", settings->channel, speech("cli.help.template.channel"));
    showing.add_option("--grade", settings->grade, speech("cli.help.template.grade"))
        ->check(CLI::IsMember({"red", "orange", "yellow", "blue"}));
    showing.add_option("--language", settings->language, speech("cli.help.template.language"))
        ->check(CLI::IsMember({"zh", "en"}));
    showing.add_flag("--exercise", settings->exercise, speech("cli.help.template.exercise"));
    showing.callback(
        [&, settings] { chosen = [&context, settings] { return render(context, *settings); }; });
}

}  // namespace jinqiao::adapters::cli
