/** `a, b and c` */
export function list(names: readonly string[], last: 'and' | 'or'): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} ${last} ${names.slice(-1).join('')}`;
}
