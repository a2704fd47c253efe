#pragma once
#include <boost/beast/http/fields.hpp>

namespace jinqiao::adapters::http {

// What a browser may do with an answer, unless the answer says otherwise: nothing but show it as
// what it says it is, to pages of this origin, in no frame. Data opened by itself runs and loads
// nothing.
inline void guard(boost::beast::http::fields& answer) {
    answer.set("X-Content-Type-Options", "nosniff");
    answer.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    answer.set("Cross-Origin-Resource-Policy", "same-origin");
    answer.set("Referrer-Policy", "no-referrer");
    answer.set("X-Frame-Options", "DENY");  // for what reads no policy
}

}  // namespace jinqiao::adapters::http
