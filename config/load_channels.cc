#include <algorithm>

#include "config/files.h"
#include "config/map.h"

namespace jinqiao::config {

namespace {

bool plain_name(const std::string& name) {
    return !name.empty() && name.size() <= 64 &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
}

std::string text_at(const Tree& map, std::string_view key) {
    const Tree* value = map.find(key);
    return value == nullptr ? std::string() : value->text;
}

void collect(const Tree& tree, std::vector<ContactPlace>& places) {
    for (const Tree& item : tree.items) collect(item, places);
    for (const auto& [key, value] : tree.entries) {
        collect(value, places);
        if (key != "contacts") continue;
        for (const Tree& item : value.items) {
            if (item.kind != Tree::Kind::map) continue;
            const Tree* address = item.find("address");
            // Without an address the id of whose contact it is stands for one.
            places.push_back({text_at(item, "channel"),
                              address ? address->text : text_at(tree, "id"),
                              std::make_shared<const Tree>(address ? *address : item)});
        }
    }
}

ChannelConfig read_channel(const std::string& name, const Tree& tree, Faults& faults) {
    ChannelConfig channel{name, {}, std::make_shared<const Tree>(tree)};
    Map map(tree, faults);
    channel.kind = map.required_text("kind");
    map.ignore_rest();  // the options are the adapter's to judge
    if (!plain_name(name))
        add(faults, tree, {"check.plain_name", {}}, {"check.found.value", {{"value", name}}});
    return channel;
}

}  // namespace

std::vector<ChannelConfig> load_channels(const std::filesystem::path& file, Faults& faults) {
    const Tree tree = read_yaml(file, faults);
    std::vector<ChannelConfig> channels;
    Map map(tree, faults);
    const Tree* list = map.need("channels");
    if (list == nullptr) return channels;
    Map entries(*list, faults);
    entries.ignore_rest();
    for (const auto& [name, value] : list->entries)
        channels.push_back(read_channel(name, value, faults));
    if (channels.empty())
        add(faults, *list, {"check.channel_needed", {}}, {"check.found.nothing", {}});
    return channels;
}

std::vector<ContactPlace> contact_places(const std::filesystem::path& file) {
    std::vector<ContactPlace> places;
    std::error_code wrong;
    if (!std::filesystem::exists(file, wrong)) return places;
    Faults known;
    collect(read_yaml(file, known), places);
    return places;
}

Fault unusable(const ContactPlace& contact, const std::string& expected) {
    Faults faults;
    const bool none = contact.at->kind == Tree::Kind::map;
    return add(faults, *contact.at, {"check.adapter", {{"expected", expected}}},
               none ? engine::model::Message{"check.found.nothing", {}} : found_in(*contact.at));
}

Fault unknown_kind(const ChannelConfig& channel, std::span<const std::string> known) {
    const std::vector<std::string> kinds(known.begin(), known.end());
    const Tree* at = channel.options->find("kind");
    Faults faults;
    return add(faults, at == nullptr ? *channel.options : *at,
               {"check.kind.channel_kind", {{"words", listed(kinds)}}},
               {"check.found.value", {{"value", channel.kind}}}, nearest(channel.kind, kinds));
}

}  // namespace jinqiao::config
