#pragma once
#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/ports/section.h"

namespace jinqiao::tests {

// A Section over a JSON object: {secret: {"text": …}} stands for a file's content. Faults pile up
// as "key: expected, found".
class FakeSection : public engine::ports::Section {
  public:
    explicit FakeSection(boost::json::object values)
        : values_(std::move(values)), faults_(std::make_shared<std::vector<std::string>>()) {}

    const std::vector<std::string>& faults() const { return *faults_; }

    std::string text(std::string_view key, std::string_view fallback) override {
        const auto* value = values_.if_contains(key);
        return value == nullptr ? std::string(fallback) : std::string(value->as_string());
    }
    std::string required_text(std::string_view key) override {
        if (!has(key)) fault(key, "a text", "nothing");
        return text(key, {});
    }
    std::int64_t integer(std::string_view key, std::int64_t least, std::int64_t most,
                         std::int64_t fallback) override {
        const auto* value = values_.if_contains(key);
        if (value == nullptr) return fallback;
        if (value->as_int64() < least || value->as_int64() > most)
            fault(key, "in range", "outside");
        return value->as_int64();
    }
    bool flag(std::string_view key, bool fallback) override {
        const auto* value = values_.if_contains(key);
        return value == nullptr ? fallback : value->as_bool();
    }
    std::chrono::milliseconds span(std::string_view key,
                                   std::chrono::milliseconds fallback) override {
        const auto* value = values_.if_contains(key);
        return value == nullptr ? fallback : std::chrono::milliseconds{value->as_int64()};
    }
    std::vector<std::string> texts(std::string_view key) override {
        std::vector<std::string> result;
        if (const auto* value = values_.if_contains(key))
            for (const auto& item : value->as_array()) result.emplace_back(item.as_string());
        return result;
    }
    std::string secret(std::string_view key, bool required) override {
        if (const auto* value = values_.if_contains(key))
            return std::string(value->as_object().at("text").as_string());
        if (required) fault(key, "a secret", "nothing");
        return {};
    }
    std::unique_ptr<Section> section(std::string_view key) override {
        const auto* value = values_.if_contains(key);
        auto part = std::make_unique<FakeSection>(value == nullptr ? boost::json::object{}
                                                                   : value->as_object());
        part->faults_ = faults_;
        return part;
    }
    std::vector<std::string> keys() const override {
        std::vector<std::string> result;
        for (const auto& [key, value] : values_) result.emplace_back(key);
        return result;
    }
    bool has(std::string_view key) const override { return values_.contains(key); }
    void fault(std::string_view key, std::string_view expected, std::string_view found) override {
        faults_->push_back(std::string(key) + ": " + std::string(expected) + ", " +
                           std::string(found));
    }

  private:
    boost::json::object values_;
    std::shared_ptr<std::vector<std::string>> faults_;
};

}  // namespace jinqiao::tests
