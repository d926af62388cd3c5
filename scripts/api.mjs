// npm run api              writes the API report of each published package
// npm run api -- --check   fails when a report differs from the code
import './lib/require-node.mjs';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { build } from './lib/build.mjs';
import { publicPackageFolders, root } from './lib/workspace.mjs';

const check = process.argv.includes('--check');
// The reports are made from what is built; `npm test` has built it before it checks them.
if (!check) await build('tsconfig.json');

for (const folder of publicPackageFolders()) {
  for (const entry of entriesOf(folder)) {
    const report = `${folder}/etc/${entry.report}`;
    mkdirSync(join(root, folder, 'etc'), { recursive: true });
    const { succeeded, apiReportChanged } = Extractor.invoke(configFor(folder, entry), {
      localBuild: !check,
      messageCallback(message) {
        const chatter = [ExtractorLogLevel.Info, ExtractorLogLevel.Verbose].includes(message.logLevel);
        // The message for a changed report is ours, below.
        message.handled = chatter || message.messageId === 'console-api-report-not-copied';
      },
    });
    if (check && apiReportChanged) {
      console.error(`${report} is not what the code exports. Run \`npm run api\` and review the difference.`);
    } else {
      console.log(`${report}: ${apiReportChanged ? 'updated' : 'as it was'}`);
    }
    if (!succeeded) process.exitCode = 1;
  }
}

/**
 * One entry of a package that has types, with the name of its report: `core.api.md`, `core-container.api.md`.
 *
 * @typedef {{ readonly types: string, readonly report: string }} Entry
 */

/**
 * @param {string} folder
 * @returns {readonly Entry[]}
 */
function entriesOf(folder) {
  /** @type {{ exports: Record<string, string | { types?: string }> }} */
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return Object.entries(manifest.exports).flatMap(([subpath, target]) => {
    if (typeof target === 'string' || target.types === undefined) return [];
    const name = [basename(folder), ...subpath.split('/').slice(1)].join('-');
    return [{ types: target.types, report: `${name}.api.md` }];
  });
}

/**
 * @param {string} folder
 * @param {Entry} entry
 */
function configFor(folder, { types, report }) {
  const packageFolder = join(root, folder);
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: packageFolder,
      mainEntryPointFilePath: join(packageFolder, types),
      compiler: { tsconfigFilePath: join(packageFolder, 'tsconfig.json') },
      apiReport: {
        enabled: true,
        reportFolder: join(packageFolder, 'etc'),
        reportFileName: report,
        reportTempFolder: join(root, 'node_modules/.cache/api', basename(folder)),
      },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
        extractorMessageReporting: {
          default: { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
          // Everything exported is public.
          'ae-missing-release-tag': { logLevel: ExtractorLogLevel.None },
        },
        tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(packageFolder, 'package.json'),
  });
}
