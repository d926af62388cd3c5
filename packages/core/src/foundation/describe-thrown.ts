import { describeValue } from './describe-value.js';
import { writtenOut } from './printable.js';

/** What somebody's code threw, on one line for an error message: `TypeError: x is not a function`. Never throws. */
export function describeThrown(thrown: unknown): string {
  try {
    if (thrown instanceof Error) {
      const [message = ''] = thrown.message.split('\n', 1);
      return writtenOut(`${thrown.name}: ${message}`.replace(/\.$/, ''));
    }
  } catch {
    return 'an error that cannot be read';
  }
  return describeValue(thrown);
}
