import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CHANNEL_CATALOGUE } from '../../src/channel-catalogue.js';
import type { ChannelName } from '../../src/observability/channels.js';
import { ATTRIBUTES, SPANS } from '../../src/observability/span-catalogue.js';
import { subscribe } from '../../src/subscribe.js';
import { LOG_LINES } from '../../src/telemetry/log-lines.js';
import { METRICS } from '../../src/telemetry/metric-catalogue.js';
import { CHANNEL_TRIGGERS } from './channel-triggers.js';

const file = join(import.meta.dirname, '../../../../docs/observability.md');
const names = Object.keys(CHANNEL_CATALOGUE) as ChannelName[];

/** The parts of the page that are made of tables in the code, by the name of their place. */
const PARTS: Readonly<Record<string, string>> = {
  channels: names
    .map((name) => {
      const { when, message } = CHANNEL_CATALOGUE[name];
      return `- \`${name}\`: ${when} Message: ${message.replace(/\.$/, '')}. Logged as ${levelOf(name)}.`;
    })
    .join('\n'),
  spans: Object.entries(SPANS)
    .map(([name, what]) => `- \`${name}\`: ${what}`)
    .join('\n'),
  attributes: Object.values(ATTRIBUTES)
    .map((name) => `\`${name}\``)
    .join(', '),
  metrics: Object.entries(METRICS)
    .map(
      ([name, { kind, unit, description, attributes }]) =>
        `- \`${name}\` (${kind}, \`${unit}\`): ${description} By ${attributes.map((each) => `\`${ATTRIBUTES[each]}\``).join(', ')}.`,
    )
    .join('\n'),
};

function levelOf(name: ChannelName): string {
  const line = LOG_LINES[name];
  if (line === null) return 'nothing';
  const others: readonly { readonly level: string }[] = line.unless ?? [];
  return [line, ...others].map(({ level }) => `\`${level}\``).join(' or ');
}

function withParts(page: string): string {
  return page.replaceAll(
    /(<!-- made: (\w+) -->\n\n)[^]*?(\n\n<!-- \/made -->)/g,
    (_, begin: string, name: string, end: string) => `${begin}${PARTS[name] ?? ''}${end}`,
  );
}

describe('docs/observability.md', () => {
  it('has every channel, span, attribute and metric that there is, in the words of the code', () => {
    const page = readFileSync(file, 'utf8');
    if (process.env['UPDATE_DOCS'] === '1') writeFileSync(file, withParts(page));
    for (const name of Object.keys(PARTS)) expect(page).toContain(`<!-- made: ${name} -->`);
    expect(readFileSync(file, 'utf8')).toBe(withParts(page));
  });
});

describe('every channel', () => {
  it('has a way to bring its message about', () => {
    expect(Object.keys(CHANNEL_TRIGGERS).sort()).toEqual([...names].sort());
  });

  it.each(names)('%s gets a frozen message, whose fields are those that the page names', async (name) => {
    let tell: (message: unknown) => void = () => undefined;
    const heard = new Promise<unknown>((resolve) => (tell = resolve));
    using _ = subscribe(name, (message) => {
      tell(message);
    });
    await CHANNEL_TRIGGERS[name](heard);
    const message = (await heard) as object;
    expect(Object.isFrozen(message)).toBe(true);
    const told = CHANNEL_CATALOGUE[name].message;
    const unnamed = Object.keys(message).filter((field) => !told.includes(`\`${field}\``));
    // Messages of a lifecycle all have these two, which the page says once.
    expect(unnamed.filter((field) => !['registry', 'lifecycle'].includes(field))).toEqual([]);
  });
});
