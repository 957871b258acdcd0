import type { ValueTransformer } from 'typeorm';

/** Stores `true` or `false` as 1 or 0 in an integer column, on every engine. */
export const flag: ValueTransformer = { to: Number, from: Boolean };
