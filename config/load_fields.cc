#include <algorithm>

#include "config/files.h"
#include "config/map.h"

namespace jinqiao::config {

namespace {

// A name of a field, with dots between the parts.
bool is_field(const std::string& text) {
    return !text.empty() && text.front() != '.' && text.back() != '.' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string::npos;
}

std::vector<std::string> filed_fields(std::span<const engine::kernel::Workflow* const> workflows) {
    std::vector<std::string> out;
    for (const auto* workflow : workflows)
        for (const auto& action : workflow->actions())
            if (action.name == "file")
                for (const auto& field : action.payload) out.push_back(field.name);
    return out;
}

std::set<std::string> names(Map& map, std::string_view key) {
    std::set<std::string> out;
    map.each(key, [&](const Tree& item) {
        const std::string name = text_of(item, map.faults());
        if (is_field(name))
            out.insert(name);
        else
            add(map.faults(), item, {"check.field", {}}, found_in(item));
    });
    return out;
}

// A part that is open of something that is not sealed would be a slip: one of the two is wrong.
void check_open(const Tree& tree, const Fields& fields, Faults& faults) {
    const Tree* open = tree.find("open");
    if (open == nullptr) return;
    const std::vector<std::string> sealed(fields.sealed.begin(), fields.sealed.end());
    for (const Tree& item : open->items)
        expect_one_of(item, item.text.substr(0, item.text.find('.')), sealed, "check.kind.sealed",
                      faults);
}

}  // namespace

Fields load_fields(const std::filesystem::path& file,
                   std::span<const engine::kernel::Workflow* const> workflows, Faults& faults) {
    const Tree tree = read_yaml(file, faults);
    Fields fields;
    Map map(tree, faults);
    map.take("fields_source");
    fields.sealed = names(map, "sealed");
    fields.open = names(map, "open");
    fields.owner = names(map, "owner");
    fields.author = names(map, "author");
    fields.department = names(map, "department");
    if (const Tree* sealed = tree.find("sealed"))
        for (const Tree& item : sealed->items)
            expect_one_of(item, item.text, filed_fields(workflows), "check.kind.filed", faults);
    check_open(tree, fields, faults);
    return fields;
}

}  // namespace jinqiao::config
