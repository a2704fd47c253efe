#include "adapters/cli/serve_words.h"

namespace jinqiao::adapters::cli {

using engine::model::Language;

void CatalogueWords::use(std::shared_ptr<const config::Catalogue> texts,
                         std::chrono::minutes offset) {
    std::lock_guard lock(mutex_);
    texts_.swap(texts);
    offset_ = offset;
}

std::shared_ptr<const config::Catalogue> CatalogueWords::texts() const {
    std::lock_guard lock(mutex_);
    return texts_;
}

bool CatalogueWords::has(const std::string& code) const { return texts()->has(code); }

std::string CatalogueWords::text(const engine::model::Message& message, Language language) const {
    return texts()->text(message, language);
}

std::string CatalogueWords::line(const engine::time::Line& line, Language language) const {
    return texts()->line(line, language);
}

std::string CatalogueWords::instant(engine::time::Instant at, Language language) const {
    const auto offset = [&] {
        std::lock_guard lock(mutex_);
        return offset_;
    }();
    return config::word_instant(at, language, offset);
}

}  // namespace jinqiao::adapters::cli
