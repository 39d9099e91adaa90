"""The frameworks' own code against a daemon at ASSAY_URL. Run by python.test.ts in the Python that ASSAY_TRAINER_VENV names.

What is not installed there is skipped.
"""

import asyncio
import contextlib
import importlib
import inspect
import json
import os
import sys
import unittest
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "..", "clients", "python"))

import assay_client
from check_client import LABEL, RIGHT, SLOW, WRONG

URL = os.environ["ASSAY_URL"]


def needed(name):
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise unittest.SkipTest("%s: %s" % (name, error)) from error


def ask(path, body=None):
    headers = {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["ASSAY_TOKEN"]}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(URL + path, data, headers)) as answer:
        return json.load(answer)


def verifiers_trace(task, said):
    """A finished trace of verifiers' v1 in which the model said this."""
    trace = importlib.import_module("verifiers.v1.trace")
    graph = importlib.import_module("verifiers.v1.graph")
    types = importlib.import_module("verifiers.v1.types")
    asked = graph.MessageNode(message=types.UserMessage(content="?"), sampled=False)
    answered = graph.MessageNode(message=types.AssistantMessage(content=said), sampled=True, parent=0)
    about = trace.TraceTask(type=type(task).__name__, data=task.data)
    agent = trace.AgentInfo.model_construct(config=None)
    return trace.Trace.model_construct(task=about, agent=agent, nodes=[asked, answered], is_completed=True)


