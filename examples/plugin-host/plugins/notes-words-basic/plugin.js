import { definePlugin } from '@oneiric/core';

import { createCounter } from './basic.js';

export default definePlugin({
  name: 'notes-words-basic',
  candidates: [{ domain: 'action', key: 'count-words', provider: 'basic', factory: createCounter }],
});
