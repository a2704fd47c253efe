#pragma once
#include "workflows/dispute/fields.h"

// Code lists with their labels (domain.md 2.5 and the tables of dispute-machine.md). Codes are
// stored and used in YAML; labels are only shown.
namespace jinqiao::workflows::dispute::codes {

using schema::Codes;

// what happened
Codes causes();
Codes behaviours();
Codes demands();
Codes ownerships();
Codes filings();
Codes moods();
Codes trends();
Codes certainties();
Codes worker_groups();  // whom LCL 41, 42 protect, and others who need a plan of their own

// who and where
Codes sides();
Codes sides_or_both();
Codes scopes();
Codes tiers();
Codes grades();
Codes mediator_kinds();

// how it goes on
Codes session_kinds();
Codes agreement_kinds();
Codes confirmation_routes();
Codes confirmation_results();
Codes answers();

}  // namespace jinqiao::workflows::dispute::codes
