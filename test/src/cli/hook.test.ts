import { describe, expect, it } from 'vitest';
import { findingOf } from '../../../src/check/finding.ts';
import { AGENT_HOOKS } from '../../../src/cli/agent-hooks.ts';
import { Repository } from '../../bridges/git/repository.ts';
import { run } from './harness.ts';

const FINDING = findingOf('endless', { path: 'a.py', line: 3, message: 'it hangs', help: 'look at the loop' });

/** Events as the agents send them, with fields that do not matter here. */
const CLAUDE = {
  commit: {
    session_id: 's1',
    transcript_path: '/t.jsonl',
    cwd: '/work',
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command: 'cd /work && git -c x=y commit -m "mend"', description: 'commit' },
  },
  list: {
    cwd: '/work',
    hook_event_name: 'PreToolUse',
    tool_name: 'Bash',
    tool_input: { command: 'git log; ls commit' },
  },
  edit: { cwd: '/work', hook_event_name: 'PostToolUse', tool_name: 'Edit', tool_input: { file_path: '/work/a.py' } },
  note: { cwd: '/work', hook_event_name: 'PostToolUse', tool_name: 'Edit', tool_input: { file_path: '/work/a.md' } },
  stop: { cwd: '/work', hook_event_name: 'Stop', stop_hook_active: false },
  again: { cwd: '/work', hook_event_name: 'Stop', stop_hook_active: true },
  other: { cwd: '/work', hook_event_name: 'SessionStart', source: 'startup' },
};
const CURSOR = {
  commit: {
    conversation_id: 'c1',
    generation_id: 'g1',
    hook_event_name: 'beforeShellExecution',
    workspace_roots: ['/work'],
    command: 'git commit -am mend',
    cwd: '/work',
  },
  list: { hook_event_name: 'beforeShellExecution', workspace_roots: ['/work'], command: 'ls' },
  stop: { hook_event_name: 'stop', workspace_roots: ['/work'], status: 'completed', loop_count: 0 },
  again: { hook_event_name: 'stop', workspace_roots: ['/work'], status: 'completed', loop_count: 1 },
  aborted: { hook_event_name: 'stop', workspace_roots: ['/work'], status: 'aborted', loop_count: 0 },
};

/** Milliseconds. Each of these tests starts the command a few times. */
const SLOW = 120_000;

describe('hooks of agents', () => {
  const claude = AGENT_HOOKS['claude-code'];
  const cursor = AGENT_HOOKS.cursor;

  it.each([
    ['commit', { directory: '/work', staged: true, event: 'PreToolUse' }],
    ['list', undefined],
    ['edit', { directory: '/work', staged: false, event: 'PostToolUse' }],
    ['note', undefined],
    ['stop', { directory: '/work', staged: false, event: 'Stop' }],
    ['again', undefined],
    ['other', undefined],
  ] as const)('Claude Code: what %s asks for', (name, task) => {
    expect(claude?.read(CLAUDE[name])).toEqual(task);
  });

  it.each([
    ['commit', { directory: '/work', staged: true, event: 'beforeShellExecution' }],
    ['list', undefined],
    ['stop', { directory: '/work', staged: false, event: 'stop' }],
    ['again', undefined],
    ['aborted', undefined],
  ] as const)('Cursor: what %s asks for', (name, task) => {
    expect(cursor?.read(CURSOR[name])).toEqual(task);
  });

  it('Claude Code is blocked by exit code 2, with the findings on standard error', () => {
    const task = claude?.read(CLAUDE.commit);
    expect(claude?.answer(task, [FINDING])).toEqual({
      stdout: '',
      stderr: 'assay check found:\nAS308 a.py:3: it hangs (look at the loop)\n',
      exitCode: 2,
    });
    expect(claude?.answer(task, [])).toEqual({ stdout: '', stderr: '', exitCode: 0 });
    const many = claude?.answer(
      task,
      Array.from({ length: 14 }, () => FINDING),
    );
    expect(many?.stderr).toContain('and 4 more');
  });

  it('Cursor is denied a commit, and asked for more work at the end', () => {
    const denied = cursor?.answer(cursor.read(CURSOR.commit), [FINDING]);
    expect(denied).toMatchObject({ exitCode: 2 });
    expect(JSON.parse(denied?.stdout ?? '')).toMatchObject({
      permission: 'deny',
      agent_message: expect.stringContaining('AS308'),
    });
    expect(cursor?.answer(cursor.read(CURSOR.commit), []).stdout).toBe('{"permission":"allow"}\n');
    expect(cursor?.answer(cursor.read(CURSOR.list), []).stdout).toBe('{}\n');
    const stopped = cursor?.answer(cursor.read(CURSOR.stop), [FINDING]);
    expect(stopped).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(stopped?.stdout ?? '')).toEqual({ followup_message: expect.stringContaining('AS308') });
  });

  it('the command checks what the event speaks of', { timeout: SLOW }, async () => {
    const repository = new Repository().write('a.py', 'def f(x: int):\n    return x\n').commit();
    repository.write('a.py', 'import os\n\n\ndef f(x: int):\n    return os.environ.get("HOME") and x\n');
    repository.git('add', 'a.py');
    const event = JSON.stringify({ ...CLAUDE.commit, cwd: repository.directory });
    const blocked = await run(['hook', 'claude-code'], { input: event });
    expect(blocked).toMatchObject({ code: 2, stdout: '' });
    expect(blocked.stderr).toContain('AS311 a.py');
    const passing = await run(['hook', 'cursor'], { input: JSON.stringify(CURSOR.list) });
    expect(passing).toEqual({ code: 0, stdout: '{}\n', stderr: '' });
  });

  it('an event that cannot be read, or a daemon that is not there, does not block', { timeout: SLOW }, async () => {
    const unread = await run(['hook', 'claude-code'], { input: 'no event' });
    expect(unread.code).toBe(1);
    const away = ['hook', 'cursor', '--daemon', 'http://127.0.0.1:9'];
    const repository = new Repository().write('a.py', 'x = 1\n').commit().write('a.py', 'x = 2\n');
    const event = JSON.stringify({ ...CURSOR.stop, workspace_roots: [repository.directory] });
    expect((await run(away, { input: event })).code).toBe(69);
    expect(await run([...away, '--on-unavailable', 'pass'], { input: event })).toMatchObject({
      code: 0,
      stdout: '{}\n',
    });
  });
});
