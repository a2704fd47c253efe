#include "adapters/notify/webhook/cloud_event.h"

#include <boost/json/serialize.hpp>

namespace jinqiao::adapters::notify::webhook {
namespace {

std::string text_of(const boost::json::object& body, std::string_view key) {
    const auto* value = body.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

}  // namespace

std::string cloud_event(const engine::ports::Transmission& transmission, std::string_view source) {
    const std::string event = text_of(transmission.body, "event");
    const std::string number = text_of(transmission.body, "number");
    boost::json::object envelope;
    envelope["specversion"] = "1.0";
    envelope["id"] = transmission.id;
    envelope["source"] = source;
    envelope["type"] = "cn.jinqiao.notice." + (event.empty() ? std::string("notice") : event);
    if (!number.empty()) envelope["subject"] = number;
    envelope["datacontenttype"] = "application/json";
    envelope["data"] = transmission.body;
    return boost::json::serialize(envelope);
}

}  // namespace jinqiao::adapters::notify::webhook
