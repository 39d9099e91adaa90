import { z } from 'zod';
import { Fault } from '../../../core/fault.ts';
import { closest } from '../../config/suggest.ts';
import { codePage } from '../../report/code-page.ts';
import { CODE_TITLES } from '../../report/codes.ts';
import { defineTool } from '../tool.ts';

/** What a code means. */
export const explainCode = defineTool({
  name: 'explain_code',
  title: 'Explain a code of Assay',
  description: 'The page of a code such as AS301: what it says, why it matters, an example, how to fix it.',
  input: z.strictObject({ code: z.string().max(100) }),
  output: z.strictObject({ code: z.string(), title: z.string(), page: z.string().describe('Markdown.') }),
  rest: '`assay explain CODE` prints the whole page',
  run: ({ code: given }) => {
    const code = given.trim().toUpperCase();
    const page = codePage(code);
    const title = CODE_TITLES[code];
    if (page !== undefined && title !== undefined) return Promise.resolve({ code, title, page });
    const known = Object.keys(CODE_TITLES);
    const meant = closest(code, known);
    const message = meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`;
    return Promise.reject(new Fault('invalid-request', 'no such code', { errors: [{ path: '/code', message }] }));
  },
});
