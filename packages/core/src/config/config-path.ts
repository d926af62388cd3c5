/** The way from the root of a configuration to a value in it. */
export type ConfigPath = readonly (string | number)[];

const SIMPLE = /^[A-Za-z_$][A-Za-z0-9_$-]*$/;

/** `candidates[3].priority`, `stackOrder["@acme/redis"]`; equal texts mean equal paths. Empty for the root. */
export function formatPath(path: ConfigPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${String(part)}]`;
    else if (SIMPLE.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${JSON.stringify(part)}]`;
  }
  return text;
}
