import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { useDaemon } from '../http/harness.ts';
import { temporaryDirectory } from '../receipts/keys.ts';
import { run } from './harness.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RESULTS = join(ROOT, 'examples/gate/results.json');
const directory = temporaryDirectory();
const env = { ASSAY_KEYS: join(directory, 'keys') };
const receipt = join(directory, 'receipt.json');
const daemonKeys = join(directory, 'daemon');
const daemon = useDaemon({ python: ['3.14'] }, { keys: daemonKeys, canaries: ['3.14'] }, true);

const assay = (...args: string[]) => run(args, { env });

describe('assay gate', () => {
  it('answers as the README says, and its receipt holds', async () => {
    const { code, stdout, stderr } = await assay('gate', RESULTS, '--receipt', receipt);
    expect([code, stderr]).toEqual([1, '']);
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`\`\`\`\n${stdout}\`\`\``);

    const checked = await assay('receipt', 'verify', receipt, '--request', RESULTS);
    expect(checked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^good: gate: reject, signed/) });
    expect((await assay('receipt', 'verify', receipt, '--key', receipt)).code).toBe(2);

    const other = join(directory, 'other.json');
    writeFileSync(other, readFileSync(RESULTS, 'utf8').replace('[2, 4]', '[2, 5]'));
    expect(await assay('receipt', 'verify', receipt, '--request', other)).toMatchObject({
      code: 1,
      stdout: 'refused: it is about something else: the claim of doubled is another one\n',
    });

    const text = readFileSync(receipt, 'utf8');
    writeFileSync(other, text.replace(/"payload":"./, '"payload":"f'));
    expect((await assay('receipt', 'verify', other)).code).toBe(1);
  });

  it('holds with 3 what was not shown, and accepts with 0', async () => {
    const request = JSON.parse(readFileSync(RESULTS, 'utf8'));
    request.results.pop();
    request.policy = { max_age_s: 60 };
    const held = await run(['gate', '-', '--format', 'json'], { env, input: JSON.stringify(request) });
    expect([held.code, JSON.parse(held.stdout).decision]).toEqual([3, 'hold']);
    request.policy = {};
    expect((await run(['gate', '-'], { env, input: JSON.stringify(request) })).code).toBe(0);
    expect(await run(['gate', '-'], { env, input: '{}' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('/results: '),
    });
  });

  it('asks a daemon, which signs with its own key', async () => {
    const { code } = await assay('gate', RESULTS, '--daemon', daemon.url, '--receipt', receipt);
    expect(code).toBe(1);
    expect(await assay('receipt', 'verify', receipt)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('not known here'),
    });
    expect((await assay('receipt', 'verify', receipt, '--key', daemon.url)).code).toBe(0);
    expect((await assay('receipt', 'verify', receipt, '--key', join(daemonKeys, 'signing-key.json'))).code).toBe(0);
    expect((await assay('gate', RESULTS, '--daemon', 'http://127.0.0.1:9')).code).toBe(69);
  });
});

describe('assay verify --receipt', () => {
  it('signs the verdicts', async () => {
    const claims = join(ROOT, 'examples/requests/several.jsonl');
    const { code } = await assay('verify', claims, '--receipt', receipt);
    expect(code).toBe(1);
    const checked = await assay('receipt', 'verify', receipt, '--json');
    const { statement } = JSON.parse(checked.stdout);
    expect(statement.items.map(({ status }: { status: string }) => status)).toHaveLength(5);
    expect(statement).toMatchObject({
      by: 'verify',
      decision: null,
      items: [{ id: `${claims}#1`, checked: true }, {}, {}, {}, {}],
    });
  });

  it('binds a trace to the program in its prompt', async () => {
    const trace = join(ROOT, 'examples/rotate.right.cwm');
    expect((await assay('verify', trace, '--receipt', receipt)).code).toBe(0);
    const request = join(directory, 'request.json');
    const text = readFileSync(trace, 'utf8');
    writeFileSync(request, JSON.stringify({ claim: { kind: 'trace', format: 'cwm', text } }));
    expect((await assay('receipt', 'verify', receipt, '--request', request)).code).toBe(0);
    writeFileSync(
      request,
      JSON.stringify({ claim: { kind: 'trace', format: 'cwm', text: text.replace('rotate', 'r') } }),
    );
    expect((await assay('receipt', 'verify', receipt, '--request', request)).code).toBe(1);
  });

  it('does not sign what a daemon found', async () => {
    const { code, stderr } = await assay('verify', RESULTS, '--receipt', receipt, '--daemon', daemon.url);
    expect([code, stderr]).toEqual([2, expect.stringContaining('signed by whoever tests')]);
  });
});

describe('assay receipt', () => {
  it('rotates keys, and withdraws them', async () => {
    const own = { env: { ASSAY_KEYS: join(directory, 'rotated') } };
    const claim = join(ROOT, 'examples/requests/rotate.input.right.json');
    expect((await run(['verify', claim, '--receipt', receipt], own)).code).toBe(0);
    expect((await run(['receipt', 'rotate'], own)).stdout).toMatch(/^\S{43} signs from now on; \S{43} is kept/);
    expect((await run(['receipt', 'verify', receipt], own)).code).toBe(0);
    expect((await run(['verify', claim, '--receipt', receipt], own)).code).toBe(0);
    expect((await run(['receipt', 'rotate', '--withdraw'], own)).stdout).toContain('is withdrawn');
    expect((await run(['receipt', 'verify', receipt], own)).code).toBe(1);
  });

  it('refuses a key that others can read, and says what to do', async (context) => {
    context.skip(process.platform === 'win32', 'Windows has no modes');
    const keys = join(directory, 'open');
    const own = { env: { ASSAY_KEYS: keys } };
    expect((await run(['receipt', 'rotate'], own)).code).toBe(0);
    chmodSync(join(keys, 'signing-key.json'), 0o644);
    const claim = join(ROOT, 'examples/requests/rotate.input.right.json');
    expect(await run(['verify', claim, '--receipt', receipt], own)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/open to others \(mode 644\)\nfix: chmod 600 /),
    });
  });

  it('says how it is used', async () => {
    expect(await assay('receipt', 'prove')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('assay receipt'),
    });
  });
});
