import { redactText } from '../security/redact.js';
import type { CandidateSource } from './candidate.js';

const ABSOLUTE = /^(?:\/|\\|[A-Za-z]:[\\/]|file:)/;

/**
 * A source as a report shows it: secrets in its id redacted, and of a file outside the project only the name, so
 * that reports are the same on every machine.
 */
export function reportSource(source: CandidateSource): CandidateSource {
  const { generation, ...shown } = source;
  const { id, file } = shown;
  const safeId = id === undefined ? undefined : redactText(id);
  const safeFile = file === undefined || !ABSOLUTE.test(file) ? file : file.slice(file.search(/[^\\/]*$/));
  if (safeId === id && safeFile === file && generation === undefined) return source;
  return Object.freeze({
    ...shown,
    ...(safeId === undefined ? {} : { id: safeId }),
    ...(safeFile === undefined ? {} : { file: safeFile }),
  });
}
