#include "adapters/cli/channel/serve_echo.h"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <set>

#include "adapters/cli/channel/secrets_of.h"
#include "adapters/cli/serve_signals.h"
#include "adapters/cli/service_settings.h"
#include "adapters/echo/server.h"
#include "config/files.h"

namespace jinqiao::adapters::cli::channel {
namespace {

using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;

const std::set<std::string> names{"aliyun",  "dingtalk", "feishu",
                                  "tencent", "webhook",  "wecom_app"};

std::optional<std::string> text_of(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(stream), {});
    if (!stream) return std::nullopt;
    return text;
}

Result<std::string> read_secret(const Context& context, const std::string& where) {
    std::string secret;
    if (where.starts_with("env:")) {
        const char* value = std::getenv(where.c_str() + 4);  // NOLINT(concurrency-mt-unsafe)
        if (value != nullptr) secret = value;
    } else if (const auto text = text_of(where)) {
        secret = *text;
    }
    while (secret.ends_with('\n') || secret.ends_with('\r')) secret.pop_back();
    if (secret.empty())
        return Error{ErrorCode::not_found, context.speech("cli.channel.echo.no_secret"), where};
    return secret;
}

Result<echo::Settings> settings_of(const Context& context, const EchoSettings& settings) {
    echo::Settings out;
    out.token_life = std::chrono::seconds{settings.token_life_s};
    if (!settings.folder.empty()) {
        config::Faults faults;
        const auto channels =
            config::load_channels(std::filesystem::path(settings.folder) / "channels.yaml", faults);
        if (config::any_error(faults))
            return Error{ErrorCode::invalid, context.speech("cli.channel.echo.config"),
                         settings.folder};
        out.secrets = secrets_of(channels);
    }
    for (const std::string& each : settings.secrets) {
        const auto equals = each.find('=');
        const std::string name = each.substr(0, equals);
        if (equals == std::string::npos || !names.contains(name)) {
            std::string listed;
            for (const auto& known : names) listed += (listed.empty() ? "" : ", ") + known;
            return Error{ErrorCode::invalid,
                         context.speech("cli.channel.echo.name", {{"names", listed}}), "--secret"};
        }
        auto secret = read_secret(context, each.substr(equals + 1));
        if (!secret) return secret.error();
        out.secrets[name].push_back(std::move(*secret));
    }
    return out;
}

Exit usage(const Context& context, const Error& error) { return context.fail(error, Exit::usage); }

}  // namespace

Exit serve_echo(const Context& context, const EchoSettings& settings) {
    const auto address = parse_address(settings.listen);
    // What it is sent is meant for somebody else: nobody beyond this machine is to send it here.
    if (!address || (!address->host.starts_with("127.") && address->host != "::1"))
        return usage(context, {ErrorCode::invalid, context.speech("cli.channel.echo.listen"),
                               settings.listen});
    auto senders = settings_of(context, settings);
    if (!senders) return usage(context, senders.error());
    const auto script = std::make_shared<echo::Script>();
    if (!settings.script.empty()) {
        const auto lines = text_of(settings.script);
        const auto added = script->add(lines.value_or(""));
        if (!lines || !added)
            return usage(context,
                         lines ? added.error()
                               : Error{ErrorCode::not_found,
                                       context.speech("cli.channel.echo.script"), settings.script});
    }
    std::ofstream log;
    if (!settings.log.empty()) log.open(settings.log, std::ios::app);
    if (!settings.log.empty() && !log)
        return context.fail(
            {ErrorCode::unavailable, context.speech("cli.channel.echo.log"), settings.log},
            Exit::could_not);
    std::string checked;
    for (const auto& [name, each] : senders->secrets)
        checked += (checked.empty() ? "" : ", ") + name;

    Signals signals;  // before any thread
    echo::Server server(std::move(*senders), script, [&](const std::string& line) {
        context.out << line << std::endl;
        if (log.is_open()) log << line << std::endl;
    });
    if (const auto started = server.start({address->host, address->port}); !started)
        return context.fail(started.error(), Exit::could_not);
    context.out << "listening on " << address->host << ':' << server.port() << std::endl;
    context.out << context.speech(
                       checked.empty() ? "cli.channel.echo.unchecked" : "cli.channel.echo.checked",
                       {{"names", checked}})
                << std::endl;
    while (signals.wait() == SIGHUP) {
    }
    server.stop();
    return Exit::done;
}

}  // namespace jinqiao::adapters::cli::channel
