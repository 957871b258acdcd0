import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Writes each asset compressed beside it: once here, as small as can be, instead of by the server for every person. */
export function compress(): Plugin {
  return {
    name: 'portillon:compress',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      const names = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css|svg)$/.test(name));
      for (const file of names.map((name) => join(dir!, name))) {
        const content = readFileSync(file);
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
        writeFileSync(`${file}.br`, brotliCompressSync(content));
      }
    },
  };
}
