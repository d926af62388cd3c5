/** What a text inside settings means. */
export type SettingText =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'reference'; readonly reference: SecretReference }
  | { readonly kind: 'malformed'; readonly expected: string };

/** Where a secret is kept; `text` is the reference as it is written, and the only form that is ever shown. */
export interface SecretReference {
  readonly scheme: 'env' | 'file';
  /** The variable, or the path. */
  readonly name: string;
  readonly text: string;
}

const REFERENCE = /^(env|file):(.*)$/s;
const ESCAPED = /^\\+(?:env|file):/;
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads a text inside settings: `env:NAME` and `file:path` refer to a secret that is kept elsewhere. A literal that
 * begins in such a way is written with a backslash before it, `\env:NAME`, and one that begins with backslashes
 * before `env:` or `file:` with one more.
 */
export function readSettingText(text: string): SettingText {
  if (ESCAPED.test(text)) return { kind: 'literal', value: text.slice(1) };
  const [, scheme, name = ''] = REFERENCE.exec(text) ?? [];
  switch (scheme) {
    case 'env':
      if (!VARIABLE.test(name))
        return { kind: 'malformed', expected: 'env: and the name of a variable, as in env:REDIS_URL' };
      return { kind: 'reference', reference: { scheme, name, text } };
    case 'file':
      if (name.trim() === '' || name.includes('\0'))
        return { kind: 'malformed', expected: 'file: and the path of a file, as in file:secrets/redis' };
      return { kind: 'reference', reference: { scheme, name, text } };
    default:
      return { kind: 'literal', value: text };
  }
}
