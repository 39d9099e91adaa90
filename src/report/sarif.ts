import { createHash } from 'node:crypto';
import type { CodeFlow, Location, Log, ReportingDescriptor, Result as SarifResult } from 'sarif';
import { VERSION } from '../config/version.ts';
import { CODE_TITLES } from './codes.ts';
import { diagnosticOf } from './diagnostic.ts';
import type { Renderer, Result } from './result.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const WIDTH = 200;
/** What GitHub takes of one run. */
const MOST_RESULTS = 5000;

/** SARIF 2.1.0, one run. Findings keep their fingerprints wherever they move, so that a reader knows them again. */
export function sarif(): Renderer {
  const results: SarifResult[] = [];
  const rules = new Map<string, ReportingDescriptor>();
  return {
    result: (result) => {
      const found = resultOf(result);
      if (found !== undefined && results.length < MOST_RESULTS) {
        const { ruleId = 'AS000' } = found;
        if (!rules.has(ruleId)) rules.set(ruleId, ruleOf(ruleId));
        results.push(found);
      }
      return '';
    },
    end: () => {
      const driver = { name: 'assay', version: VERSION, rules: [...rules.values()] };
      const log: Log = {
        $schema: SCHEMA,
        version: '2.1.0',
        runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
      };
      return `${JSON.stringify(log, null, 1)}\n`;
    },
  };
}

function ruleOf(code: string): ReportingDescriptor {
  const title = CODE_TITLES[code] ?? 'A request without a verdict';
  return { id: code, shortDescription: { text: title }, help: { text: `assay explain ${code}` } };
}

const LEVELS = { error: 'error', warning: 'warning', note: 'note' } as const;

function resultOf(result: Result): SarifResult | undefined {
  const { subject } = result;
  if ('problem' in result) {
    return {
      ruleId: 'AS000',
      level: 'error',
      message: { text: result.problem.detail },
      locations: [locationAt(subject.name, null)],
    };
  }
  const diagnostic = diagnosticOf(result, WIDTH);
  if (diagnostic === null) return undefined;
  const file = subject.program?.name ?? subject.name;
  const line = diagnostic.line === null ? null : diagnostic.line + (subject.program?.lineOffset ?? 0);
  const { code, mark, headline, notes, help, labels } = diagnostic;
  const finding = 'finding' in result ? result.finding : undefined;
  const flow = finding?.flow ?? labels.map((text) => ({ path: file, line: line ?? 1, text }));
  return {
    ruleId: code,
    level: finding === undefined ? (mark === 'wrong' ? 'error' : 'note') : LEVELS[finding.level],
    message: { text: [headline, ...notes, ...(help === null ? [] : [help])].join('\n') },
    locations: [locationAt(file, line)],
    partialFingerprints: { 'assay/v1': finding?.fingerprint ?? fingerprint(code, file, headline) },
    ...(flow.length > 0 && { codeFlows: [flowOf(flow)] }),
  };
}

function fingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}

function locationAt(path: string, line: number | null, text?: string): Location {
  return {
    physicalLocation: {
      artifactLocation: { uri: path.split('/').map(encodeURIComponent).join('/') },
      ...(line !== null && { region: { startLine: line } }),
    },
    ...(text !== undefined && { message: { text } }),
  };
}

function flowOf(flow: readonly { path: string; line: number; text: string }[]): CodeFlow {
  const locations = flow.map(({ path, line, text }, index) => ({
    executionOrder: index + 1,
    location: locationAt(path, line, text),
  }));
  return { threadFlows: [{ locations }] };
}
