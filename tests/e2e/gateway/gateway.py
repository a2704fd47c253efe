"""The text-message gateway of adapters/notify/README.md, as its manual has it: gateway.py PORT_FILE.

It is busy (5001) the first time it sees a `seq`, so that everything comes twice. Each line it prints
is a message: taken or busy, the telephone, and whether it is what was sent before.
"""
import http.server
import json
import sys

seen = {}


class Gateway(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = self.judge(body)
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def judge(self, body):
        if self.path != "/api/send" or self.headers["X-Token"] != "token-xyz12":
            return {"code": 4010}
        message = json.loads(body)
        if sorted(message) != ["content", "phone", "seq"] or not message["content"]:
            return {"code": 4001}
        if message["seq"] not in seen:
            seen[message["seq"]] = body
            print("busy", message["phone"], flush=True)
            return {"code": 5001}
        same = seen[message["seq"]] == body
        print("taken", message["phone"], "same" if same else "different", flush=True)
        return {"code": 0, "data": {"id": "m-" + str(len(seen))}}

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
with open(sys.argv[1], "w") as port:
    port.write(str(server.server_port))
server.serve_forever()
