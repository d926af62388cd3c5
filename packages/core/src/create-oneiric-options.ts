import type { LoadConfigOptions } from './config/load-config.js';
import type { OneiricConfig } from './config/oneiric-config.js';
import { createError } from './errors/oneiric-error.js';
import { describeValue } from './foundation/describe-value.js';
import { nearestName } from './foundation/nearest-name.js';
import { LIFECYCLE_ERRORS } from './lifecycle/lifecycle-errors.js';
import type { LifecycleOptions } from './lifecycle/lifecycle-options.js';
import { isLogger, LOG_LEVELS, type Logger } from './telemetry/logger.js';

export interface CreateOneiricOptions extends Pick<LoadConfigOptions, 'env' | 'environment'> {
  /** The folder that the configuration is looked for in, upwards. Default: the working folder. */
  readonly projectDir?: string;
  /**
   * The configuration itself, or the path of its file. Default: the nearest `oneiric.config.*`; without one an empty
   * configuration, where a direct dependency of the project is a plugin.
   */
  readonly config?: OneiricConfig | string;
  /** Follow the configuration file: a changed selection swaps what runs. Not for a configuration given itself. Default: false. */
  readonly watch?: boolean;
  /** Called with what is wrong with a changed configuration; the last good one stays in force. */
  readonly onConfigProblem?: (error: unknown) => void;
  /** How components are run; their settings come from the configuration. */
  readonly lifecycle?: Omit<LifecycleOptions, 'settings'>;
  /**
   * Where to log what happens, as `logTo` does: a logger of pino, or anything with its four methods. Default: nowhere;
   * the library prints nothing itself.
   */
  readonly logger?: Logger;
  /**
   * Make spans and metrics where an SDK of OpenTelemetry was registered before, as `useOpenTelemetry` does. Default:
   * true.
   */
  readonly telemetry?: boolean;
  /** Ends the loading, and the watch. What runs is ended by `close` alone. */
  readonly signal?: AbortSignal;
}

/** What each option may be; what `config` and `environment` hold is looked at when the configuration is loaded. */
const EXPECTED: Readonly<
  Record<keyof CreateOneiricOptions, readonly [expected: string, is: (value: unknown) => boolean]>
> = {
  projectDir: ['the path of a folder', (value) => typeof value === 'string'],
  config: ['a configuration, or the path of its file', () => true],
  env: ['the variables', (value) => typeof value === 'object' && value !== null],
  environment: ['the name of an environment', () => true],
  watch: ['true or false', (value) => typeof value === 'boolean'],
  onConfigProblem: ['a function', (value) => typeof value === 'function'],
  lifecycle: [
    'options without settings, which come from the configuration',
    (value) => typeof value === 'object' && value !== null && !('settings' in value),
  ],
  logger: [`an object with the methods ${LOG_LEVELS.join(', ')}`, isLogger],
  telemetry: ['true or false', (value) => typeof value === 'boolean'],
  signal: ['an AbortSignal', (value) => value instanceof AbortSignal],
};

/** @throws `ONEIRIC_LIFECYCLE_OPTION_INVALID` */
export function assertCreateOptions(options: unknown): void {
  const invalid = (option: string, value: unknown, expected: string, nearest?: string): Error =>
    createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_OPTION_INVALID', {
      option,
      found: describeValue(value),
      expected,
      ...(nearest === undefined ? {} : { nearest }),
    });
  if (typeof options !== 'object' || options === null) throw invalid('options', options, 'an object');
  const names = Object.keys(EXPECTED);
  for (const [name, value] of Object.entries(options)) {
    if (!names.includes(name)) {
      throw invalid('options', options, `nothing but ${names.join(', ')}`, nearestName(name, names));
    }
    const [expected, is] = EXPECTED[name as keyof CreateOneiricOptions];
    if (value !== undefined && !is(value)) throw invalid(name, value, expected);
  }
}

/** What the options say of how the configuration is loaded. */
export function loadOptionsOf({
  projectDir,
  config,
  signal,
  env,
  environment,
}: CreateOneiricOptions): LoadConfigOptions {
  return {
    ...(projectDir === undefined ? {} : { cwd: projectDir }),
    ...(typeof config === 'string' ? { file: config } : config === undefined ? {} : { config }),
    ...(signal === undefined ? {} : { signal }),
    ...(env === undefined ? {} : { env }),
    ...(environment === undefined ? {} : { environment }),
  };
}
