// The ledger of notices, and those that reached nobody.
#include "adapters/http/api.h"
#include "adapters/http/json_text.h"
#include "adapters/http/language.h"
#include "adapters/http/ledger.h"
#include "adapters/http/rights.h"
#include "adapters/http/view.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
using engine::model::Message;
using engine::model::PostId;

namespace {

// A list longer than this is a fault of its own; the answer then says that there is more.
constexpr int most_letters = 500;

std::string file_name(const engine::model::Case& kase, std::string_view extension) {
    std::string name = kase.number.empty() ? "case" : kase.number;
    for (char& c : name)
        if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '/' || c == '\\') c = '_';
    return name + "-notices." + std::string(extension);
}

}  // namespace

Reply Api::ledger(Call& call) {
    auto seen = find(call, call.args[0], Right::notices);
    if (!seen) return answered(seen.problem(), call.lens);
    const std::string format = call.target.one("format").value_or("csv");
    if (format != "csv" && format != "html")
        return answered(
            Problem::fault(400, "bad_request", "format",
                           Message{"query.value", {{"name", "format"}, {"value", format}}}),
            call.lens);
    auto rows = call.reader->notices(seen->kase->id);
    if (!rows) return answered(failed(rows.error()), call.lens);
    const bool own_only = call.lens.department_only();
    std::vector<NoticeRecord> records;
    for (auto& row : *rows) {
        if (own_only &&
            !is_for(row.notice.addressee, call.account(), *call.world().directory, call.lens.now))
            continue;
        auto attempts = attempts_of(*call.reader, row);
        if (!attempts) return answered(failed(attempts.error()), call.lens);
        records.push_back({std::move(row), std::move(*attempts)});
    }
    Response response;
    response.fields = {{"Content-Language", std::string(tag(call.lens.language))},
                       {"Cache-Control", "no-store"}};
    if (format == "csv") {
        response.content_type = "text/csv; charset=utf-8; header=present";
        response.fields.emplace_back(
            "Content-Disposition",
            "attachment; filename=\"" + file_name(*seen->kase, "csv") + "\"");
        response.body = ledger_csv(*seen->kase, records, call.lens);
    } else {
        response.content_type = "text/html; charset=utf-8";
        response.fields.emplace_back("Content-Security-Policy", ledger_page_policy());
        response.body = ledger_page(*seen->kase, records, call.lens, settings_.zone_name);
    }
    return response;
}

// That there is a restricted case is itself confidential; somebody has to see to the letter.
bool Api::conceals(Call& call, const std::string& id) {
    auto kase = current(call, id);
    if (!kase) return false;  // of the directory
    return (*kase)->confidentiality == engine::model::Confidentiality::restricted &&
           !find(call, id, Right::see);
}

bool Api::to_hidden_filer(Call& call, const std::string& id, const std::string& addressee) {
    auto kase = current(call, id);
    return kase && addressee == "person:" + (*kase)->filer.value &&
           closer(call.lens, **kase).hides_filer(**kase);
}

Reply Api::dead_letters(Call& call) {
    if (!ever(call.account().roles, Right::letters))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto letters = call.reader->dead_letters({}, most_letters + 1);
    if (!letters) return answered(failed(letters.error()), call.lens);
    const bool more = letters->size() > static_cast<std::size_t>(most_letters);
    if (more) letters->pop_back();
    json::array items;
    for (const auto& letter : *letters) {
        auto notices = call.reader->notices_of_delivery(letter.delivery);
        if (!notices) return answered(failed(notices.error()), call.lens);
        auto attempts = call.reader->attempts(letter.delivery);
        if (!attempts) return answered(failed(attempts.error()), call.lens);
        items.push_back(view_letter(letter, *notices, *attempts, call.lens));
        auto& shown = items.back().as_object();
        for (auto& notice : shown.at("notices").as_array()) {
            const std::string id(notice.at("case").as_string());
            if (to_hidden_filer(call, id, text_of(notice.as_object(), "addressee"))) {
                notice.as_object()["addressee"] = "filer";
                notice.as_object()["addressee_name"] = call.lens.say("identity.confidential");
                shown["address_masked"] = "";
                shown["attempts"] = json::array{};  // a provider may name the number it sent to
            }
            if (conceals(call, id)) notice.as_object()["case"] = notice.as_object()["number"] = "";
        }
    }
    auto response = json_response(200, json::object{{"items", std::move(items)}, {"more", more}});
    response.fields.emplace_back("Content-Language", tag(call.lens.language));
    return response;
}

}  // namespace jinqiao::adapters::http
