export default class UtcClock {
  now() {
    return new Date().toISOString();
  }
}
