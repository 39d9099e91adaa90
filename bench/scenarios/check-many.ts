import { PatchedRepository } from '../patched-repository.ts';
import type { Scenario } from '../scenario.ts';

const FILES = 200;
const UNITS = { wall: 's' } as const;

/** A patch of two hundred modules, of which every other one differs: the command from its start to its end. */
export const checkMany: Scenario = {
  name: 'check-200',
  about: `a patch of ${FILES} modules with one changed function each, of which every other one behaves otherwise`,
  units: UNITS,
  async open() {
    const repository = await PatchedRepository.make();
    await repository.commit(modules((index) => `    return [one for one in items if one > ${index}]\n`));
    await repository.write(
      modules((index) =>
        index % 2 === 0
          ? `    return [one for one in items if one >= ${index}]\n`
          : `    return list(filter(lambda one: one > ${index}, items))\n`,
      ),
    );
    return {
      round: async () => ({ wall: (await repository.check(['--time', '3000'], FILES / 2)) / 1000 }),
      [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose](),
    };
  },
};

function modules(body: (index: number) => string): Map<string, string> {
  return new Map(
    Array.from({ length: FILES }, (_, index) => [
      `part_${index}.py`,
      `def above(items: list[int]) -> list[int]:\n${body(index)}`,
    ]),
  );
}
