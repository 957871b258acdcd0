#!/usr/bin/env -S node --max-semi-space-size=4 --v8-pool-size=1 --no-flush-bytecode
// Node's own 16 MB for what is young keep 30 MB more resident (npm run bench -- --rows start). What was compiled stays:
// after a lull of half a minute V8 would forget it, and the next hundreds of sign-ins would pay for it again.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = new URL('../dist/main.cjs', import.meta.url);

// In a clone the first command builds the server; an image brings it built.
if (!existsSync(fileURLToPath(program))) {
  const { build } = await import('../../../tools/build.mjs');
  // Standard output belongs to the command: `portillon openapi > file`.
  console.log = console.error;
  await build(['api']);
}

process.setSourceMapsEnabled(true);
await import(program.href);
