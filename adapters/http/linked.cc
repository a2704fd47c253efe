#include "adapters/http/linked.h"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "adapters/http/json_text.h"
#include "engine/model/codec.h"
#include "engine/runtime/sign_link.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::Addressee;
using engine::model::AssignmentId;
using engine::model::Language;
using engine::ports::Reader;

namespace {

// Without the lines that lead to the link: it is the address of this very page. Where there is one
// line only, the rest of it stays.
std::string without_link(std::string text, const std::string& link) {
    if (link.empty()) return text;
    for (auto at = text.find(link); at != std::string::npos; at = text.find(link)) {
        const auto before = text.rfind('\n', at);
        const auto after = text.find('\n', at);
        if (before != std::string::npos)
            text.erase(before, after == std::string::npos ? after : after - before);
        else if (after != std::string::npos)
            text.erase(0, after + 1);
        else
            text.erase(at, link.size());
    }
    return text;
}

std::optional<Given> given_in(const engine::ports::HistoryRow& row, const AssignmentId& id) {
    constexpr std::string_view prefix = "assignment_";
    if (row.body.find(id.value) == std::string::npos) return {};
    json::error_code ec;
    const auto body = json::parse(row.body, ec);
    const auto* events =
        !ec && body.is_object() ? body.get_object().if_contains("events") : nullptr;
    if (!events || !events->is_array()) return {};
    std::optional<Given> found;
    for (const auto& event : events->get_array()) {
        if (!event.is_object()) continue;
        const auto name = text_of(event.get_object(), "name");
        const auto& data = part(event.get_object(), "data");
        if (!name.starts_with(prefix) || text_of(data, "assignment") != id.value) continue;
        const auto& command = part(body.get_object(), "command");
        found = Given{name.substr(prefix.size()), row.at,
                      engine::model::PersonId{text_of(part(command, "actor"), "person")},
                      text_of(data, "how")};
    }
    return found;
}

}  // namespace

std::optional<Linked> case_behind(Reader& reader, const std::optional<AssignmentId>& id) {
    if (!id) return {};
    auto row = reader.find_case(engine::runtime::case_of(*id));
    if (!row || !*row) return {};
    auto kase = engine::model::decode_case(row->value().body);
    if (!kase) return {};
    return Linked{std::move(*kase), *id};
}

std::string message_of(Reader& reader, const Linked& linked, const Lens& lens) {
    auto rows = reader.notices(linked.kase.id);
    if (!rows) return {};
    for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
        const auto& notice = row->notice;
        if (notice.assignment != linked.id) continue;
        const auto& people = lens.world->directory->people;
        const auto known = people.find(notice.person);
        const auto worded_in = known == people.end() ? Language::zh : known->second.language;
        const auto& stationery = lens.world->stationery;
        if (worded_in == lens.language || !stationery)
            return without_link(row->text, row->sign_url);
        auto vars = notice.vars;
        vars["exercise"] = notice.exercise;
        vars["sign_url"] = "";
        return stationery->renderer->render(notice, vars, lens.language).text;
    }
    return {};
}

std::optional<Given> last_answer(Reader& reader, const Linked& linked) {
    constexpr int page = 500;
    std::optional<Given> found;
    for (std::uint64_t after = 0;;) {
        auto rows = reader.history(linked.kase.id.value, after, page);
        if (!rows || rows->empty()) return found;
        for (const auto& row : *rows)
            if (auto one = given_in(row, linked.id); one && one->state != "delivered")
                found = std::move(one);
        if (rows->size() < page) return found;
        after = rows->back().seq;
    }
}

std::string name_of(const Addressee& whom, const Lens& lens) {
    return whom.kind == Addressee::Kind::person ? lens.say("page.yourself") : lens.addressee(whom);
}

std::string who_gave(const Given& given, const Addressee& addressee, const Lens& lens) {
    const auto posts = lens.world->directory->posts_of(given.person, given.at);
    const auto who =
        given.person.empty() || posts.empty() ? name_of(addressee, lens) : lens.post(posts.front());
    return given.how.empty() ? who : who + lens.say("page.how." + given.how);
}

}  // namespace jinqiao::adapters::http
