#pragma once
#include <chrono>
#include <memory>

#include "adapters/http/words.h"
#include "config/catalogue.h"

namespace jinqiao::adapters::cli {

// The words of config/texts for the HTTP interface.
class CatalogueWords : public http::Words {
  public:
    CatalogueWords(std::shared_ptr<const config::Catalogue> texts, std::chrono::minutes offset)
        : texts_(std::move(texts)), offset_(offset) {}

    bool has(const std::string& code) const override;
    std::string text(const engine::model::Message& message,
                     engine::model::Language language) const override;
    std::string line(const engine::time::Line& line,
                     engine::model::Language language) const override;
    std::string instant(engine::time::Instant at, engine::model::Language language) const override;

  private:
    std::shared_ptr<const config::Catalogue> texts_;
    std::chrono::minutes offset_;
};

}  // namespace jinqiao::adapters::cli
