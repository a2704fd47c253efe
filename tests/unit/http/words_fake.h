#pragma once
#include "adapters/http/words.h"

namespace jinqiao::tests {

// Words that show what they were asked for: "en:problem.stale.title{version=3}".
class PlainWords final : public adapters::http::Words {
  public:
    using Words::text;
    bool has(const std::string&) const override { return true; }
    std::string text(const engine::model::Message& message,
                     engine::model::Language language) const override {
        std::string out = language == engine::model::Language::en ? "en:" : "zh:";
        out += message.code;
        for (const auto& [key, value] : message.args) out += "{" + key + "=" + value + "}";
        return out;
    }
    std::string line(const engine::time::Line& line, engine::model::Language) const override {
        return line.code;
    }
    std::string instant(engine::time::Instant at, engine::model::Language) const override {
        return engine::time::to_rfc3339(at, std::chrono::minutes{480});
    }
};

}  // namespace jinqiao::tests
