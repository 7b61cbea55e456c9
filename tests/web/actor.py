"""Plays a process that works: it says the lines of the option `says`, and does what `then` tells."""

import json
import os
import sys
from time import sleep

request = json.loads(sys.stdin.readline())
options = request["options"]
for line in options.get("says", []):
    print(json.dumps(line), flush=True)
match options.get("then"):
    case "wait for stop":
        said = sys.stdin.readline().strip()
        print(json.dumps(["result", {"state": "stopped" if said == "stop" else "failed"}]), flush=True)
    case "sleep":
        sleep(600)
    case "die":
        os.kill(os.getpid(), 9)
    case "echo":
        print(json.dumps(["result", {"state": "done", "document": request}]), flush=True)
