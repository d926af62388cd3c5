import { printable } from '../../src/foundation/printable.js';

describe('a printable text', () => {
  it.each([
    ['one\n  two\tthree\r\n', 'one two three'],
    ['\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['bell\u0007 null\u0000 delete\u007f', 'bell\\u{7} null\\u{0} delete\\u{7f}'],
    ['next\u0085line', 'next\\u{85}line'],
    ['right\u202eto left', 'right\\u{202e}to left'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
    ['lone \ud83d half', 'lone \\u{d83d} half'],
    ['whole 😀 保守 é', 'whole 😀 保守 é'],
    ['', ''],
  ])('%j is %j', (text, printed) => {
    expect(printable(text)).toBe(printed);
  });
});
