"""Checks of the Python client against a daemon at ASSAY_URL, and against servers that misbehave. Run by python.test.ts."""

import asyncio
import http.server
import importlib.util
import json
import os
import pickle
import socketserver
import sys
import threading
import types
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "..", "clients", "python"))

import assay_client
from assay_client import AssayClient, AssayError

PROGRAM = {"source": "def f(x):\n    y = x + 1\n    return y\n", "entry": {"call": "f(3)"}, "python": "3.10"}
LABEL = {"program": PROGRAM}
SLOW = {"program": {"source": "def f():\n    while True:\n        pass\n", "entry": {"call": "f()"}, "python": "3.10"}}
RIGHT = "[ANSWER]assert f(3) == 4[/ANSWER]"
WRONG = "[ANSWER]assert f(3) == 5[/ANSWER]"
GARBAGE = ["", "\ud800", "[ANSWER]", "(" * 10000, None, 3, [], [{}], [{"role": "assistant"}], {"role": "x"}]

assay_client.PAUSE = (0.01, 0.05)


class AgainstADaemon(unittest.TestCase):
    def setUp(self):
        self.client = AssayClient()
        self.addCleanup(self.client.close)

    def test_rewards(self):
        scored = self.client.score([RIGHT, WRONG, [{"role": "assistant", "content": RIGHT}]], [LABEL] * 3, scheme="output")
        self.assertEqual(scored.rewards, [1, 0, 1])
        self.assertEqual(scored.statuses, ["verified", "refuted", "verified"])
        self.assertEqual({tuple(metrics) for metrics in scored.metrics}, {tuple(scored.metrics[0])})

    def test_labels_as_text_and_chunks(self):
        client = AssayClient(chunk=3)
        said = [RIGHT, WRONG] * 5
        self.assertEqual(client.score(said, [json.dumps(LABEL)] * 10, scheme="output").rewards, [1, 0] * 5)
        self.assertEqual(client.score([], []).rewards, [])

    def test_garbage_earns_nothing(self):
        self.assertEqual(self.client.score(GARBAGE, [LABEL] * len(GARBAGE)).rewards, [0] * len(GARBAGE))

    def test_nothing_shown_is_none(self):
        scored = self.client.score([RIGHT, RIGHT], [LABEL, SLOW], scheme="output")
        self.assertEqual(scored.rewards, [1, None])
        self.assertEqual(scored.numbers(0.25), [1, 0.25])

    def test_wrong_requests_raise(self):
        with self.assertRaises(AssayError) as raised:
            self.client.score([RIGHT], [LABEL], scheme="best")
        self.assertEqual((raised.exception.status, raised.exception.problem["errors"][0]["path"]), (400, "/scheme"))
        for label in ("4", {}, None, "[]", "nonsense"):
            with self.assertRaises(ValueError):
                self.client.score([RIGHT], [label])
        with self.assertRaises(ValueError):
            self.client.score([RIGHT], [])

    def test_verify(self):
        verdict = self.client.verify({**LABEL, "claim": {"kind": "output", "returns": "4"}})
        self.assertEqual(verdict["status"], "verified")

    def test_threads_and_copies_share_a_client(self):
        copy = pickle.loads(pickle.dumps(self.client))
        found = []

        def ask(index):
            client = copy if index % 4 == 0 else self.client
            found.append((index, client.score([RIGHT if index % 2 else WRONG], [LABEL], scheme="output").rewards[0]))

        threads = [threading.Thread(target=ask, args=(index,)) for index in range(32)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(found), [(index, index % 2) for index in range(32)])

    def test_trl(self):
        reward = assay_client.trl_reward(self.client, column="trace", scheme="output")
        chats = [[{"role": "assistant", "content": said}] for said in (RIGHT, WRONG, RIGHT)]
        call = reward(["p"] * 3, chats, completion_ids=[[1]] * 3, trace=[LABEL, LABEL, SLOW], trainer_state=None)
        self.assertEqual(asyncio.run(call), [1, 0, None])
        self.assertEqual(reward.__name__, "assay_reward")
        with self.assertRaises(ValueError):
            asyncio.run(reward(["p"], chats[:1]))

    def test_verl(self):
        samples = [(RIGHT, LABEL), (WRONG, LABEL), ("", LABEL), (RIGHT, SLOW)]
        scores = [
            assay_client.compute_score("d", said, json.dumps(label), None, scheme="output", floor=0.1)
            for said, label in samples
        ]
        self.assertEqual([score["score"] for score in scores], [1, 0.1, 0.1, 0.1])
        self.assertEqual([score["acc"] for score in scores], [1, 0, 0, 0])
        self.assertEqual({tuple(score) for score in scores}, {tuple(scores[0])})
        self.assertNotIn("reward", scores[0])
        self.assertTrue(all(isinstance(value, (int, float)) for score in scores for value in score.values()))

    def test_verifiers(self):
        reward = assay_client.verifiers_reward(self.client, scheme="output")
        chat = [{"role": "assistant", "content": RIGHT}]
        self.assertEqual(asyncio.run(reward(completion=chat, answer=json.dumps(LABEL), prompt=[], state={})), 1)

    def test_verifiers_v1(self):
        os.environ["ASSAY_SCHEME"] = "output"
        self.addCleanup(os.environ.pop, "ASSAY_SCHEME")
        for data in ({"answer": LABEL}, {"label": json.dumps(LABEL), "answer": "another thing"}):
            for said, reward in ((RIGHT, 1), (WRONG, 0)):
                trace = types.SimpleNamespace(last_reply=said)
                task = types.SimpleNamespace(**data)
                self.assertEqual(asyncio.run(assay_client.verifiers_task_reward(task, trace)), reward)

    def test_areal(self):
        os.environ["ASSAY_SCHEME"] = "output"
        self.addCleanup(os.environ.pop, "ASSAY_SCHEME")
        reward = pickle.loads(pickle.dumps(assay_client.areal_reward))
        self.assertEqual([reward("p", said, [1], [2], label=LABEL) for said in (RIGHT, WRONG)], [1, 0])

    def test_skyrl(self):
        kind = assay_client.skyrl_env(self.client, scheme="output", base=object)
        env = kind({}, {"reward_spec": {"ground_truth": LABEL}})
        self.assertEqual(env.init([{"role": "user", "content": "?"}])[1], {})
        step = env.step(RIGHT)
        self.assertEqual((step["reward"], step["done"], step["observations"]), (1, True, []))


