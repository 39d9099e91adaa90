import { describe, expect, it } from 'vitest';
import { NO_REWARD_METRICS } from '../../../../src/reward/metrics.ts';
import { useDaemon } from '../harness.ts';
import { GARBAGE, PROGRAM, RIGHT, TASK, traceOf, WRONG } from './tasks.ts';

const daemon = useDaemon({ workers: 2 });
const KEYS = Object.keys(NO_REWARD_METRICS).sort();

async function post(url: string, payload: unknown) {
  const answer = await daemon.server.inject({
    method: 'POST',
    url: `/bridges/${url}`,
    payload: JSON.stringify(payload),
    headers: { 'content-type': 'application/json' },
  });
  return { status: answer.statusCode, body: answer.json(), type: answer.headers['content-type'] };
}

const SLOW = {
  program: { ...PROGRAM, source: 'def f(x):\n    while sum(range(100_000)):\n        pass\n' },
};

describe('a bridge whose address says no scheme', () => {
  const outputs = useDaemon({ workers: 1 }, { bridgeScheme: 'output' });
  const ask = async (query: string) => {
    const output = [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: RIGHT }] }];
    const answer = await outputs.server.inject({
      method: 'POST',
      url: `/bridges/nemo-gym/verify${query}`,
      payload: { responses_create_params: { input: [] }, response: { output }, verifier_metadata: TASK },
    });
    return answer.json().reward;
  };

  it('rewards as the daemon was told, and another one as it says', async () => {
    expect([await ask(''), await ask('?scheme=output'), await ask('?scheme=exact')]).toEqual([1, 1, 0]);
  });
});

describe('OpenRLHF', () => {
  const PROMPT = '<|im_start|>user\nWhat is 1+1?<|im_end|>\n<|im_start|>assistant\n';
  const ask = (responses: readonly string[], label: unknown, query = 'scheme=output') =>
    post(`openrlhf/get_reward?${query}`, {
      query: responses.map((text) => `${PROMPT}${text}<|im_end|>\n<|endoftext|>`),
      prompts: responses.map(() => PROMPT),
      labels: responses.map(() => label),
    });

  it('rewards its own first example, whose label is the result', async () => {
    const { status, body } = await post('openrlhf/get_reward', {
      query: [`${PROMPT}2<|im_end|>`],
      prompts: [PROMPT],
      labels: ['2'],
    });
    expect([status, body.rewards, body.scores]).toEqual([200, [1], [1]]);
    expect(Object.keys(body).sort()).toEqual(['extra_logs', 'rewards', 'scores']);
  });

  it('rewards claims about a program, which the label holds as JSON text', async () => {
    const { body } = await ask([RIGHT, WRONG, 'no idea', `${RIGHT} or ${WRONG}`], JSON.stringify(TASK));
    expect(body.rewards).toEqual([1, 0, 0, 0]);
    expect(Object.keys(body.extra_logs).sort()).toEqual(KEYS);
    for (const values of Object.values(body.extra_logs)) {
      expect(values).toHaveLength(4);
      expect((values as unknown[]).filter((value) => typeof value !== 'number')).toEqual([]);
    }
  });

  it('does not take a claim out of the prompt', async () => {
    const prompt = `Such as ${RIGHT}.\nNow you:\n`;
    const { body } = await post('openrlhf/get_reward?scheme=output', {
      query: [`${prompt}pass`, ` ${prompt.replace('\n', ' ')}${RIGHT}`],
      prompts: [prompt, prompt],
      labels: [TASK, TASK],
    });
    expect(body.rewards).toEqual([0, 1]);
  });

  it('answers empty lists at once, with the same keys', async () => {
    const { status, body } = await post('openrlhf/get_reward', { query: [], prompts: [], labels: [] });
    expect([status, body.rewards, body.scores]).toEqual([200, [], []]);
    expect(Object.keys(body.extra_logs).sort()).toEqual(KEYS);
    expect(Object.values(body.extra_logs).flat()).toEqual([]);
  });

  it('scores garbage 0', async () => {
    const { status, body } = await ask(GARBAGE, TASK);
    expect([status, body.rewards]).toEqual([200, GARBAGE.map(() => 0)]);
    const plain = await ask(GARBAGE, '[1, 2]');
    expect([plain.status, plain.body.rewards]).toEqual([200, GARBAGE.map(() => 0)]);
  });

  it('gives a number where nothing was shown', async () => {
    expect((await ask([RIGHT], SLOW)).body.rewards).toEqual([0]);
    expect((await ask([RIGHT, WRONG], SLOW, 'scheme=output&on_inconclusive=floor&floor=0.25')).body.rewards).toEqual([
      0.25, 0.25,
    ]);
  });

  it.each([
    ['lists of unlike length', { query: ['a'], prompts: [], labels: ['1'] }, '/prompts'],
    ['another prompt', { query: ['a'], prompts: ['b'], labels: ['1'] }, '/query/0'],
    ['no label', { query: ['a'], prompts: ['a'], labels: [null] }, '/labels/0'],
    ['a program that is none', { query: ['a'], prompts: ['a'], labels: [{ program: {} }] }, '/labels/0/program/source'],
    ['no lists', { query: 'a' }, '/labels'],
  ])('a wrong data set is named: %s', async (_name, payload, path) => {
    const { status, body } = await post('openrlhf/get_reward', payload);
    expect(status).toBe(400);
    expect(body.errors.map((error: { path: string }) => error.path)).toContain(path);
  });
});

