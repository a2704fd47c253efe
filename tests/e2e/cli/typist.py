"""A person at a terminal: typist.py SCRIPT COLUMNS command…

Each line of SCRIPT is PATTERN<tab>ANSWER: waits until the program's output matches, then types the
answer and Enter; ^C as an answer is the key. Colours are not part of what is matched. What the terminal shows goes to the standard output,
the exit code is the program's (130 after ^C), 124 if it never says what is waited for.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

PATIENCE_S = 30


def main():
    script, columns, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    with open(script, encoding="utf-8") as lines:
        steps = [line.rstrip("\n").split("\t") for line in lines if line.strip()]
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        # Whoever runs the tests in the background has it ignored, and that would be inherited.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execvp(command[0], command)
    output, shown, seen, until = "", "", 0, time.monotonic() + PATIENCE_S
    raw = b""
    while time.monotonic() < until:
        while steps:
            found = re.search(steps[0][0], shown[seen:])
            if not found:
                break
            seen += found.end()
            answer = steps.pop(0)[1]
            os.write(terminal, b"\x03" if answer == "^C" else (answer + "\n").encode())
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # the program has ended
            piece = b""
        if not piece:
            break
        raw += piece
        output = raw.decode("utf-8", "replace").replace("\r\n", "\n")
        shown = re.sub("\x1b\\[[0-9;]*m", "", output)
    else:
        print(output + "\nnever said: " + (steps[0][0] if steps else "(its end)"))
        os.kill(child, 9)
        os.waitpid(child, 0)
        return 124
    _, status = os.waitpid(child, 0)
    print(output)
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


sys.exit(main())
