#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::tests {

// What people might write to call everybody, to lay a link, to break out of a format, or to find
// out what happens. Each stands alone, in a sentence, at the beginning of a line, and twice.
inline std::vector<std::string> hostile_texts() {
    using namespace std::string_literals;
    const std::vector<std::string> table = {
        // calls
        "<@all>",
        "<@zhangsan>",
        "@all",
        "@所有人",
        "@13800000000",
        "<at user_id=\"all\">x</at>",
        "<at id=all></at>",
        "<at id='ou_1'></at>",
        "<AT USER_ID=all>",
        "<!channel>",
        "<!here>",
        "<@U123|x>",
        "@everyone",
        "＠all",
        // links, images and other Markdown
        "[click](http://evil.example)",
        "![x](http://evil.example/x.png)",
        "[a]: http://evil.example",
        "[a][b]",
        "[click](javascript:alert(1))",
        "[x](data:text/html;base64,PHM+)",
        "<http://evil.example>",
        "<a href=\"http://evil.example\">x</a>",
        "<img src=x onerror=y>",
        "# heading",
        "###### small",
        "> quoted",
        "- item",
        "1. item",
        "---",
        "===",
        "```\ncode",
        "`x`",
        "~~x~~",
        "**x** __y__ *z*",
        "| a | b |\n|---|---|",
        "    indented",
        "\\[x\\](y)",
        "\\",
        "<font color=\"warning\">red</font>",
        "[[x]](y)",
        "![[x]]",
        "[x]\n(http://evil.example)",
        // headers and lines
        "x\r\nBcc: all@example.com",
        "x\r\n\r\n{\"a\":1}",
        "x\nwebhook-signature: v1,x",
        "\r",
        "\n\n\n",
        "\r\n.\r\n",
        "Set-Cookie: a=b",
        // JSON
        "\"",
        "\"}",
        "\",\"isAtAll\":true,\"x\":\"",
        "\\\"",
        "\\u0022",
        "'}",
        "{\"a\":1}",
        "]}]}",
        "null",
        "\\",
        "\\n",
        "\",\n\"at\":{\"isAtAll\":true}",
        // XML
        "&lt;",
        "&#60;at id=all&#62;",
        "]]>",
        "<![CDATA[x]]>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]>",
        "&b;",
        "</text><to>1</to><text>",
        "<!--",
        "-->",
        "<?php ?>",
        "\" onload=\"x",
        // forms and addresses
        "&to=13900000000",
        "=&;%00",
        "%0d%0aX: y",
        "+",
        "a b",
        "#?/../..",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://169.254.169.254/latest",
        "//evil.example",
        "tel:110",
        "dingtalk://x",
        // templates, queries, shells
        "{{text}}",
        "{{{secret.token}}}",
        "{{#a}}{{/a}}",
        "{{=<% %>=}}",
        "{{> x}}",
        "${x}",
        "{0}",
        "%s%n",
        "'; DROP TABLE cases; --",
        "1 OR 1=1",
        "$(reboot)",
        "`reboot`",
        "; rm -rf /",
        "| cat",
        "&& x",
        // characters
        std::string("\0x", 2),
        "\x01\x02\x1b[31m",
        "\x7f",
        "\xC2\x85",
        "\xE2\x80\xA8",
        "\xE2\x80\xAE"
        "evil",
        "\xE2\x81\xA6x\xE2\x81\xA9",
        "\xE2\x80\x8B",
        "\xEF\xBB\xBF",
        "\xEF\xBF\xBE",
        "\xF0\x9F\x9A\xA8",
        "\xff",
        "\xC0\xAF",
        "\xE4\xB8",
        "\xED\xA0\x80",
        "\xF5\x80\x80\x80",
        "\x80\x80",
        "e\xCC\x81\xCC\x81\xCC\x81",
        "",
        " ",
        "\t",
    };
    std::vector<std::string> texts;
    for (const std::string& one : table) {
        texts.push_back(one);
        texts.push_back("说明：" + one + "，请处置。");
        texts.push_back("说明\n" + one + "\n完");
        texts.push_back(one + one);
    }
    for (const std::string_view one : {"警", "<@all>", "[x](y)", "\"", "\\", "\xff", "\n", "&"}) {
        std::string text;
        while (text.size() < 30000) text += one;
        texts.push_back(text);
    }
    return texts;
}

// Whether a chat program would read a call in it: "<" or "@" with something right behind it.
inline bool calls_somebody(std::string_view text) {
    constexpr std::string_view gap = "\xE2\x80\x8B";
    for (std::size_t at = 0; at < text.size(); ++at)
        if ((text[at] == '<' || text[at] == '@') && !text.substr(at + 1).starts_with(gap))
            return true;
    return false;
}

// Whether a program that reads Markdown would make a link or an image of something but `ours`,
// which is "http://host/s/".
inline bool links_elsewhere(std::string_view text, std::string_view ours) {
    for (std::size_t at = 0; (at = text.find(']', at)) != std::string_view::npos; ++at) {
        const std::string_view after = text.substr(at + 1);
        if (after.starts_with("(") && !after.substr(1).starts_with(ours)) return true;
        if (after.starts_with("[") || after.starts_with(":")) return true;
    }
    return text.find("![") != std::string_view::npos;
}

}  // namespace jinqiao::tests
