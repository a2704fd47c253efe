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

// How one channel words its notices.
struct ChannelTexts {
    std::string set;  // of Catalogue::sets; one that is not there has no words of its own
    std::size_t text_limit = 0;  // bytes; a longer text is shortened, but for its link. 0: any
};
using TextsByChannel = std::map<std::string, ChannelTexts, std::less<>>;

// Words notices from texts/notices.yaml, and from the set of words of the notice's channel.
//
// Variables are put into words on the way: `state`, `clock`, posts and departments by their labels,
// grades by their names, `kind`, `answer`, `how`, `rung` by "KEY.VALUE" of the catalogue, `due_ms`
// and other instants in local time. `reason` is the notice's own, made by the engine; what a person
// wrote (`note`, `text`, `reason` of the variables) is left out, since it may name somebody.
// 【演练】/[EXERCISE] is put before subject and text of an exercise. Output is plain text; nothing
// is escaped for markup, that is the channel's business. Subjects are one line, and what a text may
// name as {{subject}}.
class MustacheRenderer final : public engine::ports::Renderer {
  public:
    MustacheRenderer(std::shared_ptr<const Catalogue> texts, Labels labels,
                     std::chrono::minutes offset = std::chrono::minutes{480},
                     TextsByChannel channels = {});
    ~MustacheRenderer() override;

    engine::ports::Rendered render(const engine::model::Notice& notice,
                                   const boost::json::object& vars,
                                   engine::model::Language language) const override;

  private:
    struct Patterns;  // the texts as Mustache has read them
    struct Chosen;    // the two of a notice

    std::shared_ptr<const Catalogue> texts_;
    Labels labels_;
    std::chrono::minutes offset_;
    std::unique_ptr<const Patterns> patterns_;
    TextsByChannel channels_;

    Chosen choose(const engine::model::Notice& notice) const;
};

}  // namespace jinqiao::config
