#include "config/labels.h"

namespace jinqiao::config {

using engine::kernel::Field;
using engine::model::Text;

namespace {

void add(Catalogue& catalogue, const std::string& argument, const std::string& value,
         const Text& text) {
    catalogue.texts.emplace("arg." + argument + "." + value, text);
}

void add_fields(Catalogue& catalogue, const std::vector<Field>& fields, const std::string& path) {
    for (const Field& field : fields) {
        add(catalogue, "f", path + field.name, field.title);
        for (const auto& [code, label] : field.codes)
            add(catalogue, field.name == "behaviours" ? "b" : field.name, code, label);
        add_fields(catalogue, field.fields, path + field.name + ".");
    }
}

}  // namespace

void add_labels(Catalogue& catalogue, const engine::kernel::Workflow& workflow) {
    for (const auto& state : workflow.states())
        for (const char* argument : {"state", "step", "t"})
            add(catalogue, argument, state.name, state.label);
    for (const auto& action : workflow.actions()) {
        add(catalogue, "event", action.name, action.label);
        add(catalogue, "f", action.name, action.label);
        if (action.name == "file") add_fields(catalogue, action.payload, "");
    }
    for (const char* grade : {"blue", "yellow", "orange", "red"})
        for (const char* argument : {"g", "b"})
            if (const auto text = catalogue.texts.find("grade." + std::string(grade));
                text != catalogue.texts.end())
                add(catalogue, argument, grade, text->second);
}

}  // namespace jinqiao::config
