#include <algorithm>

#include "config/map.h"
#include "config/oidc.h"
#include "config/secret.h"

namespace jinqiao::config {

namespace {

// What travels there are secrets: in plain text only where whoever configured it said so.
void check_issuer(Map& map, const Service::Accounts::Oidc& oidc) {
    const auto& url = oidc.issuer;
    const bool safe =
        url.starts_with("https://") || (oidc.allow_private && url.starts_with("http://"));
    const bool plain = url.find_first_of(" \t?#") == std::string::npos;
    if (!url.empty() && (!safe || !plain))
        map.fault("issuer", {"check.issuer", {}}, {"check.found.value", {{"value", url}}});
}

}  // namespace

void read_oidc(const Tree& tree, Service::Accounts::Oidc& oidc, Faults& faults) {
    Map map(tree, faults);
    oidc.allow_private = map.flag("allow_private", oidc.allow_private);
    oidc.issuer = map.required_text("issuer");
    check_issuer(map, oidc);
    oidc.client_id = map.required_text("client_id");
    oidc.client_secret = secret_of(map, "client_secret", false);
    oidc.claim = map.text("claim", oidc.claim);
    if (map.take("label") != nullptr) oidc.label = map.words("label");
    if (map.has("scopes")) oidc.scopes = map.texts("scopes");
    if (std::find(oidc.scopes.begin(), oidc.scopes.end(), "openid") == oidc.scopes.end())
        map.fault("scopes", {"check.openid", {}}, {"check.found.nothing", {}});
    oidc.second_factor = map.texts("second_factor");
}

}  // namespace jinqiao::config
