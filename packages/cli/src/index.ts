export { CLI_ERRORS } from './cli-errors.js';
export { EXIT, type ExitCode } from './exit-code.js';
export type { Host, Output } from './host.js';
export { main } from './main.js';
export { type StrayError, StrayErrors } from './stray-errors.js';
