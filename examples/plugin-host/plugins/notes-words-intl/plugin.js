import { createCounter } from './intl.js';

export default {
  name: 'notes-words-intl',
  candidates: [
    { domain: 'action', key: 'count-words', provider: 'intl', capabilities: ['cjk'], factory: createCounter },
  ],
};
