#pragma once
#include "engine/runtime/case_writer.h"

namespace jinqiao::engine::runtime {

// Dead letters: deliveries that were given up with nobody else to go to. Each belongs to a post,
// the first of DeadLetterSettings::to, and climbs to the next of them while no person has dealt
// with it. The ways of dealing with one, and that posts were told, are on record on the stream
// "directory".

// Of a notice whose last way is closed. What was to tell of another dead letter makes none itself.
// `seen_to`: the case has told the fallback desk of it.
model::Status bury(const Tools& tools, Transaction& tx, const ports::DeliveryRow& delivery,
                   const ports::NoticeRow& notice, bool seen_to);

// Kinds of DirectoryChange:
//   dead_letters_due    (engine)                      those nobody has seen to in time: the next
//                                                     post in line is told, each post once for all
//   settle_dead_letter  delivery, how, reason         how: resent (same id, what a receiver
//                                                     recognises), resent_anew (a new id), told (in
//                                                     another way), dropped; reason: what the
//                                                     person wrote, needed for the last two
// Error{not_found} for a delivery that is no dead letter, Error{conflict} for one that was dealt
// with, Error{invalid} as edit_directory has it.
bool is_dead_letter_change(std::string_view kind);
Answer change_dead_letters(const Tools& tools, Transaction& tx, const DirectoryChange& change);

}  // namespace jinqiao::engine::runtime
