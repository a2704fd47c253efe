#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace jinqiao::engine::model {

// Kinds of files that are told by their bytes, whatever anybody says they are.
struct MediaType {
    std::string_view name;       // "application/pdf"
    std::string_view extension;  // ".pdf", with which a copy is saved
};

// The kinds there are to choose from; which of them a zone takes is configured.
const std::vector<MediaType>& media_types();

// What these bytes are; null if they are none of media_types(). Pictures and PDF by their first
// bytes, documents of office programs (ZIP archives) by the part that makes them what they are too.
const MediaType* media_type_of(std::string_view bytes);

const MediaType* find_media_type(std::string_view name);

}  // namespace jinqiao::engine::model
