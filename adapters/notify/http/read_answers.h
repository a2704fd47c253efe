#pragma once
#include "adapters/notify/answers.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::http {

// What an answer means, as the configuration says:
//   success:       {status: [200, 202], pointer: /errcode, equals: 0}
//   id_pointer:    /msgid
//   error_pointer: /errcode
//   retry:         {retry: [-1], wait: [45009], permanent: [40058], channel: [93000],
//                   other: permanent, least_wait: 60 s, status: {retry, wait, permanent, channel}}
Answers read_answers(engine::ports::Section& section);

}  // namespace jinqiao::adapters::notify::http
