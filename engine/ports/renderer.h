#pragma once
#include <boost/json/object.hpp>
#include <string>

#include "engine/model/notice.h"
#include "engine/model/text.h"

namespace jinqiao::engine::ports {

struct Rendered {
    std::string subject;
    std::string text;
    std::string pattern = {};  // which template it was, and a digest of that template's text
};

// Words a notice. Pure; any thread. An unknown event is worded by the template "default" and never
// fails: a notice that cannot be worded nicely is still sent.
class Renderer {
  public:
    virtual ~Renderer() = default;
    virtual Rendered render(const model::Notice& notice, const boost::json::object& vars,
                            model::Language language) const = 0;
};

}  // namespace jinqiao::engine::ports
