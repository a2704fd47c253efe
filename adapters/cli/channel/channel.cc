// Channels as they are configured: listed, tried, and the other side of them for tests.
#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>

#include "adapters/cli/channel/serve_echo.h"
#include "adapters/cli/channel/trial.h"
#include "adapters/cli/channels.h"
#include "adapters/cli/command.h"
#include "adapters/cli/setup.h"
#include "adapters/cli/table.h"
#include "config/files.h"

namespace jinqiao::adapters::cli {
namespace {

namespace json = boost::json;
using config::ChannelConfig;

struct Settings {
    std::string folder = "config";
    channel::TrialSettings trial;
    channel::EchoSettings echo;
};

std::string number_or_none(const Context& context, std::size_t number) {
    return number == 0 ? context.speech("cli.channel.no_limit") : std::to_string(number);
}

std::string rate(const Context& context, const OneChannel& one) {
    const auto& lane = one.settings.lane;
    if (lane.burst == 0) return context.speech("cli.channel.no_limit");
    return context.speech("cli.channel.rate", {{"burst", std::to_string(lane.burst)},
                                               {"ms", std::to_string(lane.every.count())}});
}

json::object as_json(const ChannelConfig& channel, const OneChannel& one) {
    const auto& settings = one.settings;
    return {{"name", channel.name},
            {"kind", channel.kind},
            {"concurrency", settings.concurrency},
            {"each", settings.each},
            {"burst", settings.lane.burst},
            {"every_ms", settings.lane.every.count()},
            {"text_limit", settings.text_limit},
            {"merges", one.merges},
            {"recognises_repeats", settings.recognises_repeats}};
}

// Nothing of the options is shown: an address may be a credential.
Exit list(const Context& context, const Settings& settings) {
    config::Faults faults, of_texts;
    const std::filesystem::path folder(settings.folder);
    const auto channels = config::load_channels(folder / "channels.yaml", faults);
    const auto texts = config::load_texts(folder / "texts", of_texts);
    const auto head = [&](const char* code) { return context.speech(code); };
    Table table({head("cli.head.channel"), head("cli.channel.head.kind"),
                 head("cli.channel.head.concurrency"), head("cli.channel.head.each"),
                 head("cli.channel.head.rate"), head("cli.channel.head.text_limit"),
                 head("cli.channel.head.repeats")});
    json::array out;
    for (const ChannelConfig& channel : channels) {
        const auto one = make_channel(channel, {}, false, faults);
        if (!one) continue;
        const auto& use = one->settings;
        out.push_back(as_json(channel, *one));
        table.add({printable(channel.name), printable(channel.kind),
                   std::to_string(use.concurrency), number_or_none(context, use.each),
                   rate(context, *one), number_or_none(context, use.text_limit),
                   context.speech(use.recognises_repeats ? "cli.channel.yes" : "cli.channel.no")});
    }
    if (config::any_error(faults)) {
        tell_faults(context, faults, texts);
        return Exit::refused;
    }
    if (context.json)
        context.out << json::serialize(json::object{{"channels", std::move(out)}}) << '\n';
    else
        table.print(context.out, context.view);
    return Exit::done;
}

void add_test(CLI::App& group, Context& context, Chosen& chosen,
              const std::shared_ptr<Settings>& held) {
    const Speech& speech = context.speech;
    CLI::App& command = *group.add_subcommand("test", speech("cli.help.channel.test"));
    auto& trial = held->trial;
    command.add_option("NAME", trial.name, speech("cli.help.channel.name"))->required();
    command.add_option("--address", trial.address, speech("cli.help.channel.address"));
    command.add_option("--config", trial.folder, speech("cli.help.channel.config"));
    command.add_option("--data", trial.data, speech("cli.help.data_folder"))
        ->envname("JINQIAO_HOME");
    command.callback([&, held] {
        chosen = [&context, held] { return channel::try_channel(context, held->trial); };
    });
}

void add_echo(CLI::App& group, Context& context, Chosen& chosen,
              const std::shared_ptr<Settings>& held) {
    const Speech& speech = context.speech;
    CLI::App& command = *group.add_subcommand("serve-echo", speech("cli.help.channel.echo"));
    auto& echo = held->echo;
    command.add_option("--listen", echo.listen, speech("cli.help.channel.echo.listen"));
    command.add_option("--log", echo.log, speech("cli.help.channel.echo.log"));
    command.add_option("--script", echo.script, speech("cli.help.channel.echo.script"));
    command.add_option("--config", echo.folder, speech("cli.help.channel.echo.config"));
    command.add_option("--secret", echo.secrets, speech("cli.help.channel.echo.secret"));
    command
        .add_option("--token-life", echo.token_life_s, speech("cli.help.channel.echo.token_life"))
        ->check(CLI::Range(0, 86'400));
    command.callback([&, held] {
        chosen = [&context, held] { return channel::serve_echo(context, held->echo); };
    });
}

}  // namespace

void add_channel(CLI::App& app, Context& context, Chosen& chosen) {
    const Speech& speech = context.speech;
    const auto held = std::make_shared<Settings>();
    CLI::App& group = *app.add_subcommand("channel", speech("cli.help.channel"));
    group.require_subcommand(1);
    CLI::App& listing = *group.add_subcommand("list", speech("cli.help.channel.list"));
    listing.add_option("--config", held->folder, speech("cli.help.channel.config"));
    listing.callback([&, held] { chosen = [&context, held] { return list(context, *held); }; });
    add_test(group, context, chosen, held);
    add_echo(group, context, chosen, held);
}

}  // namespace jinqiao::adapters::cli