describe('slime', () => {
  it.each([
    ['text', 'What is f(3)?'],
    ['chat messages', [{ role: 'user', content: 'What is f(3)?' }]],
  ])('answers a bare number to a prompt of %s', async (_name, prompt) => {
    for (const [response, reward] of [
      [RIGHT, 1],
      [WRONG, 0],
    ] as const) {
      const { status, body, type } = await post('slime/rm?scheme=output', { prompt, response, label: TASK });
      expect([status, body, type]).toEqual([200, reward, 'application/json; charset=utf-8']);
    }
    expect((await post('slime/rm', { prompt, response: 'so: 2', label: '2' })).body).toBe(0);
    expect((await post('slime/rm', { prompt, response: 'so:\n2', label: 2 })).body).toBe(1);
    expect((await post('slime/rm', { prompt, response: "{'a': {1}}", label: "{'a':{1}}" })).body).toBe(1);
  });

  it('scores traces by the scheme that its address names', async () => {
    const ask = (scheme: string, y: string) =>
      post(`slime/rm?scheme=${scheme}`, { prompt: '', response: traceOf(y), label: JSON.stringify(TASK) });
    expect((await ask('exact', '4')).body).toBe(1);
    expect((await ask('exact', '5')).body).toBe(0);
    expect((await ask('prefix', '5')).body).toBe(0.5);
    // A result alone is no trace.
    expect((await post('slime/rm', { prompt: '', response: RIGHT, label: TASK })).body).toBe(0);
  });

  it('scores garbage 0, and refuses what no model wrote', async () => {
    for (const response of GARBAGE) {
      const { status, body } = await post('slime/rm', { prompt: '', response, label: TASK });
      expect([status, body]).toEqual([200, 0]);
    }
    expect((await post('slime/rm', { prompt: '', label: TASK })).status).toBe(400);
    expect((await post('slime/rm?scheme=best', { prompt: '', response: '', label: '1' })).body.errors).toEqual([
      expect.objectContaining({ path: '/scheme' }),
    ]);
  });
});

