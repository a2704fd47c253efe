#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "adapters/http/message.h"

namespace jinqiao::adapters::http {

// The session of a browser. No script can read it, no other site's page makes the browser send it,
// and under TLS its name (__Host-) makes browsers refuse one that another host or plain HTTP set.

std::string_view session_cookie_name(bool secure);

// Its token out of the Cookie field. Empty: there is none, or two, one of which is not ours.
std::string_view session_cookie(std::string_view field, bool secure);

// Values of Set-Cookie.
std::string give_cookie(std::string_view token, std::chrono::seconds age, bool secure);
std::string take_cookie(bool secure);

// The cookie of an attempt to sign in elsewhere: Lax, because the answer comes from the provider's
// page, and good for nothing else. An empty value takes it away.
std::string oidc_cookie(std::string_view value, std::chrono::seconds age, bool secure);
std::string_view oidc_cookie_in(std::string_view field, bool secure);

// Whose page asks, as the browser says: by Sec-Fetch-Site, and by Origin against Host and against
// the address people reach us by, which is another behind a proxy.
enum class Site {
    own,
    other,   // another site's page, or another host's of the same domain
    unsaid,  // no browser, or an old one with a GET
};
Site site_of(const Request& request, std::string_view public_url);

// Cross-site request forgery: what a browser was made to send, with a cookie, by a page that is not
// ours. SameSite holds it off already; this is the server's own word. Whatever changes something
// must say that it comes from a page of ours.
bool forged(const Request& request, std::string_view public_url);

}  // namespace jinqiao::adapters::http
