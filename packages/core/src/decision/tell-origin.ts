import type { CandidateSource } from './candidate.js';
import { ORIGIN_WORDING, SOURCE_WORDING } from './text-wording.js';
import type { ValueOrigin } from './value-origin.js';

/** Kinds of origin whose words want the name of the place: `configuration oneiric.config.yaml:6:12`. */
const NAMES_ITS_PLACE: ReadonlySet<ValueOrigin['kind']> = new Set(['config', 'environment', 'flag']);

/** `stack order (@acme/redis), environment variable ONEIRIC_STACK_ORDER` */
export function tellOrigin(origin: ValueOrigin): string {
  const { kind, path, setBy } = origin;
  const of = origin.package === undefined ? '' : ` (${origin.package})`;
  const words = `${ORIGIN_WORDING[kind]}${of}`;
  const place = origin.variable ?? origin.flag ?? placeOf(origin);
  const named = NAMES_ITS_PLACE.has(kind) && place !== undefined ? [`${words} ${place}`] : [words, place];
  return [...named, path, setBy && tellOrigin(setBy)].filter((detail) => detail !== undefined).join(', ');
}

/** `plugin @acme/oneiric-redis 2.1.0`, and where it was written; a file that is both is named once. */
export function tellSource(
  source: CandidateSource,
  version: string | undefined,
  site: ValueOrigin | undefined,
): string {
  const name = source.package ?? source.id;
  const written = source.file === undefined ? site : source;
  const place = written && placeOf(written);
  const isItsFile = name !== undefined && name === written?.file;
  const words = [SOURCE_WORDING[source.kind], isItsFile ? place : name, source.version ?? version];
  return (
    words.filter((word) => word !== undefined).join(' ') +
    (place === undefined || isItsFile ? '' : `, ${place}`)
  );
}

function placeOf({ file, line, column }: Pick<ValueOrigin, 'file' | 'line' | 'column'>): string | undefined {
  return file === undefined ? undefined : [file, line, column].filter((part) => part !== undefined).join(':');
}
