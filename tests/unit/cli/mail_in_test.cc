// Answers to notices as the mail programs of the people who get them write them.
#include <gtest/gtest.h>

#include <cctype>

#include "adapters/cli/mail/charset.h"
#include "adapters/cli/mail/message.h"
#include "adapters/cli/mail/reply.h"

namespace jinqiao::adapters::cli::mail {
namespace {

using Kind = Reply::Kind;

const std::string token = "01jd00000000000000000000ab-a3abcdefgabcdefghijklm";
const std::string address = "duty+" + token + "@zone.example";
const Words words = words_of("签收 收到 已收到 好的 ok received signed");

std::string crlf(std::string text) {
    for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2))
        text.insert(at, "\r");
    return text;
}

Reply reply_to(const std::string& head, const std::string& body) {
    return read_reply(
        read_message(crlf("From: a@b.example\nTo: " + address + "\n" + head + "\n" + body)), words);
}

Reply plain(const std::string& body) {
    return reply_to("Content-Type: text/plain; charset=utf-8\n", body);
}

TEST(MailReply, SignsByNothingAndByAWordForIt) {
    for (const auto* body :
         {"", "\n\n", "收到", "收到。\n", "  签 收 ！", "OK", "Ok.", "好的",
          "Received!\n\n张三\n区人社局 电话 021-5555", "收到\n> 请签收\n> 案件"}) {
        const auto reply = plain(body);
        EXPECT_EQ(reply.kind, Kind::sign) << body;
        EXPECT_EQ(reply.token, token);
    }
}

TEST(MailReply, AnythingElseIsANote) {
    for (const auto* body : {"收到，但不属本局职责", "okay then we will send two people",
                             "不能签收", "已安排两人 14:00 到场\n请通知企业", "???"}) {
        const auto reply = plain(body);
        EXPECT_EQ(reply.kind, Kind::note) << body;
        EXPECT_EQ(reply.note, body);
    }
}

// What one did not read is no signature.
TEST(MailReply, SilenceThatIsNoTextSignsNothing) {
    EXPECT_EQ(
        reply_to("Content-Type: image/png\nContent-Transfer-Encoding: base64\n", "iVBORw0K").kind,
        Kind::unreadable);
    EXPECT_EQ(reply_to("Content-Type: multipart/encrypted; boundary=b\n",
                       "--b\nContent-Type: application/octet-stream\n\nx\n--b--\n")
                  .kind,
              Kind::unreadable);
}

TEST(MailReply, OfGmailInBothLanguages) {
    EXPECT_EQ(plain("收到\n\nOn Tue, Mar 3, 2026 at 10:00 AM Duty desk <" + address +
                    ">\nwrote:\n\n> 请签收\n> 案件 JQ-2026-000001\n")
                  .kind,
              Kind::sign);
    const auto reply = plain("两人已出发\n\n值班台 <" + address +
                             "> 于2026年3月3日周二\n10:00写道：\n\n> 请签收\n");
    EXPECT_EQ(reply.note, "两人已出发");
    EXPECT_EQ(plain("Duty desk <d@z.example> 于2026年3月3日周二 10:00写道：\n> x").kind,
              Kind::sign);
}

TEST(MailReply, OfQqMail) {
    const auto reply = plain(
        "现场已平息\n\n\n\n------------------&nbsp;原始邮件&nbsp;------------------\n发件人: "
        "\"值班台\"\n"
        "发送时间: 2026年3月3日 10:00\n收件人: \"人社\"\n主题: 预警\n\n请签收");
    EXPECT_EQ(reply.note, "现场已平息");
    const auto html = reply_to(
        "Content-Type: text/html; charset=\"gb18030\"\nContent-Transfer-Encoding: base64\n",
        // <meta
        // …><div>收到</div>…<div>------------------&nbsp;原始邮件&nbsp;------------------</div>…
        "PG1ldGEgaHR0cC1lcXVpdj0iQ29udGVudC1UeXBlIiBjb250ZW50PSJ0ZXh0L2h0bWw7IGNoYXJz\n"
        "ZXQ9R0IxODAzMCI+PGRpdj7K1bW9PC9kaXY+PGRpdj48YnI+PC9kaXY+PGRpdiBzdHlsZT0iZm9u\n"
        "dC1zaXplOiAxMnB4OyI+LS0tLS0tLS0tLS0tLS0tLS0tJm5ic3A71K3KvNPKvP4mbmJzcDstLS0t\n"
        "LS0tLS0tLS0tLS0tLS08L2Rpdj48ZGl2PjxiPreivP7Iyzo8L2I+Jm5ic3A7Ita1sODMqCI8L2Rp\n"
        "dj48ZGl2Psfrx6nK1TwvZGl2Pg==\n");
    EXPECT_EQ(html.kind, Kind::sign);
}

