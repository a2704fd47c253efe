#pragma once

#include <set>
#include <string>

namespace jinqiao::config {

// config/fields.yaml: which parts of a case who may read. The file says what each class means.
struct Fields {
    std::set<std::string> sealed, open, owner, author, department;
    bool operator==(const Fields&) const = default;
};

}  // namespace jinqiao::config
