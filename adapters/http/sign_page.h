#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.h"
#include "engine/model/text.h"

namespace jinqiao::adapters::http {

// The page behind a sign link: one page, no script, readable on an old telephone. Texts come in
// worded; everything is escaped here.
struct SignPage {
    engine::model::Language language = engine::model::Language::zh;
    std::string title;
    std::string banner;                                      // 【演练】; empty: none
    std::vector<std::pair<std::string, std::string>> lines;  // label, value
    std::string message;                                     // what the notice said
    std::string status;  // "signed by … at …"; empty: not yet
    std::string button;  // empty: nothing left to sign
    std::string action;  // where the form posts to
    std::string footer;
};

std::string escaped(std::string_view text);
std::string render(const SignPage& page);

// An HTML answer with the fields such a page needs: the address is a secret, so it must not travel
// on as a referrer, be framed or be stored.
Response html_response(int status, const SignPage& page);

}  // namespace jinqiao::adapters::http
