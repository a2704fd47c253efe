"""An answer as Python's email package writes it: `write.py TO WHICH`, on the standard output."""
import email.message
import email.policy
import sys

to, which = sys.argv[1:]
message = email.message.EmailMessage()
message["From"] = "Somebody <somebody@dept.example>"
message["To"] = f"金桥 <{to}>"
message["Subject"] = "回复: 预警"
texts = {
    "gbk": ("收到\n\n------------------ 原始邮件 ------------------\n发件人: 值班台\n请签收\n", "gbk"),
    "note": ("已派两人到场\n\n在 2026年3月3日，10:00，值班台 写道：\n> 请签收\n", "utf-8"),
    "away": ("我在休假", "utf-8"),
    "file": ("收到\n", "gb18030"),
}
text, charset = texts[which]
message.set_content(text, charset=charset)
if which == "away":
    message["Auto-Submitted"] = "auto-replied"
if which == "file":
    message.add_attachment(b"\x89PNG" * 5000, maintype="image", subtype="png", filename="现场.png")
sys.stdout.buffer.write(message.as_bytes(policy=email.policy.SMTP))
