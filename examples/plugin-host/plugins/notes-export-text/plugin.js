import { createExporter } from './text.js';

export default {
  name: 'notes-export-text',
  candidates: [{ domain: 'action', key: 'export', provider: 'text', factory: createExporter }],
};
