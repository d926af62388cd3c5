import { injectable } from 'inversify';

/** How often each request was answered, by the number that its client gave it. */
@injectable()
export class AnswerBook {
  readonly #answers = new Map<string, number>();

  note(request: string): void {
    this.#answers.set(request, (this.#answers.get(request) ?? 0) + 1);
  }

  times(request: string): number {
    return this.#answers.get(request) ?? 0;
  }
}
