#pragma once
#include <boost/json/array.hpp>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "adapters/http/lens.h"
#include "engine/kernel/workflow.h"
#include "engine/model/kase.h"
#include "engine/ports/store.h"
#include "engine/runtime/core.h"

namespace jinqiao::adapters::http {

// Documents of cases: which a payload names, which of a case's somebody may read, and how they are
// shown.

// Every document that the payload of this action names, with its path. An action asked for inside
// another ({"for": …, "payload": …}) is looked into as well, and what looks like the id of one
// counts wherever it stands.
std::vector<engine::runtime::Naming::Document> named_documents(
    std::span<const engine::kernel::Action> actions, std::string_view action,
    const boost::json::object& payload);

// Ids of every document any payload of this case has named.
std::vector<std::string> documents_of(const engine::model::Case& kase);

// Of these, the ones named by a part of the case that this reader may read. The list of all alone
// opens none to a department: it has what was said in talks among the rest.
std::vector<std::string> readable_documents(const engine::model::Case& kase, const Lens& lens);

// {id, name, type, size, sha256, sent_at, url} of each; an id nobody has sent is shown as just
// that.
boost::json::array view_documents(const engine::model::Case& kase, const Lens& lens);
boost::json::object view_document(const engine::ports::DocumentRow& row, const Lens& lens);

// What the store says of them; null if the case has none.
std::shared_ptr<const Papers> papers_of(engine::ports::Reader& reader,
                                        const engine::model::Case& kase);
// For answers that are kept: names of files are personal and would stay after their erasure.
std::shared_ptr<const Papers> without_names(const Papers& papers);

}  // namespace jinqiao::adapters::http
