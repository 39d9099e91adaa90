import { ExploreRequest, ExploreResponse } from '../../verify/explore-request.ts';
import { defineTool } from '../tool.ts';

/** The paths of a function. */
export const explorePaths = defineTool({
  name: 'explore_paths',
  title: 'Find the paths of a Python function',
  description:
    'Finds the ways through a function within bounds, each with its conditions and an input that was replayed. Good for test inputs that reach every branch. `complete` says whether there are no others.',
  input: ExploreRequest.extend({}),
  output: ExploreResponse,
  rest: 'call it again with smaller `bounds`',
  run: (input, { engine }, call) => engine.explore(input, call),
});
