import { marked } from 'marked';

/** @returns {{ extension: string, export(markdown: string): Promise<string> }} */
export function createExporter() {
  return {
    extension: '.html',
    export: async (markdown) => `<!doctype html>\n${await marked.parse(markdown)}`,
  };
}

/** Made to be printed: one note a page. */
export function createPrintExporter() {
  const { export: toHtml } = createExporter();
  return {
    extension: '.html',
    export: async (markdown) => `${await toHtml(markdown)}<style>@page { size: A4 }</style>\n`,
  };
}
