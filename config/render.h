#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>

#include "config/catalogue.h"
#include "engine/kernel/workflow.h"
#include "engine/policy/directory.h"
#include "engine/policy/policy.h"
#include "engine/ports/renderer.h"

namespace jinqiao::config {

// Names the engine uses and what people read instead: states, clocks, posts, departments, ….
using Labels = std::map<std::string, engine::model::Text, std::less<>>;

Labels labels_of(
    std::span<const engine::kernel::Workflow* const> workflows,
    const std::map<std::string, std::shared_ptr<const engine::policy::Policy>>& policies,
    const engine::policy::Directory& organisation);

// Words notices from texts/notices.yaml.
//
// Variables are put into words on the way: `state`, `clock`, posts and departments by their labels,
// grades by their names, `kind`, `answer`, `how`, `rung` by "KEY.VALUE" of the catalogue, `due_ms`
// and other instants in local time. `reason` is the notice's own, made by the engine; what a person
// wrote (`note`, `text`, `reason` of the variables) is left out, since it may name somebody.
// 【演练】/[EXERCISE] is put before subject and text of an exercise. Output is plain text; nothing
// is escaped for markup, that is the channel's business. Subjects are one line.
class MustacheRenderer final : public engine::ports::Renderer {
  public:
    MustacheRenderer(std::shared_ptr<const Catalogue> texts, Labels labels,
                     std::chrono::minutes offset = std::chrono::minutes{480});
    ~MustacheRenderer() override;

    engine::ports::Rendered render(const engine::model::Notice& notice,
                                   const boost::json::object& vars,
                                   engine::model::Language language) const override;

  private:
    struct Patterns;  // the texts as Mustache has read them

    std::shared_ptr<const Catalogue> texts_;
    Labels labels_;
    std::chrono::minutes offset_;
    std::unique_ptr<const Patterns> patterns_;
};

}  // namespace jinqiao::config
