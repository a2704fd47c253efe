#pragma once
#include "engine/runtime/case_writer.h"

namespace jinqiao::engine::runtime {

// Several notices to one address become one message: a delivery of its own carries them all, and
// those that carried them one by one are "merged". They keep their places in their queues, so that
// nothing younger of the same case overtakes the message, and end as it ends.
//
// Never merged: grade red, what has begun to travel (its id may be known to the other side), what
// waits for the morning. As many as the text has room for; the rest stays as it is. Dropped
// where nothing was left to merge.
Answer merge_deliveries(const Tools& tools, Transaction& tx, const DeliveryMerge& merge);

}  // namespace jinqiao::engine::runtime
