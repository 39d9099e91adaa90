import { BRIDGE_ROUTES } from './bridges/list.ts';
import { exploreRoute } from './explore.ts';
import { gateRoute } from './gate.ts';
import { healthRoutes } from './health.ts';
import { jwksRoute } from './jwks.ts';
import { mcpRoute } from './mcp.ts';
import { metricsRoute } from './metrics.ts';
import { patchRoute } from './patch.ts';
import { rewardRoute } from './reward.ts';
import type { Route } from './route.ts';
import { simulateRoute } from './simulate.ts';
import { traceRoute } from './trace.ts';
import { verifyRoute } from './verify.ts';
import { verifyBatchRoute } from './verify-batch.ts';

/** Every route of the daemon. A new one is a file beside this one and a line here. */
export const ROUTES: readonly Route[] = [
  verifyRoute,
  verifyBatchRoute,
  traceRoute,
  exploreRoute,
  simulateRoute,
  rewardRoute,
  patchRoute,
  gateRoute,
  jwksRoute,
  mcpRoute,
  healthRoutes,
  metricsRoute,
  ...BRIDGE_ROUTES,
];
