#include "adapters/cli/replay/csv.h"

#include <utility>

namespace jinqiao::adapters::cli::replay {

using engine::model::Error;
using engine::model::ErrorCode;
using engine::model::Result;

CsvReader::CsvReader(std::istream& in) : in_(in) {
    static constexpr std::string_view mark = "\xEF\xBB\xBF";
    for (const char expected : mark) {
        if (in_.peek() != static_cast<unsigned char>(expected)) break;
        in_.get();
    }
}

Error CsvReader::broken(std::string what) {
    ended_ = true;
    return {ErrorCode::invalid, std::move(what), "line " + std::to_string(started_)};
}

Result<std::optional<std::vector<std::string>>> CsvReader::next() {
    using Record = std::optional<std::vector<std::string>>;
    constexpr int end = std::char_traits<char>::eof();
    if (ended_ || in_.peek() == end) return Record{};
    started_ = line_;
    std::vector<std::string> fields(1);
    bool quoted = false;  // inside quotes
    bool closed = false;  // a quoted field has ended; only a separator may follow
    bool fresh = true;    // nothing of this field read yet
    for (int c = in_.get();; c = in_.get()) {
        if (c == end) {
            if (quoted) return broken("a quote that is never closed");
            ended_ = true;
            return Record{std::move(fields)};
        }
        if (c == '\n') ++line_;
        if (quoted) {
            if (c != '"') {
                fields.back() += static_cast<char>(c);
            } else if (in_.peek() == '"') {
                fields.back() += static_cast<char>(in_.get());
            } else {
                quoted = false;
                closed = true;
            }
            continue;
        }
        if (c == ',') {
            fields.emplace_back();
            closed = false;
            fresh = true;
            continue;
        }
        if (c == '\n') return Record{std::move(fields)};
        if (c == '\r' && in_.peek() == '\n') continue;
        if (closed) return broken("text after a closing quote");
        if (c == '"') {
            if (!fresh) return broken("a quote inside an unquoted field");
            quoted = true;
        } else {
            fields.back() += static_cast<char>(c);
        }
        fresh = false;
    }
}

Result<CsvTable> CsvTable::read(std::istream& in) {
    CsvReader reader(in);
    CsvTable table;
    auto header = reader.next();
    if (!header) return header.error();
    if (!header->has_value()) return Error{ErrorCode::invalid, "no header line", "line 1"};
    for (std::size_t i = 0; i < (**header).size(); ++i) table.columns_[(**header)[i]] = i;
    const std::size_t width = (**header).size();
    while (true) {
        auto record = reader.next();
        if (!record) return record.error();
        if (!record->has_value()) return table;
        if ((**record).size() == 1 && (**record)[0].empty()) continue;  // an empty line
        if ((**record).size() != width)
            return Error{ErrorCode::invalid,
                         "expected " + std::to_string(width) + " fields, found " +
                             std::to_string((**record).size()),
                         "line " + std::to_string(reader.line())};
        table.rows_.push_back(std::move(**record));
        table.lines_.push_back(reader.line());
    }
}

std::string_view CsvTable::at(std::size_t row, std::string_view column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() ? std::string_view{}
                                   : std::string_view{rows_[row][found->second]};
}

}  // namespace jinqiao::adapters::cli::replay
