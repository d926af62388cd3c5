/** Something that runs, and what it was given, by name. */
export interface RunningNode {
  readonly name: string;
  readonly needs: readonly string[];
}

/** In which order things are closed. */
export interface DisposalOrder {
  /** Dependents before what they depend on; those of one wave side by side. */
  readonly waves: readonly (readonly string[])[];
}

/** `running` in the order in which they were started. */
export function disposalOrder(running: readonly RunningNode[]): DisposalOrder {
  const left = new Map(running.map((node) => [node.name, node]));
  const waves: string[][] = [];
  while (left.size > 0) {
    const needed = new Set(
      [...left.values()].flatMap(({ name, needs }) => needs.filter((need) => need !== name)),
    );
    const free = [...left.keys()].filter((name) => !needed.has(name)).reverse();
    const wave = free.length > 0 ? free : [...left.keys()].slice(-1);
    for (const name of wave) left.delete(name);
    waves.push(wave);
  }
  return { waves };
}
