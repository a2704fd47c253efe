#pragma once
#include <map>
#include <string>

#include "adapters/notify/reach.h"
#include "adapters/notify/sms/variables.h"
#include "engine/ports/notifier.h"
#include "engine/ports/section.h"

namespace jinqiao::adapters::notify::sms {

// Keys of a channel of kind `sms`, beside those of Reaching:
//   provider           aliyun or tencent; required
//   access_key_id, access_key_secret
//                      {file} or {env}; required (SecretId and SecretKey with tencent)
//   signature          v3 or v1, with aliyun only                         (v3)
//   sign_name          the approved signature (短信签名); required
//   sdk_app_id         of the application; required with tencent, and only there
//   region             with tencent                                       (ap-guangzhou)
//                      with aliyun sent where it is given
//   base_url           where the provider is reached; a path in it is for a relay that takes it off
//   templates          {EVENT: CODE, default: CODE}; required
//   variables          {CODE: {NAME: number, grade, event or "=words"}}; with tencent the names are
//                      1, 2, 3, … as they are counted in the template
//   grades, events     words: {red: 红色, …}, {EVENT: WORDS, default: 通知}
//   exercise_word      (演练)
//   variable_limit     characters of one variable                         (12; 4 to 100)
struct Options {
    enum class Provider { aliyun, tencent } provider = Provider::aliyun;
    bool older_signature = false;  // of aliyun: v1
    std::string key_id, secret;    // never shown
    std::string sign_name, sdk_app_id, region;
    std::string base_url;
    std::map<std::string, Template> templates;  // by event; "default"
    Words words;
    Reaching reaching;

    // Notes every fault in the section; what it returns then is not to be used.
    static Options read(engine::ports::Section& section);
    // What an address has to be instead of this one; empty: it can be used.
    std::string unusable(const std::string& address) const;
    std::size_t most_numbers() const { return provider == Provider::aliyun ? 1000 : 200; }
    // Far below the 3000 and 5000 requests a second the providers take: people read these.
    static engine::ports::Usage usage();
    const Template* template_for(const std::string& event) const;
};

}  // namespace jinqiao::adapters::notify::sms
