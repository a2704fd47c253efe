#pragma once
#include <string>
#include <string_view>

#include "adapters/notify/courier/mail.h"
#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify::smtp {

// What came of a mail, as the dispatcher understands it.
//   taken by the server: delivered · 4xx anywhere: retry
//   5xx about the recipient or the message: rejected
//   5xx about us (greeting, login, sender; 530, 534, 535, 538 anywhere): retry. It would be the
//   same
//     for every addressee, and is mended here
//   no answer: unknown if the whole message had left, else retry; a server that may not be reached,
//     a certificate that does not verify: retry, for the same reason
engine::ports::Outcome judge(const courier::MailReport& report);

// "5.1.1" (RFC 3463) from the beginning of a reply's text, if it is of the reply's class.
std::string enhanced_code(int reply, std::string_view text);

// The queue's name for a message from the text of the final reply, in the forms of the usual
// servers: "… queued as X", "… id=X", "2.0.0 X Message accepted for delivery". Empty if there is
// none that is plain enough to be kept.
std::string queue_id(std::string_view text);

}  // namespace jinqiao::adapters::notify::smtp
