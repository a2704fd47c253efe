#include "adapters/http/case_sight.h"

#include "engine/model/codec.h"

namespace jinqiao::adapters::http {

using engine::ports::CaseQuery;
using engine::ports::CaseRow;

void narrow(CaseQuery& query, const Call& call) {
    query.restricted_too = true;
    const auto& account = call.account();
    if (sees_all(account.roles)) return;
    query.concerns = concerns_of(account, *call.world().directory, call.lens.now);
    // A department's account files through its person, which `concerns` holds: a store that leaves
    // `concerns` out must then not be told of the account either, or it would hide the rest.
    if (!account.has("enterprise_union")) return;
    query.enterprise_id = account.enterprise.value;
    query.filer_account = account.id.value;
}

namespace {

bool plainly_visible(const CaseRow& row, const Account& account) {
    if (row.restricted) return false;
    if (sees_all(account.roles)) return true;
    if (!account.has("enterprise_union")) return false;
    return row.filer_account == account.id.value ||
           (!account.enterprise.empty() && row.enterprise_id == account.enterprise.value);
}

}  // namespace

bool look(const CaseRow& row, const Call& call) {
    if (plainly_visible(row, call.account())) return true;
    const auto kase = engine::model::decode_case(row.body);
    if (!kase) return false;
    const auto relations =
        relations_of(call.account(), *kase, *call.world().directory, call.lens.now);
    return sight(call.account().roles, Right::see, relations, row.restricted) == Sight::granted;
}

}  // namespace jinqiao::adapters::http
