#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <charconv>
#include <memory>
#include <thread>

#include "adapters/cli/channels.h"
#include "adapters/cli/command.h"
#include "adapters/cli/organisation_change.h"
#include "adapters/cli/secrets.h"
#include "adapters/cli/serve_signals.h"
#include "adapters/cli/serve_words.h"
#include "adapters/cli/setup.h"
#include "adapters/cli/system.h"
#include "adapters/http/server.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "engine/runtime/directory_changes.h"
#include "engine/runtime/engine.h"

namespace jinqiao::adapters::cli {
namespace {

using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;
using engine::runtime::Engine;

struct Settings {
    std::string folder;
    std::string data = "./var";
    std::string listen;
};

struct Address {
    std::string host;
    std::uint16_t port = 0;
};

// "127.0.0.1:8470", "[::1]:8470"
std::optional<Address> parse_address(const std::string& text) {
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return std::nullopt;
    Address address{text.substr(0, colon), 0};
    if (address.host.front() == '[' && address.host.back() == ']')
        address.host = address.host.substr(1, address.host.size() - 2);
    const auto read =
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), address.port);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    return address;
}

engine::runtime::EngineSettings engine_settings(const Setup& setup, const std::string& key) {
    const config::Service& service = setup.configuration.service;
    engine::runtime::EngineSettings settings;
    settings.core = setup.core(key);
    settings.committer.queue = static_cast<std::size_t>(service.commit.queue);
    settings.committer.batch = static_cast<std::size_t>(service.commit.batch);
    auto& otherwise = settings.deliveries.otherwise;
    otherwise.patience = service.delivery.patience;
    otherwise.first_retry = service.delivery.first_retry;
    otherwise.longest_retry = service.delivery.longest_retry;
    otherwise.give_up_after = service.delivery.give_up_after;
    otherwise.unknown_repeats = static_cast<int>(service.delivery.unknown_repeats);
    settings.deliveries.in_flight = static_cast<std::size_t>(service.delivery.in_flight);
    settings.audit.every = service.audit.every;
    settings.audit.looks.timer_limit = service.audit.timer_limit;
    settings.audit.looks.notice_limit = service.audit.notice_limit;
    settings.audit.looks.cases_a_look = static_cast<std::size_t>(service.audit.cases);
    settings.audit.alarm_again = service.audit.alarm_again;
    settings.timers.jump = service.audit.clock_jump;
    settings.timers.settle = service.audit.clock_hold;
    return settings;
}

http::FieldRules field_rules(const config::Fields& fields) {
    http::FieldRules rules;
    rules.open = {fields.open.begin(), fields.open.end()};
    rules.authors_only = {fields.author.begin(), fields.author.end()};
    rules.department = {fields.department.begin(), fields.department.end()};
    return rules;
}

http::Rate rate_of(const config::Service::Rate& rate) {
    return {static_cast<std::size_t>(rate.burst), rate.every};
}

void set_accounts(const config::Service::Accounts& from, http::HttpSettings& to) {
    to.password_cost.passes = static_cast<std::uint64_t>(from.password_passes);
    to.password_cost.memory = static_cast<std::size_t>(from.password_memory_mib) << 20;
    to.password_least = static_cast<std::size_t>(from.password_least);
    to.passwords_at_once = static_cast<std::size_t>(from.passwords_at_once);
    to.passwords_waiting = static_cast<std::size_t>(from.passwords_waiting);
    to.session_ttl = from.session_ttl;
    to.sessions_per_account = static_cast<std::size_t>(from.sessions);
    to.sign_in_failures = rate_of(from.failures_per_account);
    to.sign_in_failures_from = rate_of(from.failures_per_address);
}

void set_limits(const config::Service::Http& from, http::HttpSettings& to) {
    const auto size = [](std::int64_t value) { return static_cast<std::size_t>(value); };
    to.bodies_limit = size(from.bodies_limit);
    to.header_limit = static_cast<std::uint32_t>(from.header_limit);
    to.header_fields = size(from.header_fields);
    to.target_limit = size(from.target_limit);
    to.connections = size(from.connections);
    to.connections_per_address = size(from.connections_per_address);
    to.request_timeout = from.request_timeout;
    to.write_timeout = from.write_timeout;
    to.least_rate = size(from.least_rate);
    to.idle_timeout = from.idle_timeout;
    to.requests_per_account = rate_of(from.requests_per_account);
    to.requests_per_address = rate_of(from.requests_per_address);
    for (const auto& text : from.trusted_proxies)
        if (auto network = http::Network::parse(text)) to.trusted_proxies.push_back(*network);
    to.tls = {from.certificate, from.key};
    to.hsts = std::chrono::duration_cast<std::chrono::seconds>(from.hsts);
}

