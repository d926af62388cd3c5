import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { oneiric } from '../support/oneiric.js';
import { runWell } from '../support/run.js';
import { parseCommand, readTranscript, type Section, showResult } from '../support/transcript.js';
import { type Session, updateTranscript } from '../support/update-transcript.js';
import { root } from '../support/workspace.js';

/** `UPDATE_TRANSCRIPTS=1` writes what is printed into the document instead of comparing it. */
const UPDATE = process.env['UPDATE_TRANSCRIPTS'] === '1';
const file = join(root, 'tests', 'transcripts', 'installed-plugins.md');
const packages = join(import.meta.dirname, 'packages');

/** What the document is written on. */
const SYSTEM = 'linux';
const NODE = '20.20.2';

/**
 * Replays the transcript of plugins that are packed and installed with npm, in a project of its own at `path`, with the
 * tarballs of our packages.
 */
export function describeInstalledPlugins(
  path: () => string,
  tarballs: () => ReadonlyMap<string, string>,
  timeoutMs: number,
): void {
  describe('plugins that npm installed from tarballs, and the packed command line', () => {
    beforeAll(async () => {
      mkdirSync(join(path(), 'tarballs'), { recursive: true });
      const dependencies = Object.fromEntries(
        Array.from(tarballs(), ([name, tarball]) => [name, `file:${tarball}`]),
      );
      writeFileSync(join(path(), 'package.json'), JSON.stringify({ type: 'module', dependencies }));
      const folders = readdirSync(packages).map((name) => join(packages, name));
      await runWell('npm', ['pack', '--silent', '--pack-destination', 'tarballs', ...folders], {
        cwd: path(),
      });
    }, timeoutMs);

    for (const section of readTranscript(readFileSync(file, 'utf8')).sections) {
      it(
        `show what is printed: ${section.title}`,
        async () => {
          const sessions = await replay(section, path());
          if (UPDATE) updateTranscript(file, section.title, sessions);
          const expected = sessions.map(({ shown, printed }) => (UPDATE ? printed : shown));
          expect(sessions.map(({ printed }) => printed).join('\n')).toBe(expected.join('\n'));
        },
        timeoutMs,
      );
    }
  });
}

/** Runs a section in the one project, as the sections before have left it. */
async function replay({ steps }: Section, project: string): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  for (const step of steps) {
    if (step.kind === 'session') {
      let printed = '';
      for (const command of step.commands) printed += await follow(command, project);
      sessions.push({ shown: step.text, printed });
    } else {
      writeFileSync(join(project, step.path), step.text);
    }
  }
  return sessions;
}

/** What npm prints is not ours, and has times in it: it is left out. */
async function follow(command: string, cwd: string): Promise<string> {
  if (command.startsWith('npm ')) {
    await runWell('sh', ['-c', `${command} --no-audit --no-fund`], { cwd });
    return `$ ${command}\n`;
  }
  const { env, args } = parseCommand(command);
  const executable = join(cwd, 'node_modules/@oneiric/cli/bin/oneiric.js');
  return showResult(command, await oneiric(args, { cwd, env, executable }), cwd)
    .replaceAll(`this is ${process.platform}`, `this is ${SYSTEM}`)
    .replaceAll(process.versions.node, NODE);
}
