#pragma once

namespace jinqiao::adapters::cli {

// Exit codes of the program; scripts depend on them.
enum class Exit {
    done = 0,
    refused = 1,    // refused, or faults found; warnings alone are `done`
    usage = 2,      // called wrongly
    could_not = 3,  // daemon, disk, network
    // Of mail-in alone, which mail systems understand (sysexits.h).
    mail_refused = 65,  // EX_DATAERR: this message will never do
    mail_later = 75,    // EX_TEMPFAIL: keep it and try again
};

}  // namespace jinqiao::adapters::cli
