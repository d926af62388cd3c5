/** What a caller asks of a domain and key, beyond its name. */
export interface ResolveRequest {
  /** Only this provider; the selection then does not bind. */
  readonly provider?: string;
  readonly capabilities?: readonly string[];
  /** Whether a candidate needs all of `capabilities` (default) or at least one; with false, more of them rank higher. */
  readonly requireAll?: boolean;
}

/** A checked request with every default filled in. */
export interface NormalRequest {
  readonly provider: string | null;
  /** Without duplicates, in the order asked. */
  readonly capabilities: readonly string[];
  readonly requireAll: boolean;
}

/** The request that asks for nothing in particular; every such request is normalised to this very object. */
export const PLAIN_REQUEST: NormalRequest = Object.freeze({
  provider: null,
  capabilities: Object.freeze([]),
  requireAll: true,
});
