import type { EnvironmentReader } from './environment-reader';

/** `name=value,name=value`, each value as a URL writes it, as the OpenTelemetry specification has it. */
export function headersOf(read: EnvironmentReader, name: string): Record<string, string> {
  const pairs = (read.text(name) ?? '').split(',').filter((pair) => pair.trim() !== '');
  try {
    return Object.fromEntries(pairs.map(headerOf));
  } catch {
    read.refuse(name, 'must be name=value, separated by commas, each value URL-encoded');
    return {};
  }
}

function headerOf(pair: string): [name: string, value: string] {
  const split = /^\s*([\w-]+)\s*=(.*)$/.exec(pair);
  if (!split) throw new Error('no header');
  return [split[1]!, decodeURIComponent(split[2]!.trim())];
}
