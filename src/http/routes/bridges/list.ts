import type { Route } from '../route.ts';
import { nemoGymRoutes } from './nemo-gym.ts';
import { openR1Routes } from './open-r1.ts';
import { openEnvRoutes } from './openenv.ts';
import { openRlhfRoute } from './openrlhf.ts';
import { sandboxFusionRoute } from './sandbox-fusion.ts';
import { slimeRoute } from './slime.ts';

/** The routes that speak as trainers do. A new one is a file beside this one and a line here. */
export const BRIDGE_ROUTES: readonly Route[] = [
  openRlhfRoute,
  slimeRoute,
  nemoGymRoutes,
  openEnvRoutes,
  sandboxFusionRoute,
  openR1Routes,
];
