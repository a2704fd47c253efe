#include "tests/bench/support/filer.h"

#include <utility>

#include "tests/bench/support/bench.h"

namespace jinqiao::tests::bench {

namespace {

constexpr std::pair<const char*, const char*> steps[] = {
    {"acknowledge", "{}"},
    {"update_facts", R"({"certainty":"confirmed","event":{"workers_involved":6}})"},
    {"confirm_facts",
     R"({"types":["wage_arrears"],"collective":false,"in_scope":true,"rights_claim":true})"},
    {"attach_plan", R"({"plan":"plan-arrears"})"},
    {"report_up", R"({"kind":"first","text":"facts confirmed, both sides heard"})"},
    {"add_demand", R"({"code":"compensation","n":6})"},
};

}  // namespace

Filer::Filer(std::string token, int client, std::chrono::steady_clock::time_point until,
             std::string noticed_at)
    : token_(std::move(token)),
      client_(client),
      until_(until),
      noticed_at_(std::move(noticed_at)) {}

std::string Filer::operator()(const Reply* last) {
    if (last != nullptr && last->status / 100 != 2)
        fail("step " + std::to_string(step_) + ": " + std::string(last->body));
    if (last != nullptr && step_ == 1) path_ = std::string(last->field("Location"));
    if (step_ == 7) step_ = 0;
    if (step_ == 0 && last != nullptr && std::chrono::steady_clock::now() > until_) return {};
    return step_++ == 0 ? file() : advance();
}

std::string Filer::file() {
    const auto name = "works " + std::to_string(client_) + "-" + std::to_string(++filed_);
    return request("POST", "/api/v1/alerts", token_,
                   R"({"enterprise":{"name":")" + name +
                       R"(","address":"1 Bench Road","staff":60},"event":{"cause":)"
                       R"("wage_arrears","workers_involved":5,"noticed_at":")" +
                       noticed_at_ + R"("}})");
}

std::string Filer::advance() const {
    const auto& [action, payload] = steps[step_ - 2];
    return request("POST", path_ + "/actions/" + action, token_, payload);
}

}  // namespace jinqiao::tests::bench
