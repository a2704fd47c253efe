#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>

#include <CLI/CLI.hpp>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

#include "adapters/cli/channel/bench.h"
#include "adapters/cli/channels.h"
#include "adapters/cli/command.h"
#include "adapters/cli/console_pages.h"
#include "adapters/cli/organisation_change.h"
#include "adapters/cli/outward.h"
#include "adapters/cli/reload/reload.h"
#include "adapters/cli/secrets.h"
#include "adapters/cli/serve_signals.h"
#include "adapters/cli/serve_words.h"
#include "adapters/cli/service_settings.h"
#include "adapters/cli/setup.h"
#include "adapters/cli/system.h"
#include "adapters/http/server.h"
#include "adapters/store/sqlite/sqlite_store.h"
#include "engine/runtime/directory_changes.h"
#include "engine/runtime/engine.h"
#include "engine/runtime/figures.h"

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

// Everything that runs, in the order in which it is built; it ends in the opposite one.
class Daemon {
  public:
    Daemon(const Context& context, std::shared_ptr<const Setup> setup, std::filesystem::path data,
           Address address)
        : context_(context),
          setup_(std::move(setup)),
          data_(std::move(data)),
          address_(std::move(address)) {}

    Exit run() {
        if (auto started = start(); !started) return fail(started.error());
        tell_service_manager("READY=1");
        int signal = signals_.wait();
        for (; signal == SIGHUP; signal = signals_.wait()) reloader_->hup();
        tell_service_manager("STOPPING=1");
        spdlog::info("stopping{}", signal == 0 ? " after a failure" : "");
        reloader_->stop();
        server_->stop();
        engine_->stop();
        reloader_.reset();
        pulse_ = {};
        bench_.use({}, {});
        engine_.reset();
        server_.reset();  // after the notifiers that may answer it, before the store it reads
        store_.reset();
        spdlog::info("stopped");
        return broken_ ? Exit::could_not : Exit::done;
    }

  private:
    Exit fail(const Error& error) {
        if (reloader_) reloader_->stop();
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
            engine::runtime::load_directory(**reader, setup_->configuration.organisation);
        if (!directory) return directory.error();
        if (directory->people.empty())
            spdlog::warn("nobody holds a post yet: run `jinqiao seed`, or put people in");
        world_ = std::make_unique<engine::runtime::WorldHolder>(
            setup_->daemon_world(std::move(*directory)));
        renderer_ = setup_->renderer();
        if (auto counted = engine::runtime::count_anew(*store_, *world_->get()); !counted)
            return counted;
        return settle_organisation(*setup_, *store_, clock_, ids_, *renderer_, *world_, key);
    }

    engine::model::Status start_engine(const std::string& key) {
        config::Faults faults;
        auto notifiers =
            bench_.watched(make_channels(setup_->configuration.channels, data_, true, faults));
        if (config::any_error(faults)) {
            tell_faults(context_, faults, *setup_->configuration.texts);
            return Error{ErrorCode::invalid, "the channels cannot be used", "channels.yaml"};
        }
        engine_ = std::make_unique<Engine>(
            engine::runtime::Core::Parts{store_.get(), &clock_, &ids_, renderer_.get(),
                                         world_.get(), config::read_policy},
            notifiers, engine_settings(*setup_, key), [this](const Error& error) {
                spdlog::critical("the store must not be written to any more: {}", error.what);
                broken_ = true;
                signals_.wake();
            });
        engine_->on_commit([changes = changes_](auto committed) { changes->publish(committed); });
        take_pulse_from(*setup_, notifiers);
        bench_.use(setup_, notifiers);
        engine_->on_content([this] { give_sign_of_life(); });
        if (auto started = engine_->start(); !started) return started;
        words_ = std::make_unique<CatalogueWords>(setup_->configuration.texts,
                                                  setup_->configuration.service.utc_offset);
        reloader_ = std::make_unique<Reloader>(
            Reloader::Parts{data_, store_.get(), &clock_, world_.get(), engine_.get(),
                            [this](auto made) { return bench_.watched(std::move(made)); },
                            [this](const auto& setup, const auto& by) { taken(setup, by); }},
            setup_, std::move(notifiers));
        return start_server(key);
    }

    engine::model::Status start_server(const std::string& key) {
        outward_ = std::make_unique<Outward>(setup_->configuration.service);
        http::ApiParts parts;
        parts.store = store_.get();
        parts.core = &engine_->core();
        parts.committer = engine_->committer();
        parts.world = world_.get();
        parts.clock = &clock_;
        parts.words = words_.get();
        parts.read_policy = config::read_policy;
        parts.fields = field_rules(setup_->configuration.fields);
        parts.alive = [this] { return !broken_; };
        parts.changes = changes_;
        parts.audit = [this] { return engine_->stats().audit; };
        parts.shut_lanes = [this] { return engine_->stats().deliveries.shut; };
        parts.channel_facts = [this] { return bench_.facts(); };
        parts.try_channel = [this](const auto& trial, auto done) {
            try_channel(trial, std::move(done));
        };
        parts.clock_held = [this] { return engine_->stats().timers.holding; };
        parts.confirm_clock = [this] { engine_->confirm_clock(); };
        parts.reload = [this](http::ReloadOrder order, std::function<void(http::Reloaded)> done) {
            reloader_->reload(std::move(order), std::move(done));
        };
        parts.configuration = [this] { return reloader_->state(); };
        parts.fetch = outward_->fetch();
        parts.pages = console_pages(console_folder(setup_->configuration.service));
        auto settings = http_settings(*setup_, address_, key);
        const auto demo = is_demo();
        if (!demo) return demo.error();
        if (*demo) {
            spdlog::warn("the data are a demonstration: nobody is asked for a second factor");
            settings.second_factor.clear();
            if (!settings.at_home)
                spdlog::warn(
                    "it is reached from elsewhere: its passwords have to be changed first");
        }
        server_ = std::make_unique<http::Server>(std::move(parts), std::move(settings));
        if (auto started = server_->start(); !started) return started;
        spdlog::info("listening on {}:{}", address_.host, server_->port());
        return engine::model::Done{};
    }

