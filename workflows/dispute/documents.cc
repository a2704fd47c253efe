#include "workflows/dispute/documents.h"

#include <algorithm>

#include "workflows/dispute/actions.h"

namespace jinqiao::workflows::dispute {

namespace {

void keep(Texts& documents, const json::value& value) {
    const auto* reference = value.if_string();
    if (reference == nullptr || reference->empty()) return;
    const std::string id(*reference);
    if (std::find(documents.begin(), documents.end(), id) == documents.end())
        documents.push_back(id);
}

void collect(const kernel::Fields& fields, const json::object& payload, Texts& documents);

void collect_one(const kernel::Field& field, const json::value& value, Texts& documents) {
    if (field.type == kernel::FieldType::document) keep(documents, value);
    if (const auto* inner = value.if_object(); inner && field.type == kernel::FieldType::object)
        collect(field.fields, *inner, documents);
}

void collect(const kernel::Fields& fields, const json::object& payload, Texts& documents) {
    for (const kernel::Field& field : fields) {
        const json::value* value = payload.if_contains(field.name);
        if (value == nullptr) continue;
        if (const auto* list = value->if_array()) {
            for (const json::value& each : *list) collect_one(field, each, documents);
        } else {
            collect_one(field, *value, documents);
        }
    }
}

}  // namespace

void collect_documents(Step& step) {
    for (const kernel::Action& each : actions())
        if (each.name == step.event) collect(each.payload, step.payload(), step.data.documents);
}

}  // namespace jinqiao::workflows::dispute
