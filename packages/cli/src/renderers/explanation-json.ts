import { dependenciesJson, explainRunning } from '@oneiric/core';

import type { Answer } from './answer.js';

/** The JSON form of an explanation, with what `--attach`, `--status`, `--why-not` and `--deep` add to it. */
export function explanationJson({ explanation, whyNot, running, dependencies }: Answer): object {
  return {
    ...(running === undefined ? explanation.toJSON() : explainRunning(explanation, running)),
    ...(whyNot === undefined ? {} : { whyNot }),
    ...(dependencies === undefined ? {} : { dependencies: dependenciesJson(dependencies) }),
  };
}
