#include "adapters/cli/drill_result.h"

#include <algorithm>
#include <boost/json/array.hpp>

#include "adapters/cli/json_view.h"
#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli {
namespace {

namespace json = boost::json;

// The earlier of two times of one offset; one that has not happened comes last.
void take_earlier(std::string& known, const std::string& at) {
    if (!at.empty() && (known.empty() || at < known)) known = at;
}

// 2026-11-22T15:30:04+08:00 -> 15:30:04
std::string clock_time(const std::string& rfc3339) {
    return rfc3339.size() < 19 ? rfc3339 : rfc3339.substr(11, 8);
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

Told& entry(std::vector<Told>& all, const json::value& from) {
    const auto addressee = text_at(from, "addressee");
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](const Told& one) { return one.addressee == addressee; });
    if (known != all.end()) return *known;
    Told told;
    told.addressee = addressee;
    told.name = text_at(from, "addressee_name");
    if (told.name.empty()) told.name = addressee;
    return all.emplace_back(std::move(told));
}

void add_notice(std::vector<Told>& all, const json::value& notice) {
    auto& told = entry(all, notice);
    const auto channel = text_at(notice, "channel");
    if (!channel.empty() &&
        std::find(told.channels.begin(), told.channels.end(), channel) == told.channels.end())
        told.channels.push_back(channel);
    take_earlier(told.told_at, text_at(notice, "at"));
    take_earlier(told.delivered_at, text_at(notice, "delivered_at"));
    const auto& attempts = list_at(notice, "attempts");
    if (text_at(notice, "state") == "delivered" || attempts.empty()) return;
    const auto code = text_at(attempts.back(), "code");
    told.failure = code.empty() ? text_at(attempts.back(), "outcome") : code;
}

}  // namespace

std::vector<Told> told_of(const json::value& kase, const json::value& notices) {
    std::vector<Told> all;
    for (const auto& notice : list_at(notices, "items")) add_notice(all, notice);
    for (const auto& assignment : list_at(kase, "assignments")) {
        auto& told = entry(all, assignment);
        take_earlier(told.signed_at, text_at(assignment, "signed_at"));
        if (text_at(assignment, "needs_sign") == "true") told.owes_signature = true;
    }
    std::stable_sort(all.begin(), all.end(), [](const Told& left, const Told& right) {
        return !left.reached() && right.reached();
    });
    return all;
}

void show_told(const Context& context, const std::vector<Told>& told) {
    std::vector<std::string> head;
    for (const auto* name :
         {"addressee", "channel", "told_at", "delivered_at", "signed_at", "remark"})
        head.push_back(context.speech(std::string("cli.head.") + name));
    Table table(std::move(head));
    for (const auto& one : told) {
        std::string remark;
        if (!one.reached())
            remark = context.speech("cli.drill.not_reached") +
                     (one.failure.empty() ? "" : " (" + one.failure + ")");
        table.add({one.name, joined(one.channels), clock_time(one.told_at),
                   clock_time(one.delivered_at), clock_time(one.signed_at), remark});
    }
    table.print(context.out);
    const auto count = [&](auto holds) {
        return std::to_string(std::count_if(told.begin(), told.end(), holds));
    };
    context.out << context.speech(
                       "cli.drill.sum",
                       {{"told", std::to_string(told.size())},
                        {"reached", count([](const Told& one) { return one.reached(); })},
                        {"signed", count([](const Told& one) { return !one.signed_at.empty(); })}})
                << '\n';
}

json::object told_json(const std::vector<Told>& told) {
    json::array items;
    json::array missed;
    const auto or_null = [](const std::string& text) -> json::value {
        if (text.empty()) return nullptr;
        return json::string(text);
    };
    for (const auto& one : told) {
        items.push_back(
            json::object{{"addressee", one.addressee},
                         {"addressee_name", one.name},
                         {"channels", json::array(one.channels.begin(), one.channels.end())},
                         {"told_at", or_null(one.told_at)},
                         {"delivered_at", or_null(one.delivered_at)},
                         {"signed_at", or_null(one.signed_at)},
                         {"failure", or_null(one.failure)}});
        if (!one.reached()) missed.emplace_back(one.addressee);
    }
    return {{"told", std::move(items)}, {"not_reached", std::move(missed)}};
}

}  // namespace jinqiao::adapters::cli
