import { Bound, boundFault } from '@portillon/kernel';
import ipaddr from 'ipaddr.js';
import { readFileSync } from 'node:fs';
import type { Environment } from './environment.types';
import { misspelt } from './misspelt';
import { fileSettingOf, secretFiles } from './secret-files';

/** `::ffff:0:0/96`, where IPv6 holds the addresses of IPv4. */
const MAPPED_BITS = 96;
const HOST_NAME = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*$/;
const YES_OR_NO = ['true', '1', 'false', '0'] as const;

/** One setting, as the code requested it. */
export interface AskedSetting {
  name: string;
  /** The text that was given, in the environment or in the file of the secret. */
  given: string | null;
  default: string | null;
  isFromFile: boolean;
}

/** Reads variables one by one and collects their faults, by name only. */
export class EnvironmentReader {
  readonly problems: string[] = [];
  readonly #warnings: string[] = [];
  readonly #asked = new Set<string>();
  readonly #secrets = new Map<string, string | null>();
  readonly #defaults = new Map<string, string>();

  constructor(private readonly environment: Environment) {
    for (const { name, text, problem } of secretFiles(environment)) {
      this.#asked.add(fileSettingOf(name));
      this.#secrets.set(name, text);
      if (problem) this.problems.push(`${fileSettingOf(name)} ${problem}`);
    }
  }

