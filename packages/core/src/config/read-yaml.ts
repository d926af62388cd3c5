import type * as Yaml from 'yaml';
import type { Document, Node, Pair, ParsedNode } from 'yaml';

import { describeValue } from '../foundation/describe-value.js';
import { ConfigDocument } from './config-document.js';
import { MAX_DEPTH, MAX_VALUES } from './config-limits.js';
import { HIDDEN } from './config-words.js';
import type { ConfigPath } from './config-path.js';
import { isExactNumber } from './exact-number.js';
import { LineIndex } from './line-index.js';

/**
 * Reads one YAML 1.2 document. Refused beside bad syntax: a key that comes twice, a key that is not text, tags
 * that make objects, numbers that JSON cannot hold, and aliases that unfold into too much.
 */
export async function readYaml(text: string): Promise<ConfigDocument> {
  const yaml = await import('yaml');
  const document = new ConfigDocument(new LineIndex(text));
  let parsed: Document.Parsed;
  try {
    parsed = yaml.parseDocument(text, {
      version: '1.2',
      schema: 'core',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    document.giveUp(0, 'values nested too deeply to be read', `at most ${String(MAX_DEPTH)} levels`);
    return document;
  }
  const [first] = parsed.errors;
  if (first !== undefined) {
    document.giveUp(first.pos[0], 'text that is not YAML', `YAML (${sentence(first.message)})`);
    return document;
  }
  for (const { code, pos, message } of parsed.warnings)
    if (code !== 'TAG_RESOLVE_FAILED') document.addProblem([], pos[0], sentence(message), 'plain YAML');
  if (parsed.contents !== null)
    document.value = new YamlReader(yaml, parsed, document, text).read(parsed.contents, []) ?? {};
  return document;
}

/** The tags that YAML's core schema itself gives to plain values. */
const CORE_TAGS = /^tag:yaml\.org,2002:(?:map|seq|str|int|float|bool|null)$/;

function sentence(message: string): string {
  return message.replace(/\.$/, '');
}

class YamlReader {
  readonly #yaml: typeof Yaml;
  readonly #parsed: Document.Parsed;
  readonly #document: ConfigDocument;
  readonly #text: string;
  #values = 0;

  constructor(yaml: typeof Yaml, parsed: Document.Parsed, document: ConfigDocument, text: string) {
    this.#yaml = yaml;
    this.#parsed = parsed;
    this.#document = document;
    this.#text = text;
  }

  read(node: Node | ParsedNode | null, path: ConfigPath, near = 0): unknown {
    const { isAlias, isMap, isSeq, isScalar } = this.#yaml;
    const offset = node?.range?.[0] ?? near;
    this.#document.setValue(path, offset);
    if (++this.#values > MAX_VALUES) return this.#tooMany(path, offset);
    if (path.length > MAX_DEPTH) {
      const levels = `at most ${String(MAX_DEPTH)} levels`;
      this.#document.giveUp(offset, 'one level too many', levels, path.slice(0, 1));
      return null;
    }
    if (node?.tag !== undefined && !CORE_TAGS.test(node.tag)) return this.#refuseTag(path, offset);
    if (isAlias(node)) {
      const target = node.resolve(this.#parsed);
      if (target === undefined) return this.#refuseAlias(node.source, path, offset);
      return this.read(target, path, offset);
    }
    if (isMap(node)) return this.#readMap(node.items as readonly Pair[], path, offset);
    if (isSeq(node))
      return node.items.map((item, index) => this.read(item as Node, [...path, index], offset));
    return isScalar(node) ? this.#readScalar(node.value, path, offset) : null;
  }

  /** A tag stands before the text of its value, at most with an anchor between them. */
  #refuseTag(path: ConfigPath, offset: number): null {
    const start = Math.max(0, this.#text.lastIndexOf('!', offset));
    const before = this.#text[start - 1] === '!' ? start - 1 : start;
    const [tag = ''] = /^![^\s,[\]{}]*/.exec(this.#text.slice(before, before + 200)) ?? [];
    const shown = this.#document.lines.shows(tag, before) ? `the tag ${describeValue(tag)}` : HIDDEN;
    return this.#refuse(path, before, shown, 'plain YAML without tags; a text that begins with ! in quotes');
  }

  #refuseAlias(name: string, path: ConfigPath, offset: number): null {
    if (!this.#document.lines.shows(name, offset))
      return this.#refuse(
        path,
        offset,
        HIDDEN,
        'an alias of an anchor, or a text that begins with * in quotes',
      );
    return this.#refuse(path, offset, `the alias *${name}`, `an alias of an anchor (&${name}) further up`);
  }

  #readMap(pairs: readonly Pair[], path: ConfigPath, offset: number): object {
    const object = Object.create(null) as Record<string, unknown>;
    for (const { key, value } of pairs) {
      const keyOffset = (key as Node | null)?.range?.[0] ?? offset;
      if (!this.#yaml.isScalar(key) || typeof key.value !== 'string') {
        this.#refuse(path, keyOffset, 'a key that is not text', 'a text; put it in quotes');
        continue;
      }
      const place = [...path, key.value];
      if (Object.hasOwn(object, key.value)) this.#document.addDuplicate(place, keyOffset);
      this.#document.setKey(place, keyOffset);
      object[key.value] = this.read(value as Node | null, place, keyOffset);
    }
    return object;
  }

  #readScalar(value: unknown, path: ConfigPath, offset: number): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && isExactNumber(value)) return value;
    return this.#refuse(
      path,
      offset,
      'a value that JSON cannot hold',
      'text, a number within ±2^53, true, false or null',
    );
  }

  #tooMany(path: ConfigPath, offset: number): null {
    if (this.#values > MAX_VALUES + 1) return null;
    const values = `at most ${String(MAX_VALUES)} values`;
    this.#document.giveUp(offset, 'aliases that unfold into too many values', values, path);
    return null;
  }

  #refuse(path: ConfigPath, offset: number, found: string, expected: string): null {
    this.#document.addProblem(path, offset, found, expected);
    return null;
  }
}
