import { readFileSync } from 'node:fs';

const LONGEST = 4_096;

/** What `env:NAME` or `file:/run/secrets/name` refers to; nothing when it is not set, empty, or no file that can be read. */
export function readSecret(reference: string): string | undefined {
  const [, kind, name] = /^(env|file):(.+)$/.exec(reference) ?? [];
  const text = kind === 'env' ? process.env[name!] : kind === 'file' ? contentOf(name!) : undefined;
  return text?.trim().slice(0, LONGEST) || undefined;
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