http::HttpSettings http_settings(const Setup& setup, const Address& address,
                                 const std::string& key) {
    const config::Service& service = setup.configuration.service;
    http::HttpSettings settings;
    settings.address = address.host;
    settings.port = address.port;
    settings.public_url = service.public_url;
    settings.zone_name = service.zone_name;
    settings.version = JINQIAO_VERSION;
    settings.language = service.language;
    settings.body_limit = static_cast<std::size_t>(service.http.body_limit);
    set_limits(service.http, settings);
    settings.answers_kept = service.http.answers_kept;
    settings.queue_limit = static_cast<std::size_t>(service.commit.queue);
    settings.link_key = key;
    set_accounts(service.accounts, settings);
    return settings;
}

engine::runtime::Notifiers shared(Notifiers notifiers) {
    engine::runtime::Notifiers result;
    for (auto& [name, notifier] : notifiers) result[name] = std::move(notifier);
    return result;
}

// Everything that runs, in the order in which it is built; it ends in the opposite one.
class Daemon {
  public:
    Daemon(const Context& context, const Setup& setup, std::filesystem::path data, Address address)
        : context_(context), setup_(setup), data_(std::move(data)), address_(std::move(address)) {}

    Exit run() {
        if (auto started = start(); !started) return fail(started.error());
        tell_service_manager("READY=1");
        const int signal = signals_.wait();
        tell_service_manager("STOPPING=1");
        spdlog::info("stopping{}", signal == 0 ? " after a failure" : "");
        server_->stop();
        engine_->stop();
        notifiers_.clear();
        engine_.reset();
        store_.reset();
        spdlog::info("stopped");
        return broken_ ? Exit::could_not : Exit::done;
    }

  private:
    Exit fail(const Error& error) {
        if (server_) server_->stop();
        if (engine_) engine_->stop();
        return context_.fail(error,
                             error.code == ErrorCode::invalid ? Exit::refused : Exit::could_not);
    }

    engine::model::Status start() {
        if (auto made = make_data_folder(data_); !made) return made;
        auto store = store::sqlite::open_sqlite(data_ / "jinqiao.db");
        if (!store) return store.error();
        store_ = std::move(*store);
        spdlog::info("store: {}", store_->describe());
        const auto key = link_key(data_);
        if (!key) return key.error();
        if (auto done = build_world(*key); !done) return done;
        return start_engine(*key);
    }

    engine::model::Status build_world(const std::string& key) {
        auto reader = store_->reader();
        if (!reader) return reader.error();
        auto directory =
            engine::runtime::load_directory(**reader, setup_.configuration.organisation);
        if (!directory) return directory.error();
        if (directory->people.empty())
            spdlog::warn("nobody holds a post yet: run `jinqiao seed`, or put people in");
        world_ =
            std::make_unique<engine::runtime::WorldHolder>(setup_.world(std::move(*directory)));
        renderer_ = setup_.renderer();
        return settle_organisation(setup_, *store_, clock_, ids_, *renderer_, *world_, key);
    }

