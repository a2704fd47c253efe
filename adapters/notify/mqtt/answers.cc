#include "adapters/notify/mqtt/answers.h"

#include <mosquitto.h>
#include <mqtt_protocol.h>

#include <string_view>
#include <utility>

namespace jinqiao::adapters::notify::mqtt {
namespace {

using engine::ports::Outcome;
using Kind = Outcome::Kind;

std::string number(int reason) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned>(reason) & 0xFFU;
    return {'0', 'x', digits[byte >> 4U], digits[byte & 15U]};
}

}  // namespace

Outcome outcome(Kind kind, std::string code, std::string detail, bool lane) {
    Outcome result;
    result.kind = kind;
    result.code = std::move(code);
    result.detail = std::move(detail);
    result.concerns_lane = lane;
    return result;
}

Outcome published(int reason) {
    switch (reason) {
        case MQTT_RC_SUCCESS:
            return outcome(Kind::delivered, "puback", {});
        case MQTT_RC_NO_MATCHING_SUBSCRIBERS:
            return outcome(Kind::retry, "no_subscribers", "the broker has nobody to give it to");
        case MQTT_RC_NOT_AUTHORIZED:
            return outcome(Kind::rejected, number(reason), "the broker refuses the topic", true);
        case MQTT_RC_QUOTA_EXCEEDED:
            return outcome(Kind::retry, number(reason), "the quota is used up", true);
        case MQTT_RC_TOPIC_NAME_INVALID:
        case MQTT_RC_PAYLOAD_FORMAT_INVALID:
        case MQTT_RC_PACKET_TOO_LARGE:
            return outcome(Kind::rejected, number(reason), "the broker refuses the message");
        default:
            return reason < 0x80 ? outcome(Kind::delivered, "puback", {})
                                 : outcome(Kind::retry, number(reason), "the broker refuses");
    }
}

Outcome not_connected(int reason, bool version5) {
    const bool login = version5 ? reason == MQTT_RC_BAD_USERNAME_OR_PASSWORD ||
                                      reason == MQTT_RC_NOT_AUTHORIZED || reason == MQTT_RC_BANNED
                                : reason == 4 || reason == 5;
    return outcome(Kind::retry, login ? "login " + number(reason) : number(reason),
                   login ? "the broker refuses the login" : "the broker refuses", true);
}

std::string word_of(int error) {
    switch (error) {
        case MOSQ_ERR_EAI:
        case MOSQ_ERR_LOOKUP:
            return "resolve";
        case MOSQ_ERR_TLS:
        case MOSQ_ERR_TLS_HANDSHAKE:
            return "tls";
        case MOSQ_ERR_PROTOCOL:
        case MOSQ_ERR_MALFORMED_PACKET:
            return "protocol";
        case MOSQ_ERR_KEEPALIVE:
        case MOSQ_ERR_CONN_LOST:
            return "connection_lost";
        default:
            return "connect";
    }
}

}  // namespace jinqiao::adapters::notify::mqtt
