// An answer as nodemailer writes it: HTML with a plain alternative, on the standard output.
import MailComposer from 'nodemailer/lib/mail-composer/index.js'

new MailComposer({
  from: '某人 <somebody@dept.example>',
  to: process.argv[2],
  subject: 'Re: 预警',
  text: process.argv[3] || 'OK\n\nOn Tue, 3 Mar 2026, Duty desk wrote:\n> Please sign',
  html: '<p>not this</p>',
  textEncoding: 'base64',
}).compile().build((failed, bytes) => {
  if (failed) throw failed
  process.stdout.write(bytes)
})
