/** Default and bounds of a whole number that an operator or a foreign application may choose. */
export interface Bound {
  default: number;
  min: number;
  max: number;
  /** Where the name does not say it, as `idleMs` does: `KiB`. */
  unit?: string;
}

/**
 * Returns the numeric options of a module, each within its bound; a missing one gets its default.
 *
 * @param where prefix of the option in the error: `OtpModule`, `CredentialModule.passwords`
 * @throws RangeError naming the first option that is outside its bound
 */
export function bounded<Name extends string>(
  where: string,
  bounds: Readonly<Record<Name, Bound>>,
  given: { readonly [One in NoInfer<Name>]?: number },
): Record<Name, number> {
  const entries = Object.entries<Bound>(bounds).map(([name, bound]) => {
    const { [name as NoInfer<Name>]: value = bound.default } = given;
    const fault = boundFault(value, bound);
    if (fault) throw new RangeError(`${where}.${name} ${fault}`);
    return [name, value];
  });
  return Object.fromEntries(entries) as Record<Name, number>;
}

/** Describes what is wrong with a number, in words that follow its name. Returns nothing for an integer within its bound. */
export function boundFault(value: number, { min, max, unit }: Bound): string | undefined {
  if (Number.isInteger(value) && value >= min && value <= max) return undefined;
  return `must be a whole number from ${min} to ${max}${unit ? ` ${unit}` : ''}`;
}
