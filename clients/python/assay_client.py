"""Client of the Assay daemon, and reward functions for trainers that call Python.

Standard library only, Python 3.9 and later, one file: copy it, or put its folder on ``PYTHONPATH``.

Where nothing else is said, ``ASSAY_URL`` (``http://127.0.0.1:8787``), ``ASSAY_TOKEN`` and ``ASSAY_SCHEME`` (``exact``)
say which daemon is asked, with which token, and for which scheme of reward.

A *label* is what a data set says of a task: ``{"program": {"source": ..., "entry": {"call": "f(3)"}}}``, or that as JSON
text. A *completion* is what a model wrote: text, or chat messages.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import random
import threading
import time
from typing import Any, Awaitable, Callable, Dict, List, Mapping, NamedTuple, Optional, Sequence, Tuple, Union
from urllib.parse import urlsplit

__all__ = [
    "AssayClient",
    "AssayError",
    "Rewards",
    "areal_reward",
    "compute_score",
    "compute_score_batched",
    "skyrl_env",
    "trl_reward",
    "verifiers_reward",
    "verifiers_task_reward",
]

Label = Union[str, Mapping[str, Any]]
Completion = Union[str, Sequence[Mapping[str, Any]]]

DEFAULT_URL = "http://127.0.0.1:8787"
#: Items that got no verdict for these reasons may get one at another try.
TRANSIENT = frozenset({"deadline", "queue-full", "shutting-down", "not-ready"})
#: Seconds between tries double from the first to the second number, and are spread by half of it at random.
PAUSE = (0.2, 10.0)
#: What a server that closes an idle connection looks like.
CONNECTION_LOST = (ConnectionError, http.client.RemoteDisconnected, http.client.BadStatusLine, http.client.IncompleteRead)


class AssayError(Exception):
    """The daemon refused a request, or could not be reached."""

    def __init__(self, message: str, status: int = 0, problem: Optional[Mapping[str, Any]] = None) -> None:
        super().__init__(message)
        #: HTTP status; 0 where there was no answer.
        self.status = status
        #: The problem document (RFC 9457), or nothing.
        self.problem: Mapping[str, Any] = problem or {}


class Rewards(NamedTuple):
    """Rewards in the order of the items."""

    #: In [0, 1]; None where nothing was shown, or no verdict was reached.
    rewards: List[Optional[float]]
    statuses: List[str]
    #: Numbers under the same keys for each item.
    metrics: List[Dict[str, float]]
    #: Index of an item that got no verdict, and why.
    failures: Dict[int, str]

    def numbers(self, otherwise: float = 0.0) -> List[float]:
        """The rewards, with a number in place of None."""
        return [otherwise if reward is None else reward for reward in self.rewards]


class AssayClient:
    """Asks one daemon. Any number of threads may share a client; forked processes open connections of their own."""

    def __init__(
        self,
        url: Optional[str] = None,
        token: Optional[str] = None,
        *,
        timeout: float = 60.0,
        tries: int = 6,
        chunk: int = 512,
    ) -> None:
        """
        :param timeout: seconds without a byte after which an answer is given up; that is not tried again
        :param tries: how often a request is sent at most; again only after a lost connection, a 503 or a 429
        :param chunk: items of one request at most
        """
        parts = urlsplit(url or os.environ.get("ASSAY_URL") or DEFAULT_URL)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("the address of a daemon is written as %s" % DEFAULT_URL)
        self._secure = parts.scheme == "https"
        self._host = parts.hostname
        self._port = parts.port
        self._prefix = parts.path.rstrip("/")
        token = token or os.environ.get("ASSAY_TOKEN")
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = "Bearer " + token
        if tries < 1 or chunk < 1:
            raise ValueError("tries and chunk are at least 1")
        self._timeout = timeout
        self._tries = tries
        self._chunk = chunk
        self._idle: List[http.client.HTTPConnection] = []
        self._lock = threading.Lock()
        self._pid = os.getpid()

    def verify(self, request: Mapping[str, Any]) -> Dict[str, Any]:
        """Tests one claim: request and answer of ``POST /v1/verify``."""
        answer: Dict[str, Any] = self._post("/v1/verify", request)
        return answer

    def reward(
        self,
        items: Sequence[Mapping[str, Any]],
        *,
        scheme: Optional[str] = None,
        on_inconclusive: str = "null",
        floor: float = 0.0,
    ) -> Rewards:
        """Rewards items of ``POST /v1/reward``: ``{"program": ..., "completion": ...}``, or ``"claim"``.

        Items that the daemon was too busy for are sent again. What a model wrote never raises.

        :raises AssayError: where the request is wrong or the daemon cannot be reached
        """
        options = {"scheme": scheme or os.environ.get("ASSAY_SCHEME") or "exact"}
        body = {**options, "on_inconclusive": on_inconclusive, "floor": floor}
        rewards: List[Optional[float]] = [None] * len(items)
        statuses = ["failed"] * len(items)
        metrics: List[Dict[str, float]] = [{} for _ in items]
        failures: Dict[int, str] = {}
        wanted = list(range(len(items)))
        for attempt in range(self._tries):
            failures = {index: why for index, why in failures.items() if index not in wanted}
            again: List[int] = []
            for start in range(0, len(wanted), self._chunk):
                chosen = wanted[start : start + self._chunk]
                answer = self._post("/v1/reward", {**body, "items": [items[index] for index in chosen]})
                for place, index in enumerate(chosen):
                    rewards[index] = answer["rewards"][place]
                    statuses[index] = answer["statuses"][place]
                    metrics[index] = answer["metrics"][place]
                for failure in answer["failures"]:
                    index = chosen[failure["index"]]
                    failures[index] = failure["failure_class"]
                    if failure["failure_class"] in TRANSIENT:
                        again.append(index)
            wanted = again
            if not wanted or attempt + 1 == self._tries:
                break
            _pause(attempt)
        return Rewards(rewards, statuses, metrics, failures)

    def score(self, completions: Sequence[Completion], labels: Sequence[Label], **options: Any) -> Rewards:
        """Rewards completions by their labels; options as for :meth:`reward`."""
        if len(completions) != len(labels):
            raise ValueError("%d completions have %d labels" % (len(completions), len(labels)))
        items = [{**_task(label), "completion": _said(said)} for said, label in zip(completions, labels)]
        return self.reward(items, **options)

    async def score_async(self, completions: Sequence[Completion], labels: Sequence[Label], **options: Any) -> Rewards:
        """As :meth:`score`, in a thread of the loop's executor."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(None, lambda: self.score(completions, labels, **options))

    def close(self) -> None:
        """Closes the idle connections. The client can still be used."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def __enter__(self) -> "AssayClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __getstate__(self) -> Dict[str, Any]:
        return {key: value for key, value in self.__dict__.items() if key not in ("_lock", "_idle")}

    def __setstate__(self, state: Dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._lock, self._idle = threading.Lock(), []

    def _post(self, path: str, body: object) -> Any:
        payload = json.dumps(body).encode("utf-8")
        for attempt in range(self._tries):
            last = attempt + 1 == self._tries
            try:
                status, headers, text = self._send(path, payload)
            except CONNECTION_LOST as error:
                if last:
                    raise AssayError("no answer from %s: %s" % (self._host, error)) from error
                _pause(attempt)
                continue
            except (OSError, http.client.HTTPException) as error:
                raise AssayError("no answer from %s: %s" % (self._host, error)) from error
            if status == 200:
                return json.loads(text)
            if status not in (429, 503) or last:
                raise _refusal(status, text)
            _pause(attempt, _seconds(headers.get("Retry-After")))
        raise AssayError("no try was allowed")

    def _send(self, path: str, payload: bytes) -> Tuple[int, Mapping[str, str], bytes]:
        connection, used = self._take()
        try:
            try:
                response = self._ask(connection, path, payload)
            except CONNECTION_LOST:
                if not used:
                    raise
                # The server may close an idle connection at any time: that says nothing about the server.
                connection.close()
                connection = self._open()
                response = self._ask(connection, path, payload)
            text = response.read()
        except BaseException:
            connection.close()
            raise
        if response.will_close:
            connection.close()
        else:
            with self._lock:
                self._idle.append(connection)
        return response.status, response.headers, text

    def _ask(self, connection: http.client.HTTPConnection, path: str, payload: bytes) -> http.client.HTTPResponse:
        connection.request("POST", self._prefix + path, body=payload, headers=self._headers)
        return connection.getresponse()

    def _take(self) -> Tuple[http.client.HTTPConnection, bool]:
        with self._lock:
            if self._pid != os.getpid():
                # Sockets that are shared with the parent would mix up answers.
                self._pid, self._idle = os.getpid(), []
            if self._idle:
                return self._idle.pop(), True
        return self._open(), False

    def _open(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        return kind(self._host, self._port, timeout=self._timeout)


def trl_reward(
    client: Optional[AssayClient] = None, *, column: str = "label", scheme: Optional[str] = None
) -> Callable[..., Awaitable[List[Optional[float]]]]:
    """A reward function for TRL. None, where nothing was shown, leaves a completion out of the mean.

    :param column: of the data set, that holds the labels
    """
    asked = client or AssayClient()

    async def assay_reward(prompts: Any, completions: Sequence[Completion], **columns: Any) -> List[Optional[float]]:
        if column not in columns:
            raise ValueError("the data set has no column %r; its columns are %s" % (column, sorted(columns)))
        return (await asked.score_async(completions, columns[column], scheme=scheme)).rewards

    return assay_reward


def compute_score(
    data_source: Any, solution_str: str, ground_truth: Label, extra_info: Any = None, **options: Any
) -> Dict[str, float]:
    """verl's ``custom_reward_function``. Options, by ``reward_kwargs``: ``url``, ``token``, ``scheme``, ``floor``.

    The keys are the same for every sample. ``failed`` is 1 where no verdict was reached.
    """
    return compute_score_batched([data_source], [solution_str], [ground_truth], [extra_info], **options)[0]


def compute_score_batched(
    data_sources: Sequence[Any],
    solution_strs: Sequence[str],
    ground_truths: Sequence[Label],
    extra_infos: Optional[Sequence[Any]] = None,
    *,
    url: Optional[str] = None,
    token: Optional[str] = None,
    scheme: Optional[str] = None,
    floor: float = 0.0,
) -> List[Dict[str, float]]:
    """As :func:`compute_score`, for verl's ``batch`` reward manager."""
    scored = _shared(url, token).score(
        solution_strs, ground_truths, scheme=scheme, on_inconclusive="floor", floor=floor
    )
    return [
        {"score": number, "acc": metrics["verified"], **metrics}
        for number, metrics in zip(scored.numbers(floor), scored.metrics)
    ]