class Frameworks(unittest.TestCase):
    def test_sandbox_fusion_reads_our_answers(self):
        models = needed("sandbox_fusion.models")
        for code, status, mapped in (
            ("print(input())", "Success", "passed"),
            ("import sys; sys.exit(3)", "Failed", "failed"),
            ("while True: pass", "Failed", "slow"),
        ):
            request = models.RunCodeRequest(code=code, stdin="3\n", language="python", run_timeout=1)
            answer = models.RunCodeResponse(**ask("/bridges/sandbox-fusion/run_code", request.dict()))
            self.assertEqual(answer.status, status)
            mapping = models.SummaryMapping(Success="passed", Failed="failed", RunTimeout="slow")
            self.assertEqual(needed("sandbox_fusion").summary_run_code_result(answer, mapping), mapped)

    def test_openenv_reads_our_answers(self):
        types = needed("openenv.core.env_server.types")
        reset = types.ResetRequest(seed=42, episode_id="ep-1").model_dump()
        self.assertFalse(types.ResetResponse(**ask("/bridges/openenv/reset", reset)).done)
        for said, label, reward in ((RIGHT, LABEL, 1), (WRONG, LABEL, 0), (RIGHT, SLOW, None)):
            step = types.StepRequest(action={"completion": said, "label": label}, timeout_s=30).model_dump()
            answer = types.StepResponse(**ask("/bridges/openenv/step?scheme=output", step))
            self.assertEqual((answer.reward, answer.done), (reward, True))
        types.HealthResponse(**ask("/bridges/openenv/health"))
        types.State(**ask("/bridges/openenv/state"))
        types.EnvironmentMetadata(**ask("/bridges/openenv/metadata"))
        types.SchemaResponse(**ask("/bridges/openenv/schema"))

    def test_skyrl_makes_our_environment(self):
        gym = needed("skyrl_gym")
        text = needed("skyrl_gym.envs.base_text_env")
        sys.modules["assay_env"] = module = type(sys)("assay_env")
        module.AssayEnv = assay_client.skyrl_env(scheme="output")
        gym.register(id="assay", entry_point="assay_env:AssayEnv")
        for said, reward in ((RIGHT, 1), (WRONG, 0)):
            env = gym.make("assay", env_config={}, extras={"reward_spec": {"ground_truth": json.dumps(LABEL)}})
            env.init([{"role": "user", "content": "?"}])
            step = env.step(said)
            self.assertEqual((step["reward"], step["done"]), (reward, True))
            self.assertLessEqual(set(text.BaseTextEnvStepOutput.__annotations__), set(step))

    def test_verifiers_calls_our_function(self):
        vf = needed("verifiers")
        if not hasattr(vf, "Rubric"):
            self.skipTest("verifiers %s has no rubrics" % vf.__version__)
        rubric = vf.Rubric(funcs=[assay_client.verifiers_reward(scheme="output")])
        for said, reward in ((RIGHT, 1), (WRONG, 0)):
            state = {"prompt": [], "completion": [{"role": "assistant", "content": said}], "answer": LABEL}
            state.update(task="", info={}, timing={"scoring_ms": 0, "total_ms": 0}, trajectory=[])
            # Earlier versions want a semaphore.
            more = [contextlib.AsyncExitStack()] if len(inspect.signature(rubric.score_rollout).parameters) > 1 else []
            asyncio.run(rubric.score_rollout(state, *more))
            self.assertEqual(state["reward"], reward)

    def test_verifiers_v1_scores_a_task_by_our_function(self):
        vf = needed("verifiers.v1")
        os.environ["ASSAY_SCHEME"] = "output"
        self.addCleanup(os.environ.pop, "ASSAY_SCHEME")

        class Data(vf.TaskData):
            answer: dict

        class Task(vf.Task[Data, vf.State]):
            @vf.reward
            async def assay(self, trace):
                return await assay_client.verifiers_task_reward(self.data, trace)

        for said, reward in ((RIGHT, 1), (WRONG, 0)):
            trace = verifiers_trace(Task(Data(answer=LABEL)), said)
            asyncio.run(Task(Data(answer=LABEL)).score(trace))
            self.assertEqual(trace.reward, reward)

    def test_verifiers_v1_scores_by_our_nemo_gym_server(self):
        nemo = needed("verifiers.v1.tasksets.nemo_gym.taskset")
        row = {"responses_create_params": {"input": [{"role": "user", "content": "?"}]}, "verifier_metadata": LABEL}
        for said, reward in ((RIGHT, 1), (WRONG, 0)):
            config = nemo.NeMoGymTaskConfig(
                resources_url=URL + "/bridges/nemo-gym",
                headers={"Authorization": "Bearer " + os.environ["ASSAY_TOKEN"]},
            )
            task = nemo.NeMoGymTask(nemo.NeMoGymData(prompt="?", row=row), config)
            trace = verifiers_trace(task, said)
            trace.state = nemo.NeMoGymState()

            async def score():
                await task.setup(trace, None)
                await task.score(trace)

            asyncio.run(score())
            self.assertEqual(trace.reward, reward)
            self.assertEqual(trace.info["nemo_gym"]["assay_metrics"]["verified"], reward)

    def test_nemo_gym_reads_our_answers(self):
        base = needed("nemo_gym.base_resources_server")
        if hasattr(base, "ReverifyMode"):
            self.assertEqual(base.ReverifyMode(ask("/bridges/nemo-gym/reverify_mode")), base.ReverifyMode.STATELESS)
        session = base.BaseSeedSessionRequest().model_dump()
        base.BaseSeedSessionResponse(**ask("/bridges/nemo-gym/seed_session", session))
        for said, reward in ((RIGHT, 1), (WRONG, 0)):
            content = [{"type": "output_text", "text": said, "annotations": []}]
            message = {"id": "msg_1", "type": "message", "role": "assistant", "status": "completed", "content": content}
            about = {"id": "resp_1", "created_at": 0, "model": "m", "object": "response"}
            response = {**about, "output": [message], "parallel_tool_calls": False, "tool_choice": "auto", "tools": []}
            request = base.BaseVerifyRequest(responses_create_params={"input": "?"}, response=response).model_dump()
            answer = ask("/bridges/nemo-gym/verify", {**request, "verifier_metadata": LABEL})
            self.assertEqual(base.BaseVerifyResponse(**answer).reward, reward)
            self.assertEqual({**answer, **request}, answer)


if __name__ == "__main__":
    unittest.main(verbosity=2)
