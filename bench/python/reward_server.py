"""Rewards over HTTP by one Python process a request: what a trainer's own reward server does at its simplest.

Each POST brings `{"source", "call", "returns"}` and is answered with 1.0 or 0.0. As many processes run at one time as there
are processors; a traced run is asked for, and nothing of it but the result is compared, which flatters this side.
"""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMAND = [sys.executable, str(Path(__file__).with_name("one_process.py"))]
PLACES = threading.Semaphore(os.cpu_count() or 1)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        item = json.loads(self.rfile.read(int(self.headers["content-length"])))
        run = json.dumps({"source": item["source"], "call": item["call"]}).encode()
        with PLACES:
            done = subprocess.run(COMMAND, input=run, stdout=subprocess.PIPE, check=True)
        reward = float(json.loads(done.stdout).get("returns") == item["returns"])
        body = json.dumps({"rewards": [reward]}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 256


server = Server(("127.0.0.1", 0), Handler)
print(f"http://127.0.0.1:{server.server_port}", file=sys.stderr, flush=True)
server.serve_forever()
