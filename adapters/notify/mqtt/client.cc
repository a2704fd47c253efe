#include "adapters/notify/mqtt/client.h"

#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <openssl/ssl.h>

#include <mutex>

namespace jinqiao::adapters::notify::mqtt {
namespace {

void start_library() {
    static std::once_flag once;
    std::call_once(once, [] { mosquitto_lib_init(); });
}

Client::Listener& listener_of(void* self) { return *static_cast<Client::Listener*>(self); }

void listen(mosquitto* client) {
    mosquitto_connect_v5_callback_set(
        client, [](mosquitto*, void* self, int reason, int, const mosquitto_property*) {
            listener_of(self).connected(reason);
        });
    mosquitto_publish_v5_callback_set(
        client, [](mosquitto*, void* self, int id, int reason, const mosquitto_property*) {
            listener_of(self).acknowledged(id, reason);
        });
    mosquitto_disconnect_v5_callback_set(
        client, [](mosquitto*, void* self, int reason, const mosquitto_property*) {
            listener_of(self).disconnected(reason);
        });
}

struct Properties {
    ~Properties() { mosquitto_property_free_all(&list); }
    mosquitto_property* list = nullptr;
};

}  // namespace

Client::Client(const Options& options, SSL_CTX* context, Listener& listener) : options_(options) {
    start_library();
    const char* id = options.client_id.empty() ? nullptr : options.client_id.c_str();
    client_ = mosquitto_new(id, true, &listener);
    if (client_ == nullptr) return;
    mosquitto_threaded_set(client_, true);
    mosquitto_int_option(client_, MOSQ_OPT_PROTOCOL_VERSION,
                         options.version5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311);
    mosquitto_int_option(client_, MOSQ_OPT_TCP_NODELAY, 1);
    if (!options.user.empty())
        mosquitto_username_pw_set(client_, options.user.c_str(),
                                  options.password.empty() ? nullptr : options.password.c_str());
    if (context != nullptr) {
        mosquitto_int_option(client_, MOSQ_OPT_SSL_CTX_WITH_DEFAULTS, 0);
        mosquitto_void_option(client_, MOSQ_OPT_SSL_CTX, context);
    }
    listen(client_);
}

Client::~Client() {
    if (client_ != nullptr) mosquitto_destroy(client_);
}

int Client::connect(const std::string& host) {
    return mosquitto_connect_async(client_, host.c_str(), options_.port,
                                   static_cast<int>(options_.keep_alive.count()));
}

int Client::loop(int most_ms) { return mosquitto_loop(client_, most_ms, 1); }

int Client::publish(const std::string& topic, const std::string& payload, int& id) {
    Properties properties;
    if (options_.version5) {
        mosquitto_property_add_byte(&properties.list, MQTT_PROP_PAYLOAD_FORMAT_INDICATOR, 1);
        mosquitto_property_add_string(&properties.list, MQTT_PROP_CONTENT_TYPE,
                                      "application/cloudevents+json; charset=utf-8");
        if (options_.expires.count() > 0)
            mosquitto_property_add_int32(&properties.list, MQTT_PROP_MESSAGE_EXPIRY_INTERVAL,
                                         static_cast<std::uint32_t>(options_.expires.count()));
    }
    return mosquitto_publish_v5(client_, &id, topic.c_str(), static_cast<int>(payload.size()),
                                payload.data(), 1, false, properties.list);
}

void Client::disconnect() { mosquitto_disconnect(client_); }

}  // namespace jinqiao::adapters::notify::mqtt
