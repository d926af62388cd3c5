import type { CandidateInput } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import { type SourcePlace, stackPlaces } from '../foundation/source-place.js';
import { checkCandidate } from '../registry/check-candidate.js';
import type { PluginContext } from './plugin.js';
import { PLUGIN_ERRORS } from './plugin-errors.js';

/** A candidate that a setup has offered, and where. */
export interface RegisteredInput {
  readonly input: CandidateInput;
  readonly place: SourcePlace | undefined;
}

/** What one setup is called with, and what it has offered so far. */
export class SetupContext {
  readonly registered: RegisteredInput[] = [];
  readonly context: PluginContext;
  #refusal: { readonly error: unknown } | undefined;
  #isOpen = true;

  constructor(name: string, projectDir: string, signal: AbortSignal) {
    const register = (input: CandidateInput): void => {
      if (!this.#isOpen) throw createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_REGISTER_LATE', { name });
      const trace: { stack?: unknown } = {};
      Error.captureStackTrace(trace, register);
      this.registered.push({ input, place: stackPlaces(trace.stack)[0] });
      try {
        checkCandidate(input);
      } catch (error) {
        this.#refusal ??= { error };
        throw error;
      }
    };
    this.context = Object.freeze({ name, signal, projectDir, register });
  }

  /** From now on `register` refuses. */
  settle(): void {
    this.#isOpen = false;
  }

  /** @throws what `register` refused first, also where the setup has caught that */
  assertNothingRefused(): void {
    if (this.#refusal !== undefined) throw this.#refusal.error;
  }
}
