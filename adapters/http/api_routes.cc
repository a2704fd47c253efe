#include <array>

#include "adapters/http/api.h"

namespace jinqiao::adapters::http {

namespace {

// The table of calls. The OpenAPI document is written from it, so a call that is not here is
// neither served nor promised.
constexpr std::array table = {
    Route{"POST", "/api/v1/alerts", "file_alert", Access::account, &Api::file_alert},
    Route{"GET", "/api/v1/cases", "list_cases", Access::account, &Api::list_cases},
    Route{"GET", "/api/v1/cases/{id}", "get_case", Access::account, &Api::get_case},
    Route{"GET", "/api/v1/cases/{id}/actions", "list_actions", Access::account, &Api::list_actions},
    Route{"POST", "/api/v1/cases/{id}/actions/{name}", "act", Access::account, &Api::act},
    Route{"POST", "/api/v1/cases/{id}/migrate", "migrate_case", Access::account,
          &Api::migrate_case},
    Route{"GET", "/api/v1/cases/{id}/history", "history", Access::account, &Api::history},
    Route{"GET", "/api/v1/cases/{id}/notices", "notices", Access::account, &Api::notices},
    Route{"POST", "/api/v1/assignments/{id}/{verb}", "answer_assignment", Access::account,
          &Api::answer_assignment},
    Route{"GET", "/api/v1/tasks", "tasks", Access::account, &Api::tasks},
    Route{"GET", "/api/v1/requests", "requests", Access::account, &Api::requests},
    Route{"GET", "/api/v1/me", "me", Access::account, &Api::me},
    Route{"GET", "/api/v1/enterprises", "find_enterprises", Access::account,
          &Api::find_enterprises},
    Route{"POST", "/api/v1/enterprises/match", "match_enterprise", Access::account,
          &Api::match_enterprise},
    Route{"POST", "/api/v1/documents", "add_document", Access::account, &Api::add_document,
          Secrets::none, Body::file},
    Route{"GET", "/api/v1/documents", "list_documents", Access::account, &Api::list_documents},
    Route{"GET", "/api/v1/documents/{id}", "get_document", Access::account, &Api::get_document},
    Route{"GET", "/api/v1/people", "list_people", Access::account, &Api::list_people},
    Route{"POST", "/api/v1/people", "put_person", Access::account, &Api::change_people},
    Route{"POST", "/api/v1/people/{id}/disable", "disable_person", Access::account,
          &Api::change_people},
    Route{"GET", "/api/v1/people/{id}/absences", "list_absences", Access::account,
          &Api::list_absences},
    Route{"POST", "/api/v1/people/{id}/absences", "put_absence", Access::account,
          &Api::change_people},
    Route{"POST", "/api/v1/people/{id}/absences/end", "end_absence", Access::account,
          &Api::change_people},
    Route{"POST", "/api/v1/people/{id}/quiet", "set_quiet", Access::account, &Api::change_people},
    Route{"POST", "/api/v1/people/{id}/contacts/confirm", "confirm_contacts", Access::account,
          &Api::change_people},
    Route{"GET", "/api/v1/posts", "list_posts", Access::account, &Api::list_posts},
    Route{"GET", "/api/v1/posts/{id}/terms", "list_terms", Access::account, &Api::list_terms},
    Route{"POST", "/api/v1/posts/{id}/terms", "put_term", Access::account, &Api::change_people},
    Route{"POST", "/api/v1/posts/{id}/terms/end", "end_term", Access::account, &Api::change_people},
    Route{"GET", "/api/v1/duty", "duty", Access::account, &Api::duty},
    Route{"POST", "/api/v1/duty/rotations", "put_rotation", Access::account, &Api::change_people},
    Route{"POST", "/api/v1/duty/overrides", "put_override", Access::account, &Api::change_people},
    Route{"POST", "/api/v1/duty/overrides/end", "drop_override", Access::account,
          &Api::change_people},
    Route{"POST", "/api/v1/duty/swaps", "ask_swap", Access::account, &Api::change_people},
    Route{"POST", "/api/v1/duty/swaps/order", "order_swap", Access::account, &Api::change_people},
    Route{"POST", "/api/v1/duty/swaps/{id}/answer", "answer_swap", Access::account,
          &Api::change_people},
    Route{"GET", "/api/v1/coverage", "coverage", Access::account, &Api::coverage},
    Route{"POST", "/api/v1/clock/confirm", "confirm_clock", Access::account, &Api::confirm_clock},
    Route{"GET", "/api/v1/stream", "stream", Access::account, &Api::stream},
    Route{"GET", "/api/v1/config", "configuration", Access::account, &Api::configuration},
    Route{"POST", "/api/v1/config/reload", "reload_configuration", Access::account,
          &Api::reload_configuration},
    Route{"POST", "/api/v1/session", "sign_in", Access::everybody, &Api::sign_in, Secrets::inside},
    Route{"DELETE", "/api/v1/session", "sign_out", Access::account, &Api::sign_out},
    Route{"GET", "/api/v1/accounts", "list_accounts", Access::account, &Api::list_accounts},
    Route{"POST", "/api/v1/accounts", "put_account", Access::account, &Api::change_people},
    Route{"POST", "/api/v1/accounts/{id}/roles", "set_roles", Access::account, &Api::change_people},
    Route{"POST", "/api/v1/accounts/{id}/password", "set_password", Access::account,
          &Api::set_password, Secrets::inside},
    Route{"POST", "/api/v1/accounts/{id}/disable", "disable_account", Access::account,
          &Api::change_people},
    Route{"POST", "/api/v1/accounts/{id}/enable", "enable_account", Access::account,
          &Api::change_people},
    Route{"GET", "/api/v1/accounts/{id}/tokens", "list_tokens", Access::account, &Api::list_tokens},
    Route{"POST", "/api/v1/accounts/{id}/tokens", "put_token", Access::account, &Api::put_token,
          Secrets::inside},
    Route{"POST", "/api/v1/accounts/{id}/tokens/revoke", "drop_token", Access::account,
          &Api::change_people},
    Route{"GET", "/api/v1/openapi.json", "openapi", Access::everybody, &Api::openapi},
    Route{"GET", "/s/{token}", "show_sign_page", Access::everybody, &Api::show_sign_page},
    Route{"POST", "/s/{token}", "sign_by_link", Access::everybody, &Api::sign_by_link},
    Route{"GET", "/healthz", "health", Access::everybody, &Api::health},
    Route{"GET", "/readyz", "ready", Access::everybody, &Api::ready},
    Route{"GET", "/metrics", "metrics", Access::everybody, &Api::metrics},
};

}  // namespace

std::span<const Route> Api::routes() { return table; }

}  // namespace jinqiao::adapters::http
