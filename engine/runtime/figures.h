#pragma once
#include <optional>

#include "engine/model/kase.h"
#include "engine/ports/store.h"
#include "engine/runtime/world.h"

namespace jinqiao::engine::runtime {

// How figures are derived from a case: another derivation has another name, and what was stored by
// the one before is made anew.
inline constexpr const char* figures_meta = "figures";
inline constexpr const char* figures_derivation = "1";

ports::FiguresRow figures_row(const model::Case& kase, const World& world);

// What has to be stored of a case that changed; empty where nothing that reports count did.
std::optional<ports::FiguresRow> new_figures(const model::Case* before, const model::Case& after,
                                             const World& world);

// Makes the figures of all cases, unless those stored were made in this way already: of a database
// that an older program wrote. Once, before anybody is served; some seconds for 50,000 cases.
model::Status count_anew(ports::Store& store, const World& world);

}  // namespace jinqiao::engine::runtime
