#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "adapters/cli/client_show.h"
#include "adapters/cli/json_view.h"
#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli {
namespace {

using boost::json::value;

// 2026-11-22T15:30:00+08:00 -> 2026-11-22 15:30
std::string minute(const std::string& rfc3339) {
    if (rfc3339.size() < 16) return rfc3339;
    return rfc3339.substr(0, 10) + " " + rfc3339.substr(11, 5);
}

// The name where this account may see it, else the id.
std::string person_of(const value& told) {
    const auto name = text_at(told, "person_name");
    return name.empty() ? text_at(told, "person") : name;
}

// Who comes after the first; a long line of deputies ends in how many more there are.
std::string those_after(const boost::json::array& told) {
    constexpr std::size_t most = 3;
    std::string out;
    for (std::size_t i = 1; i < told.size() && i <= most; ++i)
        out += (out.empty() ? "" : ", ") + person_of(told[i]);
    if (told.size() > most + 1) out += ", +" + std::to_string(told.size() - most - 1);
    return out;
}

// Channels of the desk, then those of the person; each once.
std::string channels_of(const value& post, const value& first) {
    std::vector<std::string> names;
    for (const auto* list : {&list_at(post, "desk_channels"), &list_at(first, "channels")})
        for (const auto& channel : *list)
            if (std::string name(channel.is_string() ? channel.get_string().c_str() : "");
                std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(std::move(name));
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
}

bool is_true(const value& from, const char* path) {
    const auto* flag = at(from, path);
    return flag != nullptr && flag->is_bool() && flag->get_bool();
}

std::string remark_of(const Context& context, const value& post) {
    std::string out;
    const auto add = [&](const std::string& text) {
        if (!text.empty()) out += (out.empty() ? "" : "; ") + text;
    };
    add(text_at(post, "gap_text"));
    add(text_at(post, "reason"));
    if (!text_at(post, "off_duty").empty()) add(context.speech("cli.coverage.off_duty"));
    if (is_true(post, "reserve.short"))
        add(context.speech("cli.coverage.reserve", {{"found", text_at(post, "reserve.found")},
                                                    {"needed", text_at(post, "reserve.needed")}}));
    const auto& told = list_at(post, "told");
    if (!told.empty())
        if (const auto held = text_at(told.front(), "held_until"); !held.empty())
            add(context.speech("cli.coverage.held", {{"at", minute(held)}}));
    return out;
}

void add_post(const Context& context, const value& post, Table& table) {
    const auto& told = list_at(post, "told");
    const value none;
    const value& first = told.empty() ? none : told.front();
    table.add({text_at(post, "post_name"),
               told.empty() ? context.speech("cli.coverage.nobody") : person_of(first),
               text_at(first, "why_text"), told.empty() ? "" : channels_of(post, first),
               those_after(told), remark_of(context, post)});
}

std::string stretch(const Context& context, const value& gap) {
    const auto from = minute(text_at(gap, "from"));
    const auto until = minute(text_at(gap, "until"));
    return until.empty()
               ? context.speech("cli.coverage.open", {{"from", from}})
               : context.speech("cli.coverage.stretch", {{"from", from}, {"until", until}});
}

}  // namespace

void show_coverage(const Context& context, const value& coverage) {
    context.out << context.speech("cli.coverage.at", {{"at", minute(text_at(coverage, "at"))}})
                << '\n';
    Table posts(headings(context, {"post", "told", "why", "channels", "then", "remark"}));
    // What wants somebody to act stands first.
    for (const bool with_gap : {true, false})
        for (const auto& post : list_at(coverage, "posts"))
            if (text_at(post, "gap").empty() != with_gap) add_post(context, post, posts);
    posts.print(context.out);
    const auto& gaps = list_at(coverage, "gaps");
    context.out << '\n'
                << context.speech(gaps.empty() ? "cli.coverage.no_gaps" : "cli.coverage.gaps")
                << '\n';
    if (!gaps.empty()) {
        Table table(headings(context, {"post", "when", "remark"}));
        for (const auto& gap : gaps)
            table.add({text_at(gap, "post_name"), stretch(context, gap), text_at(gap, "text")});
        table.print(context.out, context.view);
    }
    if (const auto count = list_at(coverage, "stale_contacts").size(); count > 0)
        context.out << context.speech("cli.coverage.stale", {{"count", std::to_string(count)}})
                    << '\n';
}

}  // namespace jinqiao::adapters::cli
