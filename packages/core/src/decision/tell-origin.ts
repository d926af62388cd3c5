import type { CandidateSource } from './candidate.js';
import { ORIGIN_WORDING, SOURCE_WORDING } from './text-wording.js';
import type { ValueOrigin } from './value-origin.js';

/** `stack order (@acme/redis), environment ONEIRIC_STACK_ORDER` */
export function tellOrigin(origin: ValueOrigin): string {
  const { kind, path, variable, flag, setBy } = origin;
  const of = origin.package === undefined ? '' : ` (${origin.package})`;
  const details = [
    `${ORIGIN_WORDING[kind]}${of}`,
    variable,
    flag,
    placeOf(origin),
    path,
    setBy && tellOrigin(setBy),
  ];
  return details.filter((detail) => detail !== undefined).join(', ');
}

/** `plugin @acme/oneiric-redis 2.1.0`, and where it was written. */
export function tellSource(
  source: CandidateSource,
  version: string | undefined,
  site: ValueOrigin | undefined,
): string {
  const name = source.package ?? source.id;
  const words = [SOURCE_WORDING[source.kind], name, source.version ?? version].filter(
    (word) => word !== undefined,
  );
  const place = placeOf(source) ?? (site === undefined ? undefined : placeOf(site));
  return words.join(' ') + (place === undefined ? '' : `, ${place}`);
}

function placeOf({ file, line, column }: Pick<ValueOrigin, 'file' | 'line' | 'column'>): string | undefined {
  return file === undefined ? undefined : [file, line, column].filter((part) => part !== undefined).join(':');
}
