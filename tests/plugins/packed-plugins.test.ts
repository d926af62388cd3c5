import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { oneiric } from '../support/oneiric.js';
import { runWell } from '../support/run.js';
import { parseCommand, readTranscript, type Section, showResult } from '../support/transcript.js';
import { type Session, updateTranscript } from '../support/update-transcript.js';
import { root } from '../support/workspace.js';
import { createPackedProject, type PackedProject } from '../tarballs/packed-project.js';
import { packPlugins } from './pack-plugins.js';

/** `UPDATE_TRANSCRIPTS=1` writes what is printed into the document instead of comparing it. */
const UPDATE = process.env['UPDATE_TRANSCRIPTS'] === '1';
const TIMEOUT_MS = 240_000;
const file = join(root, 'tests', 'transcripts', 'installed-plugins.md');

jest.setTimeout(TIMEOUT_MS);

let project: PackedProject;

beforeAll(async () => {
  project = await createPackedProject();
  await packPlugins(project.path);
}, TIMEOUT_MS);

afterAll(() => {
  project[Symbol.dispose]();
});

describe('plugins that npm installed from tarballs, and the packed command line', () => {
  for (const section of readTranscript(readFileSync(file, 'utf8')).sections) {
    it(`show what is printed: ${section.title}`, async () => {
      const sessions = await replay(section);
      if (UPDATE) updateTranscript(file, section.title, sessions);
      const expected = sessions.map(({ shown, printed }) => (UPDATE ? printed : shown));
      expect(sessions.map(({ printed }) => printed).join('\n')).toBe(expected.join('\n'));
    });
  }
});

/** Runs a section in the one project, as the sections before have left it. */
async function replay({ steps }: Section): Promise<readonly Session[]> {
  const sessions: Session[] = [];
  for (const step of steps) {
    if (step.kind === 'file') {
      writeFileSync(join(project.path, step.path), step.text);
      continue;
    }
    let printed = '';
    for (const command of step.commands) printed += await follow(command);
    sessions.push({ shown: step.text, printed });
  }
  return sessions;
}

/** What npm prints is not ours, and has times in it: it is left out. */
async function follow(command: string): Promise<string> {
  const cwd = project.path;
  if (command.startsWith('npm ')) {
    await runWell('sh', ['-c', `${command} --no-audit --no-fund`], { cwd });
    return `$ ${command}\n`;
  }
  const { env, args } = parseCommand(command);
  const executable = join(cwd, 'node_modules/@oneiric/cli/bin/oneiric.js');
  return showResult(command, await oneiric(args, { cwd, env, executable }), cwd);
}
