import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';

import { maskProcesses } from '../support/mask-processes.js';
import { oneiric } from '../support/oneiric.js';
import { RunningProgram } from '../support/running-program.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { parseCommand, readTranscript, type Section, showResult } from '../support/transcript.js';
import { type Session, updateTranscript } from '../support/update-transcript.js';
import { root } from '../support/workspace.js';

/** `UPDATE_TRANSCRIPTS=1` writes what is printed into the documents instead of comparing it. */
const UPDATE = process.env['UPDATE_TRANSCRIPTS'] === '1';
const TIMEOUT_MS = 120_000;

const folder = join(root, 'tests', 'transcripts');
/** Replayed elsewhere: with packages that have to be packed and installed. */
const ELSEWHERE = ['installed-plugins.md'];
const projects: TemporaryFolder[] = [];

afterAll(() => {
  for (const project of projects) project[Symbol.dispose]();
});

for (const name of readdirSync(folder)
  .filter((file) => file.endsWith('.md') && !ELSEWHERE.includes(file))
  .sort()) {
  const file = join(folder, name);
  describe(`the transcript ${name}`, () => {
    for (const section of readTranscript(readFileSync(file, 'utf8')).sections) {
      it(
        `shows what is printed: ${section.title}`,
        async () => {
          const sessions = await replay(section);
          if (UPDATE) updateTranscript(file, section.title, sessions);
          const expected = sessions.map(({ shown, printed }) => (UPDATE ? printed : shown));
          expect(sessions.map(({ printed }) => printed).join('\n')).toBe(expected.join('\n'));
        },
        TIMEOUT_MS,
      );
    }
  });
}

/** Runs a section in a folder of its own. */
async function replay({ steps }: Section): Promise<readonly Session[]> {
  const project = createTemporaryFolder('transcript');
  projects.push(project);
  const sessions: Session[] = [];
  const runtimeDir = join(project.path, 'run');
  const programs: RunningProgram[] = [];
  using _programs = {
    [Symbol.dispose]() {
      for (const program of programs) program[Symbol.dispose]();
    },
  };
  for (const step of steps) {
    if (step.kind !== 'session') {
      mkdirSync(dirname(join(project.path, step.path)), { recursive: true });
      writeFileSync(join(project.path, step.path), step.text);
      const options = { cwd: project.path, runtimeDir, isStill: true };
      if (step.kind === 'process') programs.push(await RunningProgram.start(step.path, options));
      continue;
    }
    const pids = programs.map(({ pid }) => pid);
    let printed = '';
    for (const command of step.commands) {
      const { env, args } = parseCommand(command);
      const options = { cwd: project.path, env: { ONEIRIC_RUNTIME_DIR: runtimeDir, ...env } };
      const result = await oneiric(args, options);
      printed += showResult(
        command,
        programs.length === 0 ? result : maskProcesses(result, pids),
        project.path,
      );
    }
    sessions.push({ shown: step.text, printed });
  }
  return sessions;
}
