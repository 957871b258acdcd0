import { Authorities } from './authorities';

/** What keeps a PEM bundle of authorities from serving, in words that follow its name; nothing when it can serve. */
export function trustBundleFault(bundle: string): string | undefined {
  try {
    Authorities.parse(bundle);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
