#include "workflows/diagram.h"

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/cli/command.h"
#include "workflows/catalogue.h"

namespace jinqiao::adapters::cli {
namespace {

struct Settings {
    std::string workflow;
    std::string format = "mermaid";
};

Exit draw(const Context& context, const Settings& settings) {
    for (const auto& workflow : workflows::catalogue()) {
        if (workflow->name() != settings.workflow) continue;
        const auto chart = workflows::chart_of(*workflow);
        const std::string text =
            settings.format == "dot" ? workflows::dot(chart) : workflows::mermaid(chart);
        if (context.json)
            context.out << boost::json::serialize(
                               boost::json::object{{"workflow", settings.workflow},
                                                   {"version", workflow->version()},
                                                   {"format", settings.format},
                                                   {"text", text}})
                        << '\n';
        else
            context.out << text;
        return Exit::done;
    }
    return context.fail({engine::model::ErrorCode::not_found, context.speech("cli.diagram.unknown"),
                         settings.workflow},
                        Exit::usage);
}

}  // namespace

void add_diagram(CLI::App& app, Context& context, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand("diagram", context.speech("cli.help.diagram"));
    const auto settings = std::make_shared<Settings>();
    command.add_option("workflow", settings->workflow, context.speech("cli.help.diagram.workflow"))
        ->required();
    command.add_option("--format", settings->format, context.speech("cli.help.diagram.format"))
        ->check(CLI::IsMember({"mermaid", "dot"}));
    command.callback(
        [&, settings] { chosen = [&context, settings] { return draw(context, *settings); }; });
}

}  // namespace jinqiao::adapters::cli
