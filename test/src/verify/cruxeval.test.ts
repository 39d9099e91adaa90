import { describe, expect, it } from 'vitest';
import type { TraceClaim } from '../../../core/claim.ts';
import { PYTHON_VERSIONS } from '../../../core/program.ts';
import type { VerifyRequest } from '../../../core/verdict.ts';
import { renderPrompt } from '../../../neural/formats/cwm/prompt.ts';
import { createServer } from '../../../src/http/server.ts';
import { type CruxevalRow, calledProgram, loadCruxeval, promptedSource, WITHOUT_CRUXEVAL } from './cruxeval.ts';
import { useEngine, verdictOf } from './engine.ts';
import { asIds, asJson, asStripped, asTagged } from './trace-forms.ts';

const engine = useEngine();
const rows = loadCruxeval();
const MINUTE = 60_000;

/** Asks for each row at once; gives the rows whose answer is not as expected. */
async function exceptions(
  requestsOf: (row: CruxevalRow) => Promise<readonly VerifyRequest[]>,
): Promise<readonly string[]> {
  const found = await Promise.all(
    rows.map(async (row) => {
      const requests = await requestsOf(row);
      const answers = await Promise.all(requests.map((request) => engine.assay.verify(request)));
      return answers
        .filter(({ status, frames }) => status !== 'verified' || frames.stepped_over > 0)
        .map((answer) => `${row.id}: ${JSON.stringify(verdictOf(answer))} ${answer.message}`);
    }),
  );
  return found.flat();
}

describe('CRUXEval', () => {
  for (const python of PYTHON_VERSIONS) {
    it(`verifies its own traces under ${python}, in every format`, { timeout: 3 * MINUTE }, async ({ skip }) => {
      if (WITHOUT_CRUXEVAL !== undefined) return skip(WITHOUT_CRUXEVAL);
      expect(rows).toHaveLength(800);
      const wrong = await exceptions(async (row) => {
        const program = calledProgram(row, python);
        const [cwm, json] = await Promise.all([
          engine.assay.trace({ program, format: 'cwm' }),
          engine.assay.trace({ program, format: 'json' }),
        ]);
        const tagged = cwm.text ?? '';
        const claims: TraceClaim[] = [asTagged(tagged), asStripped(tagged), asIds(tagged), asJson(json.frames ?? [])];
        return claims.map((claim) => ({ program, claim }));
      });
      expect(wrong).toEqual([]);
    });

    it(`knows what its programs return under ${python}`, { timeout: MINUTE }, async ({ skip }) => {
      if (WITHOUT_CRUXEVAL !== undefined) return skip(WITHOUT_CRUXEVAL);
      const wrong = await exceptions(async (row) => [
        { program: calledProgram(row, python), claim: { kind: 'output', returns: row.output } },
      ]);
      expect(wrong).toEqual([]);
    });
  }

  it('verifies prompt and trace as one text, through a batch over HTTP', { timeout: 2 * MINUTE }, async ({ skip }) => {
    if (WITHOUT_CRUXEVAL !== undefined) return skip(WITHOUT_CRUXEVAL);
    const items = await Promise.all(
      rows.map(async (row): Promise<VerifyRequest> => {
        const source = promptedSource(row);
        const { text = '' } = await engine.assay.trace({ program: { source }, format: 'cwm' });
        return { claim: asTagged(renderPrompt(source) + text) };
      }),
    );
    const server = createServer(engine.assay);
    try {
      const reply = await server.inject({ method: 'POST', url: '/v1/verify/batch', payload: { items } });
      expect(reply.statusCode).toBe(200);
      const lines = reply.payload
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      const { summary } = lines.pop();
      expect(lines.filter(({ status }) => status !== 'verified')).toEqual([]);
      expect(new Set(lines.map(({ index }) => index)).size).toBe(800);
      expect(summary).toEqual({
        items: 800,
        verified: 800,
        corrected: 0,
        refuted: 0,
        incomplete: 0,
        inconclusive: 0,
        errors: 0,
      });
    } finally {
      await server.close();
    }
  });
});
