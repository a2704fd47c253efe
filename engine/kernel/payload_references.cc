#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "engine/kernel/payload.h"

namespace jinqiao::engine::kernel {

namespace json = boost::json;
using model::Message;

namespace {

// Walks a payload that fits its fields; a name nobody bears would be an order to nobody.
class References {
  public:
    explicit References(const policy::Directory& directory) : directory_(directory) {}

    void object(const Fields& fields, const json::object& payload, const std::string& prefix) {
        for (const auto& field : fields) {
            const auto* found = payload.if_contains(field.name);
            if (!found) continue;
            const auto path = prefix + field.name;
            if (const auto* list = found->if_array()) {
                for (std::size_t i = 0; i < list->size(); ++i)
                    one(field, (*list)[i], path + "." + std::to_string(i));
            } else {
                one(field, *found, path);
            }
        }
    }

    std::vector<Message> faults;

  private:
    void one(const Field& field, const json::value& value, const std::string& path) {
        if (field.type == FieldType::object && value.is_object())
            return object(field.fields, value.get_object(), path + ".");
        if (!value.is_string() || value.get_string().empty()) return;
        const std::string id(value.get_string());
        if (field.type == FieldType::person && !known(model::PersonId{id}))
            faults.push_back({"payload.person", {{"field", path}, {"found", id}}});
        if (field.type == FieldType::post && !directory_.posts.contains(model::PostId{id}))
            faults.push_back({"payload.post", {{"field", path}, {"found", id}}});
    }

    bool known(const model::PersonId& id) const {
        const auto person = directory_.people.find(id);
        return person != directory_.people.end() && person->second.enabled;
    }

    const policy::Directory& directory_;
};

}  // namespace

std::vector<Message> unknown_references(const Fields& fields, const json::object& payload,
                                        const policy::Directory& directory) {
    References references(directory);
    references.object(fields, payload, {});
    return std::move(references.faults);
}

}  // namespace jinqiao::engine::kernel
