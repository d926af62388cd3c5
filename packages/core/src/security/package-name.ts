const PACKAGE = /^(?:@[A-Za-z0-9~][A-Za-z0-9._~-]*\/)?[A-Za-z0-9~][A-Za-z0-9._~-]*$/;
const LONGEST = 214;

/** Is `value` what an npm package may be called? Capital letters are allowed, since older packages have them. */
export function isPackageName(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length <= LONGEST &&
    PACKAGE.test(value) &&
    value.toLowerCase() !== 'node_modules'
  );
}
