#include "adapters/cli/channel/trial.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <future>
#include <optional>
#include <set>

#include "adapters/cli/channel/message.h"
#include "adapters/cli/channels.h"
#include "adapters/cli/setup.h"
#include "adapters/cli/table.h"
#include "config/catalogue.h"
#include "config/files.h"
#include "config/ledger.h"

namespace jinqiao::adapters::cli::channel {
namespace {

namespace json = boost::json;
using config::ChannelConfig;
using engine::model::ErrorCode;
using engine::ports::Outcome;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::seconds grace{15};  // a channel answers within its patience, nearly

class Trial {
  public:
    Trial(const Context& context, const TrialSettings& settings)
        : context_(context), settings_(settings), folder_(settings.folder) {}

    Exit run() {
        const auto channels = config::load_channels(folder_ / "channels.yaml", faults_);
        config::Faults of_texts;
        texts_ = config::load_texts(folder_ / "texts", of_texts);
        const auto chosen = find(channels);
        if (!chosen) return Exit::refused;
        auto one = open(*chosen);
        if (!one) return Exit::refused;
        const auto address = address_for(*one);
        if (!address) return Exit::usage;
        return send(*one, *address);
    }

  private:
    std::string say(std::string_view code, Speech::Args args = {}) const {
        return context_.speech(code, args);
    }
    void step(const std::string& words) const {
        if (!context_.json) context_.out << printable(words) << std::endl;
    }

    std::optional<ChannelConfig> find(const std::vector<ChannelConfig>& channels) {
        std::string names;
        for (const auto& channel : channels) {
            if (channel.name == settings_.name) return channel;
            names += (names.empty() ? "" : ", ") + channel.name;
        }
        if (config::any_error(faults_)) {
            tell_faults(context_, faults_, texts_);
        } else {
            context_.fail({ErrorCode::not_found, say("cli.channel.unknown", {{"names", names}}),
                           settings_.name},
                          Exit::refused);
        }
        return std::nullopt;
    }

    std::optional<OneChannel> open(const ChannelConfig& chosen) {
        const config::Ledger ledger;
        faults_.clear();  // those of other channels are not asked about
        auto one = make_channel(chosen, settings_.data, true, faults_);
        if (!one) {
            tell_faults(context_, faults_, texts_);
            return std::nullopt;
        }
        step(say("cli.channel.read", {{"name", chosen.name}, {"kind", chosen.kind}}));
        std::set<std::string> names;
        for (const auto& entry : ledger.entries())
            if (entry.kind == config::Ledger::Entry::Kind::secret)
                names.insert(entry.path.substr(entry.path.rfind('.') + 1));
        std::string listed;
        for (const auto& name : names)
            listed += (listed.empty() ? "" : say("cli.list.next")) + name;
        step(names.empty() ? say("cli.channel.no_secrets")
                           : say("cli.channel.secrets", {{"names", listed}}));
        return one;
    }

    // That of the command line, else of the first contact that names the channel.
    std::optional<std::string> address_for(const OneChannel& one) const {
        std::string address = settings_.address;
        std::string_view code = "cli.channel.address";
        if (address.empty())
            for (const auto& contact : config::contact_places(folder_ / "organisation.yaml"))
                if (contact.channel == settings_.name && address.empty()) {
                    address = contact.address;
                    code = "cli.channel.address_of_contact";
                }
        if (address.empty()) {
            context_.fail({ErrorCode::invalid, say("cli.channel.no_address"), "--address"},
                          Exit::usage);
            return std::nullopt;
        }
        if (const auto expected = one.unusable(address); !expected.empty()) {
            context_.fail({ErrorCode::invalid,
                           say("cli.channel.unusable", {{"expected", expected}}), masked(address)},
                          Exit::usage);
            return std::nullopt;
        }
        step(say(code, {{"address", masked(address)}}));
        return address;
    }

    Exit send(OneChannel& one, const std::string& address) const {
        const auto patience = one.settings.patience;
        const auto transmission = test_message(settings_.name, address, patience, context_.speech);
        // Shared: an answer after we have gone finds somebody at home.
        const auto answered = std::make_shared<std::promise<Outcome>>();
        auto waiting = answered->get_future();
        step(say("cli.channel.sent",
                 {{"at", config::word_instant(transmission.at, context_.speech.language())},
                  {"id", transmission.id}}));
        const auto began = Steady::now();
        one.notifier->send(
            transmission, [answered](Outcome outcome) { answered->set_value(std::move(outcome)); });
        if (waiting.wait_for(patience + grace) != std::future_status::ready)
            return context_.fail({ErrorCode::unknown, say("cli.channel.silent"), settings_.name},
                                 Exit::could_not);
        const auto took =
            std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - began);
        return tell(waiting.get(), transmission.id, took);
    }

    Exit tell(const Outcome& outcome, const std::string& id, std::chrono::milliseconds took) const {
        const std::string kind(name_of(outcome.kind));
        if (context_.json) {
            context_.out << json::serialize(as_json(outcome, id, took)) << '\n';
        } else {
            step(say("cli.channel.outcome." + kind,
                     {{"code", outcome.code}, {"ms", std::to_string(took.count())}}));
            if (!outcome.provider_id.empty())
                step(say("cli.channel.provider_id", {{"id", outcome.provider_id}}));
            for (const auto& recipient : outcome.recipients)
                step(say(
                    "cli.channel.recipient",
                    {{"name", masked(recipient.name)},
                     {"outcome", say("cli.channel.kind." + std::string(name_of(recipient.kind)))},
                     {"code", recipient.code}}));
            if (!outcome.detail.empty())
                step(say("cli.channel.detail", {{"detail", outcome.detail}}));
            if (outcome.retry_after)
                step(say("cli.channel.retry_after",
                         {{"seconds", std::to_string(outcome.retry_after->count())}}));
            step(advice(outcome, context_.speech));
        }
        return outcome.kind == Outcome::Kind::delivered  ? Exit::done
               : outcome.kind == Outcome::Kind::rejected ? Exit::refused
                                                         : Exit::could_not;
    }

    json::object as_json(const Outcome& outcome, const std::string& id,
                         std::chrono::milliseconds took) const {
        json::object out{{"channel", settings_.name},
                         {"id", id},
                         {"outcome", name_of(outcome.kind)},
                         {"code", outcome.code},
                         {"provider_id", outcome.provider_id},
                         {"detail", outcome.detail},
                         {"concerns_lane", outcome.concerns_lane},
                         {"took_ms", took.count()},
                         {"advice", advice(outcome, context_.speech)}};
        if (outcome.retry_after) out["retry_after_s"] = outcome.retry_after->count();
        json::array recipients;
        for (const auto& recipient : outcome.recipients)
            recipients.push_back(json::object{{"name", masked(recipient.name)},
                                              {"outcome", name_of(recipient.kind)},
                                              {"code", recipient.code},
                                              {"provider_id", recipient.provider_id}});
        if (!recipients.empty()) out["recipients"] = std::move(recipients);
        return out;
    }

    const Context& context_;
    const TrialSettings& settings_;
    std::filesystem::path folder_;
    config::Faults faults_;
    config::Catalogue texts_;
};

}  // namespace

Exit try_channel(const Context& context, const TrialSettings& settings) {
    return Trial(context, settings).run();
}

}  // namespace jinqiao::adapters::cli::channel
