#include "adapters/http/sign_page.h"

#include "adapters/http/language.h"

namespace jinqiao::adapters::http {

namespace {

constexpr std::string_view style =
    "body{font:18px/1.6 sans-serif;margin:0 auto;max-width:36em;padding:1em}"
    "h1{font-size:1.3em}dt{color:#555}dd{margin:0 0 .5em}"
    "pre{white-space:pre-wrap;font:inherit;border-left:4px solid #b08d2e;padding-left:.8em}"
    "button{font:inherit;padding:.7em 2em;width:100%}.banner{color:#a00;font-weight:bold}";

void paragraph(std::string& out, std::string_view cls, std::string_view text) {
    if (text.empty()) return;
    out += "<p";
    if (!cls.empty()) out.append(" class=\"").append(cls).append("\"");
    out.append(">").append(escaped(text)).append("</p>\n");
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
    paragraph(out, "banner", page.banner);
    out += "<h1>" + escaped(page.title) + "</h1>\n";
    if (!page.lines.empty()) {
        out += "<dl>\n";
        for (const auto& [label, value] : page.lines)
            out += "<dt>" + escaped(label) + "</dt><dd>" + escaped(value) + "</dd>\n";
        out += "</dl>\n";
    }
    if (!page.message.empty()) out += "<pre>" + escaped(page.message) + "</pre>\n";
    paragraph(out, "status", page.status);
    if (!page.button.empty())
        out += "<form method=\"post\" action=\"" + escaped(page.action) +
               "\"><button type=\"submit\">" + escaped(page.button) + "</button></form>\n";
    paragraph(out, "footer", page.footer);
    out += "</body></html>\n";
    return out;
}

Response html_response(int status, const SignPage& page) {
    Response response;
    response.status = status;
    response.content_type = "text/html; charset=utf-8";
    response.body = render(page);
    response.fields = {
        {"Content-Language", std::string(tag(page.language))},
        {"Content-Security-Policy",
         "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
         "frame-ancestors 'none'"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Robots-Tag", "noindex"}};
    return response;
}

}  // namespace jinqiao::adapters::http
