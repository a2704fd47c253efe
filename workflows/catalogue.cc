#include "workflows/catalogue.h"

#include "workflows/dispute/dispute.h"

namespace jinqiao::workflows {

std::vector<std::shared_ptr<const engine::kernel::Workflow>> catalogue() {
    return {std::make_shared<const dispute::Dispute>()};
}

}  // namespace jinqiao::workflows
