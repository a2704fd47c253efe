#pragma once
#include <string>
#include <vector>

#include "adapters/http/lens.h"
#include "engine/model/kase.h"
#include "engine/ports/store.h"

namespace jinqiao::adapters::http {

// A notice with everything that was done to deliver it, by whichever delivery: alone, together with
// others, or sent again by hand.
struct NoticeRecord {
    engine::ports::NoticeRow notice;
    std::vector<engine::ports::AttemptRow> attempts;
};

engine::model::Result<std::vector<engine::ports::AttemptRow>> attempts_of(
    engine::ports::Reader& reader, const engine::ports::NoticeRow& notice);

// Enough of an address to recognise it and too little to use it: 138****0000, z***@zone.cn. Short
// plain names, such as the folder of a department, are shown as they are.
std::string masked(const std::string& address);

// Of what was said, hex SHA-256 over subject, LF, text as they were stored: whoever has the message
// can show that it is this one.
std::string rendered_hash(const engine::ports::NoticeRow& notice);

// The ledger of one case as evidence (送达台账), one line for each attempt, and one for a notice
// that was never tried. CSV as in RFC 4180, UTF-8 with a byte order mark so that spreadsheets read
// the Chinese; a value that a spreadsheet would take for a formula gets an apostrophe. The page is
// for printing, needs no script, and names the digest of the CSV.
std::string ledger_csv(const engine::model::Case& kase, const std::vector<NoticeRecord>& records,
                       const Lens& lens);
std::string ledger_page(const engine::model::Case& kase, const std::vector<NoticeRecord>& records,
                        const Lens& lens, const std::string& zone_name);
// The Content-Security-Policy it is sent with.
std::string ledger_page_policy();

}  // namespace jinqiao::adapters::http
