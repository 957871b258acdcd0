import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = join(__dirname, '../../../../web/src/features/information/people.json');
const SECONDS: Record<string, number> = { second: 1, minute: 60, hour: 3_600, day: 86_400 };

interface Told {
  name: string;
  /** Null: it ends with the browser. */
  life: { count: number; unit: string } | null;
}

/** « Données personnelles »: the cookies that the page declares. */
const TOLD = Object.values(
  (JSON.parse(readFileSync(FILE, 'utf8')) as { cookies: Record<string, Told> }).cookies,
);

/** The differences between a cookie that the server sets and its declaration on the page. */
export function cookieFaults(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const name = line.slice(0, line.indexOf('=')).replace(/^__(?:Host|Secure)-/, '');
    const told = TOLD.find((one) => one.name === name || isFamilyOf(one.name, name));
    if (!told) return [`cookie ${name}: not on the page`];
    const age = /; Max-Age=(\d+)/i.exec(line)?.[1];
    // The library dates its cookies instead; a cookie that is taken away has no life.
    if (age === '0' || /; expires=/i.test(line)) return [];
    const life = secondsOf(told);
    return life === Number(age ?? Number.NaN) || (age === undefined && life === undefined)
      ? []
      : [`cookie ${name}: ${age} seconds, and the page tells ${life}`];
  });
}

/** `portillon_gate_sign_in_…`: one for each tab. */
function isFamilyOf(told: string, name: string): boolean {
  return told.endsWith('…') && name.startsWith(told.slice(0, -1));
}

/** Undefined: it ends with the browser. */
function secondsOf({ life }: Told): number | undefined {
  return life ? life.count * SECONDS[life.unit]! : undefined;
}
