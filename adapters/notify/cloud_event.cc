#include "adapters/notify/cloud_event.h"

#include <boost/json/serialize.hpp>

#include "adapters/notify/body.h"

namespace jinqiao::adapters::notify {
std::string cloud_event(const engine::ports::Transmission& transmission, std::string_view source) {
    const std::string event = body_text(transmission.body, "event");
    const std::string number = body_text(transmission.body, "number");
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

}  // namespace jinqiao::adapters::notify
