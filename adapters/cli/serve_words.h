#pragma once
#include <chrono>
#include <memory>
#include <mutex>

#include "adapters/http/words.h"
#include "config/catalogue.h"

namespace jinqiao::adapters::cli {

// The words of config/texts for the HTTP interface. A reload replaces them as a whole.
class CatalogueWords : public http::Words {
  public:
    CatalogueWords(std::shared_ptr<const config::Catalogue> texts, std::chrono::minutes offset)
        : texts_(std::move(texts)), offset_(offset) {}

    void use(std::shared_ptr<const config::Catalogue> texts, std::chrono::minutes offset);

    bool has(const std::string& code) const override;
    std::string text(const engine::model::Message& message,
                     engine::model::Language language) const override;
    std::string line(const engine::time::Line& line,
                     engine::model::Language language) const override;
    std::string instant(engine::time::Instant at, engine::model::Language language) const override;

  private:
    std::shared_ptr<const config::Catalogue> texts() const;

    mutable std::mutex mutex_;
    std::shared_ptr<const config::Catalogue> texts_;  // guarded by mutex_
    std::chrono::minutes offset_;                     // guarded by mutex_
};

}  // namespace jinqiao::adapters::cli
