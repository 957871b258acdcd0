import { parse } from 'dotenv';
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { PlannedFile } from './planned-file';

/**
 * Puts the settings of the answers into the operator's file. A name that the answers do not decide stays. A value also
 * stays that is not the one of `before`, which the last run wrote: the operator changed it.
 */
function mergeSettings(file: string, before: string, answered: string) {
  const [present, last, wanted] = [parse(file), parse(before), parse(answered)];
  const isOwn = (name: string) =>
    present[name] !== wanted[name] && present[name] !== last[name] && (name in present || name in last);
  const names = Object.keys(wanted);
  const own = names.filter(isOwn).map((name) => ({ name, own: present[name], answered: wanted[name]! }));
  const lineOf = new Map(answered.split('\n').map((line) => [nameOf(line), line]));
  const taken = names.filter((name) => present[name] !== wanted[name] && !isOwn(name));
  const lines = file
    .split('\n')
    .map((line) => (taken.includes(nameOf(line)) ? lineOf.get(nameOf(line))! : line));
  const added = taken.filter((name) => !(name in present)).map((name) => `${lineOf.get(name)}\n`);
  const text = lines.join('\n');
  const isEnded = added.length === 0 || text === '' || text.endsWith('\n');
  return { text: `${text}${isEnded ? '' : '\n'}${added.join('')}`, own };
}

/**
 * Plans a file of settings that the operator changes too, and beside it what the answers say, for the next run.
 * `confirm`: asks whether the answers win; undefined: no terminal, the operator's values stay.
 */
export async function planSettings(
  file: PlannedFile,
  confirm: ((question: string) => Promise<boolean>) | undefined,
): Promise<PlannedFile[]> {
  const answered: PlannedFile = { path: `${file.path}.init`, text: file.text };
  if (!existsSync(file.path)) return [file, answered];
  const present = readFileSync(file.path, 'utf8');
  const before = existsSync(answered.path) ? readFileSync(answered.path, 'utf8') : '';
  const { text, own } = mergeSettings(present, before, file.text);
  const planned = { ...file, mode: statSync(file.path).mode & 0o777, isCopied: true };
  if (own.length === 0) return [{ ...planned, text }, answered];
  for (const one of own)
    console.log(
      `differs ${file.path}: ${one.name}=${one.own ?? ' is not there'}; the answers say ${one.answered}`,
    );
  if (await confirm?.(`Take the answers into ${file.path}? [y/N]: `))
    return [{ ...planned, text: mergeSettings(present, present, file.text).text }, answered];
  console.log(`kept    ${file.path}: these values stay`);
  return [{ ...planned, text }, answered];
}

function nameOf(line: string): string {
  return /^\s*(?:export\s+)?(\w+)\s*=/.exec(line)?.[1] ?? '';
}
