/** A promise that the test opens by hand. */
export class Gate {
  readonly passed: Promise<void>;
  readonly #open: () => void;

  constructor() {
    let open: () => void = () => {};
    this.passed = new Promise((resolve) => (open = resolve));
    this.#open = open;
  }

  open(): void {
    this.#open();
  }
}
