import type { ValueTransformer } from 'typeorm';

/** 1 or 0 in a column of integers, as every engine has them: `true` or `false`. */
export const flag: ValueTransformer = { to: Number, from: Boolean };
