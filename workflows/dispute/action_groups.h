#pragma once
#include "workflows/dispute/fields.h"

// The tables of actions by stage; actions.cc puts them in the order of the reference.
namespace jinqiao::workflows::dispute::schema {

Actions warn_actions();
Actions coordinate_actions();
Actions mediation_actions();
Actions process_actions();
Actions resolve_actions();
Actions exit_actions();
Actions case_actions();
Actions request_actions();
Actions custody_actions();
Actions task_actions();
Actions filer_actions();

}  // namespace jinqiao::workflows::dispute::schema
