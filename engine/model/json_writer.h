#pragma once
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace jinqiao::engine::model {

// A text in quotes, escaped where JSON wants it (RFC 8259, 7). `text` is UTF-8.
void append_json(std::string_view text, std::string& out);
void append_json(std::int64_t number, std::string& out);

// Compact JSON written from front to end, without a tree of it in between: for what is stored at
// every change. Members stand in the order in which they are written; that begin and end match, and
// that no key comes twice, is the writer's affair.
class JsonWriter {
  public:
    JsonWriter& begin_object() { return begin('{'); }
    JsonWriter& end_object() { return end('}'); }
    JsonWriter& begin_array() { return begin('['); }
    JsonWriter& end_array() { return end(']'); }
    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(std::uint64_t number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(bool flag);
    JsonWriter& value(const boost::json::value& tree);
    JsonWriter& value(const boost::json::object& tree);

    template <class T>
    JsonWriter& member(std::string_view name, const T& content) {
        return key(name).value(content);
    }

    void reserve(std::size_t bytes) { text_.reserve(bytes); }
    std::string take() && { return std::move(text_); }

  private:
    JsonWriter& begin(char bracket);
    JsonWriter& end(char bracket);
    void separate();

    std::string text_;
};

}  // namespace jinqiao::engine::model
