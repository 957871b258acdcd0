#!/usr/bin/env -S node --max-semi-space-size=2 --v8-pool-size=1 --heap-growing-percent=20 --no-memory-reducer
// Why these: docs/adr/0019. The line ends within 126 characters: an older Linux reads no more of it.
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
