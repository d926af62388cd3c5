import { failureChain } from '@oneiric/core';

import type { Host } from './host.js';
import type { StrayError } from './stray-errors.js';

/** The error in half a sentence; what looks like a secret is redacted. */
export function tellStray({ error }: StrayError): string {
  return failureChain(error)[0]?.message ?? 'it was rejected with undefined';
}

/** Notes each stray error, those to come as well. */
export function noteStrays({ strayErrors }: Host, note: (text: string) => void): void {
  strayErrors?.listen((stray) => {
    note(
      `the plugin ${stray.package} began something that failed, and awaits it nowhere: ${tellStray(stray)}`,
    );
  });
}
