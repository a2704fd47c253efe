#include "adapters/cli/channel/bench.h"

#include "adapters/cli/channel/message.h"
#include "adapters/http/ledger.h"

namespace jinqiao::adapters::cli::channel {

using engine::ports::Notifier;
using engine::ports::Outcome;
using engine::ports::Transmission;
using http::ChannelTried;
using Steady = std::chrono::steady_clock;

namespace {

constexpr std::size_t remembered = 10;  // outcomes of each channel

http::ChannelOutcome noted(const Outcome& outcome, engine::time::Instant at,
                           Steady::time_point began, bool trial) {
    return {at,
            std::string(name_of(outcome.kind)),
            outcome.code,
            outcome.detail,
            std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - began),
            trial};
}

// Where a trial goes if nobody says where: the first department or desk that is told by the
// channel. Never a person's own telephone.
std::optional<std::string> own_address(const Setup& setup, const std::string& channel) {
    const auto& organisation = setup.configuration.organisation;
    const auto among = [&](const std::vector<engine::policy::Contact>& contacts) {
        for (const auto& contact : contacts)
            if (contact.channel == channel) return std::optional(contact.address);
        return std::optional<std::string>();
    };
    for (const auto& id : organisation.department_order)
        if (auto address = among(organisation.departments.at(id).contacts)) return address;
    for (const auto& [id, post] : organisation.posts)
        if (auto address = among(post.contacts)) return address;
    return {};
}

}  // namespace

class Bench::Watched final : public Notifier {
  public:
    Watched(std::string channel, std::unique_ptr<Notifier> inner, std::shared_ptr<Log> log,
            const engine::ports::WallClock& clock)
        : channel_(std::move(channel)),
          inner_(std::move(inner)),
          log_(std::move(log)),
          clock_(clock) {}

    void send(const Transmission& transmission, std::function<void(Outcome)> done) override {
        inner_->send(
            transmission, [log = log_, channel = channel_, at = clock_.now(), began = Steady::now(),
                           trial = is_test(transmission), done = std::move(done)](Outcome outcome) {
                {
                    std::lock_guard lock(log->mutex);
                    auto& facts = log->channels[channel];
                    const bool good = outcome.kind == Outcome::Kind::delivered;
                    ++(good ? facts.delivered : facts.failed);
                    facts.last.insert(facts.last.begin(), noted(outcome, at, began, trial));
                    if (facts.last.size() > remembered) facts.last.pop_back();
                }
                done(std::move(outcome));
            });
    }
    std::string lane(const std::string& address) const override { return inner_->lane(address); }

  private:
    std::string channel_;
    std::unique_ptr<Notifier> inner_;
    std::shared_ptr<Log> log_;
    const engine::ports::WallClock& clock_;
};

engine::runtime::Notifiers Bench::watched(Notifiers made) {
    engine::runtime::Notifiers out;
    for (auto& [name, notifier] : made)
        out[name] = std::make_shared<Watched>(name, std::move(notifier), log_, clock_);
    return out;
}

void Bench::use(std::shared_ptr<const Setup> setup, engine::runtime::Notifiers notifiers) {
    std::lock_guard lock(mutex_);
    setup_.swap(setup);
    notifiers_.swap(notifiers);  // those that went may be the last of their kind: after the lock
}

std::vector<http::ChannelFacts> Bench::facts() const {
    std::shared_ptr<const Setup> setup;
    {
        std::lock_guard lock(mutex_);
        setup = setup_;
    }
    std::vector<http::ChannelFacts> out;
    if (!setup) return out;
    for (const auto& channel : setup->configuration.channels) {
        http::ChannelFacts facts;
        {
            std::lock_guard lock(log_->mutex);
            const auto known = log_->channels.find(channel.name);
            if (known != log_->channels.end()) facts = known->second;
        }
        facts.name = channel.name;
        facts.kind = channel.kind;
        if (const auto address = own_address(*setup, channel.name))
            facts.address = http::masked(*address);
        out.push_back(std::move(facts));
    }
    return out;
}

void Bench::try_out(const http::ChannelTrial& trial, const Record& record,
                    std::function<void(ChannelTried)> done) const {
    std::shared_ptr<const Setup> setup;
    std::shared_ptr<Notifier> notifier;
    {
        std::lock_guard lock(mutex_);
        setup = setup_;
        if (const auto found = notifiers_.find(trial.channel); found != notifiers_.end())
            notifier = found->second;
    }
    ChannelTried tried;
    const auto end = [&](ChannelTried::Kind kind) {
        tried.kind = kind;
        done(std::move(tried));
    };
    const config::ChannelConfig* configured = nullptr;
    if (setup)
        for (const auto& channel : setup->configuration.channels)
            if (channel.name == trial.channel) configured = &channel;
    if (configured == nullptr || !notifier) return end(ChannelTried::Kind::unknown);
    const auto own = own_address(*setup, trial.channel);
    if (trial.address.empty() && !own) return end(ChannelTried::Kind::no_address);
    const auto address = trial.address.empty() ? *own : trial.address;
    config::Faults faults;
    const auto one = make_channel(*configured, {}, false, faults);
    if (!one) return end(ChannelTried::Kind::unknown);
    tried.expected = one->unusable(address);
    if (!tried.expected.empty()) return end(ChannelTried::Kind::unusable);

    const Speech speech(trial.language);
    const auto use = setup->uses.find(trial.channel);
    const auto patience =
        use == setup->uses.end() ? one->settings.patience : use->second.settings.patience;
    auto message =
        std::make_shared<Transmission>(test_message(trial.channel, address, patience, speech));
    engine::runtime::DirectoryChange change;
    change.kind = "test_channel";
    change.data = {{"channel", trial.channel}, {"address", http::masked(address)}};
    change.actor = trial.actor;
    record(std::move(change), [=, language = trial.language, done = std::move(done)](bool kept) {
        ChannelTried result;
        result.id = message->id;
        result.address = http::masked(message->address);
        if (!kept) {
            result.kind = ChannelTried::Kind::busy;
            return done(std::move(result));
        }
        const auto began = Steady::now();
        notifier->send(*message, [=](const Outcome& outcome) {
            auto said = result;
            said.kind = ChannelTried::Kind::tried;
            said.outcome = noted(outcome, message->at, began, true);
            said.advice = advice(outcome, Speech(language));
            // Numbered for the command line, where it is the last of six steps.
            if (const auto space = said.advice.find(". "); space < 3)
                said.advice.erase(0, space + 2);
            said.retry_after = outcome.retry_after;
            done(std::move(said));
        });
    });
}

}  // namespace jinqiao::adapters::cli::channel
