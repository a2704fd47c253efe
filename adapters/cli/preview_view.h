#pragma once
#include <boost/json/object.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "adapters/cli/setup.h"
#include "engine/kernel/preview.h"

namespace jinqiao::adapters::cli {

// One line of a preview in words.
struct PreviewRow {
    engine::time::Instant at;
    std::string time;     // local, "2026-11-20 08:40"
    std::string since;    // since filing, "+10 min"
    std::string who;      // addressee; empty for what happens to the case
    std::string channel;  // empty likewise
    std::string what, why;
    bool sign = false;
};

// The timeline as people read it, in the language of the speech.
std::vector<PreviewRow> preview_rows(const Context& context, const Setup& setup,
                                     const engine::kernel::Preview& preview);

void show_preview(const Context& context, const Setup& setup,
                  const engine::kernel::Preview& preview);
boost::json::object preview_json(const Context& context, const Setup& setup,
                                 const engine::kernel::Preview& preview);
// A drawing: one lane for each addressee, one column for each moment.
void draw_preview(std::ostream& out, const Context& context, const Setup& setup,
                  const engine::kernel::Preview& preview);

}  // namespace jinqiao::adapters::cli
