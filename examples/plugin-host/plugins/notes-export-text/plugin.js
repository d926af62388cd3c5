import { definePlugin } from '@oneiric/core';

import { createExporter } from './text.js';

export default definePlugin({
  name: 'notes-export-text',
  candidates: [{ domain: 'action', key: 'export', provider: 'text', factory: createExporter }],
});
