#include "adapters/notify/wecom_app/tokens.h"

#include <algorithm>
#include <utility>

#include "adapters/notify/courier/url.h"

namespace jinqiao::adapters::notify::wecom_app {
namespace {

// Before its end, so that one that is used is still good when it arrives.
constexpr std::chrono::seconds margin{300};

}  // namespace

Tokens::Tokens(const Options& options, courier::Courier* courier, Now now)
    : options_(options), courier_(courier), now_(std::move(now)) {}

void Tokens::get(std::chrono::milliseconds patience, Got got) {
    TokenAnswer kept;
    {
        std::lock_guard lock(mutex_);
        if (!token_.empty() && now_() < until_) {
            kept.token = token_;
        } else {
            waiting_.push_back(std::move(got));
            if (waiting_.size() > 1) return;
        }
    }
    if (kept.token.empty())
        fetch(patience);
    else
        got(kept);
}

void Tokens::forget(const std::string& token) {
    std::lock_guard lock(mutex_);
    if (token_ == token) token_.clear();
}

void Tokens::fetch(std::chrono::milliseconds patience) {
    courier::Request request = options_.reaching.request(patience);
    request.method = "GET";
    request.url = options_.base_url +
                  "/cgi-bin/gettoken?corpid=" + courier::percent_encode(options_.corp_id) +
                  "&corpsecret=" + courier::percent_encode(options_.secret);
    courier_->send(std::move(request),
                   [self = shared_from_this()](const courier::Response& response) {
                       const auto now = std::chrono::floor<std::chrono::seconds>(self->now_());
                       self->fetched(judge_token(response, now));
                   });
}

void Tokens::fetched(const TokenAnswer& answer) {
    std::vector<Got> waiting;
    {
        std::lock_guard lock(mutex_);
        waiting.swap(waiting_);
        token_ = answer.token;
        until_ = now_() + std::max(answer.good_for - margin, answer.good_for / 2);
    }
    for (const Got& got : waiting) got(answer);
}

}  // namespace jinqiao::adapters::notify::wecom_app
