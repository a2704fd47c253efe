#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace jinqiao::adapters::http {

// A picture without what camera and editors wrote beside it: the place and the moment it was taken,
// the device, the owner's name, thumbnails of what was cut off, films and second pictures behind
// its end. What a viewer needs stays: the picture itself, its colours, and which way is up.
//
// Parts are kept by a short list of those a viewer needs, so nothing here has to understand what it
// throws away; that is why no metadata library does it. One would read the hostile bytes of
// strangers with thousands of lines, cannot write HEIC, and removes what it knows only.
//
// JPEG, PNG and WebP are written anew, byte for byte the same where there was nothing to remove; in
// HEIC, where everything points to places in the file, what goes is overwritten. Other kinds of
// files come back as they are. No value: the bytes cannot be read as that kind of picture.
std::optional<std::string> bare_picture(std::string_view type, std::string_view bytes);

// Which way is up: the tag 0x0112 of what EXIF holds (TIFF), 1 to 8; 1 where it does not say.
int orientation_of(std::string_view tiff);
// As little TIFF as says that.
std::string tiff_of(int orientation);

// heif.cc
std::optional<std::string> bare_heif(std::string_view bytes);

}  // namespace jinqiao::adapters::http
