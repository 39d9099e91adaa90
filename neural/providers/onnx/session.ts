import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { PredictorError } from '../../predictor.ts';

/** What computes, as an ONNX Runtime execution provider. */
export type Execution = 'cuda' | 'cpu';

/** A model that is ready to run, and what runs it. */
export interface LoadedModel {
  readonly session: InferenceSession;
  readonly execution: Execution;
}

export interface LoadOptions {
  /** `auto` takes CUDA where it works, the CPU where not. */
  readonly device: Execution | 'auto';
  /** Processors for one run on the CPU; half of the machine's by default. */
  readonly threads: number | undefined;
}

/**
 * Loads a model from a file.
 *
 * @throws {PredictorError} `unavailable` where the library or the device is not there, `unsuited` where the file is no model
 */
export async function loadModel(file: string, { device, threads }: LoadOptions): Promise<LoadedModel> {
  const runtime = await import('onnxruntime-node').catch((cause: unknown) => {
    throw new PredictorError('unavailable', 'onnxruntime-node cannot be loaded on this platform', { cause });
  });
  const create = async (execution: Execution): Promise<LoadedModel> => ({
    session: await runtime.InferenceSession.create(file, {
      executionProviders: [execution],
      intraOpNumThreads: threads ?? Math.max(1, Math.floor(availableParallelism() / 2)),
      logSeverityLevel: 3,
      extra: {
        session: {
          // Threads that wait by spinning take the processors that replay programs.
          intra_op: { allow_spinning: '0' },
          // Weights of 8 bits become floats once; by default their products round the other factor to 8 bits too.
          disable_quant_qdq: '1',
        },
      },
    }),
    execution,
  });
  if (device !== 'cpu' && hasCudaLibraries()) {
    try {
      return await create('cuda');
    } catch (cause) {
      if (device === 'cuda') throw new PredictorError('unavailable', 'CUDA does not start', { cause });
    }
  }
  if (device === 'cuda') throw new PredictorError('unavailable', 'onnxruntime-node has no CUDA libraries here');
  try {
    return await create('cpu');
  } catch (cause) {
    throw new PredictorError('unsuited', 'the file is no ONNX model that can be run', { cause });
  }
}

/**
 * Whether the library's CUDA part was installed. The library names CUDA among its back ends wherever it could be added, and
 * prints an error where it then is not there.
 */
function hasCudaLibraries(): boolean {
  const home = join(dirname(createRequire(import.meta.url).resolve('onnxruntime-node')), '..');
  try {
    const files = readdirSync(join(home, 'bin', 'napi-v6', process.platform, process.arch));
    return files.some((name) => name.includes('onnxruntime_providers_cuda'));
  } catch {
    return false;
  }
}
