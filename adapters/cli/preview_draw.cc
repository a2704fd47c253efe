#include <algorithm>
#include <map>

#include "adapters/cli/preview_view.h"
#include "adapters/cli/table.h"

namespace jinqiao::adapters::cli {

using engine::kernel::Preview;

namespace {

// Pixels.
constexpr int lane_height = 26, column_width = 92, top = 74, left_margin = 12, char_width = 7;

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : printable(text)) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

class Drawing {
  public:
    Drawing(std::ostream& out, std::vector<PreviewRow> rows) : out_(out), rows_(std::move(rows)) {
        for (const auto& row : rows_) {
            if (columns_.emplace(row.at, static_cast<int>(columns_.size())).second)
                heads_.push_back(&row);
            if (std::find(lanes_.begin(), lanes_.end(), row.who) == lanes_.end())
                lanes_.push_back(row.who);
        }
        for (const auto& lane : lanes_)
            labels_ = std::max(labels_, static_cast<int>(display_width(lane)) * char_width);
    }

    void draw(const std::string& title, const std::string& of_case) {
        const int width = x(static_cast<int>(columns_.size())) + left_margin;
        const int height = y(lanes_.size()) + lane_height;
        out_ << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width << "\" height=\""
             << height << "\" viewBox=\"0 0 " << width << ' ' << height
             << "\" font-family=\"sans-serif\" font-size=\"12\">\n<title>" << escaped(title)
             << "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n";
        text(left_margin, 22, title, "font-size=\"16\" font-weight=\"bold\"");
        for (const auto* head : heads_) draw_head(*head);
        for (std::size_t i = 0; i < lanes_.size(); ++i)
            draw_lane(i, lanes_[i].empty() ? of_case : lanes_[i]);
        for (const auto& row : rows_) draw_dot(row);
        out_ << "</svg>\n";
    }

  private:
    int x(int column) const { return 2 * left_margin + labels_ + column * column_width; }
    static int y(std::size_t lane) { return top + static_cast<int>(lane) * lane_height; }

    void text(int at_x, int at_y, std::string_view words, std::string_view style = {}) {
        out_ << "<text x=\"" << at_x << "\" y=\"" << at_y << "\" " << style << '>' << escaped(words)
             << "</text>\n";
    }

    void draw_head(const PreviewRow& row) {
        const int at = x(columns_.at(row.at));
        text(at, top - 30, row.since, "font-weight=\"bold\"");
        text(at, top - 16, row.time, "font-size=\"9\" fill=\"#555\"");
        out_ << "<line x1=\"" << at << "\" y1=\"" << top - 10 << "\" x2=\"" << at << "\" y2=\""
             << y(lanes_.size()) << "\" stroke=\"#ddd\"/>\n";
    }

    void draw_lane(std::size_t lane, const std::string& name) {
        const int at = y(lane) + lane_height / 2;
        text(left_margin, at + 4, name);
        out_ << "<line x1=\"" << x(0) << "\" y1=\"" << at << "\" x2=\""
             << x(static_cast<int>(columns_.size())) << "\" y2=\"" << at
             << "\" stroke=\"#eee\"/>\n";
    }

    // Filled: to be signed for. Hollow: for information. Square: something happens to the case.
    void draw_dot(const PreviewRow& row) {
        const auto lane = static_cast<std::size_t>(
            std::find(lanes_.begin(), lanes_.end(), row.who) - lanes_.begin());
        const int at_x = x(columns_.at(row.at)), at_y = y(lane) + lane_height / 2;
        const char* fill = row.sign ? "#c0392b" : "#fff";
        out_ << "<g><title>" << escaped(row.time + " " + row.who + " " + row.what)
             << (row.why.empty() ? "" : " · ") << escaped(row.why) << "</title>";
        if (row.who.empty())
            out_ << "<rect x=\"" << at_x - 5 << "\" y=\"" << at_y - 5
                 << "\" width=\"10\" height=\"10\" fill=\"#2c3e50\"/>";
        else
            out_ << "<circle cx=\"" << at_x << "\" cy=\"" << at_y << "\" r=\"6\" fill=\"" << fill
                 << "\" stroke=\"#c0392b\" stroke-width=\"2\"/>";
        out_ << "</g>\n";
    }

    std::ostream& out_;
    std::vector<PreviewRow> rows_;
    std::map<engine::time::Instant, int> columns_;
    std::vector<const PreviewRow*> heads_;
    std::vector<std::string> lanes_;
    int labels_ = 0;
};

}  // namespace

void draw_preview(std::ostream& out, const Context& context, const Setup& setup,
                  const Preview& preview) {
    auto rows = preview_rows(context, setup, preview);
    std::stable_sort(rows.begin(), rows.end(),
                     [](const PreviewRow& a, const PreviewRow& b) { return a.at < b.at; });
    const auto grade =
        setup.configuration.texts->grade(preview.filed.grade.effective, context.speech.language());
    Drawing(out, std::move(rows))
        .draw(context.speech("cli.preview.title", {{"grade", grade}}),
              context.speech("cli.preview.case"));
}

}  // namespace jinqiao::adapters::cli
