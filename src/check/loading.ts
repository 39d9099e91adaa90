import type { Outcome } from '../../core/trace.ts';
import { findingOf } from './finding.ts';
import type { Finding } from './patch-request.ts';
import type { SessionRun } from './runner.ts';
import { endOf } from './wording.ts';

/** What importing both versions of a module showed. */
export interface Loading {
  /** Both can be run. */
  readonly comparable: boolean;
  readonly findings: readonly Finding[];
}

/** Whether a failing import says something about the sandbox and not about the module. */
function isForeign(outcome: Outcome): boolean {
  if (outcome.kind === 'halted') return outcome.reason !== 'tampered';
  return (
    outcome.kind === 'raised' &&
    ['ModuleNotFoundError', 'ImportError', 'FileNotFoundError', 'OSError'].includes(outcome.type)
  );
}

function why(outcome: Outcome): string {
  if (outcome.kind === 'raised' && outcome.type === 'ModuleNotFoundError') {
    return `it imports ${/'([^']*)'/.exec(outcome.message)?.[1] ?? 'a module'}, which the sealed interpreter does not have`;
  }
  return `importing it ${endOf(outcome)}`;
}

/** Judges how both versions of a module import. */
export function judgeLoading(path: string, base: SessionRun, head: SessionRun): Loading {
  const findings: Finding[] = [];
  if (!head.loaded) findings.push(failure(path, base, head.ended));
  else if (!base.loaded) {
    findings.push(
      findingOf('cannot-run', { path, message: `the old version cannot be run: ${why(base.ended)}`, key: 'base' }),
    );
  }
  const added = head.files.filter((file) => !base.files.includes(file));
  if (head.loaded && added.length > 0) {
    findings.push(
      findingOf('effect', {
        path,
        message: `importing the module now writes ${added.join(', ')}`,
        key: 'import files',
      }),
    );
  }
  if (head.loaded && base.loaded && head.stdout !== base.stdout) {
    const message = `importing the module now prints ${JSON.stringify(head.stdout.slice(0, 200))}`;
    findings.push(findingOf('effect', { path, message, key: 'import stdout' }));
  }
  return { comparable: base.loaded && head.loaded, findings };
}

function failure(path: string, base: SessionRun, ended: Outcome): Finding {
  if (ended.kind === 'halted' && ended.reason === 'tampered') {
    return findingOf('tampers', { path, message: `importing the module ${endOf(ended)}`, key: 'import' });
  }
  if (!isForeign(ended) && base.loaded) {
    return findingOf('does-not-import', { path, message: `importing the module ${endOf(ended)}`, key: 'import' });
  }
  return findingOf('cannot-run', {
    path,
    message: `the module cannot be run here: ${why(ended)}`,
    help: 'its functions are not compared; everything else is',
    key: 'head',
  });
}
