import type { SecretReference } from './setting-reference.js';

/** How much of a secret may show up in a text before the whole text is held back. */
const GIVEAWAY = 8;
const WITHHELD = 'a message that is held back, since it holds a part of a secret';

/** Takes the values of secrets out of texts that others wrote, such as the messages of a schema. */
export class SecretRedaction {
  readonly #secrets = new Map<string, string>();

  add(value: string, { text }: SecretReference): void {
    for (const form of [value, value.trim(), JSON.stringify(value).slice(1, -1), encoded(value)])
      if (form !== '') this.#secrets.set(form, text);
  }

  /** The text with each secret's reference in its place; nothing of the text where a part of a secret is left. */
  of(text: string): string {
    if (this.#secrets.size === 0) return text;
    const longestFirst = [...this.#secrets.keys()].sort((a, b) => b.length - a.length);
    const any = new RegExp(longestFirst.map(literally).join('|'), 'g');
    const rest = text.split(any);
    if (rest.some((part) => longestFirst.some((secret) => holdsPartOf(secret, part)))) return WITHHELD;
    return text.replace(any, (found) => this.#secrets.get(found) ?? WITHHELD);
  }
}

function holdsPartOf(secret: string, text: string): boolean {
  for (let start = 0; start + GIVEAWAY <= text.length; start++)
    if (secret.includes(text.slice(start, start + GIVEAWAY))) return true;
  return false;
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** As it stands in a URL; empty for half of a surrogate pair, which cannot stand there. */
function encoded(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return '';
  }
}
