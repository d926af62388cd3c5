/** @returns {{ extension: string, export(markdown: string): Promise<string> }} */
export function createExporter() {
  return { extension: '.txt', export: async (markdown) => markdown.replaceAll(/[*_`#]/g, '') };
}
