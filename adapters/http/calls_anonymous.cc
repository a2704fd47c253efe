// Filing without a name and without signing in, and the conversation that its code opens. Whoever
// asks is nobody here: tokens and cookies are not looked at, and their address is known to the
// limits in memory and to nothing that is kept.
#include <algorithm>
#include <boost/json/array.hpp>

#include "adapters/http/api.h"
#include "adapters/http/digest.h"
#include "adapters/http/json_text.h"
#include "adapters/http/language.h"
#include "adapters/http/people_changes.h"
#include "adapters/http/receipt_code.h"
#include "engine/kernel/payload.h"
#include "engine/runtime/receipts.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace runtime = engine::runtime;
using engine::model::Case;
using engine::model::Message;
using engine::model::Refusal;

namespace {

// Scope of kept answers where there is no account. No account is called so.
const std::string unnamed_scope = ".anonymous";
constexpr int created = 201;
const std::string everybody = "*";  // the only key of a limit of all together

engine::model::Actor unnamed() {
    engine::model::Actor actor;
    actor.kind = engine::model::Actor::Kind::person;
    actor.roles = {"anonymous"};
    return actor;
}

bool is_blank(const json::value& value) {
    const auto* text = value.if_string();
    return value.is_null() ||
           (text != nullptr && text->find_first_not_of(" \t\r\n") == json::string::npos);
}

// Who it is must not come in by a side door: not by a name in the form, not by a file whose sender
// is known. What was left empty is taken out, what was filled in is refused, so that nobody
// believes that it was sent.
std::optional<Problem> unfit_unnamed(json::object& payload) {
    auto problem = Problem::of(422, "invalid_payload");
    const auto fault = [&](const std::string& field, const char* code) {
        problem.errors.push_back({field, Message{code, {{"field", field}}}});
    };
    if (auto* reporter = payload.if_contains("reporter"); reporter && reporter->is_object())
        for (const std::string name : {"name", "phone"}) {
            auto& part = reporter->get_object();
            const auto* value = part.if_contains(name);
            if (value != nullptr && !is_blank(*value)) fault("reporter." + name, "anonymous.named");
            part.erase(name);
        }
    if (const auto* sent = payload.if_contains("documents"))
        if (!sent->is_array() || !sent->get_array().empty())
            fault("documents", "anonymous.documents");
    if (const auto* exercise = payload.if_contains("exercise"))
        if (*exercise == json::value(true)) fault("exercise", "anonymous.exercise");
    if (const auto* filing = payload.if_contains("filing"))
        if (*filing != json::value("anonymous")) fault("filing", "anonymous.filing");
    if (!problem.errors.empty()) return problem;
    payload.erase("documents");
    payload.erase("exercise");
    payload["filing"] = "anonymous";
    return {};
}

// In words for somebody who has never heard of stages.
std::string stands(const Case& kase, const Lens& lens) {
    const auto state = kase.regions.empty() ? std::string() : kase.regions.front().state;
    const auto code = "anonymous.stands." + state;
    return lens.say(lens.words->has(code) ? code : "anonymous.stands." + kase.stage);
}

json::array messages_of(const Case& kase, engine::ports::Reader& reader) {
    json::array out;
    const auto* all = kase.data.if_contains("conversation");
    if (all == nullptr || !all->is_array()) return out;
    for (const auto& each : all->get_array()) {
        const auto& message = each.as_object();
        json::value text = nullptr;
        if (auto held = reader.personal(text_of(part(message, "text"), "ref")); held && *held)
            if (!held->value().value.empty()) text = json::string(held->value().value);
        out.push_back(json::object{{"at", text_of(message, "at")},
                                   {"from", text_of(message, "from") == "filer" ? "you" : "office"},
                                   {"text", std::move(text)}});
    }
    return out;
}

// When whoever filed wrote, oldest first, as far as the case still has it.
std::vector<engine::time::Instant> said_since(const Case& kase, engine::time::Instant since) {
    std::vector<engine::time::Instant> out;
    const auto* all = kase.data.if_contains("conversation");
    if (all == nullptr || !all->is_array()) return out;
    for (const auto& each : all->get_array()) {
        const auto& message = each.as_object();
        const auto at = engine::time::parse_rfc3339(text_of(message, "at"));
        if (at && *at > since && text_of(message, "from") == "filer") out.push_back(*at);
    }
    return out;
}

Response with_language(Response response, const Lens& lens) {
    response.fields.emplace_back("Content-Language", tag(lens.language));
    return response;
}

}  // namespace

