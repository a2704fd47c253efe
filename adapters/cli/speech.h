#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "config/catalogue.h"
#include "engine/model/text.h"

namespace jinqiao::adapters::cli {

// Words the program's own lines from config/texts/cli.yaml, which is built into the program: a
// client has no configuration folder.
class Speech {
  public:
    using Args = std::initializer_list<std::pair<std::string, std::string>>;

    explicit Speech(engine::model::Language language);

    std::string operator()(std::string_view code, Args args = {}) const;
    engine::model::Language language() const { return language_; }
    const config::Catalogue& catalogue() const { return catalogue_; }
    // "zh-CN" or "en", for Accept-Language.
    std::string_view tag() const;

    // Of --lang if it is among the arguments, else of LC_ALL, LC_MESSAGES, LANG; Chinese for "zh…",
    // English otherwise. Looked for before the arguments are parsed, because help is worded too.
    static engine::model::Language choose(int argc, const char* const* argv);

  private:
    config::Catalogue catalogue_;
    engine::model::Language language_;
};

}  // namespace jinqiao::adapters::cli
