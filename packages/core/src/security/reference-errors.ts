import type { ErrorFamily } from '../errors/error-details.js';

/** Every text that shows a reference does so as far as it can be shown: escaped, at most about 80 characters. */
interface ReferenceSubject {
  readonly reference: string;
}

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_REFERENCE_REFUSED: ReferenceSubject & {
      /** Which rule refused it: `builtin`, `scheme`, `escape`, … */
      readonly rule: string;
      readonly found: string;
      readonly expected: string;
    };
    ONEIRIC_REFERENCE_NOT_ALLOWED: ReferenceSubject & {
      readonly package: string;
      /** How many packages are allowed. */
      readonly allowed: number;
      readonly nearest: string | undefined;
    };
    ONEIRIC_REFERENCE_NOT_FOUND: ReferenceSubject & {
      /** What is not there: `the package …`, `the file …`, `the export …`. */
      readonly missing: string;
      readonly nearest: string | undefined;
    };
    ONEIRIC_REFERENCE_ESCAPES: ReferenceSubject & {
      /** Where it may not leave: `the project`, `the package …`. */
      readonly root: string;
      readonly found: string;
    };
    ONEIRIC_REFERENCE_FILE_INVALID: ReferenceSubject & {
      /** Relative to the project or the package. */
      readonly file: string;
      readonly found: string;
      readonly expected: string;
    };
    ONEIRIC_REFERENCE_CHANGED: ReferenceSubject & { readonly file: string };
    ONEIRIC_REFERENCE_DIGEST: ReferenceSubject & {
      readonly file: string;
      readonly expected: string;
      /** A digest, or why there is none. */
      readonly found: string;
    };
    ONEIRIC_REFERENCE_EXPORT: ReferenceSubject & {
      readonly file: string;
      readonly exportName: string;
      readonly nearest: string | undefined;
    };
    ONEIRIC_REFERENCE_OPTION_INVALID: {
      readonly option: string;
      readonly found: string;
      readonly expected: string;
    };
    ONEIRIC_REFERENCE_FAILED: ReferenceSubject & {
      readonly file: string;
      readonly thrown: string;
    };
  }
}

/** The words of everything that can be wrong with a factory reference and with what it leads to. */
export const REFERENCE_ERRORS: ErrorFamily<'ONEIRIC_REFERENCE_'> = {
  ONEIRIC_REFERENCE_REFUSED: {
    summary: 'A factory reference names something that must not be loaded, or cannot be read as a reference.',
    message: (d) =>
      `The factory reference ${d.reference} is refused: ${d.found}. ` +
      `Expected ${d.expected}, as in "@acme/oneiric-redis/cache#createCache" or "./src/cache.js#createCache".`,
  },
  ONEIRIC_REFERENCE_NOT_ALLOWED: {
    summary: 'A factory reference names a package that code may not be loaded from.',
    message: (d) =>
      `The factory reference ${d.reference} is refused: ${d.package} is none of the ${String(d.allowed)} packages ` +
      `that code may be loaded from.${didYouMean(d.nearest)} ` +
      'Add it to the dependencies of the project, or to allowedPackages where the configuration has that list.',
  },
  ONEIRIC_REFERENCE_NOT_FOUND: {
    summary: 'A factory reference leads to a package, a file or a subpath that is not there.',
    message: (d) =>
      `The factory reference ${d.reference} leads nowhere: ${d.missing}.${didYouMean(d.nearest)} ` +
      'Install the package, build the file, or correct the reference; capital and small letters count.',
  },
  ONEIRIC_REFERENCE_ESCAPES: {
    summary:
      'The file that a factory reference leads to is, by a link or an entry of a package.json, somewhere else.',
    message: (d) =>
      `The factory reference ${d.reference} is refused: ${d.found} is outside ${d.root}, where links are followed. ` +
      'Nothing of it was run. Put the file inside, or name the package that it belongs to.',
  },
  ONEIRIC_REFERENCE_FILE_INVALID: {
    summary:
      'A factory reference leads to something that is not a module: a folder, a device, an unknown format, too large a file.',
    message: (d) =>
      `The factory reference ${d.reference} is refused: ${d.file} is ${d.found}. Expected ${d.expected}. Nothing of it was run.`,
  },
  ONEIRIC_REFERENCE_CHANGED: {
    summary: 'A file was exchanged between the check and the reading of what a factory reference leads to.',
    message: (d) =>
      `The factory reference ${d.reference} is refused: ${d.file} was exchanged while it was checked. ` +
      'Nothing of it was run. Load it again when nothing writes to it any more.',
  },
  ONEIRIC_REFERENCE_DIGEST: {
    summary: 'The module that a factory reference leads to does not have the bytes that were asked for.',
    message: (d) =>
      `The factory reference ${d.reference} is refused: ${d.file} has to be ${d.expected}, and it is ${d.found}. ` +
      'Nothing of it was run for this reference. Restore the file, or have the new one approved.',
  },
  ONEIRIC_REFERENCE_EXPORT: {
    summary: 'The module of a factory reference does not have the export that the reference names.',
    message: (d) =>
      `The factory reference ${d.reference} leads nowhere: ${d.file} has no export "${d.exportName}".` +
      `${didYouMean(d.nearest)} Name one that it has, or export this one.`,
  },
  ONEIRIC_REFERENCE_OPTION_INVALID: {
    summary: 'An option of the loader of references is unknown or out of bounds.',
    message: (d) =>
      `The option ${d.option} of a loader of references is ${d.found}. Expected ${d.expected}. Correct the option.`,
  },
  ONEIRIC_REFERENCE_FAILED: {
    summary:
      'The module of a factory reference could not be run: it threw, or has a syntax error or an import that is missing.',
    message: (d) =>
      `The factory reference ${d.reference} could not be loaded: ${d.file} failed with ${d.thrown}. ` +
      'Correct the module; the cause has the place.',
  },
};

export type ReferenceErrorCode = keyof typeof REFERENCE_ERRORS;

function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}
