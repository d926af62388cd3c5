import { dependenciesJson } from '@oneiric/core';

import type { Answer } from './answer.js';

/** The JSON form of an explanation, with what `--why-not` and `--deep` add to it. */
export function explanationJson({ explanation, whyNot, dependencies }: Answer): object {
  return {
    ...explanation.toJSON(),
    ...(whyNot === undefined ? {} : { whyNot }),
    ...(dependencies === undefined ? {} : { dependencies: dependenciesJson(dependencies) }),
  };
}
