import ipaddr from 'ipaddr.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables one by one and gathers what is wrong with them, names only. */
export class EnvironmentReader {
  readonly problems: string[] = [];

  constructor(private readonly environment: Environment) {}

  /** The trimmed text, or nothing when it is unset or blank. */
  text(name: string): string | null {
    return this.environment[name]?.trim() || null;
  }

  refuse(name: string, why: string): void {
    this.problems.push(`${name} ${why}`);
  }

  /** A whole number within its bounds. */
  whole(name: string, fallback: number, least: number, most: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.refuse(name, `must be a whole number from ${least} to ${most}`);
    return fallback;
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[], fallback: Choice): Choice {
    const text = this.text(name);
    if (text === null) return fallback;
    const found = choices.find((choice) => choice === text);
    if (!found) this.refuse(name, `must be one of ${choices.join(', ')}`);
    return found ?? fallback;
  }

  url(name: string, protocols: readonly string[]): string | null {
    const text = this.text(name);
    if (text === null) return null;
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
    this.refuse(name, `must be a URL starting with ${protocols.map((one) => `${one}//`).join(' or ')}`);
    return null;
  }

  /** Addresses and CIDR blocks, separated by commas. */
  addresses(name: string): string[] {
    const parts = (this.text(name) ?? '').split(',').map((part) => part.trim());
    const named = parts.filter((part) => part !== '');
    if (!named.every((part) => ipaddr.isValid(part) || ipaddr.isValidCIDR(part))) {
      this.refuse(name, 'must be addresses or CIDR blocks separated by commas');
    }
    return named;
  }
}
