/** One request, from when to when by the clock of this process. */
export interface Sample {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Reply {
  readonly status: number;
  /** Unpacked by `fetch`, whichever way it was packed. */
  readonly text: string;
}

/** Talks HTTP to the desk, gives each request a number, and keeps how long each took. */
export class DeskClient {
  readonly samples: Sample[] = [];
  readonly #url: string;
  #sent = 0;

  constructor(url: string) {
    this.#url = url;
  }

  get sent(): number {
    return this.#sent;
  }

  get inFlight(): number {
    return this.#sent - this.samples.length;
  }

  async ask(method: string, path: string, body?: unknown): Promise<Reply> {
    const fromMs = performance.now();
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { 'x-request': String(++this.#sent) },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    const text = await response.text();
    this.samples.push({ fromMs, toMs: performance.now() });
    return { status: response.status, text };
  }
}
