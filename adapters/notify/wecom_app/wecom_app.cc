#include "adapters/notify/wecom_app/wecom_app.h"

#include <algorithm>
#include <utility>

#include "adapters/notify/courier/url.h"

namespace jinqiao::adapters::notify::wecom_app {

using engine::ports::Outcome;
using engine::ports::Transmission;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

// What attempts share. It may outlive the notifier, while the courier has something under way.
struct WecomApp::App {
    Options options;
    courier::Courier* courier;  // outlives every answer it gives
    Tokens::Now now;
    std::shared_ptr<Tokens> tokens;
};

// One attempt, from the token to the answer. It goes from callback to callback.
struct WecomApp::Attempt : std::enable_shared_from_this<Attempt> {
    std::shared_ptr<App> app;
    std::vector<std::string> members;
    bool several = false;
    std::string body;
    std::function<void(Outcome)> done;
    Clock::time_point deadline;
    bool renewed = false;  // the token, within this attempt

    milliseconds left() const {
        const auto rest = std::chrono::ceil<milliseconds>(deadline - Clock::now());
        return std::max(rest, milliseconds{1});
    }

    void begin() {
        app->tokens->get(left(), [self = shared_from_this()](const TokenAnswer& answer) {
            if (answer.token.empty())
                self->done(answer.failure);
            else
                self->post(answer.token);
        });
    }

    void post(const std::string& token) {
        courier::Request request = app->options.reaching.request(left());
        request.url = app->options.base_url +
                      "/cgi-bin/message/send?access_token=" + courier::percent_encode(token);
        request.headers.push_back("Content-Type: application/json; charset=utf-8");
        request.body = body;
        app->courier->send(std::move(request),
                           [self = shared_from_this(), token](const courier::Response& response) {
                               self->answered(response, token);
                           });
    }

    void answered(const courier::Response& response, const std::string& token) {
        const auto now = std::chrono::floor<std::chrono::seconds>(app->now());
        Outcome outcome = judge_message(response, members, several, now);
        if (!refuses_token(outcome)) {
            done(std::move(outcome));
            return;
        }
        app->tokens->forget(token);
        if (renewed || Clock::now() >= deadline) {
            done(std::move(outcome));
            return;
        }
        renewed = true;
        begin();
    }
};

WecomApp::WecomApp(Options options, std::shared_ptr<courier::Courier> courier, Tokens::Now now)
    : app_(std::make_shared<App>()), courier_(std::move(courier)) {
    app_->options = std::move(options);
    app_->courier = courier_.get();
    app_->now = std::move(now);
    app_->tokens = std::make_shared<Tokens>(app_->options, app_->courier, app_->now);
}

void WecomApp::send(const Transmission& transmission, std::function<void(Outcome)> done) {
    Outcome outcome;
    outcome.kind = Outcome::Kind::rejected;
    outcome.code = "address";
    if (!Options::unusable(transmission.address).empty()) {
        done(std::move(outcome));
        return;
    }
    const auto named = members_of(transmission.address);
    const auto attempt = std::make_shared<Attempt>();
    for (const std::string& member : named)
        if (std::find(transmission.settled.begin(), transmission.settled.end(), member) ==
            transmission.settled.end())
            attempt->members.push_back(member);
    if (attempt->members.empty()) {
        outcome.kind = Outcome::Kind::delivered;
        outcome.code = "settled";
        done(std::move(outcome));
        return;
    }
    attempt->app = app_;
    attempt->several = named.size() > 1;
    attempt->body = message(app_->options, transmission, attempt->members);
    attempt->done = std::move(done);
    attempt->deadline =
        Clock::now() + std::min(app_->options.reaching.timeout, transmission.patience);
    attempt->begin();
}

}  // namespace jinqiao::adapters::notify::wecom_app
