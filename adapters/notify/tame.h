#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "engine/ports/notifier.h"

namespace jinqiao::adapters::notify {

// What people wrote, on its way into a chat program: lines without control characters and without
// those that turn the direction of writing; nothing in it calls anybody (see calling_nobody).
std::string tame(std::string_view text);

// The same for a program that reads Markdown: no link, no image, no heading, no quotation, no code.
std::string tame_markdown(std::string_view text);

// Works on what stands between our own links, which have to arrive as they are. `link` is one of
// them, "http://host/s/TOKEN": everything up to its last "/" and a token after it is ours.
std::string around_links(std::string_view text, std::string_view link,
                         const std::function<std::string(std::string_view)>& words,
                         const std::function<std::string(std::string_view)>& ours);

// The link to sign by, which stays whole whatever is cut; empty: there is none.
std::string link_of(const engine::ports::Transmission& transmission);

// What people wrote, with our own links as they are, or as links of Markdown.
std::string plain_text(std::string_view text, std::string_view link);
std::string markdown_text(std::string_view text, std::string_view link);

// What `render` makes of the text, of at most so many bytes: the text is shortened until it fits,
// but for the line with `keep`.
std::string fitted(std::string_view text, std::size_t most, std::string_view keep,
                   const std::function<std::string(std::string_view)>& render);

}  // namespace jinqiao::adapters::notify
