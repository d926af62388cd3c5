export { OneiricError } from './errors/oneiric-error.js';
export type { ErrorCode, ErrorDetails } from './errors/error-details.js';
