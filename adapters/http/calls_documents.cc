// Files: sent first, named by an alert or an action later, read by whoever may read what names
// them.
#include <boost/json/serialize.hpp>

#include <algorithm>

#include "adapters/http/api.h"
#include "adapters/http/bare_picture.h"
#include "adapters/http/digest.h"
#include "adapters/http/disposition.h"
#include "adapters/http/language.h"
#include "adapters/http/papers.h"
#include "adapters/http/rights.h"
#include "engine/model/media_type.h"
#include "engine/runtime/documents.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace runtime = engine::runtime;
using engine::model::MediaType;
using engine::model::Message;
using engine::ports::DocumentRow;

namespace {

// "image/JPG; charset=x" -> "image/jpeg": phones and browsers have their own names for some.
std::string plain_type(std::string_view declared) {
    std::string out;
    for (const char c : declared.substr(0, std::min(declared.find(';'), declared.size())))
        if (c != ' ' && c != '\t')
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (out == "image/jpg" || out == "image/pjpeg") return "image/jpeg";
    if (out == "image/heif") return "image/heic";
    return out;
}

std::string listed(const std::vector<std::string>& types) {
    std::string out;
    for (const auto& type : types) out += (out.empty() ? "" : ", ") + type;
    return out;
}

// The bytes decide; what the sender says must not contradict them.
Or<const MediaType*> type_of(const Request& request, const std::vector<std::string>& taken) {
    const auto* type = engine::model::media_type_of(request.body);
    const auto declared = plain_type(request.content_type);
    if (type == nullptr || std::find(taken.begin(), taken.end(), type->name) == taken.end()) {
        auto problem = Problem::of(415, "unsupported_document");
        problem.args = {{"taken", listed(taken)}};
        problem.fields = {{"Accept-Post", listed(taken)}};
        return problem;
    }
    if (!declared.empty() && declared != "application/octet-stream" && declared != type->name)
        return Problem::fault(
            422, "invalid_payload", "Content-Type",
            Message{"document.type", {{"declared", declared}, {"found", std::string(type->name)}}});
    return type;
}

// ?name= or Content-Disposition, whichever is easier for the client; as it was sent.
Or<std::string> said_name(const Call& call) {
    for (const auto& [name, value] : call.target.parameters)
        if (name != "name")
            return Problem::fault(400, "bad_request", name,
                                  Message{"query.unknown", {{"name", name}, {"value", value}}});
    if (const auto parameter = call.target.one("name")) return *parameter;
    auto name = file_name_of(call.request.content_disposition);
    // Whatever may stand in it, UTF-8 it has to be.
    if (!name || !tidy_file_name(*name, {}))
        return Problem::fault(400, "bad_request", "Content-Disposition",
                              Message{"document.name", {}});
    return std::move(*name);
}

// Nothing in it may run, and nothing of ours may be reached from it, whatever a program that opens
// it thinks it is.
Response file_response(const DocumentRow& row, std::string content) {
    Response response;
    response.content_type = row.type;
    response.body = std::move(content);
    const auto* type = engine::model::find_media_type(row.type);
    const auto name =
        row.name.empty() ? "file" + std::string(type ? type->extension : "") : row.name;
    response.fields = {
        {"Content-Disposition", attachment(name)},
        {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"},
        {"Cross-Origin-Resource-Policy", "same-origin"}};
    return response;
}

// Without the name: this answer may be kept for an Idempotency-Key, and names must be erasable.
Response stored(const runtime::Accepted& accepted, const json::object& about) {
    json::object body = about;
    const std::string id(accepted.events.front().data.at("id").as_string());
    body["id"] = id;
    auto response = json_response(201, body);
    response.fields.emplace_back("Location", "/api/v1/documents/" + id);
    return response;
}

}  // namespace

std::size_t Api::body_limit(const Request& request) {
    const auto target = parse_target(request.target);
    if (!target) return settings_.body_limit;
    const auto found = find_route(routes(), request.method, target->segments);
    const auto* known = std::get_if<Found>(&found);
    if (known == nullptr || known->route->body != Body::file) return settings_.body_limit;
    auto call = opened(request);
    auto reader_or = reader();
    if (!reader_or) return settings_.body_limit;
    call.reader = *reader_or;
    if (!identify(call) || !ever(call.account().roles, Right::attach)) return settings_.body_limit;
    return std::max(settings_.document_limit, settings_.body_limit);
}

Reply Api::add_document(Call& call) {
    if (!ever(call.account().roles, Right::attach))
        return answered(Problem::of(403, "forbidden"), call.lens);
    const auto& request = call.request;
    if (request.body_fault == Request::BodyFault::too_large ||
        request.body.size() > settings_.document_limit) {
        auto problem = Problem::of(413, "too_large");
        problem.args = {{"limit", std::to_string(settings_.document_limit)}};
        return answered(problem, call.lens);
    }
    auto name = said_name(call);
    if (!name) return answered(name.problem(), call.lens);
    auto type = type_of(request, settings_.document_types);
    if (!type) return answered(type.problem(), call.lens);
    if (auto problem = unfit_key(call)) return answered(*problem, call.lens);

    auto upload = std::make_shared<runtime::Upload>();
    upload->account = call.account().id;
    upload->name = tidy_file_name(*name, (*type)->extension).value_or("");
    upload->type = std::string((*type)->name);
    upload->unused_limit = settings_.unused_documents_limit;
    const auto asked = std::make_shared<Call>(call);
    // A large file takes longer to hash than most requests take in all.
    return Chore{[upload, asked] {
                     auto bare = bare_picture(upload->type, asked->request.body);
                     if (!bare) return;
                     upload->content = std::move(*bare);
                     upload->sha256 = sha256_hex(upload->content);
                 },
                 [this, upload, asked]() -> Reply {
                     if (upload->sha256.empty())
                         return answered(Problem::of(422, "picture_unreadable"), asked->lens);
                     return keep_document(*asked, std::move(*upload));
                 },
                 upload->account.value};
}

Reply Api::keep_document(Call& call, runtime::Upload upload) {
    const json::object about{{"id", ""},
                             {"type", upload.type},
                             {"size", upload.content.size()},
                             {"sha256", upload.sha256}};
    const auto done = [about](const runtime::Accepted& accepted, const Lens& lens) {
        auto response = stored(accepted, about);
        response.fields.emplace_back("Content-Language", tag(lens.language));
        return response;
    };
    const auto refused = [this](const engine::model::Refusal& refusal, const Lens& lens) {
        auto problem = Problem::of(413, "documents_unused");
        problem.args = refusal.reasons.front().args;
        return answered(problem, lens);
    };
    return submit_work(call, std::move(upload), {done, refused, {}});
}

runtime::Naming Api::name_documents(Call& call, const engine::kernel::Workflow* workflow,
                                    const engine::model::Command& command,
                                    const engine::model::Case* kase) {
    runtime::Naming naming{call.account().id, {}};
    if (workflow == nullptr) return naming;
    naming.documents = named_documents(workflow->actions(), command.name, command.payload);
    if (naming.documents.empty()) return naming;
    // Those the case has already, a merged one's among them, anybody may name in it who acts in it.
    const auto there = kase != nullptr ? documents_of(*kase) : std::vector<std::string>{};
    std::erase_if(naming.documents, [&](const auto& one) {
        return std::find(there.begin(), there.end(), one.id) != there.end();
    });
    auto papers =
        call.lens.papers ? std::make_shared<Papers>(*call.lens.papers) : std::make_shared<Papers>();
    for (const auto& [field, id] : naming.documents)
        if (auto row = call.reader->find_document(id); row && *row) (*papers)[id] = **row;
    call.lens.papers = std::move(papers);
    return naming;
}

Reply Api::list_documents(Call& call) {
    for (const auto& [name, value] : call.target.parameters)
        if (name != "case")
            return answered(
                Problem::fault(400, "bad_request", name,
                               Message{"query.unknown", {{"name", name}, {"value", value}}}),
                call.lens);
    if (const auto kase = call.target.one("case")) {
        auto seen = find(call, *kase, Right::see);
        if (!seen) return answered(seen.problem(), call.lens);
        return json_response(200, json::object{{"items", view_documents(*seen->kase, call.lens)}});
    }
    if (!ever(call.account().roles, Right::attach))
        return answered(Problem::of(403, "forbidden"), call.lens);
    auto rows = call.reader->unused_documents(call.account().id);
    if (!rows) return answered(failed(rows.error()), call.lens);
    json::array items;
    for (const auto& row : *rows) items.push_back(view_document(row, call.lens));
    const auto& types = settings_.document_types;
    // What is taken, so that nobody waits for a file to arrive that is refused then.
    json::object limits{{"bytes", settings_.document_limit},
                        {"unused_bytes", settings_.unused_documents_limit},
                        {"types", json::array(types.begin(), types.end())}};
    return json_response(200,
                         json::object{{"items", std::move(items)}, {"limits", std::move(limits)}});
}

Reply Api::get_document(Call& call) {
    const auto& roles = call.account().roles;
    if (!ever(roles, Right::see) && !ever(roles, Right::attach))
        return answered(Problem::of(403, "forbidden"), call.lens);
    const auto absent = [&] { return answered(Problem::of(404, "not_found"), call.lens); };
    auto row = call.reader->find_document(call.args[0]);
    if (!row) return answered(failed(row.error()), call.lens);
    if (!*row) return absent();
    const auto& document = **row;
    if (document.kase.empty()) {
        if (document.account != call.account().id) return absent();
    } else {
        // A case that took it over from another is named by ?case=.
        const auto kase = call.target.one("case").value_or(document.kase.value);
        auto seen = find(call, kase, Right::see);
        if (!seen && seen.problem().status >= 500) return answered(seen.problem(), call.lens);
        if (!seen) return absent();
        const auto readable = readable_documents(*seen->kase, call.lens);
        if (std::find(readable.begin(), readable.end(), document.id) == readable.end())
            return absent();
    }
    auto content = call.reader->document_content(document.sha256);
    if (!content) return answered(failed(content.error()), call.lens);
    // What history vouches for is given out, or nothing.
    if (!*content || sha256_hex(**content) != runtime::content_of(document.id))
        return answered(
            failed({engine::model::ErrorCode::corrupt,
                    "the content of a document is not what its id vouches for", document.id}),
            call.lens);
    return file_response(document, std::move(**content));
}

}  // namespace jinqiao::adapters::http
