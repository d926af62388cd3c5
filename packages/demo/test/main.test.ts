import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROJECT_DIR = fileURLToPath(new URL('..', import.meta.url));
const MAIN = 'dist/main.js';
const CLI = fileURLToPath(new URL('../../cli/bin/oneiric.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of the build in the demo's folder, in pipes. */
function run(program: string, args: readonly string[] = [], closeAfter = Infinity): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: PROJECT_DIR,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.length > closeAfter) child.stdout.destroy();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject).on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

describe('npm start', () => {
  it('decides, works, changes its mind and works again, in plain text in a pipe', async () => {
    const { code, stdout, stderr } = await run(MAIN);
    expect(stderr.replaceAll(/^ {2}(pack|rebuild) \d+ %\n/gm, '')).toBe('');
    expect(code).toBe(0);
    expect(stdout.match(/^[1-5] {2}.*$/gm)).toEqual([
      '1  What wins, why, and what each loser would need',
      '2  One decision in full: adapter/compressor',
      '3  A job with the winners',
      '4  One selection changes: json becomes msgpack',
      '5  Try next',
    ]);
    expect(stdout.match(/17,142,887 bytes/g)).toHaveLength(2);
    expect(stdout).not.toContain('\u001b');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/^ {2}encoded {2,}17\.1 MB {2,}6\.9 MB {2,}−60 %$/m);
  }, 120_000);

  it('ends with 1 and says what to do when nothing wins', async () => {
    const { code, stdout, stderr } = await run(MAIN, ['--select', 'serializer=msgpak']);
    expect(code).toBe(1);
    expect(stdout).toContain('Nothing won: the selection pins msgpak');
    expect(stderr).toMatch(/^The demo failed: .*Did you mean "msgpack"\?$/m);
    expect(stderr).not.toMatch(/^ +at /m);
  }, 120_000);

  it('ends without a word when its reader has seen enough', async () => {
    expect(await run(MAIN, [], 100)).toMatchObject({ code: 0, stderr: '' });
  }, 120_000);

  it('ends with 2 and the help for arguments that it does not know', async () => {
    const { code, stdout, stderr } = await run(MAIN, ['--selekt', 'ids=uuid']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--select <key>=<provider>');
  });

  it('shows its help', async () => {
    const { code, stdout, stderr } = await run(MAIN, ['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('npm start [-- --select <key>=<provider>]');
  });
});

describe('the commands that it suggests', () => {
  it.each([
    [['list'], 0, 'TIE, registration'],
    [['explain', 'adapter/cache', '--capability', 'bounded'], 0, 'CAPABILITY_MISSING'],
    [['explain', 'adapter/ids', '--fail-on-tie'], 4, 'TIE: nanoid'],
    [['explain', 'adapter/compressor', '--if', 'priority(gzip)=41'], 0, 'gzip wins over'],
  ])(
    'oneiric %j ends with %i',
    async (args, expected, told) => {
      const { code, stdout } = await run(CLI, args);
      expect(code).toBe(expected);
      expect(stdout).toContain(told);
    },
    30_000,
  );
});
