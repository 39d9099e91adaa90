import type { Scenario } from '../scenario.ts';
import { boot, firstBoot } from './boot.ts';
import { check } from './check.ts';
import { checkMany } from './check-many.ts';
import { cpythonForking } from './cpython-forking.ts';
import { cpythonInProcess } from './cpython-in-process.ts';
import { cpythonOneProcess } from './cpython-one-process.ts';
import { httpBatch } from './http-batch.ts';
import { inProcess } from './in-process.ts';
import { longTrace, longTraceCPython } from './long-trace.ts';
import { memory } from './memory.ts';
import { nano } from './nano.ts';
import { rewardsBatch, rewardsCPython, rewardsKept, rewardsShared, rewardsUnshared } from './rewards.ts';
import { rewardsPaced } from './rewards-paced.ts';
import { solver } from './solver.ts';
import { stages } from './stages.ts';
import { symbolic } from './symbolic.ts';

/** Every row, in the order in which a round goes through them: what is compared stands close together. */
export const SCENARIOS: readonly Scenario[] = [
  inProcess(1),
  cpythonForking,
  httpBatch(1),
  cpythonOneProcess,
  cpythonInProcess,
  inProcess(2),
  httpBatch(2),
  rewardsUnshared,
  rewardsShared,
  rewardsKept,
  rewardsBatch,
  rewardsPaced,
  rewardsCPython,
  stages,
  boot('3.10'),
  boot('3.14'),
  firstBoot('3.10'),
  firstBoot('3.14'),
  memory,
  longTrace,
  longTraceCPython,
  solver,
  check,
  checkMany,
  symbolic,
  nano,
];
