import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Finding, PatchResponse } from '../check/patch-request.ts';
import { CliError } from './cli-error.ts';

const Baseline = z.strictObject({ version: z.literal(1), fingerprints: z.array(z.string()) });

/**
 * Fingerprints of findings that are known already.
 *
 * @throws {CliError} where the file is not there or is no baseline
 */
export function readBaseline(file: string): ReadonlySet<string> {
  try {
    return new Set(Baseline.parse(JSON.parse(readFileSync(file, 'utf8'))).fingerprints);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CliError(`${file}: ${missing ? 'no such file' : 'no baseline'}`, `assay check --write-baseline ${file}`);
  }
}

export function writeBaseline(file: string, findings: readonly Finding[]): void {
  const fingerprints = [...new Set(findings.map(({ fingerprint }) => fingerprint))].sort();
  writeFileSync(file, `${JSON.stringify({ version: 1, fingerprints }, null, 2)}\n`);
}

/** Whether a setting such as `AS305` or `AS305:tools/` names a finding. */
function isIgnored({ code, path }: Finding, rule: string): boolean {
  const [wanted = '', prefix] = rule.split(/:(.*)/s, 2);
  return wanted === code && (prefix === undefined || path.startsWith(prefix));
}

/** An answer without the findings that are known or to be left out; its counts are of what is left. */
export function withoutKnown(
  response: PatchResponse,
  known: ReadonlySet<string>,
  ignored: readonly string[],
): PatchResponse {
  const findings = response.findings.filter(
    (finding) => !known.has(finding.fingerprint) && !ignored.some((rule) => isIgnored(finding, rule)),
  );
  const weighing = (level: Finding['level']) => findings.filter((one) => one.level === level).length;
  const summary = {
    ...response.summary,
    errors: weighing('error'),
    warnings: weighing('warning'),
    notes: weighing('note'),
  };
  return { ...response, findings, summary };
}
