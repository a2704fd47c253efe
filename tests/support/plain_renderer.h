#pragma once
#include <boost/json/serialize.hpp>

#include "engine/ports/renderer.h"

namespace jinqiao::tests {

// Words a notice as its event and its variables, so that a test sees what the words would rest on.
class PlainRenderer final : public engine::ports::Renderer {
  public:
    engine::ports::Rendered render(const engine::model::Notice& notice,
                                   const boost::json::object& vars,
                                   engine::model::Language) const override {
        return {notice.event, boost::json::serialize(vars)};
    }
};

}  // namespace jinqiao::tests
