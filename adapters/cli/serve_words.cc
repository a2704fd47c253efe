#include "adapters/cli/serve_words.h"

namespace jinqiao::adapters::cli {

using engine::model::Language;

bool CatalogueWords::has(const std::string& code) const { return texts_->has(code); }

std::string CatalogueWords::text(const engine::model::Message& message, Language language) const {
    return texts_->text(message, language);
}

std::string CatalogueWords::line(const engine::time::Line& line, Language language) const {
    return texts_->line(line, language);
}

std::string CatalogueWords::instant(engine::time::Instant at, Language language) const {
    return config::word_instant(at, language, offset_);
}

}  // namespace jinqiao::adapters::cli
