import type { Node, ParseError } from 'jsonc-parser';

import { describeValue } from '../foundation/describe-value.js';
import { HIDDEN } from './config-words.js';
import { isExactNumber } from './exact-number.js';
import { ConfigDocument } from './config-document.js';
import { MAX_DEPTH } from './config-limits.js';
import type { ConfigPath } from './config-path.js';
import { LineIndex } from './line-index.js';

/** Reads strict JSON. A key that comes twice is a problem, too: `JSON.parse` would silently keep the last. */
export async function readJson(text: string): Promise<ConfigDocument> {
  const { parseTree, printParseErrorCode } = await import('jsonc-parser');
  const document = new ConfigDocument(new LineIndex(text));
  const errors: ParseError[] = [];
  let root: Node | undefined;
  try {
    root = parseTree(text, errors, {
      disallowComments: true,
      allowTrailingComma: false,
      allowEmptyContent: false,
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    document.giveUp(0, 'values nested too deeply to be read', `at most ${String(MAX_DEPTH)} levels`);
    return document;
  }
  const [first] = errors;
  if (first === undefined && root !== undefined) document.value = toValue(document, root, []);
  else
    describeSyntaxError(
      document,
      text,
      first?.offset ?? 0,
      first === undefined ? '' : printParseErrorCode(first.error),
    );
  return document;
}

const EXPECTED: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a property name in double quotes (JSON has no comma after the last one)',
  ValueExpected: 'a value',
  InvalidSymbol: 'a value; text stands in double quotes',
  ColonExpected: 'a colon after the property name',
  CommaExpected: 'a comma',
  CloseBraceExpected: '"}"',
  CloseBracketExpected: '"]"',
  EndOfFileExpected: 'the end of the file',
  InvalidCommentToken: 'JSON without comments (YAML and TypeScript may have them)',
  UnexpectedEndOfComment: 'JSON without comments',
  UnexpectedEndOfString: 'the closing quote on the same line',
  InvalidEscapeCharacter: 'one of the escapes \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX',
  InvalidCharacter: 'an escape such as \\t instead of a control character',
};

function describeSyntaxError(document: ConfigDocument, text: string, offset: number, code: string): void {
  const [word = ''] = /^(?:[\w.+-]+|.)/su.exec(text.slice(offset)) ?? [];
  const shown = document.lines.shows(word, offset) ? describeValue(word) : HIDDEN;
  const found = word === '' ? 'the end of the file' : shown;
  document.giveUp(offset, found, EXPECTED[code] ?? 'JSON');
}

function toValue(document: ConfigDocument, node: Node, path: ConfigPath): unknown {
  document.setValue(path, node.offset);
  if (path.length > MAX_DEPTH) {
    const levels = `at most ${String(MAX_DEPTH)} levels`;
    document.giveUp(node.offset, 'one level too many', levels, path.slice(0, 1));
    return null;
  }
  if (node.type === 'array')
    return (node.children ?? []).map((child, index) => toValue(document, child, [...path, index]));
  if (node.type === 'object') return toObject(document, node, path);
  const value: unknown = node.value;
  if (typeof value === 'number' && !isExactNumber(value))
    document.addProblem(path, node.offset, 'a number that loses digits', 'a number within ±2^53');
  return value;
}

function toObject(document: ConfigDocument, node: Node, path: ConfigPath): object {
  const object = Object.create(null) as Record<string, unknown>;
  for (const property of node.children ?? []) {
    const [nameNode, valueNode] = property.children ?? [];
    if (nameNode === undefined || valueNode === undefined) continue;
    const name = String(nameNode.value);
    const place = [...path, name];
    if (Object.hasOwn(object, name)) document.addDuplicate(place, nameNode.offset);
    document.setKey(place, nameNode.offset);
    object[name] = toValue(document, valueNode, place);
  }
  return object;
}
