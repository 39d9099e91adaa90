/** One instruction of a Dockerfile. */
export interface Instruction {
  readonly name: string;
  /** Everything behind the name, continued lines joined. */
  readonly text: string;
}

/** A stage: what it starts from, and its instructions behind `FROM`. */
export interface Stage {
  readonly base: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** A `COPY`: from another stage or the context, one or more sources, and where to. */
export interface Copy {
  readonly from: string | undefined;
  readonly sources: readonly string[];
  readonly target: string;
}

/**
 * Reads as much of a Dockerfile as ours have: no heredocs, no parser directives, no `ARG`.
 *
 * @throws {Error} naming a line that it does not know
 */
export function readDockerfile(text: string): Stage[] {
  const stages: { base: string; name: string | undefined; instructions: Instruction[] }[] = [];
  for (const { name, text: rest } of readInstructions(text)) {
    if (name === 'FROM') {
      const [, base = '', as] = /^(\S+)(?: AS (\S+))?$/.exec(rest) ?? [];
      if (base === '') throw new Error(`FROM ${rest}`);
      stages.push({ base, name: as, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new Error(`${name} before the first FROM`);
    stage.instructions.push({ name, text: rest });
  }
  return stages;
}

const NAMES = /^(FROM|RUN|COPY|ENV|WORKDIR|USER|EXPOSE|HEALTHCHECK|ENTRYPOINT|CMD) +(.+)$/s;

function readInstructions(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#|$)/.test(line));
  return lines
    .join('\n')
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => {
      const [, name, rest] = NAMES.exec(line) ?? [];
      if (name === undefined || rest === undefined) throw new Error(`no instruction: ${line}`);
      return { name, text: rest };
    });
}

/** The text of each instruction of a name, in order. */
export function textsOf({ instructions }: Stage, name: string): string[] {
  return instructions.filter((one) => one.name === name).map(({ text }) => text);
}

export function readCopy(text: string): Copy {
  const words = text.split(/ +/);
  const from = words[0]?.startsWith('--from=') === true ? words.shift()?.slice('--from='.length) : undefined;
  const target = words.pop();
  if (target === undefined || words.length === 0 || words.some((word) => word.startsWith('--'))) {
    throw new Error(`COPY ${text}`);
  }
  return { from, sources: words, target };
}

/** Variables that a stage sets. */
export function variablesOf(stage: Stage): Record<string, string> {
  const pairs = textsOf(stage, 'ENV').flatMap((text) => text.split(/ +/));
  return Object.fromEntries(pairs.map((pair) => pair.split('=', 2) as [string, string]));
}

/** Whether a `.dockerignore` of plain names, `!name` and `**\/name` lets a path into the context. */
export function inContext(ignore: string, path: string): boolean {
  let kept = true;
  for (const line of ignore.split('\n')) {
    const rule = line.trim();
    if (rule === '' || rule.startsWith('#')) continue;
    const pattern = rule.replace(/^!/, '');
    if (matches(pattern, path)) kept = rule.startsWith('!');
  }
  return kept;
}

function matches(pattern: string, path: string): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('**/')) return path.split('/').includes(pattern.slice(3));
  if (pattern.includes('*')) throw new Error(`.dockerignore: ${pattern}`);
  return path === pattern || path.startsWith(`${pattern}/`);
}
