import { resultObject } from './jsonl.ts';
import type { Renderer } from './result.ts';

/** Version of the document's form. Fields may be added under the same version. */
const VERSION = 1;

/** One JSON document: `{"version": 1, "results": [{"file", …verify response}], "summary": {…}}`. */
export function json(): Renderer {
  return {
    result: (result, index) => {
      const opening = index === 0 ? `{"version": ${VERSION}, "results": [\n` : ',\n';
      return opening + JSON.stringify(resultObject(result));
    },
    end: (summary) => {
      const opening = summary.items === 0 ? `{"version": ${VERSION}, "results": [` : '';
      return `${opening}\n], "summary": ${JSON.stringify(summary)}}\n`;
    },
  };
}