def verifiers_reward(
    client: Optional[AssayClient] = None, *, scheme: Optional[str] = None
) -> Callable[..., Awaitable[float]]:
    """A reward function for a rubric of verifiers; ``answer`` is the label. Where nothing was shown it is 0."""
    asked = client or AssayClient()

    async def assay_reward(completion: Completion, answer: Label, **_: Any) -> float:
        return (await asked.score_async([completion], [answer], scheme=scheme)).numbers()[0]

    return assay_reward


async def verifiers_task_reward(task: Any, trace: Any) -> float:
    """A reward of a task of verifiers' v1, plugged in by configuration or called by a ``@reward`` method.

    The label is the field ``label`` or ``answer`` of the task's data. Where nothing was shown it is 0.
    """
    label = getattr(task, "label", None)
    scored = await _shared(None, None).score_async([trace.last_reply], [task.answer if label is None else label])
    return scored.numbers()[0]


def areal_reward(
    prompt: Any, completions: str, prompt_ids: Any = None, completion_ids: Any = None, **columns: Any
) -> float:
    """A ``reward_fn`` for AReaL, which runs it in other processes. The label is the column ``label`` or ``answer``."""
    label = columns.get("label", columns.get("answer"))
    return _shared(None, None).score([completions], [label]).numbers()[0]


