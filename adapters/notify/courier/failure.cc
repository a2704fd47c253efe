#include "adapters/notify/courier/failure.h"

namespace jinqiao::adapters::notify::courier {

std::string failure_word(CURLcode code) {
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return "timeout";
        case CURLE_COULDNT_RESOLVE_HOST:
            return "resolve";
        case CURLE_COULDNT_CONNECT:
            return "connect";
        case CURLE_SSL_CONNECT_ERROR:
            return "tls";
        case CURLE_PEER_FAILED_VERIFICATION:
            return "tls_certificate";
        case CURLE_SEND_ERROR:
            return "send";
        case CURLE_RECV_ERROR:
            return "receive";
        case CURLE_GOT_NOTHING:
            return "no_answer";
        case CURLE_URL_MALFORMAT:
            return "url";
        case CURLE_UNSUPPORTED_PROTOCOL:
            return "protocol";
        case CURLE_LOGIN_DENIED:
            return "login";
        case CURLE_USE_SSL_FAILED:
            return "starttls";
        case CURLE_WEIRD_SERVER_REPLY:
            return "reply";
        case CURLE_ABORTED_BY_CALLBACK:
            return "aborted";
        case CURLE_PARTIAL_FILE:
            return "partial";
        default:
            return "curl_" + std::to_string(static_cast<int>(code));
    }
}

}  // namespace jinqiao::adapters::notify::courier