  /** Warnings about settings that do not prevent a start. */
  get warnings(): string[] {
    const found = misspelt(Object.keys(this.environment), this.#asked);
    return [
      ...this.#warnings,
      ...found.map(({ name, meant }) => `${name} is no setting: is ${meant} meant?`),
    ];
  }

  /** Every setting that the code requested, by name. */
  get asked(): AskedSetting[] {
    const files = new Set([...this.#secrets.keys()].map(fileSettingOf));
    const names = [...this.#asked].filter((name) => !files.has(name)).sort();
    return names.map((name) => ({
      name,
      given: this.text(name),
      default: this.#defaults.get(name) ?? null,
      isFromFile: this.#secrets.has(name),
    }));
  }

  /** Defaults that depend on other settings. */
  assumed(name: string, value: string): string {
    this.#asked.add(name);
    this.#defaults.set(name, value);
    return value;
  }

  /** Returns the trimmed text, for a secret also that of its file; null when unset or blank. */
  text(name: string): string | null {
    this.#asked.add(name);
    return this.#secrets.get(name) ?? (this.environment[name]?.trim() || null);
  }

  refuse(name: string, why: string): void {
    // The fault of its file is reported already: do not also report a missing value.
    const hasUnusableFile = this.#secrets.get(name) === null;
    if (!hasUnusableFile) this.problems.push(`${name} ${why}`);
  }

  /** Content of the file that `name` names; undefined once it was refused. */
  contentOf(name: string, file: string): Buffer | undefined {
    try {
      return readFileSync(file);
    } catch (error) {
      this.refuse(name, `names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`);
      return undefined;
    }
  }

  warn(name: string, why: string): void {
    this.#warnings.push(`${name} ${why}`);
  }

  /** Words of a closed list, separated by commas. */
  stringList(name: string, known: readonly string[]): string[] {
    const parts = (this.text(name) ?? '').split(',').map((part) => part.trim());
    const named = parts.filter((part) => part !== '');
    if (!named.every((part) => known.includes(part)))
      this.refuse(name, `must be among ${known.join(', ')}, separated by commas`);
    return named;
  }

  /** A whole number within its bound, in digits alone. */
  whole(name: string, bound: Bound): number {
    const text = this.text(name);
    this.#defaults.set(name, String(bound.default));
    if (text === null) return bound.default;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    const fault = boundFault(value, bound);
    if (!fault) return value;
    this.refuse(name, fault);
    return bound.default;
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    const text = this.text(name);
    this.#defaults.set(name, fallback);
    if (text === null) return fallback;
    const found = choices.find((choice) => choice === text);
    if (!found) this.refuse(name, `must be one of ${choices.join(', ')}`);
    return found ?? fallback;
  }

  /** `true` or `1`, `false` or `0`. Default: false. */
  yes(name: string): boolean {
    return ['true', '1'].includes(this.choice(name, YES_OR_NO, 'false'));
  }

  url(name: string, protocols: readonly string[]): string | null {
    const text = this.text(name);
    if (text === null) return null;
    if (isUrl(text, protocols)) return text;
    this.refuse(name, `must be a URL starting with ${protocols.map((one) => `${one}//`).join(' or ')}`);
    return null;
  }

  /** URLs separated by commas. A comma within a URL, such as in a password, is no separator unless a scheme follows it. */
  urls(name: string, protocols: readonly string[]): string[] {
    const text = this.text(name);
    if (text === null) return [];
    const parts = text.split(/,(?=\s*[a-z][a-z0-9+.-]*:\/\/)/i).map((part) => part.trim());
    if (parts.every((part) => isUrl(part, protocols))) return parts;
    const starts = protocols.map((one) => `${one}//`).join(' or ');
    this.refuse(name, `must be URLs starting with ${starts}, separated by commas`);
    return [];
  }

  /** Returns a scheme, a host and a port. Refuses other parts, which would be lost silently. */
  origin(name: string, protocols: readonly string[]): string | null {
    const text = this.url(name, protocols);
    if (text === null) return null;
    const { origin, href } = new URL(text);
    if (href === `${origin}/`) return origin;
    this.refuse(name, 'must be an origin: no user, path or query');
    return null;
  }

  /** Origins separated by commas. */
  origins(name: string, protocols: readonly string[]): string[] {
    const urls = this.urls(name, protocols).map((text) => new URL(text));
    if (urls.every(({ origin, href }) => href === `${origin}/`)) return urls.map(({ origin }) => origin);
    this.refuse(name, 'must be origins separated by commas: no user, path or query');
    return [];
  }

  /** Text that has `form`. */
  formed(name: string, form: RegExp, what: string): string | null {
    const text = this.text(name);
    if (text === null || form.test(text)) return text;
    this.refuse(name, `must be ${what}`);
    return null;
  }

  /** Addresses, CIDR blocks and host names, separated by commas. */
  destinations(name: string): string[] {
    const parts = (this.text(name) ?? '').split(',').map((part) => part.trim().toLowerCase());
    const named = parts.filter((part) => part !== '');
    if (!named.every((part) => ipaddr.isValid(part) || ipaddr.isValidCIDR(part) || HOST_NAME.test(part)))
      this.refuse(name, 'must be addresses, CIDR blocks or host names separated by commas');
    else if (named.some(namesEverybody)) this.refuse(name, 'must name what is inside, not every address');
    return named;
  }

  /** Addresses and CIDR blocks, separated by commas. */
  addresses(name: string): string[] {
    const parts = (this.text(name) ?? '').split(',').map((part) => part.trim());
    const named = parts.filter((part) => part !== '');
    if (!named.every((part) => ipaddr.isValid(part) || ipaddr.isValidCIDR(part))) {
      this.refuse(name, 'must be addresses or CIDR blocks separated by commas');
    } else if (named.some(namesEverybody)) {
      this.refuse(
        name,
        'must name the proxies, not every address: anybody could then say where a request comes from',
      );
    }
    return named;
  }
}

/** A block of all of IPv4 or IPv6, also in the other's clothes. */
function namesEverybody(block: string): boolean {
  if (!ipaddr.isValidCIDR(block)) return false;
  const [base, bits] = ipaddr.parseCIDR(block);
  return bits === 0 || (base instanceof ipaddr.IPv6 && base.isIPv4MappedAddress() && bits <= MAPPED_BITS);
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocols.includes(protocol) && hostname !== '' && !hostname.includes(',');
}
