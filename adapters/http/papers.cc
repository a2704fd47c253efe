#include "adapters/http/papers.h"

#include <algorithm>
#include <set>

#include "adapters/http/fields.h"
#include "engine/runtime/documents.h"

namespace jinqiao::adapters::http {

namespace json = boost::json;
namespace kernel = engine::kernel;
using engine::model::Case;
using engine::runtime::Naming;

namespace {

using Texts = std::set<std::string, std::less<>>;

class Names {
  public:
    explicit Names(std::span<const kernel::Action> actions) : actions_(actions) {}

    void action(std::string_view name, const json::object& payload, const std::string& prefix) {
        const auto known = std::find_if(actions_.begin(), actions_.end(),
                                        [&](const auto& one) { return one.name == name; });
        if (known != actions_.end()) object(known->payload, payload, prefix);
    }

    // Whatever looks like the id of a document, wherever it stands, is one: history vouches for it,
    // and who looks through the history must not miss a document that somebody only typed.
    void look_alikes(const json::value& value, const std::string& path) {
        if (const auto* list = value.if_array())
            for (std::size_t i = 0; i < list->size(); ++i)
                look_alikes((*list)[i], path + "." + std::to_string(i));
        if (const auto* inner = value.if_object())
            for (const auto& [key, content] : *inner)
                look_alikes(content, path + "." + std::string(key));
        if (const auto* text = value.if_string();
            text != nullptr && !engine::runtime::content_of(*text).empty())
            add(path, *text);
    }

    std::vector<Naming::Document> found;

  private:
    void object(const kernel::Fields& fields, const json::object& payload,
                const std::string& prefix) {
        for (const auto& field : fields) {
            const auto* value = payload.if_contains(field.name);
            if (value == nullptr) continue;
            const auto path = prefix + field.name;
            if (field.type == kernel::FieldType::any && field.name == "payload")
                asked_for(payload, *value, path);
            else if (const auto* list = value->if_array())
                for (std::size_t i = 0; i < list->size(); ++i)
                    one(field, (*list)[i], path + "." + std::to_string(i));
            else
                one(field, *value, path);
        }
    }

    void one(const kernel::Field& field, const json::value& value, const std::string& path) {
        if (const auto* inner = value.if_object(); inner && field.type == kernel::FieldType::object)
            return object(field.fields, *inner, path + ".");
        if (field.type != kernel::FieldType::document || !value.is_string()) return;
        const auto& id = value.get_string();
        if (!id.empty()) add(path, id);
    }

    void add(const std::string& path, std::string_view id) {
        const bool there = std::any_of(found.begin(), found.end(),
                                       [&](const auto& one) { return one.field == path; });
        if (!there) found.push_back({path, std::string(id)});
    }

    void asked_for(const json::object& payload, const json::value& value, const std::string& path) {
        const auto* name = payload.if_contains("for");
        if (name != nullptr && name->is_string() && value.is_object())
            action(name->get_string(), value.get_object(), path + ".");
    }

    std::span<const kernel::Action> actions_;
};

template <class Visit>
void each_text(const json::value& value, const Visit& visit) {
    if (const auto* text = value.if_string())
        visit(std::string_view(*text));
    else if (const auto* list = value.if_array())
        for (const auto& item : *list) each_text(item, visit);
    else if (const auto* object = value.if_object())
        for (const auto& member : *object) each_text(member.value(), visit);
}

Texts texts_beside_the_list(const json::object& data) {
    Texts texts;
    for (const auto& [key, value] : data)
        if (key != "documents")
            each_text(value, [&](std::string_view text) { texts.emplace(text); });
    return texts;
}

}  // namespace

std::vector<Naming::Document> named_documents(std::span<const kernel::Action> actions,
                                              std::string_view action,
                                              const json::object& payload) {
    Names names(actions);
    names.action(action, payload, {});
    for (const auto& [key, content] : payload) names.look_alikes(content, std::string(key));
    return std::move(names.found);
}

std::vector<std::string> documents_of(const Case& kase) {
    std::vector<std::string> out;
    const auto add = [&](std::string_view id) {
        if (!id.empty() && std::find(out.begin(), out.end(), id) == out.end()) out.emplace_back(id);
    };
    const auto add_if_id = [&](std::string_view text) {
        if (!engine::runtime::content_of(text).empty()) add(text);
    };
    if (const auto* list = kase.data.if_contains("documents"); list && list->is_array())
        for (const auto& id : list->get_array())
            if (id.is_string()) add(id.get_string());
    // A child case has its parent's alert, with what came with that.
    for (const auto& member : kase.data) each_text(member.value(), add_if_id);
    // Whoever answers a request looks at what it rests on; the workflow learns of it afterwards.
    for (const auto& request : kase.requests) {
        add(request.evidence);
        for (const auto& member : request.asked) each_text(member.value(), add_if_id);
    }
    return out;
}

std::vector<std::string> readable_documents(const Case& kase, const Lens& lens) {
    auto ids = documents_of(kase);
    if (ids.empty()) return ids;
    const auto shown = visible(kase.data, *lens.fields, lens.reading_of(kase), {});
    const auto open = texts_beside_the_list(shown);
    const auto named = texts_beside_the_list(kase.data);
    // What only the list names (the evidence of a request) is of the class of the list.
    const bool listed = shown.contains("documents") && !lens.department_only();
    std::erase_if(ids, [&](const std::string& id) {
        return !open.contains(id) && (named.contains(id) || !listed);
    });
    return ids;
}

json::object view_document(const engine::ports::DocumentRow& row, const Lens& lens) {
    json::object out{{"id", row.id},     {"name", nullptr},      {"type", row.type},
                     {"size", row.size}, {"sha256", row.sha256}, {"sent_at", lens.instant(row.at)}};
    if (!row.name.empty()) out["name"] = row.name;
    return out;
}

json::array view_documents(const Case& kase, const Lens& lens) {
    json::array out;
    for (const auto& id : readable_documents(kase, lens)) {
        json::object shown{{"id", id}, {"name", nullptr}, {"type", nullptr}, {"size", nullptr}};
        if (lens.papers)
            if (const auto row = lens.papers->find(id); row != lens.papers->end()) {
                shown = view_document(row->second, lens);
                shown["url"] = "/api/v1/documents/" + id + "?case=" + kase.id.value;
            }
        out.push_back(std::move(shown));
    }
    return out;
}

std::shared_ptr<const Papers> papers_of(engine::ports::Reader& reader, const Case& kase) {
    std::shared_ptr<Papers> papers;
    for (const auto& id : documents_of(kase)) {
        auto row = reader.find_document(id);
        if (!row || !*row) continue;  // shown as an id and nothing more
        if (!papers) papers = std::make_shared<Papers>();
        (*papers)[id] = std::move(**row);
    }
    return papers;
}

std::shared_ptr<const Papers> without_names(const Papers& papers) {
    auto out = std::make_shared<Papers>(papers);
    for (auto& [id, row] : *out) row.name.clear();
    return out;
}

}  // namespace jinqiao::adapters::http