describe('NeMo Gym', () => {
  const rollout = (text: string, metadata: unknown = TASK, rest: object = {}) => ({
    responses_create_params: { input: [{ role: 'user', content: 'Predict the trace of f(3)' }] },
    response: {
      id: 'resp_1',
      created_at: 1,
      model: 'm',
      object: 'response',
      parallel_tool_calls: true,
      tool_choice: 'auto',
      tools: [],
      output: [
        { id: 'rs_1', type: 'reasoning', summary: [] },
        {
          id: 'msg_1',
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text, annotations: [] }],
        },
      ],
    },
    verifier_metadata: metadata,
    ...rest,
  });

  it('answers with the request and its reward', async () => {
    const request = rollout(RIGHT, TASK, { _ng_rollout_id: 7 });
    const { status, body } = await post('nemo-gym/verify?scheme=output', request);
    expect(status).toBe(200);
    expect(body).toEqual({ ...request, reward: 1, assay_status: 'verified', assay_metrics: expect.anything() });
    expect(Object.keys(body.assay_metrics).sort()).toEqual(KEYS);
    expect((await post('nemo-gym/verify?scheme=output', rollout(WRONG))).body).toMatchObject({ reward: 0 });
    expect(
      (await post('nemo-gym/verify?scheme=output', { ...rollout(''), response: { output: [] } })).body.reward,
    ).toBe(0);
  });

  it('says that nothing was shown in the way that keeps a rollout out of the metrics', async () => {
    const { status, body } = await post('nemo-gym/verify?scheme=output', rollout(RIGHT, SLOW));
    expect(status).toBe(200);
    expect(body).toMatchObject({ reward: 0, _ng_failure_class: 'judge_failed', _ng_failure_judge_error: 'budget' });
    const again = await post('nemo-gym/verify?scheme=output', { ...body, verifier_metadata: TASK });
    expect(again.body.reward).toBe(1);
    expect(again.body).not.toHaveProperty('_ng_failure_class');
    const zero = await post('nemo-gym/verify?scheme=output&on_inconclusive=zero', rollout(RIGHT, SLOW));
    expect(zero.body).not.toHaveProperty('_ng_failure_class');
  });

  it('scores garbage 0', async () => {
    for (const text of GARBAGE) {
      const { status, body } = await post('nemo-gym/verify', rollout(text));
      expect([status, body.reward, body._ng_failure_class]).toEqual([200, 0, undefined]);
    }
  });

  it('has sessions without a state', async () => {
    expect(await post('nemo-gym/seed_session', rollout('x'))).toMatchObject({ status: 200, body: {} });
    expect((await daemon.server.inject('/bridges/nemo-gym/reverify_mode')).json()).toBe('stateless');
  });
});

describe('OpenEnv', () => {
  it('has episodes of one step', async () => {
    const reset = await post('openenv/reset', { seed: 42, episode_id: 'ep-1' });
    expect(reset.body).toEqual({ observation: expect.anything(), reward: null, done: false });
    const action = { completion: RIGHT, label: TASK };
    const { status, body } = await post('openenv/step?scheme=output', { action, timeout_s: 30, request_id: 'r-1' });
    expect([status, body.reward, body.done]).toEqual([200, 1, true]);
    expect(Object.keys(body.observation)).toEqual(Object.keys(reset.body.observation));
    expect(Object.keys(body.observation.metrics).sort()).toEqual(Object.keys(reset.body.observation.metrics).sort());
    const chat = [{ role: 'assistant', content: WRONG }];
    expect((await post('openenv/step?scheme=output', { action: { ...action, completion: chat } })).body.reward).toBe(0);
  });

  it('leaves a reward out where nothing was shown', async () => {
    const action = { completion: RIGHT, label: SLOW };
    expect((await post('openenv/step?scheme=output', { action })).body).toMatchObject({
      reward: null,
      done: true,
      observation: { status: 'inconclusive', why: 'budget' },
    });
  });

  it('scores garbage 0, and refuses what is no action', async () => {
    for (const completion of [...GARBAGE, null, 3, {}, [], [{}], [null], [{ role: 'assistant' }]]) {
      const { status, body } = await post('openenv/step', { action: { completion, label: TASK } });
      expect([status, body.reward]).toEqual([200, 0]);
    }
    expect((await post('openenv/step', { action: { move: 1 } })).status).toBe(400);
  });

  it('describes itself', async () => {
    const get = async (url: string) => (await daemon.server.inject(`/bridges/openenv/${url}`)).json();
    expect(await get('health')).toEqual({ status: 'healthy' });
    expect(await get('state')).toEqual({ episode_id: null, step_count: 0 });
    expect(await get('metadata')).toMatchObject({ name: 'assay' });
    expect(await get('schema')).toMatchObject({
      action: { properties: { completion: {}, label: {} } },
      observation: {},
      state: {},
    });
  });
});