// Whether somebody may file so here, before they have written a page.
Reply Api::show_anonymous(Call& call) {
    return with_language(json_response(200, json::object{{"filing", settings_.anonymous.filing},
                                                         {"zone_name", settings_.zone_name}}),
                         call.lens);
}

std::optional<Response> Api::unnamed_before(const SealedAnswer& kept, const Lens& lens) {
    if (kept.key.empty()) return {};
    if (in_flight_.contains({unnamed_scope, kept.key})) {
        auto problem = Problem::of(409, "idempotency_in_flight");
        problem.retry_after = settings_.retry_after;
        return answered(problem, lens);
    }
    auto known = reader();
    if (!known) return answered(known.problem(), lens);
    auto stored = (*known)->answer(unnamed_scope, kept.key);
    if (!stored || !*stored) return {};
    const auto& answer = stored->value();
    const auto body = open(kept, answer.body);
    if (!same_digest(answer.body_hash, kept.body_hash) || !body)
        return answered(Problem::of(422, "idempotency_mismatch"), lens);
    Response response;
    response.status = answer.status;
    response.body = *body;
    response.fields.emplace_back("Idempotency-Replayed", "true");
    return with_language(std::move(response), lens);
}

Deed Api::submit_unnamed(Call& call, engine::model::Command command, SealedAnswer kept,
                         std::function<Response(const runtime::Accepted&)> word,
                         std::function<void()> refused) {
    Deed deed;
    deed.submission.work = std::move(command);
    if (!kept.key.empty()) {
        in_flight_.insert({unnamed_scope, kept.key});
        deed.submission.account = unnamed_scope;
        deed.submission.key = kept.key;
        deed.submission.body_hash = kept.body_hash;
        deed.submission.compose = [kept, word,
                                   now = call.lens.now](const runtime::Accepted& accepted) {
            const auto response = word(accepted);
            return engine::ports::StoredAnswer{unnamed_scope,
                                               kept.key,
                                               kept.body_hash,
                                               response.status,
                                               shut(kept, response.body),
                                               {},
                                               {},
                                               now};
        };
    }
    deed.finish = [this, kept, word = std::move(word), refused = std::move(refused),
                   lens = std::make_shared<Lens>(call.lens)](runtime::Answer answer) {
        if (!kept.key.empty()) in_flight_.erase({unnamed_scope, kept.key});
        if (const auto* accepted = std::get_if<runtime::Accepted>(&answer))
            return with_language(word(*accepted), *lens);
        if (refused) refused();
        // Somebody with the same key was quicker; what they were told is told again.
        if (std::holds_alternative<engine::ports::StoredAnswer>(answer)) {
            auto known = unnamed_before(kept, *lens);
            return known ? std::move(*known) : answered(busy(), *lens);
        }
        return settle(std::move(answer), *lens, kept.body_hash, {});
    };
    return deed;
}

Reply Api::file_anonymously(Call& call) {
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    const auto kept = sealed_answer(settings_.link_key, call.request);
    if (auto known = unnamed_before(kept, call.lens)) return std::move(*known);
    const auto* workflow = filing_workflow(call.world());
    if (!settings_.anonymous.filing || workflow == nullptr)
        return answered(Problem::of(403, "anonymous_off"), call.lens);
    if (auto problem = unfit_unnamed(*payload)) return answered(*problem, call.lens);
    const auto from = call.request.client;
    if (auto wait = unnamed_from_.take(from)) return answered(too_many(*wait), call.lens);
    if (auto wait = unnamed_in_all_.take(everybody)) {
        unnamed_from_.give_back(from);
        return answered(too_many(*wait), call.lens);
    }
    engine::model::Command command;
    command.name = "file";
    command.payload = std::move(*payload);
    command.payload["workflow"] = workflow->name();
    command.actor = unnamed();
    const auto code = new_receipt_code();
    auto deed = submit_unnamed(
        call, std::move(command), kept,
        [code, next = call.lens.say("anonymous.next"),
         keep = call.lens.say("anonymous.keep")](const runtime::Accepted& accepted) {
            return json_response(created, json::object{{"number", accepted.kase->number},
                                                       {"receipt", code},
                                                       {"keep", keep},
                                                       {"next", next}});
        },
        [this, from] {
            unnamed_from_.give_back(from);
            unnamed_in_all_.give_back(everybody);
        });
    deed.submission.receipt = receipt_hash(settings_.link_key, receipt_digits(code));
    return deed;
}

