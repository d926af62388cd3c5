#!/usr/bin/env node
import module from 'node:module';

// Node 22.1 and newer keep what they have compiled, so that the next start is quicker.
module.enableCompileCache?.();
const { runProcess } = await import('../dist/run-process.js');

await runProcess();