    engine::model::Status start_engine(const std::string& key) {
        config::Faults faults;
        notifiers_ = shared(make_channels(setup_.configuration.channels, data_, true, faults));
        if (config::any_error(faults)) {
            tell_faults(context_, faults, *setup_.configuration.texts);
            return Error{ErrorCode::invalid, "the channels cannot be used", "channels.yaml"};
        }
        engine_ = std::make_unique<Engine>(
            engine::runtime::Core::Parts{store_.get(), &clock_, &ids_, renderer_.get(),
                                         world_.get(), config::read_policy},
            notifiers_, engine_settings(setup_, key), [this](const Error& error) {
                spdlog::critical("the store must not be written to any more: {}", error.what);
                broken_ = true;
                signals_.wake();
            });
        give_sign_of_life();
        if (auto started = engine_->start(); !started) return started;
        words_ = std::make_unique<CatalogueWords>(setup_.configuration.texts,
                                                  setup_.configuration.service.utc_offset);
        http::ApiParts parts;
        parts.store = store_.get();
        parts.core = &engine_->core();
        parts.committer = engine_->committer();
        parts.world = world_.get();
        parts.clock = &clock_;
        parts.words = words_.get();
        parts.read_policy = config::read_policy;
        parts.fields = field_rules(setup_.configuration.fields);
        parts.alive = [this] { return !broken_; };
        parts.audit = [this] { return engine_->stats().audit; };
        parts.clock_held = [this] { return engine_->stats().timers.holding; };
        parts.confirm_clock = [this] { engine_->confirm_clock(); };
        server_ =
            std::make_unique<http::Server>(std::move(parts), http_settings(setup_, address_, key));
        if (auto started = server_->start(); !started) return started;
        spdlog::info("listening on {}:{}", address_.host, server_->port());
        return engine::model::Done{};
    }

    // Nobody waits for it and nobody repeats it: the next one follows.
    void give_sign_of_life() {
        const auto& name = setup_.configuration.service.audit.heartbeat;
        const auto channel = notifiers_.find(name);
        if (channel == notifiers_.end()) return;
        engine_->on_content([this, notifier = channel->second, name] {
            const auto at = std::to_string(engine::time::to_ms(clock_.now()));
            engine::ports::Transmission sign;
            sign.id = sign.key = "heartbeat-" + at;
            sign.channel = name;
            sign.address = sign.subject = sign.text = "heartbeat";
            sign.body = {{"event", "heartbeat"}, {"id", sign.id}};
            notifier->send(sign, [this](const engine::ports::Outcome& outcome) {
                const bool taken = outcome.kind == engine::ports::Outcome::Kind::delivered;
                if (heard_.exchange(taken) != taken)
                    spdlog::log(taken ? spdlog::level::info : spdlog::level::warn,
                                "the sign of life {}: {} {}", taken ? "is taken" : "is not taken",
                                outcome.code, outcome.detail);
            });
        });
    }

    const Context& context_;
    const Setup& setup_;
    std::filesystem::path data_;
    Address address_;
    Signals signals_;  // before any thread
    SystemClock clock_;
    TimeOrderedIds ids_{system_random};
    std::atomic<bool> broken_{false};
    std::atomic<bool> heard_{false};  // whoever waits for the sign of life took the last one
    std::unique_ptr<engine::ports::Store> store_;
    std::unique_ptr<config::MustacheRenderer> renderer_;
    std::unique_ptr<engine::runtime::WorldHolder> world_;
    engine::runtime::Notifiers notifiers_;
    std::unique_ptr<CatalogueWords> words_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<http::Server> server_;
};

void log_to_stderr() {
    auto logger = spdlog::stderr_color_mt("jinqiao");
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v");
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
}

Exit serve(const Context& context, const Settings& settings) {
    const auto setup = load_setup(context, settings.folder, SystemClock().now());
    if (!setup) return Exit::refused;
    const std::string& listen =
        settings.listen.empty() ? setup->configuration.service.listen : settings.listen;
    const auto address = parse_address(listen);
    if (!address)
        return context.fail({ErrorCode::invalid, context.speech("cli.serve.listen"), listen},
                            Exit::usage);
    log_to_stderr();
    Daemon daemon(context, *setup, settings.data, *address);
    return daemon.run();
}

}  // namespace

void add_serve(CLI::App& app, Context& context, Chosen& chosen) {
    CLI::App& command = *app.add_subcommand("serve", context.speech("cli.help.serve"));
    const auto settings = std::make_shared<Settings>();
    command.add_option("--config", settings->folder, context.speech("cli.help.config"))->required();
    command.add_option("--data", settings->data, context.speech("cli.help.data_folder"))
        ->envname("JINQIAO_HOME");
    command.add_option("--listen", settings->listen, context.speech("cli.help.serve.listen"));
    command.callback(
        [&, settings] { chosen = [&context, settings] { return serve(context, *settings); }; });
}

}  // namespace jinqiao::adapters::cli