TEST(MailReply, OfNetease163) {
    const auto reply = reply_to(
        "Content-Type: multipart/alternative; boundary=\"----=_Part_1\"\n",
        "------=_Part_1\nContent-Type: text/plain; charset=GBK\nContent-Transfer-Encoding: "
        "base64\n\n"
        "0tGwssXFyMvUsQoKCkF0IDIwMjYtMDMtMDMgMTA6MDA6MDAsICJkdXR5IiA8ZHV0eUB6b25lLmV4\n"
        "YW1wbGU+IHdyb3RlOgoKPsfrx6nK1Qo=\n"
        "------=_Part_1\nContent-Type: text/html; charset=GBK\n\n<div>x</div>\n------=_Part_1--\n");
    EXPECT_EQ(reply.kind, Kind::note);
    EXPECT_EQ(reply.note, "已安排人员");
}

TEST(MailReply, OfOutlook) {
    const auto quoted =
        "Thanks, two of us are going.\n\n________________________________\nFrom: Duty desk "
        "<d@z.example>\nSent: Tuesday, March 3, 2026 10:00 AM\nTo: HR\nSubject: alert\n\nPlease "
        "sign";
    EXPECT_EQ(plain(quoted).note, "Thanks, two of us are going.");
    EXPECT_EQ(
        plain("已派人\n\n发件人: 值班台 <d@z.example>\n发送时间: 2026年3月3日 10:00\n收件人: 人社\n"
              "主题: 预警\n\n请签收")
            .note,
        "已派人");
    const auto html = reply_to(
        "Content-Type: text/html; charset=\"utf-8\"\nContent-Transfer-Encoding: quoted-printable\n",
        "<html><head><style>p "
        "{margin:0}</style></head><body><p>=E6=94=B6=E5=88=B0<o:p></o:p></p>=\n"
        "<p>&nbsp;</p><div id=3D\"divRplyFwdMsg\"><b>From:</b> Duty desk<br><b>Sent:</b> Tue<br>"
        "</div></body></html>");
    EXPECT_EQ(html.kind, Kind::sign);
}

TEST(MailReply, OfATelephone) {
    EXPECT_EQ(
        plain("收到\n\n发自我的iPhone\n\n> 在 2026年3月3日，10:00，值班台 写道：\n> 请签收").kind,
        Kind::sign);
    EXPECT_EQ(plain("On my way, will report\n\nSent from my Huawei\n").note,
              "On my way, will report");
    EXPECT_EQ(plain("马上到\n-- \n张三\n13800000000").note, "马上到");
}

TEST(MailReply, AMachineSignsNothing) {
    for (const auto* head :
         {"Auto-Submitted: auto-replied\n", "auto-submitted: Auto-Generated; x=y\n",
          "Precedence: bulk\n", "Precedence: LIST\n", "X-Auto-Response-Suppress: All\n",
          "X-Autoreply: yes\n", "Return-Path: <>\n", "List-Id: <all.zone.example>\n",
          "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
          "Subject: =?utf-8?B?6Ieq5Yqo5Zue5aSNOiDpooTorak=?=\n",
          "Subject: Automatic reply: alert\n", "Subject: Out of Office\n"})
        EXPECT_EQ(reply_to(head, "收到").kind, Kind::automatic) << head;
    EXPECT_EQ(
        reply_to("Auto-Submitted: no\nReturn-Path: <a@b.example>\nSubject: Re: x\n", "收到").kind,
        Kind::sign);
    EXPECT_EQ(
        read_reply(read_message("From: MAILER-DAEMON@mx.example\nTo: " + address + "\n\nok"), words)
            .kind,
        Kind::automatic);
}

