"""A mail server of fifty lines: `post.py PORT_FILE FOLDER` keeps each message it is given as
FOLDER/RECIPIENT.eml, as it came."""
import os
import socketserver
import sys


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 mail")
        to = "nobody"
        while line := self.rfile.readline():
            word = line.strip().upper()
            if word.startswith(b"RCPT TO:"):
                to = line.decode().split("<")[1].split(">")[0]
            if word == b"QUIT":
                self.say("221 bye")
                return
            if word != b"DATA":
                self.say("250 ok")
                continue
            self.say("354 go on")
            text = b""
            while (line := self.rfile.readline()) not in (b".\r\n", b""):
                text += line[1:] if line.startswith(b".") else line
            name = os.path.join(sys.argv[2], to + ".eml")
            with open(name + ".part", "wb") as file:
                file.write(text)
            os.rename(name + ".part", name)
            self.say("250 taken")

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")


with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
    server.daemon_threads = True
    with open(sys.argv[1] + ".part", "w", encoding="ascii") as file:
        file.write(str(server.server_address[1]))
    os.rename(sys.argv[1] + ".part", sys.argv[1])
    server.serve_forever()
