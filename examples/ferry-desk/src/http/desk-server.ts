import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as readJson } from 'node:stream/consumers';

import { inject, injectable } from 'inversify';

import { DeskError } from '../booking/desk-error.js';
import { AnswerBook } from './answer-book.js';
import { type Answer, json } from './route.js';
import { Router } from './router.js';

@injectable()
export class DeskServer {
  readonly #server = createServer((request, response) => void this.#serve(request, response));

  constructor(
    @inject(Router) private readonly router: Router,
    @inject(AnswerBook) private readonly answers: AnswerBook,
  ) {}

  /** Listens on a free port of this machine, and gives its URL. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeIdleConnections();
    await once(this.#server, 'close');
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, headers, body } = await this.#answer(request);
    response.writeHead(status, headers).end(body);
    this.answers.note(String(request.headers['x-request']));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    try {
      const { method = 'GET', url = '/' } = request;
      const body = method === 'POST' ? await readJson(request) : undefined;
      return await this.router.answer(method, new URL(url, 'http://desk'), body);
    } catch (error) {
      const status = error instanceof DeskError ? error.status : 500;
      return json(status, { error: String(error) });
    }
  }
}
