/** @returns {{ read(name: string): Promise<string>, write(name: string, text: string): Promise<void> }} */
export function createStore() {
  const notes = new Map();
  return {
    read: async (name) => notes.get(name) ?? '',
    write: async (name, text) => {
      notes.set(name, text);
    },
  };
}