// A wrong code is charged before it is looked up, so that many at once are no way round, and what
// is right gets it back. An address that has guessed too often is told to wait whatever it says.
Or<std::shared_ptr<const Case>> Api::by_receipt(Call& call, const std::string& code) {
    const auto from = call.request.client;
    if (auto wait = wrong_receipts_from_.take(from)) return too_many(*wait);
    auto id = runtime::case_of_receipt(*call.reader,
                                       receipt_hash(settings_.link_key, receipt_digits(code)));
    if (!id || *id) wrong_receipts_from_.give_back(from);
    if (!id) return failed(id.error());
    if (!*id) return Problem::of(404, "wrong_receipt");
    return current(call, (*id)->value);
}

Reply Api::conversation(Call& call) {
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto faults = engine::kernel::validate(receipt_fields(*parts_.words), *payload, call.lens.now);
    if (!faults.empty()) return answered(unfit(std::move(faults)), call.lens);
    auto found = by_receipt(call, text_of(*payload, "code"));
    if (!found) return answered(found.problem(), call.lens);
    const Case& kase = **found;
    return with_language(
        json_response(200, json::object{{"number", kase.number},
                                        {"stage", kase.stage},
                                        {"stands", stands(kase, call.lens)},
                                        {"open", kase.open},
                                        {"messages", messages_of(kase, *call.reader)}}),
        call.lens);
}

// Nobody looks after a case for ever, and no code is good for any number of messages.
std::optional<Problem> Api::no_more_said(const Case& kase, engine::time::Instant now) const {
    const auto& limits = settings_.anonymous;
    if (!kase.open && kase.ended_at && *kase.ended_at + limits.messages_after_end <= now) {
        auto problem = Problem::of(409, "conversation_over");
        const auto days = std::chrono::duration_cast<std::chrono::days>(limits.messages_after_end);
        problem.args = {{"days", std::to_string(days.count())}, {"number", kase.number}};
        return problem;
    }
    const auto today = said_since(kase, now - std::chrono::hours{24});
    if (limits.messages_a_day == 0 || std::ssize(today) < limits.messages_a_day) return {};
    auto problem = Problem::of(429, "messages_a_day");
    // Until the oldest of so many is a day old.
    const auto oldest = today[today.size() - static_cast<std::size_t>(limits.messages_a_day)];
    const auto wait = oldest + std::chrono::hours{24} - now;
    problem.retry_after =
        whole_seconds(std::chrono::duration_cast<std::chrono::milliseconds>(wait));
    problem.args = {{"most", std::to_string(limits.messages_a_day)},
                    {"hours", std::to_string(std::chrono::ceil<std::chrono::hours>(wait).count())}};
    return problem;
}

Reply Api::write_anonymously(Call& call) {
    auto payload = body(call);
    if (!payload) return answered(payload.problem(), call.lens);
    auto faults = engine::kernel::validate(message_fields(*parts_.words), *payload, call.lens.now);
    if (!faults.empty()) return answered(unfit(std::move(faults)), call.lens);
    auto found = by_receipt(call, text_of(*payload, "code"));
    if (!found) return answered(found.problem(), call.lens);
    const auto kept = sealed_answer(settings_.link_key, call.request);
    if (auto known = unnamed_before(kept, call.lens)) return std::move(*known);
    if (auto problem = no_more_said(**found, call.lens.now)) return answered(*problem, call.lens);
    if (auto wait = messages_by_.take((*found)->id.value))
        return answered(too_many(*wait), call.lens);
    engine::model::Command command;
    command.target = (*found)->id;
    command.name = "filer_message";
    command.payload = {{"message", text_of(*payload, "text")}};
    command.actor = unnamed();
    return submit_unnamed(
        call, std::move(command), kept,
        [](const runtime::Accepted& accepted) {
            return json_response(created,
                                 json::object{{"done", "sent"}, {"number", accepted.kase->number}});
        },
        {});
}

}  // namespace jinqiao::adapters::http
