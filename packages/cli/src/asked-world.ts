import type { Project, RegistrySnapshot } from '@oneiric/core';
import type { AttachedProcess } from '@oneiric/core/attach';

/** What a question about decisions is put to: a project, or a running process. */
export type AskedWorld =
  | { readonly kind: 'project'; readonly snapshot: RegistrySnapshot; readonly project: Project }
  | { readonly kind: 'process'; readonly snapshot: RegistrySnapshot; readonly process: AttachedProcess };
