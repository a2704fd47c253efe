// GET and POST /s/{token}: signing for a notice without an account. The token is the right; a GET,
// which mail scanners and chat previews make too, only shows.

#include <algorithm>

#include "adapters/http/api.h"
#include "adapters/http/sign_page.h"
#include "engine/model/codec.h"
#include "engine/runtime/sign_link.h"

namespace jinqiao::adapters::http {

using engine::model::AssignmentId;
using engine::model::Case;
using engine::model::Message;
using engine::ports::Reader;

namespace {

struct Linked {
    Case kase;
    AssignmentId id;
};

// Empty for a forged or expired token and for what is no longer there: all look the same outside.
std::optional<Linked> linked(Reader& reader, const std::string& key, const std::string& token,
                             engine::time::Instant now) {
    const auto id = engine::runtime::read_sign_token(key, token, now);
    if (!id) return {};
    auto row = reader.find_case(engine::runtime::case_of(*id));
    if (!row || !*row) return {};
    auto kase = engine::model::decode_case(row->value().body);
    if (!kase || !kase->assignment(*id)) return {};
    return Linked{std::move(*kase), *id};
}

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

// The latest notice about the assignment.
std::string message_of(Reader& reader, const Linked& linked) {
    auto rows = reader.notices(linked.kase.id);
    if (!rows) return {};
    for (auto row = rows->rbegin(); row != rows->rend(); ++row) {
        if (row->notice.assignment != linked.id) continue;
        return without_link(row->text, row->sign_url);
    }
    return {};
}

}  // namespace

Response Api::no_page(const Lens& lens) const {
    SignPage page;
    page.language = lens.language;
    page.title = lens.say("page.gone.title");
    page.message = lens.say("page.gone.text");
    return html_response(404, page);
}

Response Api::page_of(const Case& kase, const AssignmentId& id, const Lens& lens, bool signed_now) {
    const auto found = std::find_if(kase.assignments.begin(), kase.assignments.end(),
                                    [&](const auto& one) { return one.id == id; });
    SignPage page;
    page.language = lens.language;
    page.title = lens.say("page.sign.title");
    page.footer = settings_.zone_name;
    if (kase.exercise) page.banner = lens.say("page.exercise");
    const auto grade = std::string(engine::model::name(kase.grade.effective));
    page.lines = {{lens.say("page.number"), kase.number},
                  {lens.say("page.grade"), lens.say("grade." + grade)}};
    if (found == kase.assignments.end()) {  // signed for, and replaced by a newer round
        page.status = lens.say("page.signed.before");
        return html_response(200, page);
    }
    page.lines.emplace_back(lens.say("page.addressee"), lens.addressee(found->addressee));
    page.lines.emplace_back(lens.say("page.task"), lens.label("task.", found->task));
    page.lines.emplace_back(lens.say("page.told_at"),
                            lens.words->instant(found->told_at, lens.language));
    if (reader_ && !signed_now) page.message = message_of(*reader_, {kase, id});
    if (found->signed_at)
        page.status = lens.words->text(
            Message{signed_now ? "page.signed.now" : "page.signed.at",
                    {{"at", lens.words->instant(*found->signed_at, lens.language)}}},
            lens.language);
    else if (found->closed_at)
        page.status = lens.say("page.closed");
    else
        page.button = lens.say("page.sign.button");
    return html_response(200, page);
}

Reply Api::show_sign_page(Call& call) {
    const auto found = linked(*call.reader, settings_.link_key, call.args[0], call.lens.now);
    if (!found) return no_page(call.lens);
    return page_of(found->kase, found->id, call.lens, false);
}

Reply Api::sign_by_link(Call& call) {
    if (call.request.body_fault != Request::BodyFault::none)
        return answered(Problem::of(413, "too_large"), call.lens);
    const auto found = linked(*call.reader, settings_.link_key, call.args[0], call.lens.now);
    if (!found) return no_page(call.lens);
    engine::model::Command command;
    command.target = found->kase.id;
    command.name = "sign";
    command.payload = {{"assignment", found->id.value}, {"by", "link"}};
    command.actor = engine::model::Actor::engine();
    const auto before = std::make_shared<const Case>(found->kase);
    return submit(
        call, std::move(command),
        [this, id = found->id](const Case& after, const Lens& lens) {
            return page_of(after, id, lens, true);
        },
        // Signed before, or closed meanwhile: the page says so, and nothing was done twice.
        [this, id = found->id, before](const engine::model::Refusal& /*refusal*/,
                                       const Lens& lens) {
            return page_of(*before, id, lens, false);
        });
}

}  // namespace jinqiao::adapters::http
