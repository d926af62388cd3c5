/** Something that is opened, used, and closed once. Whoever uses it after that is told so. */
export abstract class Adapter implements AsyncDisposable {
  /** Every adapter that was built in this process, in order: the summary counts their closings. */
  static readonly built: Adapter[] = [];

  readonly name: string;
  #closings = 0;

  constructor(name: string) {
    this.name = name;
    Adapter.built.push(this);
  }

  get closings(): number {
    return this.#closings;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closings++;
    await this.close();
  }

  /** @throws Error for a call that came too late */
  protected assertOpen(): void {
    if (this.#closings > 0) throw new Error(`${this.name} was used after it had been closed.`);
  }

  protected async close(): Promise<void> {
    // Most have nothing to give back.
  }
}