TEST(MailReply, FindsTheTokenWhereTheMailWasDelivered) {
    const auto in = [](const std::string& head) { return token_of(read_message(head + "\n\nx")); };
    EXPECT_EQ(in("To: \"Duty\" <" + address + ">"), token);
    EXPECT_EQ(in("To: a+short@b.example\nCc: x@y.example,\n\t" + address), token);
    std::string loud = address;
    for (char& c : loud) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    EXPECT_EQ(in("Delivered-To: " + loud), token);
    EXPECT_EQ(in("To: d+" + std::string(50, 'z') + "@x.example\nX-Original-To: " + address), token);
    EXPECT_EQ(in("To: duty@zone.example\nSubject: " + address), "");
    EXPECT_EQ(in("To: duty+" + token), "") << "no address";
    EXPECT_EQ(plain("收到").token, token);
    EXPECT_EQ(read_reply(read_message("To: duty@zone.example\n\nok"), words).kind, Kind::no_token);
}

TEST(MailMessage, ReadsPartsAndKeepsNoAttachment) {
    const auto message = read_message(crlf(
        "Content-Type: multipart/mixed;\n boundary=\"outer\"\n\npreamble\n--outer\n"
        "Content-Type: text/plain; name=secret.txt\nContent-Disposition: attachment\n\nsecret\n"
        "--outer\nContent-Type: multipart/alternative; boundary=inner\n\n--inner\n"
        "Content-Type: text/html\n\n<p>html</p>\n--inner\nContent-Type: "
        "text/plain\n\nplain\n--inner--\n"
        "--outer--\nepilogue\n"));
    EXPECT_EQ(message.type, "multipart/mixed");
    EXPECT_EQ(own_words(message.text), "plain");
}

TEST(MailMessage, NothingOfStrangersBreaksIt) {
    std::string deep;
    for (int i = 0; i < 40; ++i) deep += "--b\nContent-Type: multipart/mixed; boundary=b\n\n";
    EXPECT_FALSE(read_message("Content-Type: multipart/mixed; boundary=b\n\n" + deep).readable);
    const std::string_view odd[] = {"",
                                    "\n",
                                    ":",
                                    "Content-Type",
                                    "Content-Type: multipart/mixed; boundary=",
                                    "Content-Type: text/plain; charset=\"\n\nx",
                                    "A: =?\n\n",
                                    "\xff\xfe\n\n\xff",
                                    "Content-Type: multipart/mixed; boundary=\"x\\",
                                    "From nobody\nA: b\n\nc"};
    for (const auto text : odd) {
        const auto message = read_message(text);
        own_words(message.text);
        decoded_words(text);
        plain_of_html(text);
        token_of(message);
    }
    EXPECT_EQ(plain_of_html("a<"), "a");
    EXPECT_EQ(plain_of_html("<!-- x"), "");
    EXPECT_EQ(plain_of_html("<p>a &lt;b&gt; &#65;&#x42; &#0; &copy; &</p><script>x</script>c"),
              "a <b> AB &copy; &\nc");
    EXPECT_EQ(read_message("Subject: x\n\n" + std::string(1'000'000, 'a')).text.size(), 262'144U);
}

TEST(MailMessage, DecodesWords) {
    EXPECT_EQ(decoded_words("=?utf-8?B?5pS25Yiw?= =?utf-8?Q?_a=3F?= plain"), "收到 a? plain");
    EXPECT_EQ(decoded_words("=?gb2312?B?ytW1vQ==?="), "收到");
    EXPECT_EQ(decoded_words("=?utf-8*zh?q?x?="), "x");
    EXPECT_EQ(decoded_words("=?broken"), "=?broken");
    EXPECT_EQ(decoded_quoted_printable("a=\r\nb=3D=E6=94\r\n=zz \r\n"), "ab=\xE6\x94\n=zz\n");
}

TEST(MailCharset, ReadsWhatChineseProgramsSend) {
    EXPECT_EQ(to_utf8("\xca\xd5\xb5\xbd", "GB2312"), "收到");
    EXPECT_EQ(to_utf8("\xca\xd5\xb5\xbd", "gbk"), "收到");
    EXPECT_EQ(to_utf8("\xca\xd5\xb5\xbd", ""), "收到") << "nobody said, and it is no UTF-8";
    EXPECT_EQ(to_utf8("收到", ""), "收到");
    EXPECT_EQ(to_utf8("\x81\x30\x81\x30", "gb18030"), "\xC2\x80");
    EXPECT_EQ(to_utf8("caf\xe9", "iso-8859-1"), "café");
    EXPECT_EQ(to_utf8("a\xff", "utf-8"), "a\xEF\xBF\xBD");
    EXPECT_EQ(to_utf8("ok", "no-such-charset//TRANSLIT"), "ok");
}

}  // namespace
}  // namespace jinqiao::adapters::cli::mail
