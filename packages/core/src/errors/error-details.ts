/**
 * The details that each error code carries, by code. Every area adds its own codes here by interface
 * merging, next to the texts of those codes, so that `OneiricError.is(error, code)` also types `details`.
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- filled by interface merging
export interface ErrorDetails {}

/** Every code that is declared: `ONEIRIC_<AREA>_<WHAT>`. */
export type ErrorCode = Extract<keyof ErrorDetails, string>;

/** The words of one code: a one-line summary for the reference page and the message, a pure function of the details. */
export interface ErrorText<C extends ErrorCode> {
  readonly summary: string;
  readonly message: (details: ErrorDetails[C]) => string;
}

/** The words of all codes of one area. A code without words does not compile. */
export type ErrorFamily<Prefix extends string> = {
  readonly [C in Extract<ErrorCode, `${Prefix}${string}`>]: ErrorText<C>;
};
