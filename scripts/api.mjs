// npm run api              writes the API report of each published package
// npm run api -- --check   fails when a report differs from the code
import './lib/require-node.mjs';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { build } from './lib/build.mjs';
import { publicPackageFolders, root } from './lib/workspace.mjs';

const check = process.argv.includes('--check');
// The reports are made from what is built; `npm test` has built it before it checks them.
if (!check) await build('tsconfig.json');

for (const folder of publicPackageFolders()) {
  const report = `${folder}/etc/${basename(folder)}.api.md`;
  mkdirSync(join(root, folder, 'etc'), { recursive: true });
  const { succeeded, apiReportChanged } = Extractor.invoke(configFor(folder), {
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

/** @param {string} folder */
function configFor(folder) {
  const packageFolder = join(root, folder);
  return ExtractorConfig.prepare({
    configObject: {
      projectFolder: packageFolder,
      mainEntryPointFilePath: join(packageFolder, 'dist/index.d.ts'),
      compiler: { tsconfigFilePath: join(packageFolder, 'tsconfig.json') },
      apiReport: {
        enabled: true,
        reportFolder: join(packageFolder, 'etc'),
        reportFileName: basename(folder),
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
