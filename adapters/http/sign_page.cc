#include "adapters/http/sign_page.h"

#include <algorithm>
#include <set>

#include "adapters/http/digest.h"
#include "adapters/http/language.h"
#include "adapters/http/query.h"

namespace jinqiao::adapters::http {

using engine::model::Language;

namespace {

// More than the longest reason in percent-encoding, so that one too long is given back as written.
constexpr std::size_t longest_form = std::size_t{64} << 10;

// Letters of 16 px and more, or a telephone zooms into the field; what is tapped is 44 px high.
constexpr std::string_view style =
    "*{box-sizing:border-box}"
    "body{font:18px/1.6 sans-serif;margin:0 auto;max-width:36em;padding:0 1em 2em;color:#222;"
    "background:#fff;overflow-wrap:anywhere}"
    "nav{display:flex;justify-content:flex-end}"
    "nav a,nav b{display:inline-block;min-width:44px;line-height:44px;padding:0 .5em;"
    "text-align:center}a{color:#7a5c00}"
    "h1{font-size:1.3em;line-height:1.3;margin:.2em 0 .8em}"
    "dl{margin:0 0 1em;display:grid;grid-template-columns:fit-content(38%) 1fr;gap:.2em .8em}"
    "dt{color:#595959;font-size:.85em;line-height:1.9}dd{margin:0}"
    "pre{white-space:pre-wrap;font:inherit;margin:1em 0;border-left:4px solid #b08d2e;"
    "padding-left:.8em}"
    ".banner,.fault{color:#a00;font-weight:bold}"
    ".fault,.status{border:2px solid #a00;border-radius:6px;padding:.5em .8em}"
    ".status{border-color:#2e7d32;color:#1b5e20}"
    "form{margin:1em 0}"
    "button,summary,textarea{font:inherit;width:100%;min-height:44px;border-radius:6px}"
    "button{padding:.6em 1em;border:2px solid #7a5c00;background:#7a5c00;color:#fff}"
    "details button{background:#fff;color:#7a5c00}"
    "summary{line-height:44px;color:#7a5c00}"
    "textarea{display:block;min-height:6em;padding:.5em;border:1px solid #767676;margin:.3em 0}"
    ".hint,.footer{color:#595959;font-size:.85em;margin:.3em 0}"
    "@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#16191d}a{color:#e0bd62}"
    "dt,.hint,.footer{color:#b3b3b3}.banner,.fault{color:#ff9d9d}.fault{border-color:#ff9d9d}"
    ".status{border-color:#81c784;color:#a5d6a7}button{background:#e0bd62;border-color:#e0bd62;"
    "color:#16191d}details button,textarea{background:#16191d;color:#e6e6e6}"
    "details button,summary{color:#e0bd62}}"
    "@media print{nav,form,details{display:none}}";

void element(std::string& out, std::string_view name, std::string_view attributes,
             std::string_view text) {
    if (text.empty()) return;
    out.append("<").append(name).append(attributes).append(">").append(escaped(text));
    out.append("</").append(name).append(">\n");
}

// Both names in their own language, so that whoever reads only the other one finds it.
void languages(std::string& out, Language now) {
    constexpr std::pair<Language, std::string_view> known[] = {{Language::zh, "中文"},
                                                               {Language::en, "English"}};
    out += "<nav aria-label=\"中文 / English\">";
    for (const auto& [language, name] : known) {
        const auto lang = std::string(tag(language));
        if (language == now)
            out.append("<b lang=\"" + lang + "\">").append(name).append("</b>");
        else
            out.append("<a lang=\"" + lang + "\" hreflang=\"" + lang + "\" href=\"?lang=" + lang)
                .append("\">")
                .append(name)
                .append("</a>");
    }
    out += "</nav>\n";
}

void reason_of(std::string& out, const SignPage::Answer& answer, bool at_fault) {
    if (answer.label.empty()) return;
    out += "<label for=\"reason\">" + escaped(answer.label) + "</label>\n";
    out += "<textarea id=\"reason\" name=\"reason\" required aria-describedby=\"hint\"";
    if (at_fault) out += " aria-invalid=\"true\" autofocus";
    // A line end right after the tag is not part of what was written.
    out += " maxlength=\"" + std::to_string(answer.longest) + "\">\n" + escaped(answer.typed) +
           "</textarea>\n";
    element(out, "p", " class=\"hint\" id=\"hint\"", answer.hint);
}

void answer_form(std::string& out, const SignPage::Answer& answer, bool at_fault) {
    if (!answer.fold.empty())
        out.append("<details").append(answer.unfolded ? " open" : "").append("><summary>") +=
            escaped(answer.fold) + "</summary>\n";
    out += "<form method=\"post\"><input type=\"hidden\" name=\"answer\" value=\"" +
           escaped(answer.name) + "\">\n";
    reason_of(out, answer, at_fault);
    out += "<button type=\"submit\">" + escaped(answer.button) + "</button></form>\n";
    if (!answer.fold.empty()) out += "</details>\n";
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string render(const SignPage& page) {
    std::string out = "<!DOCTYPE html>\n<html lang=\"";
    out.append(tag(page.language)).append("\"><head><meta charset=\"utf-8\">");
    out += "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">";
    out += "<meta name=\"robots\" content=\"noindex\"><title>" + escaped(page.title) + "</title>";
    out.append("<style>").append(style).append("</style></head>\n<body>\n");
    languages(out, page.language);
    out += "<main>\n";
    element(out, "p", " class=\"banner\"", page.banner);
    element(out, "h1", "", page.title);
    element(out, "p", " class=\"fault\" role=\"alert\"", page.fault);
    element(out, "p", " class=\"status\" role=\"status\"", page.status);
    if (!page.lines.empty()) {
        out += "<dl>\n";
        for (const auto& [label, value] : page.lines)
            out += "<dt>" + escaped(label) + "</dt><dd>" + escaped(value) + "</dd>\n";
        out += "</dl>\n";
    }
    element(out, "pre", "", page.message);
    for (const auto& answer : page.answers) answer_form(out, answer, !page.fault.empty());
    out += "</main>\n";
    element(out, "p", " class=\"footer\"", page.footer);
    out += "</body></html>\n";
    return out;
}

Response html_response(int status, const SignPage& page) {
    Response response;
    response.status = status;
    response.content_type = "text/html; charset=utf-8";
    response.body = render(page);
    response.fields = {{"Content-Language", std::string(tag(page.language))},
                       {"Content-Security-Policy",
                        "default-src 'none'; style-src " + style_source(style) +
                            "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
                       {"Referrer-Policy", "no-referrer"},
                       {"X-Robots-Tag", "noindex"}};
    return response;
}

namespace {

bool is_form(std::string_view type) {
    std::string plain(type.substr(0, type.find(';')));
    while (!plain.empty() && (plain.back() == ' ' || plain.back() == '\t')) plain.pop_back();
    std::transform(plain.begin(), plain.end(), plain.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    });
    return plain == "application/x-www-form-urlencoded";
}

// As a person would see it: browsers send lines that end in CR LF, and nobody types other controls.
std::string as_written(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= ' ' ? c != '\x7f' : c == '\n' || c == '\t') out += c;
    const auto last = out.find_last_not_of(" \t\n");
    out.erase(last == std::string::npos ? 0 : last + 1);
    return out.erase(0, std::min(out.find_first_not_of(" \t\n"), out.size()));
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

LinkAnswer faulty(LinkAnswer answer, int status, std::string fault) {
    answer.status = status;
    answer.fault = std::move(fault);
    return answer;
}

}  // namespace

namespace {

// The fields of these names; a fault where there is another, or one twice.
LinkAnswer read_form(const Request& request, std::string_view free_text,
                     std::string LinkAnswer::*into) {
    LinkAnswer answer;
    if (request.body_fault != Request::BodyFault::none || request.body.size() > longest_form)
        return faulty(answer, 413, "size");
    if (request.body.empty()) {
        answer.name = "sign";
        return answer;
    }
    if (!is_form(request.content_type)) return faulty(answer, 415, "form");
    const auto fields = parse_form(request.body);
    if (!fields) return faulty(answer, 400, "form");
    std::set<std::string_view> seen;
    bool strange = false;
    for (const auto& [name, value] : *fields) {
        if (name == "answer")
            answer.name = value;
        else if (name == free_text)
            answer.*into = as_written(value);
        else
            strange = true;
        strange = strange || !seen.insert(name).second;
    }
    const bool wordy = answer.name == "return" || answer.name == "note";
    if (strange || (!wordy && seen.contains(free_text))) return faulty(answer, 422, "form");
    return answer;
}

}  // namespace

LinkAnswer read_answer(const Request& request) {
    auto answer = read_form(request, "reason", &LinkAnswer::reason);
    if (!answer.fault.empty()) return answer;
    if (answer.name != "sign" && answer.name != "accept" && answer.name != "return")
        return faulty(answer, 422, "form");
    if (answer.name == "return" && answer.reason.empty()) return faulty(answer, 422, "reason");
    if (characters(answer.reason) > longest_reason) return faulty(answer, 422, "length");
    return answer;
}

LinkAnswer read_mail_answer(const Request& request) {
    auto answer = read_form(request, "text", &LinkAnswer::text);
    if (!answer.fault.empty()) return answer;
    const bool note = answer.name == "note";
    if (answer.name != "sign" && !note) return faulty(answer, 422, "form");
    if (note && answer.text.empty()) return faulty(answer, 422, "form");
    if (characters(answer.text) > longest_note) return faulty(answer, 413, "size");
    return answer;
}

}  // namespace jinqiao::adapters::http
