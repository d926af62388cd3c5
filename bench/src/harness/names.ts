/** The domain and key of something that can be looked up, and both in one text, as peers want it. */
export interface Name {
  readonly domain: string;
  readonly key: string;
  readonly path: string;
}

const DOMAINS = ['adapter', 'service', 'task', 'workflow'];

/** `count` names, spread evenly over four domains. */
export function makeNames(count: number): readonly Name[] {
  return Array.from({ length: count }, (_, index) => {
    const domain = DOMAINS[index % DOMAINS.length] ?? 'adapter';
    const key = interned(`component.${index}`);
    return { domain, key, path: interned(`${domain}/${key}`) };
  });
}

/** The text as the compiler would have put it in: one flat string, the same object wherever it is written. */
function interned(text: string): string {
  const [name] = Object.keys({ [text]: true });
  return name ?? text;
}

const PICKS = 8192;
/** The index of the last of `picksOf`; a mask, so that going round costs next to nothing. */
export const LAST_PICK = PICKS - 1;

/** 8192 of the items in an order that looks random and is the same in every run. */
export function picksOf<T>(items: readonly T[]): readonly T[] {
  let state = 0x9e3779b9;
  return Array.from({ length: PICKS }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return items[Math.floor((state / 2 ** 32) * items.length)] as T;
  });
}
