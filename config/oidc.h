#pragma once
#include "config/service.h"
#include "config/tree.h"

namespace jinqiao::config {

// accounts.oidc of service.yaml.
void read_oidc(const Tree& tree, Service::Accounts::Oidc& oidc, Faults& faults);

}  // namespace jinqiao::config
