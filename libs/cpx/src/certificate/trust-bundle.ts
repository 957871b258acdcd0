import { Authorities, isOfOrganisations } from './authorities';

/** The fault of a PEM bundle of authorities, as words after its name; undefined when it is usable. */
export function trustBundleFault(bundle: string): string | undefined {
  try {
    Authorities.parse(bundle);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether a bundle that can serve has an authority of applications' certificates. */
export function hasOrganisations(bundle: string): boolean {
  return Authorities.parse(bundle).all.some(isOfOrganisations);
}
