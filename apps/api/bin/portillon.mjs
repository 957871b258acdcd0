#!/usr/bin/env node
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

await import(program.href);
