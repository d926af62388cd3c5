const ERROR = /^npm (?:error|ERR!) ?(.*)$/;
const LOG = /A complete log of this run|-debug-\d+\.log/;

/**
 * What npm names as its error, of all that it prints, on one line: without warnings about its own settings, and without
 * the path of its log, which is another one each time. Undefined where it printed nothing.
 */
export function tellNpmFailure(stderr: string): string | undefined {
  const lines = stderr.split('\n').map((line) => line.trim());
  const errors = lines
    .flatMap((line) => ERROR.exec(line)?.[1]?.trim() ?? [])
    .filter((line) => line !== '' && !LOG.test(line));
  return errors.length > 0 ? errors.join('; ') : lines.findLast((line) => line !== '');
}
