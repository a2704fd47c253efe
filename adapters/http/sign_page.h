#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/http/message.h"
#include "engine/model/text.h"

namespace jinqiao::adapters::http {

// The page behind a sign link: one page, no script, readable on an old telephone. Texts come in
// worded; everything is escaped here. It posts to its own address and names that nowhere.
struct SignPage {
    // One answer that can still be given.
    struct Answer {
        std::string name;    // "sign": what the form sends as `answer`
        std::string button;  // what the button says
        std::string fold;    // what it is folded away under; empty: open to see
        // With a reason in words; empty: nothing is asked.
        std::string label;
        std::string hint;
        std::string typed;  // what was written before, kept
        std::size_t longest = 0;
        bool unfolded = false;
    };

    engine::model::Language language = engine::model::Language::zh;
    std::string title;
    std::string banner;  // 【演练】; empty: none
    std::string fault;   // why the answer was not taken; empty: nothing is wrong
    std::string status;  // "signed by … at …"; empty: not yet
    std::vector<std::pair<std::string, std::string>> lines;  // label, value
    std::string message;                                     // what the notice said
    std::vector<Answer> answers;                             // none: nothing left to answer
    std::string footer;
};

std::string escaped(std::string_view text);
std::string render(const SignPage& page);

// An HTML answer with the fields such a page needs: the address is a secret, so it must not travel
// on as a referrer, be framed or be stored.
Response html_response(int status, const SignPage& page);

// Characters of a reason given by link, and of a note that came by mail.
constexpr std::size_t longest_reason = 1000;
constexpr std::size_t longest_note = 3100;

// What the form of the page sent, or what is wrong with it.
struct LinkAnswer {
    std::string name;    // "sign", "accept", "return"; by mail also "note"
    std::string reason;  // lines end in LF
    std::string text;    // of a note
    int status = 200;    // otherwise nothing is to be done
    std::string fault;   // page.fault.<this>
};

// A request without a body signs: that is what a link's POST always did.
LinkAnswer read_answer(const Request& request);
// Likewise what a mail said, as `jinqiao mail-in` sends it: it signs, or leaves a note.
LinkAnswer read_mail_answer(const Request& request);

}  // namespace jinqiao::adapters::http