class Misbehaving(http.server.BaseHTTPRequestHandler):
    """Does what the list of its server says, one entry a request; then answers."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        server = self.server
        server.connections.add(self.client_address)
        server.requests += 1
        act = server.acts.pop(0) if server.acts else "answer"
        if act == "hang up":
            self.close_connection = True
            return
        if act == "answer and hang up":
            self.close_connection = True
        status = act if isinstance(act, int) else 200
        item = {"rewards": [1.0], "statuses": ["verified"], "metrics": [{"verified": 1}], "failures": []}
        if act == "busy":
            failure = {"index": 0, "failure_class": "queue-full", "detail": ""}
            item = {"rewards": [None], "statuses": ["failed"], "metrics": [{"verified": 0}], "failures": [failure]}
        body = json.dumps(item if status == 200 else {"detail": "no"}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class AgainstTrouble(unittest.TestCase):
    def ask(self, *acts, times=1, **options):
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Misbehaving)
        server.daemon_threads = True
        server.acts, server.requests, server.connections = list(acts), 0, set()
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            with AssayClient("http://127.0.0.1:%d" % server.server_address[1], **options) as client:
                return [client.score([RIGHT], [LABEL]) for _ in range(times)][-1].rewards, server
        finally:
            server.shutdown()
            server.server_close()

    def test_keeps_its_connection(self):
        _, server = self.ask(times=20)
        self.assertEqual((server.requests, len(server.connections)), (20, 1))

    def test_survives_a_connection_that_was_closed_while_idle(self):
        rewards, _ = self.ask("answer and hang up", times=3, tries=1)
        self.assertEqual(rewards, [1])

    def test_tries_again_where_that_may_help(self):
        for act in ("hang up", 503, 429, "busy"):
            rewards, server = self.ask(act, act)
            self.assertEqual((act, rewards, server.requests), (act, [1], 3))

    def test_does_not_try_again_where_it_cannot(self):
        for status in (400, 401, 404, 413, 500):
            server = None
            with self.assertRaises(AssayError) as raised:
                _, server = self.ask(status)
            self.assertEqual(raised.exception.status, status)

    def test_can_be_loaded_from_its_path_alone(self):
        spec = importlib.util.spec_from_file_location("custom_module", assay_client.__file__)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.assertIsNot(module.compute_score, assay_client.compute_score)

    def test_gives_up(self):
        for acts, status in ((["hang up"] * 9, 0), ([503] * 9, 503)):
            with self.assertRaises(AssayError) as raised:
                self.ask(*acts, tries=3)
            self.assertEqual(raised.exception.status, status)
        rewards, _ = self.ask(*["busy"] * 9, tries=3)
        self.assertEqual(rewards, [None])

    def test_names_a_daemon_that_is_not_there(self):
        with self.assertRaises(AssayError):
            AssayClient("http://127.0.0.1:9", tries=2).score([RIGHT], [LABEL])
        with self.assertRaises(ValueError):
            AssayClient("127.0.0.1:9")


if __name__ == "__main__":
    unittest.main(verbosity=2)
