#pragma once
#include <cstdint>
#include <string>

// Pictures made by hand: whole in their structure, with what cameras write beside them.
namespace jinqiao::tests {

std::string big_endian(std::uint64_t value, std::size_t size);

// A place in an EXIF block: TIFF with orientation 6 and a directory of GPS, "31°14'" in it.
std::string exif_with_place();

// `more` are segments beside the picture, `behind` is what follows its end.
std::string jpeg(const std::string& more = {}, const std::string& behind = {});
std::string jpeg_segment(unsigned char marker, const std::string& content);

std::string png_chunk(const std::string& kind, const std::string& content);
std::string png(const std::string& more = {});

std::string webp_chunk(const std::string& kind, const std::string& content);
std::string webp(unsigned char flags, const std::string& more);

// A HEIC file with an EXIF and an XMP item in its mdat, and a box behind.
std::string heic(const std::string& exif, const std::string& xmp, const std::string& behind = {});
// A HEIC file whose only item, an EXIF one, lies where this content of iloc says, with `room` bytes
// of data behind all boxes that say so.
std::string heic_located(const std::string& iloc, std::size_t room);

}  // namespace jinqiao::tests
