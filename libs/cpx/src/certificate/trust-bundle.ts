import { Authorities, isOfOrganisations } from './authorities';

/** What keeps a PEM bundle of authorities from serving, in words that follow its name; nothing when it can serve. */
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
