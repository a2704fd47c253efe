#pragma once
#include <string_view>

#include "engine/runtime/case_writer.h"
#include "engine/runtime/core.h"

namespace jinqiao::engine::runtime {

// Tokens with a name that one account may have; more are forgotten in drawers.
inline constexpr std::size_t most_tokens = 32;

// Name of the token that opens one's calendar and nothing else; no account gets one by this name
// through put_token.
inline constexpr std::string_view calendar_token = ".calendar";

// Changes who may use the program. `data` by kind; `account` is the name one signs in by:
//   put_account      account, roles, person, enterprise,   new; the language is zh or en
//                    department, language
//   set_roles        account, roles, person, enterprise,   replaced as a whole
//                    department
//   set_password     account, must_change                  secret: the Argon2id string. Ends what
//                                                          was signed in with the one before.
//                                                          must_change: it was chosen by another,
//                                                          and is good for choosing one of one's
//                                                          own
//                    demonstration                         beside it: one that a demonstration
//                                                          began with
//   sign_in          account, from, expires_at_ms,         secret: SHA-256 of the session's token;
//                    ended: [hashes]                       it goes in, those that are too many go
//                    by                                    empty: a password; else who vouched
//                                                          for it, and no code is asked for
//                    step or recovery                      where the account has a second factor:
//                    the
//                                                          step of the code, or the hash of one for
//                                                          recovery; Error{conflict} if it was used
//   note_failure     account, from, outcome, lock_after    an attempt that failed; so many in a row
//                                                          lock the account (0: never)
//   offer_totp       account                               secret: sealed; counts once confirmed
//   confirm_totp     account, offered, step                secret: hashes of recovery codes, spaces
//                                                          between; offered: what is confirmed
//   drop_totp        account                               the password is enough again
//   end_sessions     account                               signed out everywhere; tokens stay
//   unlock_account   account                               the password is good again
//   put_token        account, token (name), expires_at     secret: SHA-256 of the token, in hex
//   drop_token       account, token (name)
//   put_calendar     account                               secret: a digest no bearer token has;
//                                                          the one before is good for nothing any
//                                                          more
//   drop_calendar    account
//   disable_account  account                               out at once, sessions end; tokens wait
//   enable_account   account
// Every change is a row of the stream "directory", without its secret; signing in changes nothing
// and is none (sign_ins.h), a lock is one by the engine ("lock_account"). Error{invalid} as
// edit_directory has it (account.…), Error{conflict} for a name that is taken, Error{not_found} for
// an account that is not there. The last administrator who can still come in is neither disabled
// nor given other roles: nobody could undo it.
bool is_account_change(std::string_view kind);
Answer change_account(const Tools& tools, Transaction& tx, const DirectoryChange& change);

}  // namespace jinqiao::engine::runtime
