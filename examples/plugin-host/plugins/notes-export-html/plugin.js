import { definePlugin } from '@oneiric/core';

import { createExporter, createPrintExporter } from './html.js';

export default definePlugin({
  name: 'notes-export-html',
  candidates: [
    {
      domain: 'action',
      key: 'export',
      provider: 'html',
      capabilities: ['styled', 'links'],
      factory: createExporter,
    },
    {
      domain: 'action',
      key: 'export',
      provider: 'print',
      capabilities: ['styled', 'pages'],
      conflictsWith: ['html'],
      factory: createPrintExporter,
    },
  ],
});
