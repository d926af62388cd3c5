import { createCounter } from './basic.js';

export default {
  name: 'notes-words-basic',
  candidates: [{ domain: 'action', key: 'count-words', provider: 'basic', factory: createCounter }],
};
