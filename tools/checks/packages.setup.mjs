import { buildLibs, packed } from './packages.mjs';

/** Builds and packs the libs once for every spec that reads them. */
export async function setup({ provide }) {
  await buildLibs();
  provide('packages', await packed());
}
