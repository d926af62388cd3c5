const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/;

/** What a domain, key, provider or capability may be called; shown in errors. */
export const NAME_RULE =
  '1 to 128 of the characters A-Z a-z 0-9 _ . -, starting with a letter or digit, without "..", and no property of Object.prototype';

/** Is `value` a valid name of a domain, key, provider or capability? */
export function isName(value: unknown): value is string {
  return (
    typeof value === 'string' && NAME.test(value) && !value.includes('..') && !(value in Object.prototype)
  );
}
