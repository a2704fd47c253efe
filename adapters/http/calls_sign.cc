// GET and POST /s/{token}: answering a notice without an account. The token is the right, and it is
// good for the answers to one assignment; a GET, which mail scanners and chat previews make too,
// only shows.

#include <algorithm>

#include "adapters/http/api.h"
#include "adapters/http/digest.h"
#include "adapters/http/language.h"
#include "adapters/http/linked.h"
#include "adapters/http/sign_page.h"
#include "engine/kernel/sign_for.h"
#include "engine/runtime/sign_link.h"

namespace jinqiao::adapters::http {

using engine::model::Assignment;
using engine::model::AssignmentId;
using engine::model::AssignmentState;
using engine::model::Case;
using engine::model::Language;
using engine::model::Message;
using engine::model::Refusal;
using engine::ports::Reader;

namespace {

std::optional<Linked> linked(Reader& reader, const std::string& key, const std::string& token,
                             engine::time::Instant now) {
    return case_behind(reader, engine::runtime::read_sign_token(key, token, now));
}

// The language somebody chose on the page goes before what the browser says.
Language language_of(const Call& call) {
    const auto chosen = call.target.one("lang").value_or("");
    return accepted_language(chosen).value_or(call.lens.language);
}

std::vector<SignPage::Answer> answers_left(const Case& kase, const Assignment& assignment,
                                           const LinkAnswer& wrong, const Lens& lens) {
    std::vector<SignPage::Answer> out;
    const bool is_signed = assignment.state >= AssignmentState::signed_for;
    // First that one has read it, then what one makes of it.
    for (const std::string name : {"sign", "accept", "return"}) {
        if ((name == "sign") == is_signed) continue;
        if (!kase.open && name != "sign") continue;
        if (engine::kernel::unfit_answer(assignment, name)) continue;
        SignPage::Answer answer{name, lens.say("page." + name + ".button"), {}, {}, {}, {}, 0,
                                false};
        if (name == "return") {
            answer.fold = lens.say("page.return.fold");
            answer.label = lens.say("page.return.label");
            const std::pair most{std::string("most"), std::to_string(longest_reason)};
            answer.hint = lens.words->text(Message{"page.return.hint", {most}}, lens.language);
            answer.longest = longest_reason;
            answer.typed = wrong.name == name ? wrong.reason : std::string();
            answer.unfolded = wrong.name == name;
        }
        out.push_back(std::move(answer));
    }
    return out;
}

using Lines = std::vector<std::pair<std::string, std::string>>;

Lines facts_of(const Case& kase, const Lens& lens) {
    Lines lines{{lens.say("page.number"), kase.number},
                {lens.say("page.grade"),
                 lens.say("grade." + std::string(engine::model::name(kase.grade.effective)))}};
    if (!kase.regions.empty()) {
        const auto& region = kase.regions.front();
        lines.emplace_back(lens.say("page.state"),
                           lens.state(kase.workflow, region.name, region.state));
    }
    return lines;
}

void add_task(Lines& lines, const Case& kase, const Assignment& assignment, const Lens& lens) {
    lines.emplace_back(lens.say("page.addressee"), name_of(assignment.addressee, lens));
    lines.emplace_back(lens.say("page.task"), lens.label("task.", assignment.task));
    lines.emplace_back(lens.say("page.told_at"),
                       lens.words->instant(assignment.told_at, lens.language));
    const auto* clock = kase.clock("asg.sign", assignment.id.value);
    if (clock != nullptr && clock->open())
        lines.emplace_back(lens.say("page.due"), lens.words->instant(clock->due.at, lens.language));
}

constexpr std::string_view note_action = "add_note";

bool takes_notes(const engine::kernel::Workflow* workflow) {
    if (workflow == nullptr) return false;
    const auto actions = workflow->actions();
    return std::any_of(actions.begin(), actions.end(),
                       [](const auto& action) { return action.name == note_action; });
}

std::string_view state_after(std::string_view answer) {
    return answer == "sign" ? "signed" : answer == "accept" ? "accepted" : "returned";
}

}  // namespace

Response Api::no_page(const Lens& lens) const {
    SignPage page;
    page.language = lens.language;
    page.title = lens.say("page.gone.title");
    page.message = lens.say("page.gone.text");
    page.footer = settings_.zone_name;
    return html_response(404, page);
}

// `taken` is the answer that was just given and counts; `wrong` one that was not taken.
Response Api::page_of(const Case& kase, const AssignmentId& id, const Lens& lens,
                      const std::string& taken, const LinkAnswer& wrong) {
    const auto found = std::find_if(kase.assignments.begin(), kase.assignments.end(),
                                    [&](const auto& one) { return one.id == id; });
    SignPage page;
    page.language = lens.language;
    page.title = lens.say("page.sign.title");
    page.footer = settings_.zone_name;
    if (kase.exercise) page.banner = lens.say("page.exercise");
    page.lines = facts_of(kase, lens);
    if (found == kase.assignments.end()) {  // answered, and replaced by a newer round
        page.status = lens.say("page.signed.before");
        return html_response(200, page);
    }
    add_task(page.lines, kase, *found, lens);
    auto source = reader();
    const Linked here{kase, id};
    if (source) page.message = message_of(**source, here, lens);
    if (!wrong.fault.empty())
        page.fault = lens.words->text(
            Message{"page.fault." + wrong.fault, {{"most", std::to_string(longest_reason)}}},
            lens.language);
    const auto last = source ? last_answer(**source, here) : std::nullopt;
    const std::string state(engine::model::name(found->state));
    if (last && last->state == state)
        page.status = lens.words->text(
            Message{
                "page." + state + (state == state_after(taken) && !taken.empty() ? ".now" : ".at"),
                {{"at", lens.words->instant(last->at, lens.language)},
                 {"who", who_gave(*last, found->addressee, lens)}}},
            lens.language);
    page.answers = answers_left(kase, *found, wrong, lens);
    if (page.status.empty() && page.answers.empty()) page.status = lens.say("page.closed");
    return html_response(wrong.status, page);
}

Reply Api::show_sign_page(Call& call) {
    call.lens.language = language_of(call);
    const auto found = linked(*call.reader, settings_.link_key, call.args[0], call.lens.now);
    if (!found) return no_page(call.lens);
    return page_of(found->kase, found->id, call.lens, {}, {});
}

// What became of an answer that the kernel did not take, by what is true of the case now.
Response Api::page_after(const std::string& token, LinkAnswer answer, const Refusal& refusal,
                         const Lens& lens) {
    auto source = reader();
    if (!source) return no_page(lens);
    const auto found = linked(**source, settings_.link_key, token, lens.now);
    if (!found) return no_page(lens);
    const bool known =
        refusal.kind == Refusal::Kind::dropped || refusal.kind == Refusal::Kind::not_found;
    // Given before, or closed meanwhile: the page says so, and nothing was done twice.
    if (known || answer.name == "sign") return page_of(found->kase, found->id, lens, {}, {});
    answer.status = 409;
    answer.fault = "late";
    return page_of(found->kase, found->id, lens, {}, answer);
}

namespace {

engine::model::Command command_of(const Linked& linked, const LinkAnswer& answer, const char* how) {
    engine::model::Command command;
    command.target = linked.kase.id;
    command.name = answer.name;
    command.payload = {{"assignment", linked.id.value}, {"how", how}};
    if (!answer.reason.empty()) command.payload["reason"] = answer.reason;
    command.actor = engine::model::Actor::engine();
    return command;
}

// What a program reads by its status. The address of a reply opens no page: nothing of the case is
// in here.
Response told(int status, const std::string& code, const Lens& lens) {
    SignPage page;
    page.language = lens.language;
    page.title = lens.say(code);
    return html_response(status, page);
}

}  // namespace

Reply Api::sign_by_link(Call& call) {
    call.lens.language = language_of(call);
    const auto found = linked(*call.reader, settings_.link_key, call.args[0], call.lens.now);
    if (!found) return answer_by_mail(call);
    if (call.request.ahead) return page_of(found->kase, found->id, call.lens, {}, {});
    const auto answer = read_answer(call.request);
    if (!answer.fault.empty()) return page_of(found->kase, found->id, call.lens, {}, answer);
    auto deed = submit(
        call, command_of(*found, answer, "link"),
        [this, id = found->id, name = answer.name](const Case& after, const Lens& lens) {
            return page_of(after, id, lens, name, {});
        },
        [this, token = call.args[0], answer](const Refusal& refusal, const Lens& lens) {
            return page_after(token, answer, refusal, lens);
        });
    // What went wrong in here is told as a page too, with what was typed.
    deed.finish = [this, id = found->id, kase = found->kase, answer, lens = call.lens,
                   finish = std::move(deed.finish)](engine::runtime::Answer outcome) {
        const bool failed = std::holds_alternative<engine::model::Error>(outcome);
        auto response = finish(std::move(outcome));
        if (!failed) return response;
        auto wrong = answer;
        wrong.status = response.status;
        wrong.fault = "busy";
        auto page = page_of(kase, id, lens, {}, wrong);
        for (auto& field : response.fields)
            if (field.first == "Retry-After") page.fields.push_back(std::move(field));
        return page;
    };
    return deed;
}

// A mail system that got no answer hands the same mail over again. Its key is kept for the address,
// under a name no account has.
std::optional<Response> Api::known_mail(Call& call, const AssignmentId& id) {
    if (call.request.idempotency_key.empty()) return {};
    call.lens.account.id.value = "mail/" + id.value;
    call.body_hash = sha256_hex(call.request.target + '\n' + call.request.body);
    auto known = known_answer(call);
    if (known) known->content_type = "text/html; charset=utf-8";
    if (known) return known;
    if (auto problem = unfit_key(call)) return answered(*problem, call.lens);
    return {};
}

// The address one answers a notice to: signs for it, or leaves a note with its case and nothing
// else. Whose note it is stands in front: the address was theirs, and more is not known.
Reply Api::answer_by_mail(Call& call) {
    const auto found = case_behind(
        *call.reader,
        engine::runtime::read_mail_token(settings_.link_key, call.args[0], call.lens.now));
    if (!found) return no_page(call.lens);
    const auto answer = read_mail_answer(call.request);
    if (!answer.fault.empty()) return told(answer.status, "page.fault." + answer.fault, call.lens);
    if (auto known = known_mail(call, found->id)) return std::move(*known);
    auto command = command_of(*found, answer, "mail");
    if (answer.name == "note") {
        const auto* assignment = found->kase.assignment(found->id);
        const auto* workflow = call.lens.workflow(found->kase.workflow);
        if (assignment == nullptr || !takes_notes(workflow))
            return told(409, "page.fault.late", call.lens);
        command.name = note_action;
        command.payload = {
            {"text", parts_.words->text(Message{"page.note",
                                                {{"who", name_of(assignment->addressee, call.lens)},
                                                 {"text", answer.text}}},
                                        settings_.language)}};
    }
    return submit(
        call, std::move(command),
        [name = answer.name](const Case& /*after*/, const Lens& lens) {
            return told(200, name == "note" ? "page.noted" : "page.mail.signed", lens);
        },
        [](const Refusal& refusal, const Lens& lens) {
            return refusal.kind == Refusal::Kind::dropped ? told(200, "page.mail.signed", lens)
                                                          : told(409, "page.fault.late", lens);
        });
}

}  // namespace jinqiao::adapters::http
