import { injectable, multiInject } from 'inversify';

import { DeskError } from '../booking/desk-error.js';
import { type Answer, type Route, ROUTE } from './route.js';

@injectable()
export class Router {
  readonly #routes: readonly { readonly pattern: RegExp; readonly route: Route }[];

  constructor(@multiInject(ROUTE) routes: readonly Route[]) {
    this.#routes = routes.map((route) => ({
      pattern: new RegExp(`^${route.pattern.replace(':id', '(?<id>[^/]+)')}$`),
      route,
    }));
  }

  /** @throws DeskError 404, and what the handler throws */
  async answer(method: string, { pathname, searchParams }: URL, body: unknown): Promise<Answer> {
    for (const { pattern, route } of this.#routes) {
      const match = pattern.exec(`${method} ${pathname}`);
      if (match !== null) {
        return await route.handle({ id: match.groups?.['id'] ?? '', query: searchParams, body });
      }
    }
    throw new DeskError(404, `Nothing answers ${method} ${pathname}.`);
  }
}
