import { buildLibs, packed } from './packages.mjs';

/** Builds and packs the libraries once for all specs that read them. */
export async function setup({ provide }) {
  await buildLibs();
  provide('packages', await packed());
}
