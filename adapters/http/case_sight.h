#pragma once
#include "adapters/http/api.h"

namespace jinqiao::adapters::http {

// Narrows a query to what the store can know of what the caller may see. Of cases that are not
// restricted nothing else is left; look() decides about those.
void narrow(engine::ports::CaseQuery& query, const Call& call);

// Whether the caller may see that there is this case.
bool look(const engine::ports::CaseRow& row, const Call& call);

}  // namespace jinqiao::adapters::http
