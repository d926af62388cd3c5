/** What a handler is told of a request. */
export interface Asked {
  /** The part of the path that the route calls `:id`. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface Route {
  /** `GET /sailings/:id/fare` */
  readonly pattern: string;
  handle(asked: Asked): Promise<Answer>;
}

export const ROUTE = Symbol('route');

export function json(status: number, value: unknown): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
