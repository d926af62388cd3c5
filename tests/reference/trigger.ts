/** Brings an error about, the way a user would. `folder` is an empty folder of its own. */
export type Trigger = (folder: string) => unknown;
