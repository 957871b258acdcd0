import type { EffectiveSetting } from '../../settings/effective-settings';
import { loadEffectiveSettings } from '../../settings/load-settings';

/** Prints the settings of this machine, one per line, and their faults: exit code 1. Never prints a secret. */
export function printSettings({ json }: { json?: boolean }): void {
  const { settings, problems, warnings } = loadEffectiveSettings();
  if (json) console.log(JSON.stringify({ settings, problems, warnings }, null, 2));
  else
    for (const line of [...linesOf(settings), ...problems.map(wrong), ...warnings.map(odd)])
      console.log(line);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

function linesOf(settings: EffectiveSetting[]): string[] {
  const width = Math.max(...settings.map(({ name }) => name.length));
  return settings.map(({ name, value, origin }) =>
    [name.padEnd(width), origin.padEnd(11), value ?? 'not set'].join('  '),
  );
}

const wrong = (problem: string) => `FAIL  ${problem}`;
const odd = (warning: string) => `warn  ${warning}`;
