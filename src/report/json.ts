import { resultObject } from './jsonl.ts';
import type { Renderer } from './result.ts';

/** Version of the document's form. Fields may be added under the same version. */
const VERSION = 1;

/** One JSON document: `{"version": 1, "results": [{"file", …verify response}], "summary": {…}}`. */
export function json(): Renderer {
  let begun = false;
  return {
    result: (result) => {
      const opening = begun ? ',\n' : `{"version": ${VERSION}, "results": [\n`;
      begun = true;
      return opening + JSON.stringify(resultObject(result));
    },
    end: (summary) => {
      const opening = !begun ? `{"version": ${VERSION}, "results": [` : '';
      return `${opening}\n], "summary": ${JSON.stringify(summary)}}\n`;
    },
  };
}
