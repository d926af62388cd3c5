/** What all contenders of the lifecycle's groups build and close. */
export class Service implements Disposable {
  static closed = 0;

  now(): number {
    return 1;
  }

  [Symbol.dispose](): void {
    Service.closed++;
  }
}