def skyrl_env(
    client: Optional[AssayClient] = None, *, scheme: Optional[str] = None, base: Optional[type] = None
) -> type:
    """A class of environments for SkyRL: one step, whose action is the completion.

    The label is ``extras["reward_spec"]["ground_truth"]``.

    :param base: class to derive from; by default SkyRL's own, where it is installed
    """
    asked = client or AssayClient()
    parent: type = base or _skyrl_base()

    class AssayEnv(parent):  # type: ignore[misc, valid-type]
        def __init__(self, env_config: Any = None, extras: Optional[Mapping[str, Any]] = None) -> None:
            super().__init__()
            self._label: Label = (extras or {})["reward_spec"]["ground_truth"]

        def init(self, prompt: Any) -> Tuple[Any, Dict[str, Any]]:
            return prompt, {}

        def step(self, action: str) -> Dict[str, Any]:
            scored = asked.score([action], [self._label], scheme=scheme)
            return {
                "observations": [],
                "reward": scored.numbers()[0],
                "done": True,
                "metadata": {"status": scored.statuses[0], **scored.metrics[0]},
                "postprocessed_action": None,
            }

    return AssayEnv


_CLIENTS: Dict[Tuple[Optional[str], Optional[str]], AssayClient] = {}
_CLIENTS_LOCK = threading.Lock()


