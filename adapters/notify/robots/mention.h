#pragma once
#include <map>
#include <string>
#include <vector>

#include "engine/model/grade.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::robots {

// Whom a message calls by name, as the configuration says; what people write calls nobody.
struct Mention {
    bool all = false;
    std::vector<std::string> mobiles;  // 13800000000, or with a country: +852-…
    std::vector<std::string> users;    // ids of the provider
    bool empty() const { return !all && mobiles.empty() && users.empty(); }
};

// By grade: mention: {red: ["@all"], orange: ["13800000000", "zhangsan"]}
class Mentions {
  public:
    // `all` and `mobiles`: what the provider can call in the chosen form.
    static Mentions read(engine::ports::Section& section, bool all, bool mobiles);
    const Mention& of(engine::model::GradeLevel grade) const;

  private:
    std::map<engine::model::GradeLevel, Mention> by_grade_;
};

}  // namespace jinqiao::adapters::notify::robots
