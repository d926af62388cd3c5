import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { definePlugin } from '@oneiric/core';

const { stdout } = await promisify(execFile)('cmdkey.exe', ['/list']);

export default definePlugin({
  name: 'acme-keychain',
  candidates: [
    {
      domain: 'adapter',
      key: 'secrets',
      provider: 'credential-manager',
      platform: { os: ['win32'] },
      factory: () => ({ names: () => stdout.split('\n') }),
    },
  ],
});