    Result<bool> is_demo() {
        auto reader = store_->reader();
        if (!reader) return reader.error();
        const auto mark = (*reader)->meta(http::demo_meta);
        if (!mark) return mark.error();
        return mark->has_value();
    }

    // A reload is in force; called on its thread.
    void taken(const std::shared_ptr<const Setup>& setup,
               const engine::runtime::Notifiers& notifiers) {
        words_->use(setup->configuration.texts, setup->configuration.service.utc_offset);
        server_->use(http_settings(*setup, address_, {}));
        take_pulse_from(*setup, notifiers);
        bench_.use(setup, notifiers);
    }

    // Who wanted a test message is on record before it leaves.
    void try_channel(const http::ChannelTrial& trial,
                     std::function<void(http::ChannelTried)> done) {
        bench_.try_out(
            trial,
            [this](engine::runtime::DirectoryChange change, std::function<void(bool)> kept) {
                engine::runtime::Submission submission;
                submission.work = std::move(change);
                submission.done = [kept](const engine::runtime::Answer& answer) {
                    kept(std::holds_alternative<engine::runtime::Accepted>(answer));
                };
                if (!engine_->submit(std::move(submission))) kept(false);
            },
            std::move(done));
    }

    void take_pulse_from(const Setup& setup, const engine::runtime::Notifiers& notifiers) {
        const auto& name = setup.configuration.service.audit.heartbeat;
        const auto channel = notifiers.find(name);
        std::lock_guard lock(pulse_mutex_);
        pulse_ = channel == notifiers.end() ? Pulse{} : Pulse{name, channel->second};
    }

    // Nobody waits for it and nobody repeats it: the next one follows.
    void give_sign_of_life() {
        const auto pulse = [this] {
            std::lock_guard lock(pulse_mutex_);
            return pulse_;
        }();
        if (!pulse.notifier) return;
        engine::ports::Transmission sign;
        sign.at = clock_.now();
        sign.id = sign.key = "heartbeat-" + std::to_string(engine::time::to_ms(sign.at));
        sign.channel = pulse.channel;
        sign.address = sign.subject = sign.text = "heartbeat";
        sign.body = {{"event", "heartbeat"}, {"id", sign.id}};
        pulse.notifier->send(sign, [this](const engine::ports::Outcome& outcome) {
            const bool taken = outcome.kind == engine::ports::Outcome::Kind::delivered;
            if (heard_.exchange(taken) != taken)
                spdlog::log(taken ? spdlog::level::info : spdlog::level::warn,
                            "the sign of life {}: {} {}", taken ? "is taken" : "is not taken",
                            outcome.code, outcome.detail);
        });
    }

    struct Pulse {  // where the sign of life goes; no notifier: nowhere
        std::string channel;
        std::shared_ptr<engine::ports::Notifier> notifier;
    };

    const Context& context_;
    std::shared_ptr<const Setup> setup_;  // it was started with
    std::filesystem::path data_;
    Address address_;
    Signals signals_;  // before any thread
    SystemClock clock_;
    channel::Bench bench_{clock_};
    TimeOrderedIds ids_{system_random};
    std::atomic<bool> broken_{false};
    std::atomic<bool> heard_{false};  // whoever waits for the sign of life took the last one
    std::unique_ptr<engine::ports::Store> store_;
    std::unique_ptr<config::MustacheRenderer> renderer_;
    std::unique_ptr<engine::runtime::WorldHolder> world_;
    std::shared_ptr<http::ChangeFeed> changes_ =
        std::make_shared<http::ChangeFeed>(std::to_string(engine::time::to_ms(clock_.now())));
    std::mutex pulse_mutex_;
    Pulse pulse_;  // guarded by pulse_mutex_
    std::unique_ptr<CatalogueWords> words_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<Reloader> reloader_;
    std::unique_ptr<http::Server> server_;
    std::unique_ptr<Outward> outward_;
};

void log_to_stderr() {
    auto logger = spdlog::stderr_color_mt("jinqiao");
    logger->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v");
    logger->flush_on(spdlog::level::info);
    spdlog::set_default_logger(std::move(logger));
}

Exit serve(const Context& context, const Settings& settings) {
    auto loaded = load_setup(context, settings.folder, SystemClock().now());
    if (!loaded) return Exit::refused;
    const auto setup = std::make_shared<const Setup>(std::move(*loaded));
    const std::string& listen =
        settings.listen.empty() ? setup->configuration.service.listen : settings.listen;
    const auto address = parse_address(listen);
    if (!address)
        return context.fail({ErrorCode::invalid, context.speech("cli.serve.listen"), listen},
                            Exit::usage);
    log_to_stderr();
    // Of the file's own `listen` the loader has said so already.
    if (!settings.listen.empty() &&
        config::in_plain_text(setup->configuration.service, settings.listen))
        context.err << context.speech("cli.warning") << ' '
                    << context.speech(
                           "cli.serve.plain",
                           {{"listen", settings.listen},
                            {"expected", setup->configuration.texts->text(
                                             "check.loopback", context.speech.language())}})
                    << std::endl;
    Daemon daemon(context, setup, settings.data, *address);
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
