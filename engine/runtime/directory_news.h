#pragma once
#include <vector>

#include "engine/runtime/case_writer.h"
#include "engine/runtime/directory_edit.h"

namespace jinqiao::engine::runtime {

// Notices that belong to no case but to the directory's stream, under whose name they are stored.
// Otherwise they are notices like any other: worded once, held in quiet hours unless urgent, in
// order per address. What reaches nobody goes to the fallback desk.
model::Status write_directory_news(const Tools& tools, Transaction& tx, std::uint64_t seq,
                                   const std::vector<DirectoryNews>& news);

// A delivery of such a notice was given up: the addressee's next contact, after the last one the
// fallback desk, and after that desk's last one the dead letter is all there is.
model::Status directory_undelivered(const Tools& tools, Transaction& tx,
                                    const ports::NoticeRow& failed);

}  // namespace jinqiao::engine::runtime