def _shared(url: Optional[str], token: Optional[str]) -> AssayClient:
    """One client for each daemon: functions that are called once a sample must not connect once a sample."""
    key = (url or os.environ.get("ASSAY_URL"), token or os.environ.get("ASSAY_TOKEN"))
    with _CLIENTS_LOCK:
        if key not in _CLIENTS:
            _CLIENTS[key] = AssayClient(*key)
        return _CLIENTS[key]


def _skyrl_base() -> type:
    try:
        from skyrl_gym.envs.base_text_env import BaseTextEnv  # type: ignore[import-not-found]
    except ImportError:
        return object
    found: type = BaseTextEnv
    return found


def _task(label: Label) -> Dict[str, Any]:
    task = label
    if isinstance(label, str):
        try:
            task = json.loads(label)
        except ValueError:
            task = {}
    if not isinstance(task, Mapping) or "program" not in task:
        raise ValueError('a label must be {"program": {"source": ..., "entry": ...}}, or that as JSON text')
    return {"program": task["program"]}


def _said(completion: object) -> Completion:
    """Text or messages as they are; anything else holds no claim."""
    if isinstance(completion, str):
        return completion
    if isinstance(completion, (list, tuple)) and all(isinstance(part, Mapping) and "role" in part for part in completion):
        return [dict(part) for part in completion]
    return ""


def _pause(attempt: int, least: float = 0.0) -> None:
    first, longest = PAUSE
    pause = max(least, min(longest, first * 2.0**attempt))
    time.sleep(pause * random.uniform(0.5, 1.5) if least == 0.0 else pause * random.uniform(1.0, 1.5))


def _seconds(text: Optional[str]) -> float:
    try:
        return min(60.0, max(0.0, float(text or "0")))
    except ValueError:
        return 0.0


def _refusal(status: int, text: bytes) -> AssayError:
    try:
        problem = json.loads(text)
    except ValueError:
        problem = {}
    if not isinstance(problem, Mapping):
        problem = {}
    return AssayError("%d: %s" % (status, problem.get("detail", "the answer is not Assay's")), status, problem)
